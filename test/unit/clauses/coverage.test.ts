/** The map from clauses to steps: it names what there is, each clause is mapped as reviewed here, and what is missing is said. */
import { describe, expect, it } from 'vitest';
import { RULES } from '../../../shared/ceremony/admit.ts';
import { allSteps } from '../../../shared/ceremony/build-script.ts';
import { ARCHIVE_KINDS, CEREMONY_KINDS } from '../../../shared/ceremony/plan-schema.ts';
import type { CeremonyKind, KeyKind, Plan } from '../../../shared/ceremony/plan-schema.ts';
import { STANDARDS } from '../../../shared/clauses/clause.ts';
import type { StepRef } from '../../../shared/clauses/clause.ts';
import { CLAUSES, MAP_SENTENCE, UNVERIFIED_SENTENCE } from '../../../shared/clauses/clauses.ts';
import { coverageOf, practiceSentence } from '../../../shared/clauses/coverage.ts';
import { gapOf, NEEDS } from '../../../shared/clauses/needs.ts';
import type { NeedId } from '../../../shared/clauses/needs.ts';
import { refOf, STEP_NAMES } from '../../../shared/clauses/step-names.ts';
import { ENTRY_TYPES } from '../../../shared/transcript/entry-schema.ts';
import { buildFolder, planOn } from '../../support/ceremony-folder.ts';
import { amendmentPlan, foundingPlan } from '../../support/sample-charter.ts';
import { samplePlan } from '../../support/sample-plan.ts';
import { buildScript } from '../../../shared/ceremony/build-script.ts';

const first = buildFolder();
const made = samplePlan();
const plans: Readonly<Record<CeremonyKind, Plan>> = {
  'root-key-generation': made, recovery: planOn('recovery', [first]), 're-share': planOn('re-share', [first]), 'share-check': planOn('share-check', [first]), 'share-destruction': planOn('share-destruction', [first]),
  founding: foundingPlan(), amendment: amendmentPlan(), merge: { ...amendmentPlan(), ceremony: { ...amendmentPlan().ceremony, kind: 'merge' } },
};
/** A plan in which every step that there is occurs somewhere, together with the five above. */
const byQuorum = samplePlan({ pin: { control: 'quorum', typedBy: [made.people[0]!.id], so: 'nobody', soTypedBy: [] }, sheets: { ...made.sheets, test: true } });
const coverage = (plan: Plan, id: string) => coverageOf(plan).find(({ clause }) => clause.id === id);

