/** Starts the draft of a kind of ceremony. Those on an existing set are drawn up from the archive, which must be readable as a whole. */
import { AppError } from '../../shared/errors.ts';
import type { DraftView, Request } from '../../shared/ipc/contract.ts';
import { encodePlan } from '../../shared/ceremony/parse-plan.ts';
import { keyPlan } from '../../shared/ceremony/people.ts';
import { custodyRegister, findSet } from '../../shared/register/custody.ts';
import { materialRegister, materialsNow } from '../../shared/register/materials.ts';
import { toldCeremonies } from '../archive/register.ts';
import { draftOnSet, isSetKind, type OnSet } from './draft-on-set.ts';
import type { KeyPlan, Plan } from '../../shared/ceremony/plan-schema.ts';
import { charterInForce, type CharterInForce } from '../../shared/register/charter.ts';
import type { ToldCeremony } from '../../shared/register/issued-set.ts';
import { departureText } from '../../shared/text/charter.ts';
import { amendmentDraft, foundingDraft, underCharter, withoutGone } from './charter-drafts.ts';
import { mergeDraft } from './merge-draft.ts';
import { freshPlan, saveDraft, startDraft, toldOf, type DraftPlace } from './drafts.ts';

const onSet = (told: readonly ToldCeremony[], now: Date, setId: string): OnSet => {
  const register = custodyRegister(told, now.toISOString());
  const found = findSet(register, setId);
  const issuing = told.find(({ state }) => state.head === found?.set.head)?.state.plan;
  if (found === null || issuing === undefined) throw new AppError('PLAN_RULE', { where: 'source.set', rule: 'source-current', text: 'The archive has no share set of this id.' });
  return { materials: materialsNow(materialRegister(told)), register, ...found, issuing: keyPlan(issuing) };
};

/** @throws PLAN_RULE with the rule id `charter-current` for a second founding, or a change of what is not there. */
const aboutArchive = (from: KeyPlan, kind: 'founding' | 'amendment', inForce: CharterInForce | null): Plan => {
  const refused = (part: 'founded' | 'not-founded'): AppError => new AppError('PLAN_RULE', { where: 'ceremony.kind', rule: 'charter-current', text: `${departureText({ part }, (id) => id)}.` });
  if (kind === 'founding') { if (inForce !== null) throw refused('founded'); return foundingDraft(from); }
  if (inForce === null) throw refused('not-founded');
  return amendmentDraft(from, inForce);
};

/** @throws PLAN_RULE without a set of the archive where one is needed; TRANSCRIPT_… and PLAN_… when a folder of it cannot be read. */
export const startDraftOf = async (place: DraftPlace, { kind, setId }: Pick<Request<'draft.start'>, 'kind' | 'setId'>): Promise<DraftView> => {
  if (kind === 'root-key-generation') return await startDraft(place);
  if (kind === 'founding' || kind === 'amendment') {
    const told = await toldOf(place);
    return await saveDraft(place, encodePlan(aboutArchive(await freshPlan(place, told), kind, charterInForce(told))));
  }
  if (kind === 'merge') return await saveDraft(place, encodePlan(await mergeDraft(place)));
  if (!isSetKind(kind)) throw new AppError('PLAN_RULE', { where: 'ceremony.kind', text: 'No draft is started of this kind.' });
  if (setId === null) throw new AppError('PLAN_RULE', { where: 'source.set', rule: 'source-where-needed', text: 'A ceremony of this kind stands on a share set of the archive. Start it from the set on the home screen.' });
  const told = await toldCeremonies(place.disk, place.workspace.archiveDir, { skipUnreadable: false }), now = place.now(), inForce = charterInForce(told);
  const draft = draftOnSet(kind, onSet(told, now, setId), now.toISOString().slice(0, 10));
  return await saveDraft(place, encodePlan(inForce === null ? draft : underCharter(withoutGone(draft, inForce), inForce)));
};
