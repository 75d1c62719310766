/** The fast reader of lines takes nothing that the strict one does not, gives the same entries, and takes what the program writes. */
import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { concatBytes, latin1Text, utf8 } from '../../../shared/bytes.ts';
import type { Sha256Hex } from '../../../shared/brand.ts';
import { between, line, utcInstant } from '../../../shared/schema.ts';
import { ENTRY_TYPES } from '../../../shared/transcript/entry-schema.ts';
import type { Entry } from '../../../shared/transcript/entry-schema.ts';
import { FIRST_PREV, MAX_LINE_BYTES, parseLine, quickLine } from '../../../shared/transcript/line.ts';
import { quickRead } from '../../../shared/transcript/quick-read.ts';
import { NO, type QuickRead } from '../../../shared/transcript/quick-source.ts';
import { atOperation, atStep, exceptionFact, tellStory } from '../../support/story.ts';
import { buildFolder, buildOn } from '../../support/ceremony-folder.ts';
import { foundingPlan } from '../../support/sample-charter.ts';
import { dutiesFolder, excepted } from '../../support/duties-folder.ts';
import { MATERIALS, roomPlan } from '../../support/room-plan.ts';
import { samplePlan } from '../../support/sample-plan.ts';
import { keyPlan } from '../../../shared/ceremony/people.ts';

const first = buildFolder();
const folders = [first, ...(['recovery', 're-share', 'share-check', 'share-destruction'] as const).map((kind) => buildOn(kind, [first])), buildFolder({ plan: foundingPlan() }), dutiesFolder(), buildFolder({ plan: roomPlan({ materials: MATERIALS }), exception: false })];
/** What is out of the script: faults, breaks, objections, a restart, a void set and an abort. */
const troubled = (): readonly Uint8Array[] => {
  const teller = atOperation('rebuild'), plan = keyPlan(teller.state.plan), step = teller.state.current!, note = { commitment: teller.state.head };
  const [maria, walter, , ada] = plan.people.map(({ id }) => id), fault = { code: 'HSM_CALL_FAILED', details: { ckr: 'CKR_DEVICE_ERROR', tries: 3, list: ['a', 'b'], isLast: false, none: null } };
  teller.tell(exceptionFact(teller, walter!));
  teller.tell({ type: 'paused', actor: 'app', body: { reason: 'break', text: note, stayed: [maria!, walter!] } });
  teller.tell({ type: 'resumed', actor: 'app', body: { present: plan.people.map(({ id }) => id), serial: plan.hsm.serial! } });
  teller.tell({ type: 'objection', actor: ada!, body: { step, person: ada!, words: note } });
  teller.tell({ type: 'paused', actor: 'app', body: { reason: 'objection', text: note, stayed: [] } });
  teller.tell({ type: 'resumed', actor: 'app', body: { present: plan.people.map(({ id }) => id), serial: plan.hsm.serial! } });
  const subsets = [[1, 2, 3], [3, 4, 5]], { setId } = teller.state.set!, effect = `e${teller.state.effects + 1}` as never;
  teller.tell({ type: 'intent', actor: 'app', body: { effect, step, intent: { kind: 'rebuild', setId, subsets } } });
  teller.tell({ type: 'failed', actor: 'app', body: { effect, step, fault, happened: 'no' } });
  teller.tell({ type: 'restarted', actor: 'app', body: { openEffect: null, found: 'Nothing was under way – “all well”.' } });
  teller.tell({ type: 'set-voided', actor: 'app', body: { setId, reason: 'rebuild', sheets: teller.state.set!.shares.map(({ number }) => ({ share: number, attempt: 1 })), mediaCleared: [] } });
  teller.tell({ type: 'aborted', actor: maria!, body: { reason: note, by: maria! } });
  return teller.lines;
};
const postponed = (): readonly Uint8Array[] => {
  const teller = atStep('1.2', excepted()), by = teller.state.plan.people[0]!.id;
  teller.tell({ type: 'postponed', actor: by, body: { reason: { commitment: teller.state.head }, until: '2027-01-12', by } });
  return teller.lines;
};
const withPins = tellStory(samplePlan({ mode: 'rehearsal', pin: { control: 'quorum', typedBy: [samplePlan().people[0]!.id], so: 'nobody', soTypedBy: [] } })).lines;
const lines: readonly Uint8Array[] = [...folders.flatMap(({ teller }) => teller.lines), ...troubled(), ...postponed(), ...withPins];

const quickly = (bytes: Uint8Array, before: string = FIRST_PREV): { readonly entry: Entry | null; readonly at: number } => {
  const source = { bytes, text: latin1Text(bytes), at: 0 }, entry = quickLine(source, before as Sha256Hex);
  return { entry, at: source.at };
};
/** A line that is taken is the strict reader's line. @returns whether it was. */
const agrees = (bytes: Uint8Array, before?: string): boolean => {
  const { entry, at } = quickly(bytes, before);
  if (entry === null) return false;
  const strict = parseLine(bytes.subarray(0, at));
  if (!strict.ok || JSON.stringify(strict.value) !== JSON.stringify(entry)) expect.unreachable(`taken: ${latin1Text(bytes)}`);
  return true;
};

