/** What may be typed or scanned into each kind of entry. Looks at bytes, keeps none of them, and never says how long a refused value was. */
import { isUtf8 } from 'node:buffer';
import { BASE32 } from '../../shared/custody/base32.ts';
import { checkDiceCode, MAX_THROWS, MIN_THROWS } from '../../shared/custody/blind.ts';
import { accept, refuse, type Result } from '../../shared/errors.ts';
import type { EntrySpec, ShareWay } from '../../shared/vault/contract.ts';

/** A PIN half has no limits of its own; the two together are checked when they are joined. */
const MAX_BYTES = 1024;
const LINES = 4;
/** A symbol's text is five characters of prefix and base32; a share has 306 in all. */
const MAX_SYMBOL = 400, PREFIX = 5;

type SymbolSpec = Extract<EntrySpec, { kind: 'share' | 'test-symbol' }>;

/** Kinds whose values come in one of several ways. */
export const hasWays = (spec: EntrySpec): spec is SymbolSpec => spec.kind === 'share' || spec.kind === 'test-symbol';

/** How many values a commit carries: new secrets are typed twice, a share is one text or four lines, and the code of a blind sheet comes after it. */
export const valuesExpected = (spec: EntrySpec, way: ShareWay | null): number => {
  switch (spec.kind) {
    case 'share': return (way === 'type' ? LINES : 1) + (spec.blind ? 1 : 0);
    case 'new-pin': case 'new-passphrase': case 'dice-code': return 2;
    case 'pin': case 'pin-half': case 'passphrase': case 'test-symbol': return 1;
  }
};

/** How many of the values are kept: what was typed twice is kept once. */
export const valuesKept = (spec: EntrySpec, way: ShareWay | null): number => (spec.kind === 'share' ? valuesExpected(spec, way) : 1);

/** Whether the value at this place is a dice code, whose spaces do not count. */
export const isDiceCode = (spec: EntrySpec, way: ShareWay | null, index: number): boolean =>
  spec.kind === 'dice-code' || (spec.kind === 'share' && spec.blind && index === valuesExpected(spec, way) - 1);

/** A copy without spaces, in memory of its own; the caller wipes both. */
export const withoutSpaces = (value: Buffer): Buffer => {
  const own = Buffer.allocUnsafeSlow(value.reduce((sum, byte) => sum + (byte === 0x20 ? 0 : 1), 0));
  let at = 0;
  for (const byte of value) if (byte !== 0x20) own[at++] = byte;
  return own;
};

const isPlainText = (value: Buffer): boolean => isUtf8(value) && value.every((byte) => byte >= 0x20 && byte !== 0x7f);

const checkPin = (value: Buffer, minLength: number, maxLength: number): Result<true> =>
  value.length < minLength || value.length > maxLength ? refuse('HSM_PIN_FORMAT', { minLength, maxLength }) : accept(true);

/** Code points, so that "é" counts once; the text is normalised to NFC where the key is derived. */
const characters = (value: Buffer): number => value.reduce((sum, byte) => sum + ((byte & 0xc0) === 0x80 ? 0 : 1), 0);

const checkTwice = (values: readonly Buffer[]): Result<true> =>
  values[0]!.equals(values[1]!) ? accept(true) : refuse('VAULT_ENTRY_DIFFERS');

/** A code that opens a sheet: its form only, since whether it was thrown well was asked when it was new. */
const checkCode = (value: Buffer, minThrows: number): Result<true> =>
  value.length >= minThrows && value.length <= MAX_THROWS && value.every((byte) => byte >= 0x31 && byte <= 0x36) ? accept(true) : refuse('SHARE_CODE_FORMAT', { minThrows, maxThrows: MAX_THROWS });

const SYMBOLS: ReadonlySet<number> = new Set(Buffer.from(BASE32));
const prefixIs = (value: Buffer, prefix: string): boolean => value.subarray(0, PREFIX).equals(Buffer.from(prefix));
const isSymbolText = (value: Buffer): boolean => value.length > PREFIX && value.length <= MAX_SYMBOL && value.subarray(PREFIX).every((byte) => SYMBOLS.has(byte));

