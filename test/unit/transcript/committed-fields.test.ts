import { describe, expect, it } from 'vitest';
import type { Entry } from '../../../shared/transcript/entry-schema.ts';
import { committedFields, commitmentIn } from '../../../shared/transcript/committed-fields.ts';

const one = { commitment: 'a'.repeat(64) }, other = { commitment: 'b'.repeat(64) };
const exception = (more: object): Entry => ({ seq: 3, at: '', type: 'exception', actor: 'app', salt: '', prev: '', body: { number: 1, kind: 'deviation', step: '1.1', what: one, done: one, effect: 'none', noticedBy: 'ada', ...more } }) as unknown as Entry;

describe('the commitments of an entry', () => {
  it('are the fields that its schema calls so', () => {
    expect(committedFields(exception({}))).toEqual(['what', 'done']);
    expect([commitmentIn(exception({}), 'what'), commitmentIn(exception({}), 'number')]).toEqual([one.commitment, null]);
  });
  it('are optional ones too, where they are there', () => {
    expect(committedFields(exception({ expected: other }))).toEqual(['what', 'done', 'expected']);
    expect([commitmentIn(exception({ expected: other }), 'expected'), commitmentIn(exception({}), 'expected')]).toEqual([other.commitment, null]);
  });
});
