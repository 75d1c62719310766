/** Small questions the run screen asks of a snapshot. Pure. */
import { allSteps } from '../../../shared/ceremony/build-script.ts';
import { personOf, stepOf } from '../../../shared/ceremony/select.ts';
import type { Act, Step } from '../../../shared/ceremony/script-types.ts';
import type { CeremonyState } from '../../../shared/ceremony/state.ts';
import type { Person } from '../../../shared/ceremony/plan-schema.ts';
import type { Activity, Snapshot } from '../../../shared/ipc/snapshot.ts';
import { PURPOSES, WORK_NAMES } from '../../text/words.ts';

/** What a say step shows beside its words: the fingerprint right after the key is made, the exceptions before the close. */
export const sayExtra = (state: CeremonyState, step: Step): 'fingerprint' | 'exceptions' | null => {
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

export const activityText = (state: CeremonyState, activity: Activity): string => {
  if (activity.kind === 'effect') return activity.phase === '' ? WORK_NAMES[activity.operation] : `${WORK_NAMES[activity.operation]}: ${activity.phase}`;
  const person = activity.person ? personOf(state, activity.person)?.name ?? activity.person : 'Someone';
  return `${person} ${PURPOSES[activity.purpose]} in the entry window`;
};
/** Who acts while an entry window is open. */
export const actingInEntry = (snapshot: Snapshot): Person | null =>
  snapshot.activity?.kind === 'entry' && snapshot.activity.person ? personOf(snapshot.state, snapshot.activity.person) : null;

export interface ShownFault { readonly code: string; readonly details: Readonly<Record<string, unknown>> }
/** The one fault that is shown: the newest of what this window was told, what main holds, and what the transcript says of the open step. */
export const shownFault = (snapshot: Snapshot, own: ShownFault | null): ShownFault | null => own ?? snapshot.fault ?? snapshot.state.faults.at(-1) ?? null;

/** Sheets of the share at the desk that are out and not destroyed. */
export const liveAttempt = (attempts: readonly number[], destroyed: readonly number[]): number | null => attempts.filter((attempt) => !destroyed.includes(attempt)).at(-1) ?? null;

/** The account of paper: every printed sheet is sealed, destroyed, or out. */
export const paperAccount = (state: CeremonyState): { readonly printed: number; readonly sealed: number; readonly destroyed: number; readonly out: number } => {
  const shares = state.set?.shares ?? [];
  const voidSheets = state.voided.flatMap((set) => set.sheets);
  const printed = shares.reduce((sum, share) => sum + share.attempts.length, 0) + voidSheets.length;
  const destroyed = shares.reduce((sum, share) => sum + share.destroyed.length, 0) + voidSheets.filter((sheet) => sheet.destroyed).length;
  const sealed = shares.filter((share) => share.status === 'sealed').length;
  return { printed, sealed, destroyed, out: printed - destroyed - sealed };
};

/** The set may be given up: it exists and the restore is not proved. */
export const mayVoid = (state: CeremonyState): boolean => state.set !== null && !state.backup?.restored && state.openEffect === null;