// SECURITY: SCAN-1 what is not exactly the text of a share goes no further, and nothing of it is repeated.
const checkSymbol = (value: Buffer, spec: SymbolSpec): Result<true> => {
  if (!isSymbolText(value)) return refuse('SHARE_NOT_A_SHARE');
  if (spec.kind === 'test-symbol') return prefixIs(value, 'KCT1:') ? accept(true) : refuse('SHARE_NOT_A_SHARE');
  if (prefixIs(value, spec.blind ? 'KCB1:' : 'KCS1:')) return accept(true);
  return prefixIs(value, 'KCB1:') || prefixIs(value, 'KCS1:') ? refuse('SHARE_NOT_A_SHARE', { blind: spec.blind ? 'no' : 'yes' }) : refuse('SHARE_NOT_A_SHARE');
};

const checkOne = (value: Buffer, spec: Exclude<EntrySpec, { kind: 'share' }>): Result<true> => {
  switch (spec.kind) {
    case 'pin': return checkPin(value, spec.minLength, spec.maxLength);
    case 'pin-half': return value.length === 0 ? refuse('HSM_PIN_FORMAT', { minLength: 1 }) : accept(true);
    case 'new-pin': return spec.half === 'whole' ? checkPin(value, spec.minLength, spec.maxLength) : checkPin(value, Math.ceil(spec.minLength / 2), spec.maxLength);
    case 'passphrase': return value.length === 0 ? refuse('CREDENTIAL_PASSPHRASE') : accept(true);
    case 'new-passphrase': return characters(value) < spec.minLength ? refuse('CREDENTIAL_WEAK_PASSPHRASE', { minLength: spec.minLength }) : accept(true);
    case 'dice-code': return checkDiceCode(value, spec.minThrows);
    case 'test-symbol': return checkSymbol(value, spec);
  }
};

const checkShare = (spec: Extract<EntrySpec, { kind: 'share' }>, way: ShareWay | null, values: readonly Buffer[]): Result<true> => {
  const text = way === 'type' ? accept<true>(true) : checkSymbol(values[0]!, spec);
  return text.ok && spec.blind ? checkCode(values.at(-1)!, MIN_THROWS) : text;
};

/** The way must be one that was offered; other kinds have none. */
const checkWay = (spec: EntrySpec, way: ShareWay | null): Result<true> =>
  (hasWays(spec) ? way !== null && (spec.ways as readonly ShareWay[]).includes(way) : way === null) ? accept(true) : refuse('IPC_REQUEST', { reason: 'way' });

/**
 * Judges a whole commit, except share lines' own checks. Dice codes come here without spaces.
 * @returns HSM_PIN_FORMAT, CREDENTIAL_WEAK_PASSPHRASE, CREDENTIAL_PASSPHRASE, VAULT_ENTRY_DIFFERS, SHARE_NOT_A_SHARE (`blind`: it is a
 * share, but the sheet is printed blind, or is not), SHARE_CODE_FORMAT or IPC_REQUEST (`reason`: way, count, text).
 */
export const checkValues = (spec: EntrySpec, values: readonly Buffer[], way: ShareWay | null): Result<true> => {
  const asked = checkWay(spec, way);
  if (!asked.ok) return asked;
  if (values.length !== valuesExpected(spec, way)) return refuse('IPC_REQUEST', { reason: 'count' });
  if (!values.every((value) => value.length <= MAX_BYTES && isPlainText(value))) return hasWays(spec) && way !== 'type' ? refuse('SHARE_NOT_A_SHARE') : refuse('IPC_REQUEST', { reason: 'text' });
  if (spec.kind === 'share') return checkShare(spec, way, values);
  const one = checkOne(values[0]!, spec);
  return one.ok && values.length === 2 ? checkTwice(values) : one;
};