/** Steps by clause and kind, in the order of the script, as they were reviewed. */
const MAPPED: Readonly<Record<string, Readonly<Partial<Record<KeyKind, string>>>>> = {
  'BR-6.1.1.1-SCRIPT': { 'root-key-generation': 'check:plan-words machine:close' },
  'BR-6.1.1.1-WITNESS': { 'root-key-generation': 'roll-call check:key-words' },
  'BR-6.1.1.1-REPORT': { 'root-key-generation': '' },
  'BR-6.1.1.1-ROOM': { 'root-key-generation': '' },
  'BR-6.1.1.1-PEOPLE': { 'root-key-generation': 'roll-call login sign handover' },
  'BR-6.1.1.1-MODULE': { 'root-key-generation': 'check:hsm-serial machine:inventory-before machine:generate-key' },
  'BR-6.1.1.1-LOG': { 'root-key-generation': 'machine:generate-key machine:issue-certificate machine:inventory-after' },
  'BR-6.1.1.1-CONTROLS': { 'root-key-generation': 'machine:preflight machine:lock machine:inventory-after machine:wipe' },
  'BR-5.4.1-KEY': { 'root-key-generation': 'machine:generate-key handover machine:wrap machine:restore', recovery: 'gather machine:combine machine:restore account:used', 're-share': 'gather machine:rewrap machine:prove-restore machine:supersede account:superseded', 'share-check': 'prove', 'share-destruction': 'account:all' },
  'BR-5.4.1-DEVICE': { 'root-key-generation': 'check:hsm-serial machine:inventory-before machine:inventory-after', recovery: 'check:hsm-serial machine:inventory-before machine:inventory-after', 're-share': 'check:hsm-serial machine:inventory-before machine:inventory-after' },
  'BR-5.4.1-FAULTS': { 'root-key-generation': 'machine:close', recovery: 'machine:close', 're-share': 'machine:close', 'share-check': 'machine:close', 'share-destruction': 'machine:close' },
  'BR-5.4.1-FACILITY': { 'root-key-generation': 'roll-call', recovery: 'roll-call', 're-share': 'roll-call', 'share-check': 'roll-call', 'share-destruction': 'roll-call' },
  'BR-5.4.1-ELEMENTS': { 'root-key-generation': 'check:wall-clock', recovery: 'check:wall-clock', 're-share': 'check:wall-clock', 'share-check': 'check:wall-clock', 'share-destruction': 'check:wall-clock' },
  'BR-5.4.3-KEPT': { 'root-key-generation': 'machine:close', recovery: 'machine:close', 're-share': 'machine:close', 'share-check': 'machine:close', 'share-destruction': 'machine:close' },
  'WT-4.1-ROLES': { 'root-key-generation': 'roll-call', recovery: 'roll-call', 're-share': 'roll-call', 'share-check': 'roll-call', 'share-destruction': 'roll-call' },
  'WT-4.1-APPROVAL': { 'root-key-generation': 'check:plan-words sign', recovery: 'check:plan-words sign', 're-share': 'check:plan-words sign', 'share-destruction': 'check:plan-words sign' },
  'WT-4.1-MATERIALS': { 'root-key-generation': 'check:hsm-serial machine:inventory-before', recovery: 'check:hsm-serial machine:inventory-before', 're-share': 'check:hsm-serial machine:inventory-before' },
  'WT-4.1-STEPS': { 'root-key-generation': 'check:plan-words machine:close', recovery: 'check:plan-words machine:close', 're-share': 'check:plan-words machine:close', 'share-check': 'check:plan-words machine:close', 'share-destruction': 'check:plan-words machine:close' },
  'WT-4.1-ROOM': { 'root-key-generation': '', recovery: '', 're-share': '', 'share-check': '', 'share-destruction': '' },
  'WT-4.1-AFTER': { 'root-key-generation': 'handover machine:lock', recovery: 'machine:lock account:used', 're-share': 'handover account:superseded', 'share-check': 'prove', 'share-destruction': 'account:all' },
  'WT-4.1-SIGNED': { 'root-key-generation': 'machine:close', recovery: 'machine:close', 're-share': 'machine:close', 'share-check': 'machine:close', 'share-destruction': 'machine:close' },
  'WT-4.1-DEVIATIONS': { 'root-key-generation': 'machine:close', recovery: 'machine:close', 're-share': 'machine:close', 'share-check': 'machine:close', 'share-destruction': 'machine:close' },
  'WT-4.1-WITNESSED': { 'root-key-generation': 'roll-call machine:generate-key check:key-words' },
  'WT-4.1-BACKUP': { 'root-key-generation': 'handover machine:rebuild machine:wrap machine:restore', 're-share': 'handover machine:rebuild machine:rewrap machine:prove-restore' },
  'WT-4.1-DESTROYED': { 're-share': 'account:superseded', 'share-destruction': 'account:all' },
  'ETSI-GEN-6.5.1-08': { 'root-key-generation': 'machine:issue-certificate' },
  'ETSI-GEN-6.5.1-11': { 'root-key-generation': 'check:plan-words machine:close' },
  'ETSI-GEN-6.5.1-12': { 'root-key-generation': 'roll-call sign machine:close' },
  'ETSI-GEN-6.5.1-13': { 'root-key-generation': 'machine:generate-key machine:lock machine:inventory-after machine:close' },
  'ETSI-GEN-6.5.1-14': { 'root-key-generation': 'check:key-words machine:close' },
  'ETSI-DIS-6.5.1-16': { 'root-key-generation': 'check:key-words machine:issue-certificate' },
  'SP80057-PERIOD': { 'root-key-generation': 'machine:issue-certificate' },
  'SP80057-METADATA': { 'root-key-generation': 'machine:generate-key machine:issue-certificate' },
  'SP80057-STATES': { 'root-key-generation': 'machine:generate-key machine:issue-certificate machine:lock', recovery: 'machine:restore machine:lock', 're-share': 'machine:supersede' },
  'SP80057-FIRST-USE': { 'root-key-generation': 'machine:issue-certificate' },
  'SP80057-BACKUP': { 'root-key-generation': 'machine:rebuild machine:wrap machine:restore', recovery: 'gather machine:combine machine:restore', 're-share': 'machine:rebuild machine:rewrap machine:prove-restore', 'share-check': 'prove' },
  'SP80057-DESTROYED': { 're-share': 'account:superseded', 'share-destruction': 'account:all' },
  'SP80057-ACCOUNT': { 'root-key-generation': 'roll-call machine:close', recovery: 'roll-call machine:close', 're-share': 'roll-call machine:close', 'share-check': 'roll-call machine:close', 'share-destruction': 'roll-call machine:close' },
  'SP80057-DUAL': { 'root-key-generation': 'login sign handover', recovery: 'login sign gather', 're-share': 'login sign handover gather' },
};