describe('the fast reader of lines', () => {
  test('takes every line that is written, and only leaves out those with free keys and with letters beyond ASCII', () => {
    const left = new Set<string>(), types = new Set<string>();
    for (const bytes of lines) {
      const strict = parseLine(bytes);
      if (!strict.ok) expect.unreachable(latin1Text(bytes));
      types.add(strict.value.type);
      if (agrees(bytes, strict.value.prev) && agrees(bytes)) expect(quickly(bytes).entry).toEqual(strict.value);
      else left.add(strict.value.type);
    }
    expect([...left].sort()).toEqual(['closing', 'failed', 'restarted']);
    // These come with faults of devices and files only.
    expect(ENTRY_TYPES.filter((type) => !types.has(type)).sort()).toEqual(['login-failed', 'read-back-failed', 'repair', 'share-refused', 'share-unproved', 'sheet-destroyed']);
  });
  test('takes no line in which one byte is another, is gone or is there twice, unless the strict reader takes it', { timeout: 60_000 }, () => {
    const others = [...'"\\{}[]:, 0_aA9-'].map((letter) => letter.codePointAt(0)!).concat(0x0a, 0x0d, 0x00, 0x7f, 0x80, 0xc3);
    let taken = 0;
    // One line of each type, effect and outcome.
    const nameOf = (bytes: Uint8Array): string => { const { type, body } = JSON.parse(latin1Text(bytes)) as { type: string; body: { intent?: { kind: string }; outcome?: { kind: string } } }; return `${type} ${body.intent?.kind ?? body.outcome?.kind ?? ''}`; };
    const ofEach = new Map(lines.map((bytes) => [nameOf(bytes), bytes]));
    expect(ofEach.size).toBeGreaterThan(50);
    for (const bytes of ofEach.values()) {
      for (let at = 0; at < bytes.length; at++) {
        const head = bytes.subarray(0, at), tail = bytes.subarray(at + 1);
        taken += Number(agrees(concatBytes(head, tail))) + Number(agrees(concatBytes(head, bytes.subarray(at, at + 1), bytes.subarray(at))));
        // A few at each place, all of them in turn.
        for (let turn = 0; turn < 4; turn++) taken += Number(agrees(concatBytes(head, Uint8Array.of(others[(at * 4 + turn) % others.length]!), tail)));
      }
    }
    // Other digits, letters and names are other entries, in the same form.
    expect(taken).toBeGreaterThan(1000);
  });
  test('takes no other spelling', () => {
    const text = latin1Text(first.teller.lines[2]!);
    for (const [from, to] of [['"seq":2', '"seq":02'], ['"seq":2', '"seq":+2'], ['"seq":2', '"seq":2.0'], ['"seq":2', '"seq":2e0'], ['"seq":2', '"seq":-2'], ['"seq":2', '"seq":1000000'], ['"seq":2', '"seq":"2"'], ['"seq":2', '"seq":20000000000000000'],
      ['"type":', '"type" :'], ['"type":', '"actor":"app","type":'], ['"actor":"', '"actor":"\\u0061'], ['"actor":"', '"actor":"\\/'], ['"}', '"} '], ['"}\n', '"}'], ['"}\n', '"}\r\n'], ['{"seq"', '\u00ef\u00bb\u00bf{"seq"'], ['"salt":"', '"salt":"0'], ['"salt":"3', '"salt":"G'], ['"body":{', '"body":{"x":1,'], ['"body":{', '"body":{"constructor":1,']] as const) {
      const changed = text.replace(from, to);
      expect(changed, from).not.toBe(text);
      expect(quickly(Uint8Array.from(changed, (letter) => letter.codePointAt(0)!)).entry, to).toBeNull();
    }
  });
  test('reads the line at its place and stops after it, whatever comes before and after', () => {
    const bytes = concatBytes(utf8('x\n'), lines[3]!, lines[4]!), source = { bytes, text: latin1Text(bytes), at: 2 };
    expect(quickLine(source, FIRST_PREV)?.seq).toBe(3);
    expect(source.at).toBe(2 + lines[3]!.length);
    expect(quickLine(source, FIRST_PREV)?.seq).toBe(4);
    expect(quickLine(source, FIRST_PREV)).toBeNull();
  });
  test('takes no line that is too long', () => {
    const text = latin1Text(lines.find((bytes) => latin1Text(bytes).includes('"type":"resumed"'))!), many = text.replace('"present":[', `"present":[${'"ada",'.repeat(MAX_LINE_BYTES / 6)}`);
    expect(agrees(utf8(text))).toBe(true);
    expect(parseLine(utf8(many)).ok).toBe(false);
    expect(quickly(utf8(many)).entry).toBeNull();
  });
  test('does not run on over lines that have no quote, so that a file of them is read in linear time', () => {
    const bytes = utf8('{"seq":"\\\n'.repeat(200_000)), source = { bytes, text: latin1Text(bytes), at: 0 }, start = performance.now();
    for (let at = 0; at < bytes.length; at += 10) { source.at = at; if (quickLine(source, FIRST_PREV) !== null) expect.unreachable(); }
    expect(performance.now() - start).toBeLessThan(5000);
  });
});

