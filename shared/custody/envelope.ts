/**
 * The share envelope KCS1: one share of a set, tied to its set, epoch, number and person by a signature of the set key. Binary, fixed
 * offsets, big-endian; docs/FORMATS.md, "Share". Does not judge whether the share is wanted here: judge.ts does.
 */
import { ed25519 } from '@noble/curves/ed25519.js';
import { concatBytes, equalBytes, fromUtf8, utf8 } from '../bytes.ts';
import { crc32 } from './crc32.ts';
import { labelled } from './digests.ts';
import { SHARE_NAME_BYTES } from './share-name.ts';

export const VERSION = 1;
/** GF(256), secret at x = 0, 32-byte secret, SHA-256, Ed25519. Bit 0 is added for a drill or rehearsal and means nothing else. */
export const SUITE = 0x10;
const HEAD = 94, TAIL = 68, SIGNATURE = 64;
export const SECRET_BYTES = 32;

export interface Share {
  readonly drill: boolean; readonly threshold: number; readonly shares: number;
  /** What people say aloud; not the coordinate. */
  readonly number: number;
  /** The coordinate on the polynomial, 1–255. */
  readonly x: number;
  readonly epoch: number;
  /** Minutes since 2020-01-01T00:00Z. */
  readonly issuedMinutes: number;
  /** Months since 2020-01; 0: none. A reminder, never a lock. */
  readonly reviewMonths: number;
  /** Public part of the set key: 32 bytes. */
  readonly setId: Uint8Array;
  /** First 16 bytes of the check of the wrapping key. */
  readonly kekCheck: Uint8Array;
  /** The secret value: 32 bytes. */
  readonly y: Uint8Array;
  readonly name: string;
}

const integer = (value: number, min: number, max: number): boolean => Number.isInteger(value) && value >= min && value <= max;
// oxlint-disable-next-line no-control-regex -- control characters are exactly what is refused
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/;
const legalName = (name: string): boolean =>
  name === name.normalize('NFC') && name === name.trim() && !CONTROL.test(name) && integer(utf8(name).length, 1, SHARE_NAME_BYTES);

/** The field that no share may have, or null. The order is that of the layout. */
export const illegalField = (share: Share): string | null => {
  if (!integer(share.shares, 2, 255)) return 'shares';
  if (!integer(share.threshold, 2, share.shares)) return 'threshold';
  if (!integer(share.number, 1, share.shares)) return 'number';
  // SECURITY: CUST-2 — with x = 0 one forged share dictates the combined secret.
  if (!integer(share.x, 1, 255)) return 'x';
  if (!integer(share.epoch, 1, 0xffff)) return 'epoch';
  if (!integer(share.issuedMinutes, 0, 0xffffffff) || !integer(share.reviewMonths, 0, 0xffff)) return 'date';
  return legalName(share.name) ? null : 'name';
};

const u16 = (value: number): Uint8Array => Uint8Array.of(value >> 8, value & 255);
const u32 = (value: number): Uint8Array => Uint8Array.of(value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255);

/** Everything before the signature. @throws RangeError when a field is illegal: that is a fault of the program. */
export const shareBody = (share: Share): Uint8Array => {
  const illegal = illegalField(share);
  if (illegal !== null || share.setId.length !== 32 || share.kekCheck.length !== 16 || share.y.length !== SECRET_BYTES) throw new RangeError(`share: ${illegal ?? 'length'}`);
  const name = utf8(share.name);
  return concatBytes(
    Uint8Array.of(VERSION, SUITE | (share.drill ? 1 : 0), share.threshold, share.shares, share.number, share.x),
    u16(share.epoch), u32(share.issuedMinutes), u16(share.reviewMonths), share.setId, share.kekCheck, share.y, Uint8Array.of(name.length), name,
  );
};

/** What the set key signs: `KCS1/share`, a zero byte, the body. */
export const shareMessage = (body: Uint8Array): Uint8Array => labelled('KCS1/share', body);

/**
 * @param sign Ed25519 with the set key. @returns the share: body, signature, CRC-32; 163 bytes and the name.
 * The caller owns the result and wipes it; copies made here are wiped here.
 */
export const encodeShare = (share: Share, sign: (message: Uint8Array) => Uint8Array): Uint8Array => {
  const body = shareBody(share), message = shareMessage(body);
  try {
    const signed = concatBytes(body, sign(message));
    try { return concatBytes(signed, crc32(signed)); } finally { signed.fill(0); }
  } finally { body.fill(0); message.fill(0); }
};

export type DecodeFault = 'damaged' | 'version' | 'illegal' | 'forged';
export type Decoded =
  | { readonly ok: true; readonly share: Share }
  /** `claims` is what the bytes say of themselves: nobody has vouched for it. */
  | { readonly ok: false; readonly fault: DecodeFault; readonly field: string | null; readonly claims: Share | null };

const fields = (bytes: Uint8Array): Share | null => {
  // Copies: a Buffer's own slice would share memory with the share, and wiping one would destroy the other.
  const copy = (from: number, to: number): Uint8Array => Uint8Array.from(bytes.subarray(from, to));
  const at = (offset: number, length: number): number => bytes.subarray(offset, offset + length).reduce((sum, byte) => sum * 256 + byte, 0);
  const name = fromUtf8(bytes.subarray(HEAD + 1, HEAD + 1 + bytes[HEAD]!));
  if (name === null) return null;
  return {
    drill: (bytes[1]! & 1) === 1, threshold: bytes[2]!, shares: bytes[3]!, number: bytes[4]!, x: bytes[5]!, epoch: at(6, 2), issuedMinutes: at(8, 4), reviewMonths: at(12, 2),
    setId: copy(14, 46), kekCheck: copy(46, 62), y: copy(62, 94), name,
  };
};

const verifies = (bytes: Uint8Array, setId: Uint8Array): boolean => {
  const message = shareMessage(bytes.subarray(0, bytes.length - TAIL));
  try {
    return ed25519.verify(bytes.subarray(bytes.length - TAIL, bytes.length - TAIL + SIGNATURE), message, setId, { zip215: false });
  } catch { return false; } finally { message.fill(0); }
};

/**
 * Reads a share in the order of the table of faults: damaged, unknown version, illegal field, forged. A share that passes was issued by
 * the set key that it names; whose set that is, it cannot say.
 */
export const decodeShare = (bytes: Uint8Array): Decoded => {
  const bad = (fault: DecodeFault, field: string | null = null, claims: Share | null = null): Decoded => ({ ok: false, fault, field, claims });
  if (bytes.length < 6 || bytes.length > 400 || !equalBytes(crc32(bytes.subarray(0, -4)), bytes.subarray(-4))) return bad('damaged');
  if (bytes[0] !== VERSION || (bytes[1]! & 0xfe) !== SUITE) return bad('version', `${bytes[0]}.${bytes[1]!.toString(16)}`);
  if (bytes.length < HEAD + 1 + TAIL || bytes.length !== HEAD + 1 + bytes[HEAD]! + TAIL) return bad('illegal', 'length');
  const share = fields(bytes);
  if (share === null) return bad('illegal', 'name');
  const illegal = illegalField(share);
  if (illegal !== null) return bad('illegal', illegal, share);
  return verifies(bytes, share.setId) ? { ok: true, share } : bad('forged', null, share);
};