/** The same for each ceremony about the archive itself. */
const ABOUT_THE_ARCHIVE: Readonly<Record<string, string>> = {
  'BR-5.4.1-FAULTS': 'machine:close', 'BR-5.4.1-FACILITY': 'roll-call', 'BR-5.4.1-ELEMENTS': 'check:wall-clock', 'BR-5.4.3-KEPT': 'machine:close', 'WT-4.1-ROLES': 'roll-call', 'WT-4.1-APPROVAL': 'check:plan-words sign',
  'WT-4.1-STEPS': 'check:plan-words machine:close', 'WT-4.1-ROOM': '', 'WT-4.1-SIGNED': 'machine:close', 'WT-4.1-DEVIATIONS': 'machine:close', 'SP80057-ACCOUNT': 'roll-call machine:close',
};

describe('the map of clauses', () => {
  it('has each clause once, by standard in order, and a reviewed mapping for each', () => {
    expect(new Set(CLAUSES.map(({ id }) => id)).size).toBe(CLAUSES.length);
    expect([...new Set(CLAUSES.map(({ standard }) => standard))]).toEqual([...STANDARDS]);
    expect(Object.keys(MAPPED).toSorted()).toEqual(CLAUSES.map(({ id }) => id).toSorted());
  });
  it.each(CLAUSES.map(({ id }) => id))('maps %s to the steps that were reviewed', (id) => {
    const found = Object.fromEntries(CEREMONY_KINDS.flatMap((kind) => { const row = coverage(plans[kind], id); return row ? [[kind, [...new Set(row.steps.map(refOf))].join(' ')]] : []; }));
    expect(found).toEqual({ ...MAPPED[id], ...(ABOUT_THE_ARCHIVE[id] === undefined ? {} : Object.fromEntries(ARCHIVE_KINDS.map((kind) => [kind, ABOUT_THE_ARCHIVE[id]]))) });
  });
  it('names only steps that occur in some script, rules that are asked and entries that there are', () => {
    const occurring = new Set<StepRef>([...Object.values(plans), byQuorum].flatMap((plan) => allSteps(buildScript(plan)).map(refOf)));
    occurring.add('machine:open-pin');
    for (const clause of CLAUSES) {
      for (const need of Object.values(clause.steps).flat()) for (const ref of need) expect(occurring.has(ref), `${clause.id} ${ref}`).toBe(true);
      for (const rule of clause.rules) expect(RULES.some(({ id }) => id === rule), `${clause.id} ${rule}`).toBe(true);
      for (const type of clause.entries) expect(ENTRY_TYPES, clause.id).toContain(type);
    }
  });
  it('asks a clause of at least one kind, and says what stays outside where it has no steps', () => {
    for (const { id, steps, outside } of CLAUSES) {
      expect(Object.keys(steps).length, id).toBeGreaterThan(0);
      if (Object.values(steps).every((needs) => needs.length === 0)) expect(outside, id).not.toBeNull();
    }
  });
  it('claims to have read the Baseline Requirements and nothing else', () => {
    for (const { standard, verified } of CLAUSES) expect(verified).toBe(standard === 'CA/B TLS BR');
  });
  it('has a name for every step of every script', () => {
    for (const plan of Object.values(plans)) for (const step of allSteps(buildScript(plan))) expect(STEP_NAMES[refOf(step)]).toMatch(/./);
  });
});