describe('a schema as a fast reader', () => {
  const readBy = (reader: QuickRead, text: string): unknown => {
    const bytes = utf8(text), source = { bytes, text: latin1Text(bytes), at: 0 }, value = reader(source);
    return value === NO || source.at !== bytes.length ? NO : value;
  };
  const read = (schema: v.GenericSchema, text: string): unknown => readBy(quickRead(schema), text);
  const SCHEMA = v.strictObject({
    kind: v.literal('a'), words: v.array(line(8)), maybe: v.optional(between(1, 9)), one: v.variant('kind', [v.strictObject({ kind: v.literal('x'), yes: v.boolean() }), v.strictObject({ kind: v.literal('y') })]),
    none: v.nullable(v.string()), pick: v.picklist(['p', 'q']), either: v.union([v.literal('"'), v.pipe(v.string(), v.minLength(3), v.maxLength(4))]),
  });
  const value = { kind: 'a', words: ['ab', 'c d'], maybe: 3, one: { kind: 'x', yes: true }, none: null, pick: 'q', either: '"' };
  test('reads compact JSON of what fits', () => {
    const { maybe: _, ...rest } = value;
    for (const one of [value, rest, { ...value, words: [] }, { ...value, one: { kind: 'y' }, none: 'a "quoted"\\ \n\u0001 text', either: 'abc' }]) expect(read(SCHEMA, JSON.stringify(v.parse(SCHEMA, one)))).toEqual(one);
  });
  test('reads the instants that the schema takes, and no others', () => {
    const two = fc.integer({ min: 0, max: 99 }).map((number) => String(number).padStart(2, '0')), stray = fc.constantFrom('', '-', ':', '/', 'T', 'z', 'Z', '0', '9', ' ', '"', 'x');
    const near = fc.tuple(two, two, two, two, two, two, two, fc.integer({ min: 0, max: 999 })).map(([a, b, month, day, hour, minute, second, ms]) => `${a}${b}-${month}-${day}T${hour}:${minute}:${second}.${String(ms).padStart(3, '0')}Z`);
    const real = fc.date({ min: new Date('0000-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59Z'), noInvalidDate: true }).map((date) => date.toISOString());
    const broken = fc.tuple(real, fc.nat(24), stray).map(([text, at, letter]) => `${text.slice(0, at)}${letter}${text.slice(at + 1)}`);
    for (const at of ['2026-13-01', '2026-00-01', '2026-01-32', '2026-01-00']) expect(read(utcInstant, `"${at}T00:00:00.000Z"`)).toBe(NO);
    fc.assert(fc.property(fc.oneof(near, real, broken), (text) => { expect(read(utcInstant, JSON.stringify(text))).toEqual(v.is(utcInstant, text) ? text : NO); }), { numRuns: 2000 });
  });
  test('gives each list of its own, also where it was there just before', () => {
    const reader = quickRead(v.array(v.picklist(['p', 'q']))), lists = ['["p","q"]', '["p","q"]', '["p"]', '["p","q"]', '["p","x"]', '["p","q"'].map((text) => readBy(reader, text));
    expect(lists).toEqual([['p', 'q'], ['p', 'q'], ['p'], ['p', 'q'], NO, NO]);
    expect(new Set(lists.slice(0, 4)).size).toBe(4);
    (lists[1] as string[]).push('q');
    expect(readBy(reader, '["p","q"]')).toEqual(['p', 'q']);
  });
  test('reads nothing else', () => {
    const json = fc.json({ maxDepth: 2 }).map((text) => JSON.stringify(JSON.parse(text)));
    fc.assert(fc.property(fc.constantFrom(...Object.keys(value)), json, fc.boolean(), (key, other, isRaw) => {
      const text = isRaw ? JSON.stringify(value).replace(`"${key}":`, `"${key}":${other},"${key}":`) : JSON.stringify({ ...value, [key]: JSON.parse(other) as unknown });
      const got = read(SCHEMA, text);
      if (got !== NO) { expect(v.safeParse(SCHEMA, JSON.parse(text)).success).toBe(true); expect(JSON.stringify(got)).toBe(text); }
    }), { numRuns: 2000 });
    for (const text of ['"\\ud800"', '"\\u0041"', '"\\u00e9"', '"é"', '"\t"', '"a', '"\\"', '"\\', '']) expect(read(v.string(), text), text).toBe(NO);
  });
  test('leaves alone what would change a value, and what it does not know', () => {
    expect(read(v.pipe(v.string(), v.trim()), '" a "')).toBe(NO);
    expect(read(v.strictObject({ a: v.optional(v.string(), 'b') }), '{"a":"c"}')).toBe(NO);
    expect(read(v.nullable(v.string(), 'b'), 'null')).toBe(NO);
    expect(read(v.record(v.string(), v.string()), '{"a":"b"}')).toBe(NO);
    expect(read(v.object({ a: v.string() }), '{"a":"b"}')).toBe(NO);
  });
});
