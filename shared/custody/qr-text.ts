/** The text in a share's QR symbols. Not an address: no reader opens anything with it. */
import { utf8 } from '../bytes.ts';
import { decodeBase32, decodeBase32Ascii, encodeBase32 } from './base32.ts';

const PLAIN = 'KCS1:', BLIND = 'KCB1:';
const MAX_LENGTH = 400;

/** `plain`: the share; `blind`: the share with its y encrypted under its holder's dice code (blind.ts). */
export type SymbolKind = 'plain' | 'blind';

/** `KCS1:` and base32, upper case: fits QR's alphanumeric mode. */
export const qrText = (share: Uint8Array): string => PLAIN + encodeBase32(share);

/** `KCB1:` and base32. @param blind as blindShare gives it */
export const blindQrText = (blind: Uint8Array): string => BLIND + encodeBase32(blind);

/** @returns null for whatever is not the text of a plain key share: too long, another prefix, other characters, another form of the same bytes. */
export const parseQrText = (text: string): Uint8Array | null =>
  text.length > MAX_LENGTH || !text.startsWith(PLAIN) ? null : decodeBase32(text.slice(PLAIN.length));

/** Reads the text of either kind of share symbol, as strictly as {@link parseQrText}. The caller wipes `bytes`. */
export const parseShareSymbol = (text: string): { readonly kind: SymbolKind; readonly bytes: Uint8Array } | null => {
  const plain = parseQrText(text);
  if (plain !== null) return { kind: 'plain', bytes: plain };
  const blind = text.length > MAX_LENGTH || !text.startsWith(BLIND) ? null : decodeBase32(text.slice(BLIND.length));
  return blind === null ? null : { kind: 'blind', bytes: blind };
};

const startsWith = (ascii: Uint8Array, prefix: string): boolean => utf8(prefix).every((byte, index) => ascii[index] === byte);

/** As {@link parseShareSymbol}, from the ASCII bytes that a camera gave, without a string of them. The caller wipes both. */
export const readShareSymbol = (ascii: Uint8Array): { readonly kind: SymbolKind; readonly bytes: Uint8Array } | null => {
  const kind = startsWith(ascii, PLAIN) ? 'plain' : startsWith(ascii, BLIND) ? 'blind' : null;
  const bytes = kind === null || ascii.length > MAX_LENGTH ? null : decodeBase32Ascii(ascii.subarray(PLAIN.length));
  return kind === null || bytes === null ? null : { kind, bytes };
};
