/** Starts the draft of a kind of ceremony. Those on an existing set are drawn up from the archive, which must be readable as a whole. */
import { AppError } from '../../shared/errors.ts';
import type { DraftView, Request } from '../../shared/ipc/contract.ts';
import { encodePlan } from '../../shared/ceremony/parse-plan.ts';
import { keyPlan } from '../../shared/ceremony/people.ts';
import { custodyRegister, findSet } from '../../shared/register/custody.ts';
import { toldCeremonies } from '../archive/register.ts';
import { draftOnSet, isSetKind, type OnSet } from './draft-on-set.ts';
import { saveDraft, startDraft, type DraftPlace } from './drafts.ts';

const onSet = async ({ disk, workspace, now }: DraftPlace, setId: string): Promise<OnSet> => {
  const told = await toldCeremonies(disk, workspace.archiveDir, { skipUnreadable: false });
  const register = custodyRegister(told, now().toISOString());
  const found = findSet(register, setId);
  const issuing = told.find(({ state }) => state.head === found?.set.head)?.state.plan;
  if (found === null || issuing === undefined) throw new AppError('PLAN_RULE', { where: 'source.set', rule: 'source-current', text: 'The archive has no share set of this id.' });
  return { register, ...found, issuing: keyPlan(issuing) };
};

/** @throws PLAN_RULE without a set of the archive where one is needed; TRANSCRIPT_… and PLAN_… when a folder of it cannot be read. */
export const startDraftOf = async (place: DraftPlace, { kind, setId }: Pick<Request<'draft.start'>, 'kind' | 'setId'>): Promise<DraftView> => {
  if (kind === 'root-key-generation') return await startDraft(place);
  if (!isSetKind(kind)) throw new AppError('PLAN_RULE', { where: 'ceremony.kind', text: 'A ceremony about the archive itself is not started from a share set.' });
  if (setId === null) throw new AppError('PLAN_RULE', { where: 'source.set', rule: 'source-where-needed', text: 'A ceremony of this kind stands on a share set of the archive. Start it from the set on the home screen.' });
  return await saveDraft(place, encodePlan(draftOnSet(kind, await onSet(place, setId), place.now().toISOString().slice(0, 10))));
};
