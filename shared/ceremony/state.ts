/** The state of a ceremony: a fold of its entries and nothing else. Plain data, no secrets, so it may be shown to the renderer as it is. */
import type { EffectId, PersonId, Sha256Hex, StepId } from '../brand.ts';
import type { Body, Intent, KeyClaims, LintFinding, PreflightRow } from '../transcript/entry-schema.ts';
import type { Plan } from './plan-schema.ts';
import type { Script } from './script-types.ts';

export interface SignOff { readonly person: PersonId; readonly step: StepId; readonly seq: number; readonly at: string; readonly method: 'file' | 'token'; readonly head: Sha256Hex }
export interface ExceptionNote { readonly number: number; readonly seq: number; readonly at: string; readonly step: StepId; readonly kind: Body<'exception'>['kind']; readonly effect: Body<'exception'>['effect']; readonly noticedBy: PersonId }
export interface OpenEffect { readonly effect: EffectId; readonly step: StepId; readonly seq: number; readonly intent: Intent }
export interface KeyFacts { readonly keyId: string; readonly label: string; readonly spki: string; readonly spkiSha256: Sha256Hex; readonly claims: KeyClaims; readonly checks: readonly string[]; readonly seq: number }
export interface CertificateFacts { readonly certificateSha256: Sha256Hex; readonly lint: readonly LintFinding[]; readonly secondSignatureMayExist: boolean; readonly popSha256: Sha256Hex | null }
/** printed: on paper, not read back. read-back: its lines were typed from the paper and are right. sealed: in its bag. */
export type ShareStatus = 'waiting' | 'printed' | 'read-back' | 'sealed';
export interface ShareFacts { readonly number: number; readonly custodian: PersonId; readonly status: ShareStatus; readonly attempts: readonly number[]; readonly destroyed: readonly number[]; readonly bag: string | null; readonly readBackFaults: number }
export interface SetFacts { readonly setId: Sha256Hex; readonly setName: string; readonly setFingerprint: string; readonly manifestSha256: Sha256Hex; readonly attempt: number; readonly sources: readonly string[]; readonly shares: readonly ShareFacts[]; readonly rebuilt: readonly (readonly number[])[] }
export interface BackupFacts { readonly algorithm: string; readonly mechanism: string; readonly length: number; readonly sha256: Sha256Hex; readonly media: readonly number[]; readonly restored: { readonly spkiSha256: Sha256Hex; readonly challenge: string; readonly signature: string; readonly claims: KeyClaims } | null }
export interface VoidedSet { readonly setId: Sha256Hex | null; readonly reason: Body<'set-voided'>['reason']; readonly sheets: readonly { readonly share: number; readonly attempt: number; readonly destroyed: boolean }[] }

export interface Pause { readonly seq: number; readonly at: string; readonly reason: Body<'paused'>['reason']; readonly stayed: readonly PersonId[] }

export interface CeremonyState {
  readonly plan: Plan;
  readonly script: Script;
  /** Entries folded in; the next entry has this seq. */
  readonly count: number;
  /** SHA-256 of the last line; 64 zeros before line 0. */
  readonly head: Sha256Hex;
  readonly lastAt: string | null;
  readonly opening: Body<'opening'> | null;
  /** The one open step; null before the opening and after the last step. */
  readonly current: StepId | null;
  readonly completed: Readonly<Record<string, { readonly seq: number; readonly at: string }>>;
  readonly openedAt: string | null;
  readonly present: Readonly<Record<string, { readonly present: boolean; readonly identity: string }>>;
  readonly answers: Readonly<Record<string, readonly { readonly value: string; readonly matches: boolean; readonly attempt: number; readonly by: string }[]>>;
  readonly preflight: readonly PreflightRow[];
  /** Tokens the room has logged in to, by serial, in this run of the vault. Emptied by `restarted` and `wipe`. */
  readonly loggedIn: readonly string[];
  readonly moduleSha256: string | null;
  readonly inventory: Readonly<Partial<Record<'before' | 'after', Body<'inventory'>['tokens']>>>;
  readonly openEffect: OpenEffect | null;
  readonly effects: number;
  /** Faults of the step that is open, newest last; shown until the step is complete. */
  readonly faults: readonly { readonly seq: number; readonly code: string; readonly details: Readonly<Record<string, unknown>> }[];
  readonly key: KeyFacts | null;
  readonly certificate: CertificateFacts | null;
  readonly set: SetFacts | null;
  readonly voided: readonly VoidedSet[];
  readonly backup: BackupFacts | null;
  readonly locked: Body<'result'>['outcome'] | null;
  readonly wiped: boolean;
  readonly signoffs: readonly SignOff[];
  readonly exceptions: readonly ExceptionNote[];
  readonly objections: readonly { readonly seq: number; readonly step: StepId; readonly person: PersonId }[];
  readonly pause: Pause | null;
  readonly pauses: readonly { readonly seq: number; readonly from: string; readonly to: string | null; readonly reason: Pause['reason']; readonly stayed: readonly PersonId[] }[];
  readonly restarts: readonly { readonly seq: number; readonly found: string }[];
  readonly closing: Body<'closing'> | null;
}
