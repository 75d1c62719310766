/** Ways to wrap a private key under a symmetric key, each with the opening that proves it. A mechanism's number proves nothing. */
import { createDecipheriv, randomBytes } from 'node:crypto';
import type { Mechanism } from 'pkcs11js';
import { CKM } from '../pkcs11/constants.ts';
import { openRfc5649 } from './rfc5649.ts';

export type Algorithm = 'RFC5649' | 'AES-256-CBC-PAD';
export interface Strategy {
  readonly algorithm: Algorithm;
  readonly mechanism: number;
  /** For the record: the number as the module takes it. */
  readonly name: string;
}

/** In the order of preference: RFC 5649 has an integrity check, CBC has none. Modules give RFC 5649 either number. */
export const STRATEGIES: readonly Strategy[] = [
  { algorithm: 'RFC5649', mechanism: CKM.AES_KEY_WRAP_KWP, name: 'CKM_AES_KEY_WRAP_KWP (0x210b)' },
  { algorithm: 'RFC5649', mechanism: CKM.AES_KEY_WRAP_PAD, name: 'CKM_AES_KEY_WRAP_PAD (0x210a)' },
  { algorithm: 'AES-256-CBC-PAD', mechanism: CKM.AES_CBC_PAD, name: 'CKM_AES_CBC_PAD (0x1085)' },
];

const IV = 16;

/** The mechanism for one wrap, and what is put before the module's bytes: a fresh IV for CBC. */
export const forWrap = ({ algorithm, mechanism }: Strategy): { readonly mechanism: Mechanism; readonly prefix: Buffer } => {
  if (algorithm === 'RFC5649') return { mechanism: { mechanism }, prefix: Buffer.alloc(0) };
  const prefix = randomBytes(IV);
  return { mechanism: { mechanism, parameter: prefix }, prefix };
};

/** The mechanism and the module's bytes for one unwrap of a blob made by {@link forWrap}. */
export const forUnwrap = ({ algorithm, mechanism }: Strategy, blob: Buffer): { readonly mechanism: Mechanism; readonly wrapped: Buffer } =>
  algorithm === 'RFC5649' ? { mechanism: { mechanism }, wrapped: blob } : { mechanism: { mechanism, parameter: blob.subarray(0, IV) }, wrapped: blob.subarray(IV) };

const openCbc = (kek: Uint8Array, blob: Uint8Array): Buffer | null => {
  if (blob.length < 2 * IV || blob.length % IV !== 0) return null;
  const cipher = createDecipheriv('aes-256-cbc', kek, blob.subarray(0, IV));
  const first = cipher.update(blob.subarray(IV));
  try {
    const last = cipher.final();
    const content = Buffer.allocUnsafeSlow(first.length + last.length);
    first.copy(content);
    last.copy(content, first.length);
    last.fill(0);
    return content;
  } catch { return null; } finally { first.fill(0); }
};

/** Opens a blob without any token. @returns the content, which the caller wipes, or null */
export const openBlob = (algorithm: Algorithm, kek: Uint8Array, blob: Uint8Array): Buffer | null =>
  algorithm === 'RFC5649' ? openRfc5649(kek, blob) : openCbc(kek, blob);
