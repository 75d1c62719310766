/**
 * The blind sheet: y is encrypted under a code that the share's holder throws with a die, so that neither printer nor spool ever holds a usable
 * share. Form: docs/FORMATS-custody.md, "Blind sheet". Keeps no code and judges no set: the signature inside stays that of the true share.
 */
import { hkdf } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { fromHex } from '../bytes.ts';
import { accept, refuse, type Details, type Result } from '../errors.ts';
import { crc32 } from './crc32.ts';
import { coreCommitment, labelled } from './digests.ts';
import { decodeShare, SECRET_BYTES, type Share } from './envelope.ts';
import type { Core } from './lines.ts';
import { hasPrefix, type Manifest } from './manifest.ts';
import { setName } from './set-name.ts';

/** 50 throws of a die are 129 bits. */
export const MIN_THROWS = 50, MAX_THROWS = 100;
/** A block of this many throws comes twice in fewer than one of 500,000 fair codes, one face in more than half of 50 throws still less often. */
const BLOCK = 12;
const ONE = 0x31, SIX = 0x36;
const NUMBER_AT = 4, X_AT = 5, SET_ID_AT = 14, Y_AT = 62;

const repeats = (code: Uint8Array): boolean => {
  for (let first = 0; first + BLOCK < code.length; first++) {
    for (let second = first + 1; second + BLOCK <= code.length; second++) {
      let same = 0;
      while (same < BLOCK && code[first + same] === code[second + same]) same++;
      if (same === BLOCK) return true;
    }
  }
  return false;
};

const mostOfOneFace = (code: Uint8Array): number => {
  const faces = new Uint8Array(6);
  for (const byte of code) faces[byte - ONE]!++;
  try { return Math.max(...faces); } finally { faces.fill(0); }
};

/**
 * Judges the form of a dice code; whether a die was thrown nobody can see. Keeps nothing of it.
 * @param code ASCII digits 1 to 6 without spaces. @param minThrows never below 50.
 * @returns SHARE_CODE_FORMAT with `reason`: `length` (with `minThrows` and `maxThrows`), `digits`, `one-face` (over half of the throws), `repeats` (a block of 12 comes twice).
 */
export const checkDiceCode = (code: Uint8Array, minThrows = MIN_THROWS): Result<true> => {
  if (!code.every((byte) => byte >= ONE && byte <= SIX)) return refuse('SHARE_CODE_FORMAT', { reason: 'digits' });
  const min = Math.max(MIN_THROWS, minThrows);
  if (code.length < min || code.length > MAX_THROWS) return refuse('SHARE_CODE_FORMAT', { reason: 'length', minThrows: min, maxThrows: MAX_THROWS });
  if (mostOfOneFace(code) * 2 > code.length) return refuse('SHARE_CODE_FORMAT', { reason: 'one-face' });
  return repeats(code) ? refuse('SHARE_CODE_FORMAT', { reason: 'repeats' }) : accept(true);
};

/** Replaces y by y XOR pad in place; twice is nothing. */
const turn = (y: Uint8Array, code: Uint8Array, setId: Uint8Array, number: number, x: number): void => {
  const pad = hkdf(sha256, code, setId, labelled('KCS1/blind', Uint8Array.of(number, x)), SECRET_BYTES);
  for (let i = 0; i < SECRET_BYTES; i++) y[i]! ^= pad[i]!;
  pad.fill(0);
};

/** The share's bytes with y turned and the CRC-32 computed anew. */
const turned = (share: Uint8Array, code: Uint8Array): Uint8Array => {
  const out = Uint8Array.from(share);
  turn(out.subarray(Y_AT, Y_AT + SECRET_BYTES), code, out.subarray(SET_ID_AT, SET_ID_AT + 32), out[NUMBER_AT]!, out[X_AT]!);
  out.set(crc32(out.subarray(0, -4)), out.length - 4);
  return out;
};

/**
 * @param share a whole share, as {@link decodeShare} accepts it. @param code as {@link checkDiceCode} accepts it.
 * @returns what a blind symbol carries; of the same length. The caller wipes all three.
 */
export const blindShare = (share: Uint8Array, code: Uint8Array): Uint8Array => turned(share, code);

const claims = (share: Share): Details => ({ claimsNumber: share.number, claimsName: share.name, claimsSet: setName(share.setId), claimsEpoch: share.epoch });

/**
 * Opens what a blind symbol carries. Its own checksum is checked first; the signature of the true share, which a wrong code breaks, after it.
 * @returns the true share, to be judged like any other; the caller wipes it. SHARE_DAMAGED, SHARE_UNKNOWN_VERSION, SHARE_ILLEGAL_FIELD, or
 * SHARE_BLIND_CODE with what the sheet claims to be (`claimsNumber`, `claimsName`, `claimsSet`, `claimsEpoch`): a wrong code and an altered sheet look alike.
 */
export const unblindShare = (blind: Uint8Array, code: Uint8Array): Result<Uint8Array> => {
  const before = decodeShare(blind);
  if (before.ok) before.share.y.fill(0);
  else {
    before.claims?.y.fill(0);
    const details = { ...(before.field === null ? {} : { field: before.field }), ...(before.claims ? claims(before.claims) : {}) };
    if (before.fault === 'damaged') return refuse('SHARE_DAMAGED', details);
    if (before.fault === 'version') return refuse('SHARE_UNKNOWN_VERSION', details);
    if (before.fault === 'illegal') return refuse('SHARE_ILLEGAL_FIELD', details);
  }
  const share = turned(blind, code), after = decodeShare(share);
  if (after.ok) { after.share.y.fill(0); return accept(share); }
  share.fill(0);
  after.claims?.y.fill(0);
  return refuse('SHARE_BLIND_CODE', after.claims ? claims(after.claims) : {});
};

/** @returns what a blind sheet's typed lines carry: y turned, x and prefix as they were. The caller wipes it. */
export const blindCore = (core: Core, share: { readonly number: number; readonly setId: Uint8Array }, code: Uint8Array): Core => {
  const y = Uint8Array.from(core.y);
  turn(y, code, share.setId, share.number, core.x);
  return { x: core.x, y, setPrefix: Uint8Array.from(core.setPrefix) };
};

/**
 * Opens a blind sheet's typed lines. They name neither number nor set, so the manifest does; a core that is none of its shares comes back as it
 * is, for judgeCore to refuse by its own table.
 * @returns the true core; the caller wipes it. SHARE_BLIND_CODE with `claimsNumber` and `claimsName`: the code is wrong or the lines were changed.
 */
export const unblindCore = (core: Core, manifest: Manifest, code: Uint8Array): Result<Core> => {
  const row = hasPrefix(manifest, core.setPrefix) ? manifest.custodians.find(({ x }) => x === core.x) : undefined;
  if (row === undefined) return accept({ ...core, y: Uint8Array.from(core.y) });
  const setId = fromHex(manifest.setId)!, open = blindCore(core, { number: row.number, setId }, code);
  if (coreCommitment(open.x, open.y, setId) === row.core) return accept(open);
  open.y.fill(0);
  return refuse('SHARE_BLIND_CODE', { claimsNumber: row.number, claimsName: row.name });
};
