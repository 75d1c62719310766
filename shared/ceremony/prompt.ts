/** What a check step asks for, and what it expects: derived from the state, so that the verifier can ask the same again. */
import { fourDigits } from '../text/ceremony-number.ts';
import { fromHex } from '../bytes.ts';
import { toWords } from '../transcript/words.ts';
import type { CheckStep } from './script-types.ts';
import type { CeremonyState } from './state.ts';
import type { PersonId } from '../brand.ts';
import { keyPlan } from './people.ts';
import { linksOf, type Link } from '../transcript/links.ts';

/** Two different word positions, 1 to 32, taken from the session nonce so that nobody can know them when the script is printed. */
export const wordPositions = (nonceHex: string, check: CheckStep['check']): readonly [number, number] => {
  const nonce = fromHex(nonceHex) ?? new Uint8Array(32);
  const at = check === 'plan-words' ? 0 : 2;
  const first = nonce[at]! % 32;
  const second = (first + 1 + (nonce[at + 1]! % 31)) % 32;
  return [first + 1, second + 1];
};
const words = (hex: string, positions: readonly [number, number]): string => {
  const all = toWords(fromHex(hex)!);
  return `${all[positions[0] - 1]!} ${all[positions[1] - 1]!}`;
};

/** Which of the four rows of eight words of the last head is asked for, taken from the session nonce. */
export const headRow = (nonceHex: string): number => (fromHex(nonceHex)?.[4] ?? 0) % 4;
const ROW_WORDS = 8, ROWS = 'ABCD';
/** What a witness says who has no paper because there was no ceremony before. */
export const NO_PREVIOUS = 'none';
/** Of the ceremonies before, the one that the step is about. */
const linkAsked = ({ opening }: CeremonyState, { parent }: CheckStep): Link | null => linksOf(opening?.previous ?? null)[parent ?? 0] ?? null;
const headQuestion = (opening: NonNullable<CeremonyState['opening']>, link: Link | null, { parent }: CheckStep): string => (link
  ? `Read row ${ROWS[headRow(opening.nonce)]!}, eight words, of the closing head of ceremony ${fourDigits(link.number)}${parent === undefined ? '' : ` (archive ${parent + 1})`} from your paper.` : `This archive holds no ceremony before this one. Type “${NO_PREVIOUS}” if that is what you know.`);
const headAnswer = ({ opening }: CeremonyState, link: Link | null): string => {
  if (!opening || !link) return NO_PREVIOUS;
  const row = headRow(opening.nonce) * ROW_WORDS;
  return toWords(fromHex(link.head)!).slice(row, row + ROW_WORDS).join(' ');
};

/** Who answers a check: one person, or two. */
export const answerersOf = (step: CheckStep): readonly PersonId[] => step.answeredBy?.map(({ person }) => person) ?? step.actors.slice(-1);

export interface Prompt { readonly ask: string; readonly positions: readonly [number, number] | null }
/** The question of a check step as the room hears it. */
export const promptOf = (state: CeremonyState, step: CheckStep): Prompt => {
  if (!state.opening || step.check === 'wall-clock' || step.check === 'hsm-serial') return { ask: step.text, positions: null };
  if (step.check === 'previous-head') return { ask: headQuestion(state.opening, linkAsked(state, step), step), positions: null };
  const positions = wordPositions(state.opening.nonce, step.check);
  return { ask: `Read word ${positions[0]} and word ${positions[1]}.`, positions };
};

/**
 * @param now the computer's clock, used by the wall-clock check only (ISO 8601 UTC).
 * @returns what the answer is compared with.
 */
export const expectedAnswer = (state: CeremonyState, step: CheckStep, now: string): string => {
  switch (step.check) {
    case 'plan-words': return words(state.opening!.planSha256, wordPositions(state.opening!.nonce, 'plan-words'));
    case 'previous-head': return headAnswer(state, linkAsked(state, step));
    case 'key-words': return words(state.key!.spkiSha256, wordPositions(state.opening!.nonce, 'key-words'));
    case 'hsm-serial': return keyPlan(state.plan).hsm.serial!;
    case 'wall-clock': return now.slice(11, 16);
  }
};

/** Minutes by which a wall clock may differ from the computer's. */
export const CLOCK_TOLERANCE_MINUTES = 2;
const minutes = (clock: string): number | null => {
  const match = /^([01]?\d|2[0-3])[:.]?([0-5]\d)$/.exec(clock);
  return match ? Number(match[1]) * 60 + Number(match[2]) : null;
};
const DAY = 1440;
/** Minutes by which the clock that was read is ahead of ("+2") or behind ("-1") the computer's; null for what is no time. */
export const clockOffset = (value: string, seen: string): string | null => {
  const said = minutes(value.trim()), at = minutes(seen);
  if (said === null || at === null) return null;
  const ahead = (said - at + DAY) % DAY, apart = ahead > DAY / 2 ? ahead - DAY : ahead;
  return apart > 0 ? `+${apart}` : String(apart);
};
const fold = (text: string): string => text.normalize('NFC').trim().toLowerCase().replace(/[\s,]+/g, ' ');

/** Compares an answer; spaces and case do not count, nothing is corrected. */
export const answerMatches = (check: CheckStep['check'], value: string, expected: string): boolean => {
  if (check !== 'wall-clock') return check === 'hsm-serial' ? fold(value).replaceAll(' ', '') === fold(expected).replaceAll(' ', '') : fold(value) === fold(expected);
  const apart = clockOffset(value, expected);
  return apart !== null && Math.abs(Number(apart)) <= CLOCK_TOLERANCE_MINUTES;
};
