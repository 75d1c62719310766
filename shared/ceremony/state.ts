/** The state of a ceremony: a fold of its entries and nothing else. Plain data, no secrets, so it may be shown to the renderer as it is. */
import type { EffectId, PersonId, Sha256Hex, StepId } from '../brand.ts';
import type { MemberChange } from '../charter/changes.ts';
import type { Body, Intent, KeyClaims, LintFinding, PreflightRow } from '../transcript/entry-schema.ts';
import type { Carrier, Copy, Custody, Plan, SetRef } from './plan-schema.ts';
import type { Script } from './script-types.ts';
import type { StandIn } from './stand-in.ts';

export interface SignOff { readonly person: PersonId; readonly step: StepId; readonly seq: number; readonly at: string; readonly method: 'file' | 'token'; readonly head: Sha256Hex }
export interface ExceptionNote { readonly number: number; readonly seq: number; readonly at: string; readonly step: StepId; readonly kind: Body<'exception'>['kind']; readonly effect: Body<'exception'>['effect']; readonly noticedBy: PersonId; /** Null where the entry does not say. */ readonly decidedBy: PersonId | null }
export interface OpenEffect { readonly effect: EffectId; readonly step: StepId; readonly seq: number; readonly intent: Intent }
export interface KeyFacts { readonly keyId: string; readonly label: string; readonly spki: string; readonly spkiSha256: Sha256Hex; readonly claims: KeyClaims; readonly checks: readonly string[]; readonly seq: number }
export interface CertificateFacts { readonly certificateSha256: Sha256Hex; readonly lint: readonly LintFinding[]; readonly secondSignatureMayExist: boolean; readonly popSha256: Sha256Hex | null }
/** printed: on paper or on its card, not all of it read back. read-back: every carrier was read and is right. sealed: in its bag. */
export type ShareStatus = 'waiting' | 'printed' | 'read-back' | 'sealed';
/** The card of one share. `attempts` counts writes. */
export interface CardFacts { readonly serial: string; readonly status: 'waiting' | 'written' | 'read-back'; readonly attempts: number; readonly encryptedTo: string | null; readonly bag: string | null }
export interface ShareFacts { readonly number: number; readonly custodian: PersonId; readonly status: ShareStatus; readonly attempts: readonly number[]; readonly destroyed: readonly number[]; readonly bag: string | null; readonly readBackFaults: number; readonly carrier: Carrier; readonly sheet: Custody['sheet']; /** The sheet's own place on the way; null for a share on a card only. */ readonly paper: 'waiting' | 'printed' | 'read-back' | null; readonly card: CardFacts | null; /** How each carrier was read back. */ readonly how: readonly string[] }
export interface SetFacts { readonly holds: SetRef['holds']; readonly epoch: number; readonly setId: Sha256Hex; readonly setName: string; readonly setFingerprint: string; readonly manifestSha256: Sha256Hex; readonly attempt: number; readonly sources: readonly string[]; readonly shares: readonly ShareFacts[]; readonly rebuilt: readonly (readonly number[])[] }
export interface BackupFacts { readonly algorithm: string; readonly mechanism: string; readonly length: number; readonly sha256: Sha256Hex; readonly media: readonly number[]; /** Shown by a restore (`claims` of the object that stays) or, in a re-share, by a session object that was destroyed again (null). */ readonly restored: { readonly spkiSha256: Sha256Hex; readonly challenge: string; readonly signature: string; readonly claims: KeyClaims | null } | null }
export interface VoidedSet { readonly setId: Sha256Hex | null; readonly holds: SetRef['holds']; /** Cards a share of it was written to; the object opens nothing, and is erased before the next use. */ readonly cards: readonly { readonly share: number; readonly serial: string; readonly erased: boolean }[]; readonly reason: Body<'set-voided'>['reason']; readonly sheets: readonly { readonly share: number; readonly attempt: number; readonly destroyed: boolean }[] }

