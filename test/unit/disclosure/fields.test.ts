/** The table of levels is complete: every field of plan and transcript is in it once, and nothing else is. */
import { describe, expect, it } from 'vitest';
import { planSchema } from '../../../shared/ceremony/plan-schema.ts';
import { levelOf, levelOfText, TABLE_FIELDS } from '../../../shared/disclosure/fields.ts';
import type { FieldGroup } from '../../../shared/disclosure/fields.ts';
import { isLevel, isShown, LEVELS } from '../../../shared/disclosure/levels.ts';
import { bodySchemas } from '../../../shared/transcript/entry-schema.ts';
import { encodeLine, FIRST_PREV } from '../../../shared/transcript/line.ts';
import { fromUtf8 } from '../../../shared/bytes.ts';
import { schemaPaths } from '../../support/schema-paths.ts';
import { openingOf } from '../../support/story.ts';
import { samplePlan } from '../../support/sample-plan.ts';

const schemas: Readonly<Record<string, unknown>> = { plan: planSchema, ...bodySchemas };
const expected = Object.entries(schemas).flatMap(([group, schema]) => schemaPaths(schema).map((path) => `${group} ${path}`));
const committed = expected.filter((field) => field.endsWith('.commitment'));
const inGroup = (group: string): readonly string[] => TABLE_FIELDS.filter((field) => field.startsWith(`${group} `));

describe('the table of levels', () => {
  it('has every field of the plan and of every body, and no other', () => {
    expect(TABLE_FIELDS.filter((field) => !/^(line|texts) /.test(field)).toSorted()).toEqual(expected.toSorted());
  });
  it('has no field twice', () => { expect(new Set(TABLE_FIELDS).size).toBe(TABLE_FIELDS.length); });
  it('has every field of a line but its body', () => {
    const line = JSON.parse(fromUtf8(encodeLine({ seq: 0, at: '2026-11-24T09:00:00.000Z', salt: '0'.repeat(32), prev: FIRST_PREV, ...openingOf(samplePlan()) } as never))!) as object;
    expect(inGroup('line').toSorted()).toEqual(Object.keys(line).filter((name) => name !== 'body').map((name) => `line ${name}`).toSorted());
  });
  it('has a text for every commitment, none of them public', () => {
    expect(inGroup('texts').toSorted()).toEqual(committed.map((field) => `texts ${field.replace(' ', '.').replace(/\.commitment$/, '')}`).toSorted());
    for (const field of inGroup('texts')) expect(levelOf('texts', field.slice('texts '.length)), field).not.toBe('public');
  });
  it.each<[FieldGroup, string, string]>([
    ['plan', 'people[].name', 'restricted'], ['plan', 'people[].id', 'public'], ['sealed', 'bag', 'restricted'], ['texts', 'paused.text', 'confidential'], ['closing', 'files.*', 'public'], ['result', 'outcome.spki', 'public'],
  ])('says of %s %s: %s', (group, path, level) => { expect(levelOf(group, path)).toBe(level); });
  it('shows a text it does not know to the few only', () => {
    expect(levelOf('plan', 'nothing')).toBeNull();
    expect(levelOfText('exception', 'new')).toBe('confidential');
  });
});

describe('the levels', () => {
  it('are in order: a copy shows its own level and below', () => {
    expect(LEVELS.map((field) => LEVELS.map((copy) => isShown(field, copy)))).toEqual([[true, true, true], [false, true, true], [false, false, true]]);
    expect(['public', 'Public', '', 'secret'].map(isLevel)).toEqual([true, false, false, false]);
  });
});
