/** What the verifier says of a folder or an archive. Exit status: 0 anchored and sound, 3 sound but not anchored, 1 a fault, 2 usage. */
import type { Sha256Hex } from '../brand.ts';

/** `fault`: does not hold. `limit`: what this check cannot see (no anchor, predecessor not seen). `note`: true and worth knowing. */
export interface Finding {
  readonly level: 'fault' | 'limit' | 'note';
  readonly code: string;
  /** File name inside the ceremony folder (or folder name in an archive); null when it is about the whole. */
  readonly file: string | null;
  readonly seq: number | null;
  readonly text: string;
}
/** One row of the verify screen. */
export interface Check { readonly name: 'folder' | 'plan' | 'chain' | 'replay' | 'signoffs' | 'key' | 'certificate' | 'custody' | 'record' | 'anchor' | 'previous'; readonly result: 'sound' | 'fault' | 'not-done' | 'claim'; readonly text: string }
export interface FolderReport {
  readonly name: string; readonly title: string | null; readonly mode: 'rehearsal' | 'production' | null; readonly outcome: 'completed' | 'aborted' | 'postponed' | null;
  readonly entries: number; readonly closedAt: string | null; readonly head: Sha256Hex | null; readonly checks: readonly Check[];
  /** Seqs of sign-offs, and of the first line that does not hold, for the strip. */
  readonly signoffs: readonly number[]; readonly brokenAt: number | null; readonly signedThrough: number | null;
}
export interface VerifyReport { readonly holds: boolean; readonly anchored: boolean; readonly exitStatus: 0 | 1 | 2 | 3; readonly headline: string; readonly findings: readonly Finding[]; readonly folders: readonly FolderReport[] }
