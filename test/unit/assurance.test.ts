/** The documents are true to the code: every measure, rule, file and test of the assurance case is there, and FORMATS.md leaves no name out. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { RULES } from '../../shared/ceremony/admit.ts';
import { PLAN_RULES } from '../../shared/ceremony/check-plan.ts';
import { CEREMONY_KINDS, planSchema } from '../../shared/ceremony/plan-schema.ts';
import { COPY_OUTCOMES, ENTRY_TYPES, READ_HOW, UNPROVED, intentSchema } from '../../shared/transcript/entry-schema.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const read = (name: string): string => readFileSync(path.join(ROOT, name), 'utf8');
const ASSURANCE = read('docs/ASSURANCE.md');
const RULE_TESTS = 'test/unit/ceremony/rules.test.ts', PLAN_TESTS = 'test/unit/ceremony/plan-rules.test.ts';
const fileOf = (id: string): string => `shared/ceremony/rules/${id.toLowerCase().replaceAll('_', '-')}.ts`;

/** docs/ASSURANCE-rules.md as the code has it; `npx vitest run test/unit/assurance.test.ts -u` writes it anew. */
const rulesDocument = (): string => [
  '# Assurance: the rules', '',
  'Made from the code by test/unit/assurance.test.ts. Each rule of a ceremony is asked before an entry is written, and again by the verifier at',
  `every entry of a replay. Accepted: \`${RULE_TESTS} › a whole ceremony with backup passes every rule\`.`, '',
  '| rule | it says | file | refuses |', '|---|---|---|---|',
  ...RULES.map(({ id, says }) => `| RULE_${id} | ${says} | \`${fileOf(id)}\` | \`${RULE_TESTS} › RULE_${id} refuses its case\` |`), '',
  '## Rules of a plan', '',
  `Each has accepting and refusing cases in \`${PLAN_TESTS}\`; a plan that breaks one is refused with PLAN_RULE and the place.`, '',
  '| rule | file |', '|---|---|',
  ...Object.keys(PLAN_RULES).map((id) => `| ${id} | \`shared/ceremony/check-plan.ts\` |`), '',
].join('\n');

const rows = ASSURANCE.split('\n').filter((line) => /^\| [A-Z]+-\d \|/.test(line)).map((line) => line.split('|').slice(1, -1).map((cell) => cell.trim()));
/** `file › title` in backquotes. */
const testsIn = (text: string): { file: string; title: string }[] => [...text.matchAll(/`(test\/[^`›]+?) › ([^`]+)`/g)].map((match) => ({ file: match[1]!, title: match[2]! }));

describe('FORMATS.md', () => {
  const formats = read('docs/FORMATS.md');
  it.each([
    ['type of entry', ENTRY_TYPES], ['effect', intentSchema.options.map((one) => one.entries.kind.literal)], ['kind of ceremony', CEREMONY_KINDS], ['rule of a plan', Object.keys(PLAN_RULES)],
    ['outcome of a copy', COPY_OUTCOMES], ['reason of a share that was not proved', UNPROVED], ['way of reading', READ_HOW], ['field of a source', Object.keys(planSchema.entries.source.wrapped.entries)],
  ])('names every %s', (_what, names) => {
    expect(names.filter((name) => !formats.includes(`\`${name}\``))).toEqual([]);
  });
});

describe('the assurance case', () => {
  it('has a row for every measure of the threat model, and for no other', () => {
    const measures = [...read('docs/THREAT-MODEL.md').matchAll(/^\| ([A-Z]+-\d) \|/gm)].map((match) => match[1]!);
    expect(rows.map((row) => row[0])).toEqual(measures);
  });
  it('has a measure for every id that a comment in the code names', () => {
    const measures = rows.map((row) => row[0]);
    for (const folder of ['shared', 'electron', 'renderer', 'build']) {
      for (const file of readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' }).filter((name) => /\.(ts|tsx|conf)$/.test(name) && !name.includes('node_modules'))) {
        for (const [, id] of read(path.join(folder, file)).matchAll(/SECURITY: ([A-Z]+-\d)/g)) expect(measures, `${folder}/${file}`).toContain(id);
      }
    }
  });
  it('names a source file, an accepting and a rejecting test in every row', () => {
    for (const [id, , argument, accepts, refuses] of rows) {
      const files = [...argument!.matchAll(/`([^`]+)`/g)].map((match) => match[1]!);
      expect(files.length, id).toBeGreaterThan(0);
      for (const file of files) expect(existsSync(path.join(ROOT, file)), `${id}: ${file}`).toBe(true);
      expect([testsIn(accepts!).length, testsIn(refuses!).length], id).toEqual([1, 1]);
    }
  });
  it('names tests that are there', () => {
    for (const { file, title } of testsIn(ASSURANCE)) {
      expect(existsSync(path.join(ROOT, file)), file).toBe(true);
      expect(read(file).replaceAll("\\'", "'"), `${file} › ${title}`).toContain(`'${title}'`);
    }
  });
  it('has the rules of the code, in a page made from them', async () => {
    await expect(rulesDocument()).toMatchFileSnapshot('../../docs/ASSURANCE-rules.md');
  });
  it('has a file and a refused case for every rule, and no rule file that is not asked', () => {
    const cases = read(RULE_TESTS) + read('test/unit/ceremony/custody-cases.ts') + read('test/unit/ceremony/room-cases.ts');
    for (const { id } of RULES) {
      expect(existsSync(path.join(ROOT, fileOf(id))), id).toBe(true);
      expect(cases, id).toMatch(new RegExp(`\\b${id}\\b`));
    }
    expect(readdirSync(path.join(ROOT, 'shared/ceremony/rules')).toSorted()).toEqual(RULES.map(({ id }) => path.basename(fileOf(id))).toSorted());
  });
});
