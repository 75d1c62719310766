/** SHA-256 for the pure part. */
import { sha256 } from '@noble/hashes/sha2.js';
import { toHex } from '../bytes.ts';
import type { Sha256Hex } from '../brand.ts';

/** Lower-case hex of SHA-256 over the bytes as they are. */
export const sha256Of = (bytes: Uint8Array): Sha256Hex => toHex(sha256(bytes)) as Sha256Hex;