describe('what a plan does not cover', () => {
  const hardware: Plan = { ...made, hsm: { ...made.hsm, software: false } };
  it('is nothing that a program can show, with a hardware HSM and all signing', () => {
    for (const { clause, status, gaps } of coverageOf(hardware)) { expect([clause.id, gaps]).toEqual([clause.id, []]); expect(['covered', 'shared', 'outside']).toContain(status); }
  });
  it('says covered only where nothing stays with the organisation', () => {
    for (const { clause, status } of coverageOf(hardware)) expect(status === 'covered').toBe(clause.outside === null);
  });
  const cases: Readonly<Record<NeedId, Plan>> = {
    'two-at-the-pin': { ...made, pin: { control: 'single', person: made.people[0]!.id } },
    'split-backup': { ...made, key: { ...made.key, backup: { kind: 'none', reason: 'Short-lived.', approvedBy: 'Board' } } },
    hardware: made,
    'auditor-signs': { ...made, people: made.people.map((person) => (person.role === 'external-auditor' ? { ...person, credential: { kind: 'paper' } } : person)) },
    'witness-signs': { ...made, people: made.people.map((person) => (person.role === 'internal-witness' ? { ...person, credential: { kind: 'paper' } } : person)) },
    'auditor-of-another-organisation': { ...made, people: made.people.map((person) => ({ ...person, organisation: made.ceremony.organisation })) },
    'spare-shares': { ...made, quorum: { threshold: 5, shares: 5 } },
    'two-media': { ...made, media: 1 },
  };
  it.each(Object.entries(cases) as [NeedId, Plan][])('says a gap where a plan lacks %s', (need, plan) => {
    expect(gapOf(need, plan)).toBe(NEEDS[need].gap);
    const asking = CLAUSES.filter((clause) => clause.needs.includes(need) && clause.steps['root-key-generation'] !== undefined);
    expect(asking.length).toBeGreaterThan(0);
    for (const { id } of asking) {
      expect(coverage(plan, id)!.gaps).toContain(NEEDS[need].gap);
      expect(['partly', 'open']).toContain(coverage(plan, id)!.status);
    }
    expect(gapOf(need, need === 'hardware' ? hardware : made)).toBeNull();
  });
  it('names the steps that a plan without a backup does not have', () => {
    expect(coverage(cases['split-backup'], 'BR-5.4.1-KEY')).toMatchObject({ status: 'partly', gaps: ['No step of this ceremony is shares handed over one by one.', 'No step of this ceremony is the wrapping.', 'No step of this ceremony is the restore.', NEEDS['split-backup'].gap] });
    expect(coverage(cases['split-backup'], 'SP80057-BACKUP')!.status).toBe('open');
  });
  it('asks for no HSM where none is opened', () => {
    for (const kind of ['share-check', 'share-destruction'] as const) expect(coverageOf(plans[kind]).flatMap(({ gaps }) => gaps)).toEqual([]);
  });
  it('one person who types a PIN that a quorum gets later is one person', () => {
    expect(gapOf('two-at-the-pin', byQuorum)).toBe(NEEDS['two-at-the-pin'].gap);
    expect(gapOf('two-at-the-pin', { ...byQuorum, pin: { ...byQuorum.pin, typedBy: made.people.slice(0, 2).map(({ id }) => id) } as Plan['pin'] })).toBeNull();
  });
});

describe('practice', () => {
  it('is evidence for no clause, and says so', () => {
    expect(practiceSentence(made)).toMatch(/^A rehearsal is evidence for no clause/);
    expect(practiceSentence({ ...made, mode: 'production', drill: true })).toMatch(/^A drill/);
    expect(practiceSentence({ ...made, mode: 'production' })).toBeNull();
  });
});

/** docs/CLAUSES.md as the code has it; `npx vitest run test/unit/clauses -u` writes it anew. */
const document = (): string => [
  '# Clauses', '', 'Made from shared/clauses by test/unit/clauses/coverage.test.ts.', MAP_SENTENCE, UNVERIFIED_SENTENCE,
  'The Baseline Requirements were read in the CA/Browser Forum’s own text (docs/BR.md, May 2026); a later version may say otherwise.', '',
  ...STANDARDS.flatMap((standard) => ['', `## ${standard}`, '', '| id | clause | says, in our words | asked of | steps, one of each | rules | outside |', '|---|---|---|---|---|---|---|',
    ...CLAUSES.filter((clause) => clause.standard === standard).map(({ id, number, verified, says, steps, rules, outside }) => {
      const lists = Object.entries(steps).map(([kind, needs]) => [kind, needs.map((need) => need.join(' or ')).join(', ') || 'none'] as const);
      const same = lists.every(([, list]) => list === lists[0]![1]);
      return `| ${id} | ${number}${verified ? '' : ', unverified'} | ${says} | ${lists.map(([kind]) => kind).join(', ')} | ${same ? lists[0]![1] : lists.map(([kind, list]) => `${kind}: ${list}`).join('; ')} | ${rules.join(', ') || '–'} | ${outside ?? '–'} |`;
    })]), '',
].join('\n');
describe('docs/CLAUSES.md', () => {
  it('is the map of the code, with every unread clause marked', async () => {
    const text = document();
    await expect(text).toMatchFileSnapshot('../../../docs/CLAUSES.md');
    for (const { id, verified } of CLAUSES) expect(text.split('\n').find((line) => line.startsWith(`| ${id} |`))!.includes(', unverified |'), id).toBe(!verified);
  });
});
