/** The text in a share's QR symbols. Not an address: no reader opens anything with it. */
import { decodeBase32, encodeBase32 } from './base32.ts';

const PREFIX = 'KCS1:';
const MAX_LENGTH = 400;

/** `KCS1:` and base32, upper case: fits QR's alphanumeric mode. */
export const qrText = (share: Uint8Array): string => PREFIX + encodeBase32(share);

/** @returns null for whatever is not the text of a key share: too long, another prefix, other characters, another form of the same bytes. */
export const parseQrText = (text: string): Uint8Array | null =>
  text.length > MAX_LENGTH || !text.startsWith(PREFIX) ? null : decodeBase32(text.slice(PREFIX.length));
