/** The name of a public key in DSSE envelopes. */
import type { Sha256Hex } from '../brand.ts';
import { sha256Of } from './digest.ts';

/** @param spki SubjectPublicKeyInfo, DER. @returns its SHA-256, lower-case hex: the `keyid`. */
export const keyIdOf = (spki: Uint8Array): Sha256Hex => sha256Of(spki);
