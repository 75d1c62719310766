/** Says whether what a symbol holds is what this window asks for. Strict, and nothing of what is refused leaves the worker. Pure. */
import { BASE32 } from '../../../shared/custody/base32.ts';

/** A share's symbol, that of a sheet printed blind, or that of the printer's test page. */
export type WantedText = 'share' | 'blind' | 'test';
export type NotAShare = 'other' | 'blind' | 'not-blind' | 'several';
export type TextVerdict = { readonly ok: true; readonly bytes: Uint8Array } | { readonly ok: false; readonly reason: NotAShare };

const MAX_LENGTH = 400;
const PREFIXES: Readonly<Record<WantedText, string>> = { share: 'KCS1:', blind: 'KCB1:', test: 'KCT1:' };
const PREFIX_LENGTH = 5;
const LETTERS: ReadonlySet<number> = new Set(new TextEncoder().encode(BASE32));

const startsWith = (bytes: Uint8Array, prefix: string): boolean => [...prefix].every((letter, index) => bytes[index] === letter.charCodeAt(0));
const same = (one: Uint8Array, other: Uint8Array): boolean => one.length === other.length && one.every((byte, index) => byte === other[index]);

const judgeOne = (bytes: Uint8Array, wanted: WantedText): NotAShare | null => {
  if (bytes.length > MAX_LENGTH || bytes.length <= PREFIX_LENGTH || !bytes.subarray(PREFIX_LENGTH).every((byte) => LETTERS.has(byte))) return 'other';
  if (startsWith(bytes, PREFIXES[wanted])) return null;
  if (wanted === 'share' && startsWith(bytes, PREFIXES.blind)) return 'blind';
  return wanted === 'blind' && startsWith(bytes, PREFIXES.share) ? 'not-blind' : 'other';
};

/**
 * @param read what each symbol of one picture says, at least one. The two symbols of a sheet say the same; any that say different things
 * are refused together. All but the bytes that are given back are wiped.
 */
export const judgeTexts = (read: readonly Uint8Array[], wanted: WantedText): TextVerdict => {
  const [first, ...others] = read;
  const reason = first === undefined ? 'other' : others.every((other) => same(first, other)) ? judgeOne(first, wanted) : 'several';
  for (const other of others) other.fill(0);
  if (first !== undefined && reason === null) return { ok: true, bytes: first };
  first?.fill(0);
  return { ok: false, reason: reason ?? 'other' };
};
