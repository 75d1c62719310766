/** Small questions the run screen asks of a snapshot. Pure. */
import { allSteps } from '../../../shared/ceremony/build-script.ts';
import { isKeyPlan } from '../../../shared/ceremony/people.ts';
import { personOf, stepOf } from '../../../shared/ceremony/select.ts';
import type { Act, Step } from '../../../shared/ceremony/script-types.ts';
import type { CeremonyState } from '../../../shared/ceremony/state.ts';
import type { Person, Plan } from '../../../shared/ceremony/plan-schema.ts';
import type { Activity, Snapshot } from '../../../shared/ipc/snapshot.ts';
import { readCharter, readDifference, readRoster } from '../../../shared/text/charter-script.ts';
import { KIND_NAMES } from '../../text/custody.ts';
import { PURPOSES, WORK_NAMES } from '../../text/words.ts';

/** What is read aloud of a charter stands beside the words; the script names each reading by its title. */
const charterExtra = ({ plan: { charter } }: CeremonyState, { title }: Step): 'policy' | 'roster' | 'difference' | null => {
  if (!charter) return null;
  if (title === readCharter(charter).title) return 'policy';
  return title === readRoster(charter).title ? 'roster' : title === readDifference().title ? 'difference' : null;
};
/** What a say step shows beside its words: the fingerprint right after the key is made, the charter where it is read, the exceptions before the close. */
export const sayExtra = (state: CeremonyState, step: Step): 'fingerprint' | 'exceptions' | 'policy' | 'roster' | 'difference' | null => {
  const read = charterExtra(state, step);
  if (read !== null) return read;
  const steps = allSteps(state.script);
  const at = steps.findIndex((one) => one.id === step.id);
  const [before, after] = [steps[at - 1], steps[at + 1]];
  if (before?.kind === 'machine' && before.operation === 'generate-key') return 'fingerprint';
  return after?.kind === 'machine' && after.operation === 'close' ? 'exceptions' : null;
};

/** The fingerprint is being read aloud: the words have the whole screen. */
export const isReadOut = (state: CeremonyState): boolean => {
  const step = stepOf(state);
  return step?.kind === 'say' && state.pause === null && sayExtra(state, step) === 'fingerprint';
};

export const actOf = (state: CeremonyState): Act | null => state.script.acts.find((act) => act.number === stepOf(state)?.act) ?? null;
/** When the open act began: when the last step of the act before it was completed, or at the opening. */
export const actStart = (state: CeremonyState): string | null => {
  const act = actOf(state);
  if (!act) return null;
  const before = state.script.acts.filter((one) => one.number < act.number).at(-1)?.steps.at(-1);
  return (before && state.completed[before.id]?.at) ?? state.openedAt;
};

/** The serial is hidden while it is asked for. */
export const hidesSerial = (state: CeremonyState): boolean => {
  const step = stepOf(state);
  return (step?.kind === 'check' && step.check === 'hsm-serial') || state.pause !== null;
};

/** Two people read the time from something else: the computer's stands nowhere on the screen. */
export const hidesClock = (state: CeremonyState): boolean => {
  const step = stepOf(state);
  return step?.kind === 'check' && step.check === 'wall-clock' && step.answeredBy !== undefined && state.pause === null;
};

