/** The closing head as people carry it outside the folder: 64 hex digits, 32 words, or the text of a file with either. */
import { isSha256Hex } from '../brand.ts';
import type { Sha256Hex } from '../brand.ts';
import { toHex } from '../bytes.ts';
import { fromWords } from './words.ts';

/**
 * Reads a head in full (256 bits); case and the spaces between groups do not matter. Nothing shorter is an anchor.
 * @returns null when the text is neither 64 hex digits nor 32 words of the list.
 */
export const parseAnchor = (text: string): Sha256Hex | null => {
  const hex = text.replace(/\s+/g, '').toLowerCase();
  if (isSha256Hex(hex)) return hex;
  const words = text.trim().split(/[\s,]+/);
  const bytes = words.length === 32 ? fromWords(words) : null;
  return bytes === null ? null : (toHex(bytes) as Sha256Hex);
};
