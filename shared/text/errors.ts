/**
 * What people read when something is refused or goes wrong: what happened, what is safe, what to do next. One place for screens,
 * the verifier's command line and the record. Texts never name a secret, never blame, never guess a cause.
 */
import type { Details, ErrorCode, RuleCode } from '../errors.ts';
import type { DetailReader, ErrorText, TextOf } from './error-text.ts';
import { hsmTexts } from './errors-hsm.ts';
import { cardTexts } from './errors-card.ts';
import { custodyTexts } from './errors-custody.ts';
import { joinTexts } from './errors-join.ts';
import { recordTexts } from './errors-record.ts';
import { ruleText } from './errors-rules.ts';

/** Every code that is not a rule has its own text; the compiler proves the list complete. */
export type FixedCode = Exclude<ErrorCode, RuleCode>;

const plain = (value: Details[string] | undefined): string | null =>
  value === undefined || value === null ? null : typeof value === 'object' ? value.join(', ') : String(value);

const reader = (details: Readonly<Record<string, unknown>>): DetailReader => {
  const of = (key: string): string | null => (Object.hasOwn(details, key) ? plain(details[key] as Details[string]) : null);
  return { text: (key, fallback) => of(key) ?? fallback, has: (key) => of(key) !== null };
};

const TEXTS: Readonly<Record<FixedCode, TextOf>> = { ...hsmTexts, ...custodyTexts, ...cardTexts, ...recordTexts, ...joinTexts };

/**
 * @param code any code; one that this version does not know gets the text of INTERNAL, with the code named.
 * @param details plain values of the fault; unknown keys are ignored.
 */
export const errorText = (code: string, details: Readonly<Record<string, unknown>> = {}): ErrorText => {
  const read = reader(details);
  if (code.startsWith('RULE_')) return ruleText(code as RuleCode, read);
  const text = Object.hasOwn(TEXTS, code) ? TEXTS[code as FixedCode] : TEXTS.INTERNAL;
  return text(read);
};

/** All codes with a text of their own, for tests. */
export const FIXED_CODES = Object.keys(TEXTS) as readonly FixedCode[];