/** Whose card a serial is, as far as the plan knows; null for a card nobody in it has. */
export const cardOwner = (state: CeremonyState, serial: string): string | null => {
  const planned = state.plan.people.find((person) => person.custody?.card?.serial === serial);
  if (planned) return planned.name;
  const copy = state.plan.source?.copies.map((one) => one.copy).find((one) => one.kind === 'card' && one.serial === serial);
  const holder = copy && copy.kind !== 'medium' ? state.plan.source?.set.holders.find((one) => one.number === copy.share) : undefined;
  return holder?.name ?? null;
};
type CardActivity = Extract<Activity, { kind: 'card' }>;
/** "Insert card 7a1c of Mei Sato", and whose card is in a reader instead. */
const cardText = (state: CeremonyState, { person, serial, until, others }: CardActivity): string => {
  const name = personOf(state, person)?.name ?? person;
  if (until === 'removed') return `Take card ${serial} of ${name} out of the reader`;
  const instead = others.map((other) => { const owner = cardOwner(state, other); return owner ? `${owner}’s card ${other}` : null; }).filter((one) => one !== null);
  return `Insert card ${serial} of ${name}${instead.length === 0 ? '' : `. In a reader now: ${instead.join(' and ')}; no PIN try was used`}`;
};
export const activityText = (state: CeremonyState, activity: Activity): string => {
  if (activity.kind === 'effect') return activity.phase === '' ? WORK_NAMES[activity.operation] : `${WORK_NAMES[activity.operation]}: ${activity.phase}`;
  if (activity.kind === 'card') return cardText(state, activity);
  const person = activity.person ? personOf(state, activity.person)?.name ?? activity.person : 'Someone';
  return `${person} ${PURPOSES[activity.purpose]} in the entry window`;
};
/** Who acts while an entry window is open or a card is waited for. */
export const actingInEntry = ({ activity, state }: Pick<Snapshot, 'activity' | 'state'>): Person | null =>
  activity !== null && activity.kind !== 'effect' && activity.person ? personOf(state, activity.person) : null;

export interface ShownFault { readonly code: string; readonly details: Readonly<Record<string, unknown>> }
/** The one fault that is shown: the newest of what this window was told, what main holds, and what the transcript says of the open step. */
export const shownFault = (snapshot: Snapshot, own: ShownFault | null): ShownFault | null => own ?? snapshot.fault ?? snapshot.state.faults.at(-1) ?? null;

/** Sheets of the share at the desk that are out and not destroyed. */
export const liveAttempt = (attempts: readonly number[], destroyed: readonly number[]): number | null => attempts.filter((attempt) => !destroyed.includes(attempt)).at(-1) ?? null;

/** The account of paper: every printed sheet is sealed, destroyed, or out. */
export const paperAccount = (state: CeremonyState): { readonly printed: number; readonly sealed: number; readonly destroyed: number; readonly out: number } => {
  const shares = [...state.issued, ...(state.set ? [state.set] : [])].flatMap((set) => set.shares);
  const voidSheets = state.voided.flatMap((set) => set.sheets);
  const printed = shares.reduce((sum, share) => sum + share.attempts.length, 0) + voidSheets.length;
  const destroyed = shares.reduce((sum, share) => sum + share.destroyed.length, 0) + voidSheets.filter((sheet) => sheet.destroyed).length;
  const sealed = shares.filter((share) => share.status === 'sealed' && share.carrier !== 'card').length;
  return { printed, sealed, destroyed, out: printed - destroyed - sealed };
};

/** The set may be given up: it exists, and its backup is not proved or its PIN not changed. */
export const mayVoid = (state: CeremonyState): boolean => state.set !== null && state.openEffect === null && (state.set.holds === 'pin' ? state.pinChanged === null : !state.backup?.restored);

/** What a ceremony is about: its key; of one about the archive, its title. */
export const subjectName = (plan: Plan): string => (isKeyPlan(plan) ? plan.key.label : plan.ceremony.title);
/** What stands in the status bar: the key, or whose archive it is, and what is done with it. */
export const ceremonyName = (plan: Plan): string => `${plan.drill ? 'DRILL ' : ''}${isKeyPlan(plan) ? plan.key.label : plan.ceremony.organisation} · ${KIND_NAMES[plan.ceremony.kind]}`;
/** Purpose and target, in sight at every step, but for a serial that is asked for; null for a key generation. */
export const purposeNote = (state: CeremonyState): string | null => {
  const { source, decision, ceremony, hsm } = state.plan;
  if (decision) return `Purpose: ${decision.purpose}. Decided by: ${decision.authority}.`;
  if (!source) return null;
  const target = ceremony.kind === 'recovery' && !hidesSerial(state) ? ` Target: HSM ${hsm?.serial ?? ''}.` : '';
  return `Purpose: ${source.purpose}.${target} Set ${source.set.setName}, epoch ${source.set.epoch}.`;
};
/** Steps whose table needs the width of the rail. */
export const isDesk = (state: CeremonyState): boolean => {
  const step = stepOf(state);
  return state.pause === null && step !== null && (step.kind === 'gather' || step.kind === 'account' || step.kind === 'materials' || charterExtra(state, step) !== null);
};
