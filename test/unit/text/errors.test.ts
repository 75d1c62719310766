import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { RULES } from '../../../shared/ceremony/admit.ts';
import { errorText, FIXED_CODES } from '../../../shared/text/errors.ts';
import { GUIDED_RULES } from '../../../shared/text/errors-rules.ts';

const UNWANTED = /\b(please|sorry|invalid|valid|illegal|oops|undefined|null|NaN)\b|\[object/i;
const parts = (code: string, details: Record<string, unknown> = {}): readonly string[] => Object.values(errorText(code, details));

describe('error texts', () => {
  it.each(FIXED_CODES)('%s says what happened, what is safe and what to do, with and without details', (code) => {
    const { title, happened, safe, next } = errorText(code);
    expect(title).not.toMatch(/\.$/);
    for (const sentence of [happened, safe, next]) expect(sentence).toMatch(/[.!?]$/);
    for (const part of parts(code)) { expect(part.length).toBeGreaterThan(5); expect(part).not.toMatch(UNWANTED); expect(part).not.toMatch(/\.\.|  /); }
  });
  it('has words for every rule of the ceremony and for no rule that does not exist', () => {
    expect([...GUIDED_RULES].sort()).toEqual(RULES.map((rule) => rule.id).sort());
  });
  it('says the reason of a rule as a sentence', () => {
    expect(errorText('RULE_HOLD_POINT', { reason: '2 of 3 have signed' }).happened).toBe('2 of 3 have signed.');
  });
  it('gives a whole text for a code it does not know', () => {
    expect(errorText('HSM_SOMETHING_NEW')).toEqual(errorText('INTERNAL'));
    expect(errorText('RULE_SOMETHING_NEW').title).toMatch(/do not allow/);
    expect(errorText('constructor')).toEqual(errorText('INTERNAL'));
  });
  it('never fails, whatever the details are', () => {
    fc.assert(fc.property(fc.constantFrom(...FIXED_CODES, 'RULE_HOLD_POINT'), fc.dictionary(fc.string(), fc.jsonValue()), (code, details) => {
      expect(parts(code, details).every((part) => typeof part === 'string')).toBe(true);
    }));
  });
});
