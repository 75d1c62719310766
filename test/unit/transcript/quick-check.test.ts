/** The fast yes of a schema is never more lenient than the schema, and says yes to what the program writes. */
import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { bodySchemas } from '../../../shared/transcript/entry-schema.ts';
import type { Entry } from '../../../shared/transcript/entry-schema.ts';
import { parseLine } from '../../../shared/transcript/line.ts';
import { quickCheck } from '../../../shared/transcript/quick-check.ts';
import { buildFolder, buildOn } from '../../support/ceremony-folder.ts';

/** As it stands on the line: keys in their order. */
const read = (line: Uint8Array): Entry => { const parsed = parseLine(line); if (!parsed.ok) throw new Error('no line'); return parsed.value; };
const first = buildFolder();
const entries: readonly Entry[] = [first, ...(['recovery', 're-share', 'share-check', 'share-destruction'] as const).map((kind) => buildOn(kind, [first]))].flatMap(({ teller }) => teller.lines.map((line) => read(line)));
const schemaOf = (type: Entry['type']): v.GenericSchema => bodySchemas[type];
const agrees = (schema: v.GenericSchema, value: unknown): void => {
  if (!quickCheck(schema)(value)) return;
  const read = v.safeParse(schema, value);
  expect(read.success, JSON.stringify(value)).toBe(true);
  expect(JSON.stringify(read.output)).toBe(JSON.stringify(value));
};

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
const places = (value: Json): readonly (readonly (string | number)[])[] => {
  if (typeof value !== 'object' || value === null) return [[]];
  return [[], ...Object.entries(value).flatMap(([key, inner]) => places(inner as Json).map((rest) => [key, ...rest]))];
};
const put = (value: Json, [key, ...rest]: readonly (string | number)[], one: unknown): unknown => {
  if (key === undefined) return one;
  if (Array.isArray(value)) return value.map((inner: Json, index) => (String(index) === key ? put(inner, rest, one) : inner));
  return Object.fromEntries(Object.entries(value as object).map(([name, inner]) => [name, name === key ? put(inner as Json, rest, one) : inner]));
};
const odd = fc.oneof(fc.constantFrom<unknown>(null, true, false, -1, 0, 1, 1.5, 17, 100, 1_000_000, '', ' ', 'a', 'ada', 'app', '1.1', '0.1', 'e0', 'e1', 'x'.repeat(300), 'ab'.repeat(32), 'AB'.repeat(32), [], {}, [1], [[1]], ['a'], { a: 1 }, JSON.parse('{"__proto__":"aa"}'), 'AA==', 'AB==', 'Ą'), fc.json().map((text) => JSON.parse(text) as unknown));

describe('the fast check', () => {
  test('says yes to every entry that is written, of every type that these ceremonies have', () => {
    for (const { type, body } of entries) expect(quickCheck(schemaOf(type))(body), type).toBe(true);
    expect(new Set(entries.map(({ type }) => type)).size).toBeGreaterThan(14);
  });
  test('says yes to nothing that the schema refuses or would write in another way', () => {
    fc.assert(fc.property(fc.nat(entries.length - 1), fc.nat(), odd, (at, where, value) => {
      const { type, body } = entries[at]!, all = places(body as unknown as Json);
      agrees(schemaOf(type), put(body as unknown as Json, all[where % all.length]!, value));
    }), { numRuns: 3000 });
  });
  test('refuses keys in another order, keys that are missing, and keys that are not known', () => {
    for (const { type, body } of entries) {
      const pairs = Object.entries(body);
      if (pairs.length > 1) expect(quickCheck(schemaOf(type))(Object.fromEntries(pairs.toReversed())), type).toBe(false);
      expect(quickCheck(schemaOf(type))({ ...body, more: 1 }), type).toBe(false);
      agrees(schemaOf(type), Object.fromEntries(pairs.slice(1)));
    }
  });
  test('says no where a parser would change the value', () => {
    expect(quickCheck(v.pipe(v.string(), v.trim()))(' a ')).toBe(false);
    expect(quickCheck(v.object({ a: v.string() }))({ a: 'b', c: 1 })).toBe(false);
  });
});
