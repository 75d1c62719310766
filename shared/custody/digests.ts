/** The digests of a share set. Each starts with its own label and a zero byte, so that none can stand for another. */
import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, toHex, utf8 } from '../bytes.ts';
import type { Sha256Hex } from '../brand.ts';

const ZERO = Uint8Array.of(0);
/** What a digest or a signature of this format covers: label, zero byte, parts. */
export const labelled = (label: string, ...parts: readonly Uint8Array[]): Uint8Array => concatBytes(utf8(label), ZERO, ...parts);
const digest = (label: string, ...parts: readonly Uint8Array[]): Uint8Array => {
  const input = labelled(label, ...parts);
  try { return sha256(input); } finally { input.fill(0); }
};

/** @param kek the wrapping key, 32 bytes. @returns 32 bytes; a share holds the first 16. */
export const kekCheck = (setId: Uint8Array, kek: Uint8Array): Uint8Array => digest('KCS1/kek', setId, kek);
/** Commitment to a whole share, as in the manifest. */
export const shareCommitment = (share: Uint8Array): Sha256Hex => toHex(digest('KCS1/commit', share)) as Sha256Hex;
/** Commitment to what the typed lines carry: x and y, in a set. */
export const coreCommitment = (x: number, y: Uint8Array, setId: Uint8Array): Sha256Hex => toHex(digest('KCS1/core', Uint8Array.of(x), y, setId)) as Sha256Hex;
