/** Starts the draft of a kind of ceremony. Those on an existing set are drawn up from the archive, which must be readable as a whole. */
import { AppError } from '../../shared/errors.ts';
import type { DraftView, Request } from '../../shared/ipc/contract.ts';
import { encodePlan } from '../../shared/ceremony/parse-plan.ts';
import { keyPlan } from '../../shared/ceremony/people.ts';
import { custodyRegister, findSet } from '../../shared/register/custody.ts';
import { materialRegister, materialsNow } from '../../shared/register/materials.ts';
import { toldCeremonies } from '../archive/register.ts';
import { draftOnSet, isSetKind, type OnSet } from './draft-on-set.ts';
import type { Plan } from '../../shared/ceremony/plan-schema.ts';
import type { CharterInForce } from '../../shared/register/charter.ts';
import { departureText } from '../../shared/text/charter.ts';
import { amendmentDraft, foundingDraft, underCharter, withoutGone } from './charter-drafts.ts';
import { mergeDraft } from './merge-draft.ts';
import { charterOfArchive, freshPlan, saveDraft, startDraft, type DraftPlace } from './drafts.ts';

const onSet = async ({ disk, workspace, now }: DraftPlace, setId: string): Promise<OnSet> => {
  const told = await toldCeremonies(disk, workspace.archiveDir, { skipUnreadable: false });
  const register = custodyRegister(told, now().toISOString());
  const found = findSet(register, setId);
  const issuing = told.find(({ state }) => state.head === found?.set.head)?.state.plan;
  if (found === null || issuing === undefined) throw new AppError('PLAN_RULE', { where: 'source.set', rule: 'source-current', text: 'The archive has no share set of this id.' });
  return { materials: materialsNow(materialRegister(told)), register, ...found, issuing: keyPlan(issuing) };
};

/** @throws PLAN_RULE with the rule id `charter-current` for a second founding, or a change of what is not there. */
const aboutArchive = async (place: DraftPlace, kind: 'founding' | 'amendment', inForce: CharterInForce | null): Promise<Plan> => {
  const refused = (part: 'founded' | 'not-founded'): AppError => new AppError('PLAN_RULE', { where: 'ceremony.kind', rule: 'charter-current', text: `${departureText({ part }, (id) => id)}.` });
  const from = await freshPlan(place);
  if (kind === 'founding') { if (inForce !== null) throw refused('founded'); return foundingDraft(from); }
  if (inForce === null) throw refused('not-founded');
  return amendmentDraft(from, inForce);
};

/** @throws PLAN_RULE without a set of the archive where one is needed; TRANSCRIPT_… and PLAN_… when a folder of it cannot be read. */
export const startDraftOf = async (place: DraftPlace, { kind, setId }: Pick<Request<'draft.start'>, 'kind' | 'setId'>): Promise<DraftView> => {
  if (kind === 'root-key-generation') return await startDraft(place);
  const inForce = await charterOfArchive(place);
  if (kind === 'founding' || kind === 'amendment') return await saveDraft(place, encodePlan(await aboutArchive(place, kind, inForce)));
  if (kind === 'merge') return await saveDraft(place, encodePlan((await mergeDraft(place)).plan));
  if (!isSetKind(kind)) throw new AppError('PLAN_RULE', { where: 'ceremony.kind', text: 'No draft is started of this kind.' });
  if (setId === null) throw new AppError('PLAN_RULE', { where: 'source.set', rule: 'source-where-needed', text: 'A ceremony of this kind stands on a share set of the archive. Start it from the set on the home screen.' });
  const draft = draftOnSet(kind, await onSet(place, setId), place.now().toISOString().slice(0, 10));
  return await saveDraft(place, encodePlan(inForce === null ? draft : underCharter(withoutGone(draft, inForce), inForce)));
};
