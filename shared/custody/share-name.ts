/** The custodian's name as it fits into a share: at most 24 bytes of UTF-8. Never a silent cut. */
import { utf8 } from '../bytes.ts';

export const SHARE_NAME_BYTES = 24;
const fits = (text: string): boolean => utf8(text).length <= SHARE_NAME_BYTES;

/**
 * The name itself where it fits; else initials and last word; else initials and the person's id; else the id.
 * The manifest always has the full name and the id beside it.
 * @returns null when nothing fits (an id longer than 24 characters): such a custodian needs a shorter id in the plan.
 */
export const shareName = (name: string, person: string): string | null => {
  const words = name.split(/\s+/).filter((word) => word !== '');
  const initials = (some: readonly string[]): string => some.map((word) => `${String.fromCodePoint(word.codePointAt(0)!)}.`).join(' ');
  const candidates = [name, `${initials(words.slice(0, -1))} ${words.at(-1) ?? ''}`.trim(), `${initials(words)} (${person})`, person];
  return candidates.find((text) => text !== '' && text === text.normalize('NFC') && fits(text)) ?? null;
};
