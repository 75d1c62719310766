/** Salted commitments to people's free text. The transcript keeps the commitment; the opening lies in openings.jsonl and may be withheld. */
import type { Sha256Hex } from '../brand.ts';
import { concatBytes, fromHex, utf8 } from '../bytes.ts';
import { AppError } from '../errors.ts';
import { sha256Of } from './digest.ts';

const DOMAIN = 'quorate/commit/1';
const ZERO = Uint8Array.of(0);

/**
 * SHA-256("quorate/commit/1" 00 salt 00 field 00 text).
 * @param saltHex the 16 random bytes of the entry's `salt`, in hex.
 * @param field name of the body's field, such as "what"; keeps two fields of one entry apart.
 * @throws TRANSCRIPT_COMMITMENT when the salt is not 16 bytes of lower-case hex, or the field has a zero byte.
 */
export const commitText = (saltHex: string, field: string, text: string): Sha256Hex => {
  const salt = fromHex(saltHex);
  if (salt === null || salt.length !== 16 || field.includes('\0')) throw new AppError('TRANSCRIPT_COMMITMENT', { field });
  return sha256Of(concatBytes(utf8(DOMAIN), ZERO, salt, ZERO, utf8(field), ZERO, utf8(text)));
};
