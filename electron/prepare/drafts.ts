/** The draft of each mode on disk: read, kept as it is typed, thrown away. A draft may be wrong or incomplete; it is told, not mended. */
import path from 'node:path';
import { isKeyPlan } from '../../shared/ceremony/people.ts';
import { AppError } from '../../shared/errors.ts';
import { encodePlan, parsePlan, planDigest } from '../../shared/ceremony/parse-plan.ts';
import type { KeyPlan, Mode, Plan } from '../../shared/ceremony/plan-schema.ts';
import type { PlanFinding } from '../../shared/ceremony/plan-findings.ts';
import type { DraftView } from '../../shared/ipc/contract.ts';
import type { Disk, Workspace } from '../ceremony/ports.ts';
import { charterInForce } from '../../shared/register/charter.ts';
import type { ToldCeremony } from '../../shared/register/issued-set.ts';
import { materialRegister, materialsNow, withMaterialsNow } from '../../shared/register/materials.ts';
import { toldCeremonies } from '../archive/register.ts';
import { isTimeZone } from '../documents/zone.ts';
import { broughtUnder, generationUnder, underCharter } from './charter-drafts.ts';
import { softHsmModule } from './known-modules.ts';
import { startingMaterials, startingPlan } from './starting-plan.ts';

export interface DraftPlace { readonly disk: Disk; readonly workspace: Workspace; readonly now: () => Date }

const draftPath = ({ workspace }: DraftPlace): string => path.join(workspace.dir, 'drafts', `${workspace.mode}.json`);
const FALLBACK_MODULE = '/usr/lib/softhsm/libsofthsm2.so';

/** A plan of the other mode is never frozen under this one. */
const modeFinding = (plan: Plan | null, mode: Mode): readonly PlanFinding[] => (plan === null || plan.mode === mode ? [] : [{
  code: 'PLAN_RULE', task: 'ceremony', where: 'mode',
  text: mode === 'rehearsal' ? 'This plan is for a ceremony, and this is a rehearsal. Write "rehearsal", or load it under Ceremony.' : 'This plan is for a rehearsal, and this is a ceremony. Write "production", or load it under Rehearsal.',
}]);

/** The shape of the name is the plan's business; which zones there are, this computer knows. */
const zoneFinding = (plan: Plan | null): PlanFinding[] => (plan?.ceremony.timeZone === undefined || isTimeZone(plan.ceremony.timeZone) ? []
  : [{ code: 'PLAN_RULE', task: 'ceremony', where: 'ceremony.timeZone', rule: 'time-zone-known', text: 'This computer knows no time zone of this name. Write one such as "Europe/Berlin", or leave it out.' }]);
/** What is wrong (draft) and what is missing (complete) together; the digest only of a plan that could be frozen. */
export const viewDraft = (text: string, mode: Mode): DraftView => {
  const draft = parsePlan(text, { draft: true });
  const complete = parsePlan(text, { draft: false });
  const findings = [...modeFinding(draft.plan, mode), ...zoneFinding(draft.plan), ...complete.findings];
  return { text, plan: draft.plan, findings, sha256: findings.length === 0 ? planDigest(text) : null };
};

export const saveDraft = async (place: DraftPlace, text: string): Promise<DraftView> => {
  await place.disk.makeDir(path.dirname(draftPath(place)));
  await place.disk.replace(draftPath(place), new TextEncoder().encode(text));
  return viewDraft(text, place.workspace.mode);
};

/** The plan that a draft starts from, whatever the archive holds. */
export const freshPlan = async (place: DraftPlace, told: readonly ToldCeremony[]): Promise<KeyPlan> => {
  const module = (await softHsmModule()) ?? FALLBACK_MODULE;
  const plan = startingPlan(place.workspace.mode, place.now().toISOString().slice(0, 10), module);
  return { ...plan, materials: startingMaterials(materialsNow(materialRegister(told))) };
};
/** The closed ceremonies of the archive, as far as they can be read; what cannot be read is told where a plan is frozen. */
export const toldOf = async ({ disk, workspace }: DraftPlace): Promise<readonly ToldCeremony[]> => await toldCeremonies(disk, workspace.archiveDir, { skipUnreadable: true });

/** A key generation; in a founded archive by the people of its roster. */
export const startDraft = async (place: DraftPlace): Promise<DraftView> => {
  const told = await toldOf(place), plan = await freshPlan(place, told), inForce = charterInForce(told);
  return await saveDraft(place, encodePlan(inForce === null ? plan : generationUnder(plan, inForce)));
};

export const readDraft = async (place: DraftPlace): Promise<DraftView> => {
  const bytes = await place.disk.read(draftPath(place));
  return bytes === null ? await startDraft(place) : viewDraft(new TextDecoder().decode(bytes), place.workspace.mode);
};

/** As {@link readDraft}, for people who come back to it: a ceremony that ran since may have changed the charter, or where things are. */
export const openDraft = async (place: DraftPlace): Promise<DraftView> => {
  const view = await readDraft(place);
  if (view.plan === null) return view;
  const told = await toldOf(place), inForce = charterInForce(told);
  const current = withMaterialsNow(materialRegister(told), (inForce && broughtUnder(view.plan, inForce)) ?? view.plan);
  return current === view.plan ? view : await saveDraft(place, encodePlan(current));
};

/**
 * Takes over a plan that was written by hand. In a founded archive it is put under the charter in force, with the keys of the roster: nobody can know
 * them by heart. Its people stay those that were written; who may not come is told of when the plan is frozen.
 */
export const loadDraft = async (place: DraftPlace, text: string): Promise<DraftView> => {
  const view = await saveDraft(place, text);
  if (view.plan === null || !isKeyPlan(view.plan)) return view;
  const inForce = charterInForce(await toldOf(place));
  return inForce === null ? view : await saveDraft(place, encodePlan(underCharter(view.plan, inForce)));
};

/** Changes the plan of the draft. @throws PLAN_FIELD when the draft is not a plan yet: its shape is mended by hand first. */
export const changeDraft = async (place: DraftPlace, change: (plan: Plan) => Plan): Promise<DraftView> => {
  const { plan, findings } = await readDraft(place);
  if (plan === null) throw new AppError('PLAN_FIELD', { where: findings[0]?.where ?? '' });
  return await saveDraft(place, encodePlan(change(plan)));
};
