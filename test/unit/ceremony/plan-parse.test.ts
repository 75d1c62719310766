import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodePlan, parsePlan, planDigest } from '../../../shared/ceremony/parse-plan.ts';
import { PLAN_FIELDS } from '../../../shared/text/plan.ts';
import { samplePlan } from '../../support/sample-plan.ts';

const text = encodePlan(samplePlan());
const codes = (source: string, draft = false): string[] => parsePlan(source, { draft }).findings.map(({ code, where }) => `${code} ${where}`);
/** Changes one field of the sample, by dotted path; undefined removes it. */
const changed = (where: string, value: unknown): string => {
  const plan = JSON.parse(text) as Record<string, unknown>;
  const names = where.split('.');
  const parent = names.slice(0, -1).reduce<Record<string, unknown>>((at, name) => at[name] as Record<string, unknown>, plan);
  parent[names.at(-1)!] = value;
  return JSON.stringify(plan);
};

describe('parsePlan', () => {
  test('reads the sample plan and writes it back byte for byte', () => {
    const read = parsePlan(text, { draft: false });
    expect(read.findings).toEqual([]);
    expect(encodePlan(read.plan!)).toBe(text);
    expect(planDigest(text)).toMatch(/^[0-9a-f]{64}$/);
  });
  test('reads a plan written by hand in another layout', () => {
    expect(parsePlan(JSON.stringify(JSON.parse(text)), { draft: false }).plan).toEqual(samplePlan());
  });
  test('refuses a plan over 64 KiB (PLAN_TOO_LARGE), and counts bytes, not characters', () => {
    expect(codes(text + ' '.repeat(65_536))).toEqual(['PLAN_TOO_LARGE ']);
    expect(codes(text + ' '.repeat(65_536 - text.length - 9))).toEqual([]);
    expect(codes(JSON.stringify('ü'.repeat(33_000)))).toEqual(['PLAN_TOO_LARGE ']);
  });
  test.each([
    ['an empty file', ''], ['a comment', `// hi\n${text}`], ['a comma at the end', text.replace(/\n\}\n$/, ',\n}\n')],
    ['a byte order mark', `\ufeff${text}`], ['two documents', `${text}${text}`], ['a cut file', text.slice(0, 400)], ['NaN', changed('media', 2).replace('"media":2', '"media":NaN')],
  ])('refuses %s (PLAN_NOT_JSON) with a line and column', (_name, source) => {
    const { plan, findings } = parsePlan(source, { draft: false });
    expect(plan).toBeNull();
    expect(findings.map(({ code }) => code)).toContain('PLAN_NOT_JSON');
    expect(findings[0]!.text).toMatch(/line \d+, column \d+/);
  });
  test('refuses a hostile depth without exhausting the stack', () => {
    expect(codes('['.repeat(30_000) + ']'.repeat(30_000))).toEqual(['PLAN_NOT_JSON ']);
  });
  test('refuses a key written twice, at the top and deep inside, escaped or not', () => {
    expect(codes(text.replace('"media": 2', '"media": 1,\n "media": 2'))).toEqual(['PLAN_DUPLICATE_KEY media']);
    expect(codes(text.replace('"media": 2', '"media": 1,\n "m\\u0065dia": 2'))).toEqual(['PLAN_DUPLICATE_KEY media']);
    expect(codes(text.replace('"name": "Ada Okafor"', '"name": "Ada", "name": "Ada Okafor"'))).toEqual(['PLAN_DUPLICATE_KEY people.3.name']);
  });
  test.each(['extra', 'ceremony.note', 'people.0.phone', 'people.1.credential.pin', 'hsm.module.pin', 'constructor', 'toString', 'people.0.__proto__x', 'key.backup.reason'])('refuses the unknown field %s (PLAN_UNKNOWN_FIELD)', (where) => {
    expect(codes(changed(where, 'x'))).toContain(`PLAN_UNKNOWN_FIELD ${where}`);
  });
  test('refuses __proto__ as a field', () => {
    expect(codes(text.replace('"media": 2', '"__proto__": {}, "media": 2'))).toEqual(['PLAN_UNKNOWN_FIELD __proto__']);
  });
  const wrong: readonly (readonly [string, unknown])[] = [
    ['format', 'quorate-plan/3'], ['mode', 'test'], ['ceremony.kind', 'party'], ['ceremony.title', ' padded'], ['ceremony.organisation', ''], ['ceremony.place', 'two\nlines'],
    ['ceremony.date', '24.11.2026'], ['people', []], ['people.0.id', 'Maria'], ['people.0.name', 'right\u202eleft'], ['people.0.organisation', 'x'.repeat(65)], ['people.0.role', 'boss'],
    ['people.0.credential', 'file'], ['people.0.credential.kind', 'brain'], ['people.0.credential.algorithm', 'RSA'], ['people.0.credential.publicKey', 'AB=='], ['quorum.threshold', 1], ['quorum.shares', 2.5],
    ['key.label', ''], ['key.profile', 'rsa-1024'], ['key.backup', null], ['key.backup.kind', 'cloud'], ['certificate.subject', 'CN=x'], ['certificate.subject.commonName', 3], ['certificate.subject.organization', 'e\u0301'],
    ['certificate.subject.country', 'de'], ['certificate.notBefore', '2026-11-24'], ['certificate.notAfter', '2046-11-23T25:00:00Z'], ['hsm.module.path', ''], ['hsm.module.sha256', '5A'.repeat(32)], ['hsm.serial', 5],
    ['hsm.secondSerial', ''], ['hsm.software', 'yes'], ['pin.control', 'none'], ['pin.first', '../x'], ['sheets.paper', 'A5'], ['sheets.printer.kind', 'pdf'], ['media', 10], ['media', '2'],
  ];
  test.each(wrong)('refuses %s = %j (PLAN_FIELD) and says what to write', (where, value) => {
    const found = parsePlan(changed(where, value), { draft: false }).findings.find((one) => one.code === 'PLAN_FIELD');
    expect(found?.where).toBe(where);
    expect(found?.text).toMatch(/^Write /);
  });
  test('names a missing field', () => {
    expect(parsePlan(changed('ceremony.place', undefined), { draft: false }).findings).toEqual([{ code: 'PLAN_FIELD', task: 'ceremony', where: 'ceremony.place', text: expect.stringMatching(/^The field "ceremony.place" is missing\. Write /) as string }]);
  });
  test('has wording for every field of a full plan', () => {
    const paths = (value: unknown, path: string): string[] => (typeof value !== 'object' || value === null ? [path] : [path, ...Object.entries(value).flatMap(([name, inner]) => paths(inner, path === '' ? (Array.isArray(value) ? '*' : name) : `${path}.${Array.isArray(value) ? '*' : name}`))]);
    expect([...new Set(paths(samplePlan(), ''))].filter((path) => !PLAN_FIELDS.includes(path))).toEqual([]);
  });
  test('refuses half a surrogate pair', () => {
    expect(codes(text.replace('"Room 4', '"\\ud800Room 4'))).toEqual(['PLAN_FIELD ']);
  });
  test.each(['people.3.credential.publicKey', 'hsm.serial', 'hsm.secondSerial', 'hsm.module.sha256'])('takes null at %s in a draft only (PLAN_INCOMPLETE)', (where) => {
    const source = changed(where, null);
    expect(parsePlan(source, { draft: true })).toMatchObject({ findings: [] });
    expect(parsePlan(source, { draft: true }).plan).not.toBeNull();
    expect(codes(source)).toEqual([`PLAN_INCOMPLETE ${where}`]);
    expect(parsePlan(source, { draft: false }).plan).toBeNull();
  });
  test('takes a null token serial in a draft only', () => {
    const source = changed('people.3.credential', { kind: 'token', algorithm: 'Ed25519', publicKey: samplePlan().people[3]!.credential.kind === 'file' ? (JSON.parse(text) as { people: { credential: { publicKey: string } }[] }).people[3]!.credential.publicKey : '', serial: null, module: '/m.so' });
    expect(codes(source, true)).toEqual([]);
    expect(codes(source)).toEqual(['PLAN_INCOMPLETE people.3.credential.serial']);
  });
  test('gives a draft that breaks a rule together with the findings', () => {
    const read = parsePlan(changed('quorum.threshold', 6), { draft: true });
    expect(read.plan?.quorum.threshold).toBe(6);
    expect(read.findings.map(({ rule }) => rule)).toContain('threshold-within-shares');
    expect(parsePlan(changed('quorum.threshold', 6), { draft: false }).plan).toBeNull();
  });
  test('never throws, whatever the text', () => {
    fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json(), fc.tuple(fc.nat(text.length - 1), fc.string({ maxLength: 3 })).map(([at, piece]) => text.slice(0, at) + piece + text.slice(at + 1))), (source) => {
      const read = parsePlan(source, { draft: false });
      return read.plan !== null || read.findings.length > 0;
    }), { numRuns: 500 });
  });
});