/** A share of an existing set that was accepted in a gather step. */
export interface GatheredShare { readonly share: number; readonly person: PersonId; readonly presenter: PersonId; readonly carrier: 'paper' | 'card'; readonly how: Body<'share-read'>['how']; readonly seq: number; readonly at: string }
export interface Gathering { readonly holds: SetRef['holds']; readonly setId: Sha256Hex; readonly shares: readonly GatheredShare[]; readonly combined: readonly number[] | null; /** False once the vault that held it is gone. */ readonly open: boolean }
export interface RefusedShare { readonly seq: number; readonly at: string; readonly step: StepId; readonly presenter: PersonId; readonly carrier: 'paper' | 'card'; readonly code: string; readonly details: Readonly<Record<string, unknown>> }
/** What a share check found of one share. */
export interface ShareProof { readonly share: number; readonly person: PersonId; readonly step: StepId; readonly seq: number; readonly at: string; readonly found: 'proved' | Body<'share-unproved'>['reason']; readonly carriers: readonly ('paper' | 'card')[]; readonly how: Body<'share-read'>['how'] | null }
export interface AccountedCopy { readonly copy: Copy; readonly outcome: Body<'copy-accounted'>['outcome']; readonly method: string; readonly bag: string | null; readonly by: PersonId; readonly witness: PersonId; readonly seq: number; readonly at: string; readonly step: StepId; readonly found: boolean | null }

/** What was said of a material of the plan. */
export interface MaterialFacts extends Body<'material'> { readonly seq: number; readonly at: string }

export interface Pause { readonly seq: number; readonly at: string; readonly reason: Body<'paused'>['reason']; readonly stayed: readonly PersonId[]; /** Bags that were sealed for the break. */ readonly sealed: readonly string[] }

/** `matches` is null until the answers of a round by two people are compared. `at`: of its entry. `offset`: of a clock, once compared. */
export interface GivenAnswer { readonly value: string; readonly matches: boolean | null; readonly attempt: number; readonly by: string; readonly at: string; readonly offset: string | null }

export interface CeremonyState {
  /** As it was frozen, with deputies in the places of those they stand in for. */
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
  /** Deputies who took a place, in order; `plan` and `script` are as they stand with them. */
  readonly deputised: readonly (StandIn & { readonly seq: number; readonly at: string; readonly step: StepId })[];
  readonly answers: Readonly<Record<string, readonly GivenAnswer[]>>;
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
  /** The share set in work, or the last one made. */
  readonly set: SetFacts | null;
  /** Sets of this ceremony that were finished before the one in work: the wrapping set, once a PIN set is made. */
  readonly issued: readonly SetFacts[];
  readonly gatherings: readonly Gathering[];
  readonly refused: readonly RefusedShare[];
  readonly proofs: readonly ShareProof[];
  readonly accounted: readonly AccountedCopy[];
  /** Set ids: the one that was replaced, and its successor. */
  readonly superseded: { readonly setId: Sha256Hex; readonly by: Sha256Hex; readonly seq: number; readonly at: string } | null;
  /** What the app deleted from cards and media, by the effect that did it. */
  readonly destroyedCopies: readonly { readonly copy: Copy; readonly found: boolean; readonly effect: EffectId }[];
  /** A change of PINs was cut off: some tokens may have the new one. The set is kept whatever happens. */
  readonly pinUncertain: boolean;
  readonly pinChanged: Extract<Body<'result'>['outcome'], { kind: 'change-pin' }> | null;
  readonly printerTested: { readonly seq: number; readonly how: string } | null;
  readonly voided: readonly VoidedSet[];
  readonly backup: BackupFacts | null;
  readonly locked: Body<'result'>['outcome'] | null;
  readonly wiped: boolean;
  readonly signoffs: readonly SignOff[];
  readonly exceptions: readonly ExceptionNote[];
  /** What became of the roster, in order. */
  readonly memberChanges: readonly (MemberChange & { readonly seq: number })[];
  /** The charter that this ceremony enacted. */
  readonly charter: { readonly sha256: Sha256Hex; readonly seq: number; readonly at: string } | null;
  readonly objections: readonly { readonly seq: number; readonly step: StepId; readonly person: PersonId }[];
  readonly pause: Pause | null;
  readonly pauses: readonly { readonly seq: number; readonly from: string; readonly to: string | null; readonly reason: Pause['reason']; readonly stayed: readonly PersonId[] }[];
  readonly restarts: readonly { readonly seq: number; readonly found: string }[];
  /** What came in and went out, in order. */
  readonly materials: readonly MaterialFacts[];
  /** How it ended early, before the closing entry says so. */
  readonly ended: 'aborted' | 'postponed' | null;
  /** Something was done to a key, a token, a card, a share or the charter: too late to postpone. */
  readonly begun: boolean;
  readonly closing: Body<'closing'> | null;
}
