/** Every separation rule: the list is complete, each has a plan that keeps it and one that breaks it, and a sentence in docs/DUTIES.md. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkPlan } from '../../../shared/ceremony/check-plan.ts';
import { parsePlan, encodePlan } from '../../../shared/ceremony/parse-plan.ts';
import type { Plan } from '../../../shared/ceremony/plan-schema.ts';
import { DUTIES, dutyOf } from '../../../shared/duties/duties.ts';
import { judgeDuties, viewOf } from '../../../shared/duties/judge.ts';
import { unverifiedClause } from '../../../shared/text/duties.ts';
import { UNVERIFIED_SENTENCE } from '../../../shared/clauses/clauses.ts';
import { samplePlan } from '../../support/sample-plan.ts';
import { id, roomPlan, samplePolicy, under } from '../../support/sample-duties.ts';
import { samplePlanOf } from '../../support/sample-source.ts';
import { DUTY_CASES } from './duty-cases.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');
/** docs/DUTIES.md as the code has it; `npx vitest run test/unit/duties -u` writes it anew. */
const dutiesDocument = (): string => [
  '# Separation of duties', '',
  'Made from shared/duties by test/unit/duties/duties.test.ts. The rules are judged in Prepare with everybody who is planned, and at the end of the roll call with',
  'those who are there; the head-count at every later step too. A plan of `"format": "quorate-plan/1"` is not judged. A violation refuses, or is excepted in the',
  'plan by named people with a reason (FORMATS.md, 2.4).', UNVERIFIED_SENTENCE, '',
  '| rule | says | from | file | kept and broken in |', '|---|---|---|---|---|',
  ...DUTIES.map((duty) => `| ${duty.id} | ${duty.says} | ${duty.clause}${unverifiedClause(duty)} | \`shared/duties/rules/${duty.id}.ts\` | \`test/unit/duties/duty-cases.ts\` |`), '',
].join('\n');

const broken = (plan: Plan, rule: string) => judgeDuties(viewOf(plan)).filter(({ duty }) => duty.id === rule).map(({ violation }) => violation);

describe('the list of duties', () => {
  it('is that of the files in the folder, of the cases and of the page made from it', async () => {
    const ids = DUTIES.map((duty) => duty.id).toSorted();
    expect(new Set(ids).size).toBe(ids.length);
    expect(readdirSync(path.join(ROOT, 'shared/duties/rules')).map((file) => file.replace(/\.ts$/, '')).toSorted()).toEqual(ids);
    expect(Object.keys(DUTY_CASES).toSorted()).toEqual(ids);
    await expect(dutiesDocument()).toMatchFileSnapshot('../../../docs/DUTIES.md');
  });
  it('has a sentence and a source for each', () => {
    for (const duty of DUTIES) { expect(duty.says, duty.id).toMatch(/^[A-Z].*\.$/); expect(duty.clause, duty.id).not.toBe(''); expect(dutyOf(duty.id)).toBe(duty); }
    expect(dutyOf('no-such-duty')).toBeNull();
  });
});

describe.each(Object.entries(DUTY_CASES))('%s', (rule, cases) => {
  it.each(cases.map((one, index) => [index + 1, one] as const))('case %i: a plan keeps it, another breaks it', (_index, { keeps, breaks, people }) => {
    expect(broken(keeps, rule)).toEqual([]);
    const found = broken(breaks, rule);
    expect(found.map((violation) => violation.people.toSorted())).toContainEqual(people.toSorted());
    for (const { text } of found) expect(text).toMatch(/^.*\.$/);
  });
  it('is a finding of a plan with the room protocol, at a place that is there, and none of a plan of format 1', () => {
    const { breaks } = cases[0]!;
    const found = checkPlan(breaks).filter((offence) => offence.rule === rule);
    expect(found.length).toBeGreaterThan(0);
    for (const { where, text } of found) { expect(where).toMatch(/^(people(\.\d+(\.\w+)?)?|pin|quorum\.threshold)$/); expect(text).toContain(dutyOf(rule)!.says); }
    expect(checkPlan({ ...breaks, format: 'quorate-plan/1' }).filter((offence) => offence.rule === rule)).toEqual([]);
  });
});

describe('a room', () => {
  it('is judged for the people who are in it', () => {
    const plan = roomPlan({ bruno: { reportsTo: 'Ada Okafor' }, chen: { reportsTo: 'Ada Okafor' } });
    const judged = (...present: readonly string[]) => judgeDuties(viewOf(plan, new Set(present))).filter(({ duty }) => duty.id === 'custodian-reporting-line').length;
    expect([judged('maria', 'walter', 'ada', 'bruno', 'dalia'), judged('maria', 'walter', 'ada', 'bruno', 'chen')]).toEqual([0, 1]);
  });
  it('keeps every duty where nothing is said of reporting lines, in every kind of ceremony', () => {
    const plans = [samplePlan(), ...(['recovery', 're-share', 'share-check', 'share-destruction'] as const).map((kind) => samplePlanOf(kind))];
    for (const plan of plans) expect(checkPlan({ ...plan, format: 'quorate-plan/2' }), plan.ceremony.kind).toEqual([]);
  });
  it('ends a line of superiors that goes in a circle', () => {
    expect(broken(roomPlan({ ada: { reportsTo: 'Bruno Keller' }, bruno: { reportsTo: 'Ada Okafor' } }, { quorum: { threshold: 2, shares: 5 } }), 'custodian-reporting-line')).toHaveLength(1);
  });
});

describe('exceptions', () => {
  const line = { bruno: { reportsTo: 'Ada Okafor' }, chen: { reportsTo: 'Ada Okafor' } };
  const waiver = { rule: 'custodian-reporting-line', people: ['ada', 'bruno', 'chen'].map(id), reason: 'The team has no other members.', by: ['walter', 'xenia'].map(id) };
  const rules = (plan: Plan): readonly string[] => checkPlan(plan).map(({ rule }) => rule);
  it('by two others let a rehearsal without a charter pass, and are read back as they were written', () => {
    const plan = roomPlan(line, { waivers: [waiver] });
    expect(rules(roomPlan(line))).toEqual(['custodian-reporting-line']);
    expect(rules(plan)).toEqual([]);
    expect(parsePlan(encodePlan(plan), { draft: false })).toEqual({ plan, findings: [] });
  });
  it('are a task of the roster where they do not hold', () => {
    expect(parsePlan(encodePlan(roomPlan({}, { waivers: [waiver] })), { draft: true }).findings).toMatchObject([{ code: 'PLAN_RULE', rule: 'waivers-sound', where: 'waivers.0', task: 'roster' }]);
  });
  it('are for a production ceremony only where the policy lists the rule', () => {
    const production: Partial<Plan> = { mode: 'production', sheets: { paper: 'A4', printer: { kind: 'cups', queue: 'Sheets' } }, waivers: [waiver] };
    expect(rules(roomPlan(line, production))).toEqual(['waivers-sound']);
    expect(rules(roomPlan(line, { ...production, under: under(samplePolicy()) }))).toEqual(['waivers-sound']);
    expect(rules(roomPlan(line, { ...production, under: under(samplePolicy({ exceptable: [waiver.rule] })) }))).toEqual([]);
    expect(rules(roomPlan(line, { ...production, under: under(samplePolicy({ exceptable: [waiver.rule], exceptedBy: 3 })) }))).toEqual(['waivers-sound']);
  });
  it('name all who break the rule', () => {
    expect(rules(roomPlan(line, { waivers: [{ ...waiver, people: waiver.people.slice(0, 2) }] }))).toEqual(['waivers-sound', 'custodian-reporting-line']);
  });
});
