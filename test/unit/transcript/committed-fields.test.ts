/** Texts that entries commit to, found by the schemas: also those that need not be there. */
import { describe, expect, test } from 'vitest';
import { commitmentIn, commitmentsOf, committedFields } from '../../../shared/transcript/committed-fields.ts';
import type { Entry } from '../../../shared/transcript/entry-schema.ts';
import { atStep, digestOf, exceptionFact } from '../../support/story.ts';

const line = { seq: 1, at: '2026-11-24T09:00:00.000Z', salt: '0'.repeat(32), prev: '0'.repeat(64) };
const plain = { ...line, ...exceptionFact(atStep('1.2'), 'walter' as never) } as Entry;
const typed = { ...plain, body: { ...plain.body, expected: { commitment: digestOf('as planned') } } } as Entry;

describe('the committed fields of an entry', () => {
  test('are those of its type that hold a commitment, required or not', () => {
    expect(committedFields('exception')).toEqual(['what', 'done', 'expected']);
    expect(committedFields('step-completed')).toEqual([]);
  });
  test('count where they are', () => {
    expect([commitmentsOf(plain), commitmentsOf(typed)]).toEqual([2, 3]);
    expect([commitmentIn(plain, 'expected'), commitmentIn(typed, 'expected'), commitmentIn(typed, 'kind')]).toEqual([null, digestOf('as planned'), null]);
  });
});
