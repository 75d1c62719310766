/** What the archive knows of keys, share sets and everything that holds a share: a fold of all its ceremonies and nothing else. */
import type { PersonId, Sha256Hex } from '../brand.ts';
import type { Carrier, Copy, Custody, KeyProfile, KeyPlan, SetRef } from '../ceremony/plan-schema.ts';
import type { COPY_OUTCOMES, UNPROVED } from '../transcript/entry-schema.ts';

/** `held`: in custody under its bag number, as far as the archive knows. */
export type CopyStatus = 'held' | (typeof COPY_OUTCOMES)[number];
export interface CopyState { readonly copy: Copy; readonly status: CopyStatus; readonly bag: string | null; /** The ceremony that said so last. */ readonly ceremony: number; readonly at: string }

export interface HolderState {
  readonly number: number; readonly person: PersonId; readonly name: string; readonly carrier: Carrier; readonly sheet: Custody['sheet']; readonly card: Custody['card'];
  /** The last time the share was read and judged good: at its issue, in a recovery, or in a share check. */
  readonly lastRead: { readonly at: string; readonly ceremony: number };
  /** Why the share does not count any more; `gone`: every copy is destroyed, missing or collected. */
  readonly trouble: Exclude<(typeof UNPROVED)[number], 'absent'> | 'gone' | null;
}

export type SetStatus = 'current' | 'superseded' | 'destroyed';
export interface SetState extends SetRef {
  readonly status: SetStatus; readonly supersededAt: string | null; readonly supersededBy: Sha256Hex | null;
  /** Other sets that replaced it, in an archive that did not know of `supersededBy`; absent where there is none. */
  readonly rivals?: readonly Sha256Hex[];
  readonly issuedAt: string; readonly people: readonly HolderState[]; readonly copies: readonly CopyState[];
  readonly wrapped: { readonly algorithm: string; readonly length: number; readonly sha256: Sha256Hex; readonly fileName: string } | null;
  /** Shares that can be counted on, less the threshold; below zero: the quorum cannot meet any more. */
  readonly margin: number;
  /** By folded name: who has held or read which shares over time (RULE_HOLDER_HISTORY). */
  readonly history: readonly { readonly name: string; readonly shares: readonly number[] }[];
  /** Of a PIN set: whether it gives the SO PIN of every token it opens, too. */
  readonly soByQuorum: boolean;
  /** Digest of the issuing ceremony's closing line and of its record. */
  readonly head: Sha256Hex; readonly record: Sha256Hex | null;
}

/** What the margin asks for: 0 and 1 demand action (ux.md section 2.6), below 0 nothing opens the backup any more. */
export type Demand = 'none' | 'check-due' | 're-share-soon' | 're-share-now' | 'not-recoverable';
export interface KeyState {
  readonly keyId: string; readonly label: string; readonly profile: KeyProfile; readonly spki: string; readonly spkiSha256: Sha256Hex; readonly certificateSha256: Sha256Hex | null;
  readonly madeBy: number; readonly certificate: KeyPlan['certificate'];
  /** Tokens that hold a copy of the key. `pinSet`: the PIN set that opens it; null where people type the PIN. */
  readonly tokens: readonly { readonly serial: string; readonly module: string; readonly ceremony: number; readonly pinSet: Sha256Hex | null }[];
  /** Wrapping sets, oldest first; the last is the current one unless it is destroyed. */
  readonly sets: readonly SetState[];
  /** The PIN set that opens its tokens, where a quorum holds the PIN. */
  readonly pinSets: readonly SetState[];
  readonly demand: Demand;
  /** A locked key without a current set and a wrapped copy can be used, but not backed up again; rotation is due. */
  readonly backup: 'current' | 'none' | 'lost';
}
export interface CustodyRegister { readonly keys: readonly KeyState[] }
