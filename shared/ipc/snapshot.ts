/** What main pushes to the renderer after every change: the projected state and what the host is busy with. No secrets. */
import type { PersonId, Sha256Hex, StepId } from '../brand.ts';
import type { CeremonyState } from '../ceremony/state.ts';
import type { Operation } from '../ceremony/script-types.ts';
import type { Fault } from '../errors.ts';

export interface TranscriptRow { readonly seq: number; readonly at: string; readonly step: StepId | null; readonly text: string; readonly kind: 'fact' | 'exception' | 'fault' }
/** What the room is waiting for, beside the open step. */
export type Activity =
  | { readonly kind: 'effect'; readonly operation: Operation | 'print' | 'sign' | 'login' | 'write-card' | 'read-card' | 'read-share' | 'destroy-copy'; readonly since: string; readonly phase: string }
  | { readonly kind: 'entry'; readonly person: PersonId | null; readonly purpose: 'pin' | 'new-pin' | 'passphrase' | 'new-passphrase' | 'share' | 'dice-code' | 'test-symbol'; readonly since: string }
  /** A card is waited for: to be put in, or taken out. `others`: serials of what is in the readers instead. */
  | { readonly kind: 'card'; readonly person: PersonId; readonly serial: string; readonly until: 'inserted' | 'removed'; readonly others: readonly string[]; readonly since: string };
export interface RecordStatus { readonly digest: Sha256Hex; readonly signed: readonly PersonId[]; readonly missing: readonly PersonId[]; readonly paperOnly: readonly PersonId[]; readonly documents: boolean }
export interface Snapshot {
  readonly revision: number;
  readonly folder: { readonly number: number; readonly name: string; readonly path: string };
  readonly planSha256: Sha256Hex;
  readonly state: CeremonyState;
  readonly rows: readonly TranscriptRow[];
  /** Texts of exceptions, objections and pauses by seq, where their openings are in the folder. */
  readonly texts: Readonly<Record<number, Readonly<Record<string, string>>>>;
  readonly activity: Activity | null;
  /** The last refusal or fault that is not in the transcript (a rule that refused a command, for example). */
  readonly fault: Fault | null;
  readonly record: RecordStatus | null;
  readonly hsm: { readonly serial: string | null; readonly present: boolean; readonly software: boolean };
  /** `excepted`: rows were not as expected, and the witness accepted that with an exception. */
  readonly airGap: 'intact' | 'broken' | 'excepted' | 'not-checked';
}
