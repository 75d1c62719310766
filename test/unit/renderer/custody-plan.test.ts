import { describe, expect, it } from 'vitest';
import { encodePlan, parsePlan } from '../../../shared/ceremony/parse-plan.ts';
import { custodyOf, keyPlan } from '../../../shared/ceremony/people.ts';
import { custodyRegister } from '../../../shared/register/custody.ts';
import type { KeyState } from '../../../shared/register/custody-types.ts';
import { currentSetOf, demandLine, dueKeys, healthLine, healthPips, keyLook, offersOf, setRows } from '../../../renderer/screens/home/custody-view.ts';
import { isWorkedOn } from '../../../renderer/screens/home/start-ceremony.ts';
import { registerLine } from '../../../renderer/screens/home/home-view.ts';
import { addCustodian, formFromText, removePerson, stayAway, textOfForm, withCustody, withDrill, withPerson, withPinControl, withPrinterTest, withRole } from '../../../renderer/screens/prepare/plan-form.ts';
import { summaryOf, tasksOf } from '../../../renderer/screens/prepare/prepare-view.ts';
import { asPerson, reSharePlan, samplePinSet, samplePlanOf } from '../../support/sample-source.ts';
import { foundingPlan, sampleCharter } from '../../support/sample-charter.ts';
import { samplePlan } from '../../support/sample-plan.ts';
import { tellStory } from '../../support/story.ts';

const KINDS = ['recovery', 're-share', 'share-check', 'share-destruction'] as const;

describe('a plan on an existing set as a form', () => {
  it.each(KINDS)('gives a %s back byte for byte', (kind) => {
    const text = encodePlan(samplePlanOf(kind));
    expect(textOfForm(formFromText(text)!)).toBe(text);
  });
  it('gives cards, drills, printer tests and PINs held by quorum back too', () => {
    const base = withPinControl(withPrinterTest(withCustody(samplePlan({ mode: 'production', sheets: { paper: 'A4', printer: { kind: 'cups', queue: 'q' } } }), 'ada', { carrier: 'both', sheet: 'blind' }), true), 'quorum');
    const text = textOfForm(withDrill(base, true));
    const form = formFromText(text)!;
    expect([form.drill, form.sheets.test, form.pin?.control, form.people.find(({ id }) => id === 'ada')?.custody?.carrier]).toEqual([true, true, 'quorum', 'both']);
    expect(textOfForm(form)).toBe(text);
    expect(formFromText(encodePlan(samplePlanOf('recovery', { pin: { control: 'held-by-quorum', set: samplePinSet(), renew: true } })))?.pin).toMatchObject({ control: 'held-by-quorum', renew: true });
  });
  it('takes optional fields away whole', () => {
    const plan = withPrinterTest(withDrill(withPrinterTest(withDrill(samplePlan(), true), true), false), false);
    expect(['drill' in plan, 'test' in plan.sheets]).toEqual([false, false]);
    expect(parsePlan(textOfForm(plan), { draft: true }).plan).not.toBeNull();
  });
});

describe('who comes', () => {
  it('leaves the quorum of the set alone where no share is made', () => {
    const plan = removePerson(samplePlanOf('share-check'), 'ada');
    expect(plan.quorum).toEqual(samplePlanOf('share-check').quorum);
    expect(stayAway(plan).map(({ person }) => person)).toEqual(['ada']);
    const ada = samplePlanOf('share-check').people.find(({ id }) => id === 'ada')!;
    expect(stayAway(withPerson(plan, ada))).toEqual([]);
  });
  it('counts a custodian who leaves in a re-share as a holder, and a new one as a custodian', () => {
    const plan = samplePlanOf('re-share');
    const left = withRole(plan, 'emil', 'holder');
    expect(left.quorum.shares).toBe(plan.quorum.shares - 1);
    expect(left.people.find(({ id }) => id === 'emil')).not.toHaveProperty('custody');
    expect(addCustodian(left).quorum.shares).toBe(plan.quorum.shares);
  });
  it('carries shares as each custodian chooses; a card has no sheet', () => {
    const plan = withCustody(samplePlan(), 'ada', { sheet: 'large' });
    expect(custodyOf(plan.people.find(({ id }) => id === 'ada')!)).toEqual({ carrier: 'paper', sheet: 'large', card: null });
    const carded = withCustody(plan, 'ada', { carrier: 'card' });
    expect(custodyOf(carded.people.find(({ id }) => id === 'ada')!)).toEqual({ carrier: 'card', sheet: 'standard', card: { module: keyPlan(plan).hsm.module.path, serial: null } });
    expect(custodyOf(withCustody(carded, 'ada', { carrier: 'paper' }).people.find(({ id }) => id === 'ada')!).card).toBeNull();
  });
});

describe('who opens the HSM', () => {
  it('keeps the people who type the PIN when the control changes', () => {
    const halves = withPinControl(samplePlan({ pin: { control: 'single', person: asPerson('walter') } }), 'halves');
    expect(halves.pin).toEqual({ control: 'halves', first: 'walter', second: 'maria' });
    expect(withPinControl(halves, 'quorum').pin).toMatchObject({ typedBy: ['walter', 'maria'], so: 'nobody', soTypedBy: [] });
    expect(withPinControl(samplePlan({ mode: 'production' }), 'quorum').pin).toMatchObject({ so: 'quorum', soTypedBy: [expect.any(String)] });
  });
});

describe('the tasks of a kind', () => {
  it('are those it needs, and any that has a finding', () => {
    expect(tasksOf(samplePlan(), [])).toHaveLength(8);
    expect(tasksOf(samplePlanOf('recovery'), [])).toEqual(['ceremony', 'roster', 'hsm', 'credentials']);
    expect(tasksOf(reSharePlan(), [])).toEqual(['ceremony', 'roster', 'quorum', 'hsm', 'sheets', 'credentials']);
    expect(tasksOf(samplePlanOf('share-check'), [])).toEqual(['ceremony', 'roster', 'credentials']);
    expect(tasksOf(samplePlanOf('share-check'), [{ code: 'PLAN_RULE', task: 'key', where: 'key', text: 'x' }])).toContain('key');
  });
  it('say what carries the shares, and who stays away', () => {
    expect(summaryOf(withCustody(samplePlan(), 'ada', { carrier: 'both' }), 'sheets')).toMatch(/^paper for 4, paper and card for 1; A4/);
    expect(summaryOf(removePerson(samplePlanOf('share-check'), 'ada'), 'roster')).toMatch(/1 of the set’s holders stay away/);
  });
});

describe('a draft that is there', () => {
  it('is only thrown away unasked when nobody worked on it', () => {
    const fresh = samplePlan({ hsm: { ...samplePlan().hsm, serial: null, secondSerial: null } });
    const bare = { ...fresh, people: fresh.people.map((person) => ({ ...person, credential: { kind: 'file' as const, algorithm: 'Ed25519' as const, publicKey: null } })) };
    expect([isWorkedOn(null), isWorkedOn(bare), isWorkedOn(fresh), isWorkedOn(samplePlanOf('share-check'))]).toEqual([false, false, true, true]);
    expect([isWorkedOn(foundingPlan()), isWorkedOn({ ...fresh, under: { ceremony: 1, head: fresh.ceremony.date as never, sha256: fresh.ceremony.date as never, policy: sampleCharter().policy } })]).toEqual([true, false]);
  });
});

const keyAfter = (now: string): KeyState => custodyRegister([{ number: 1, state: tellStory().state }] as never, now).keys[0]!;
const NOW = '2027-03-02T09:00:00.000Z', LATE = '2028-03-02T09:00:00.000Z';
const changed = (key: KeyState, change: Partial<NonNullable<ReturnType<typeof currentSetOf>>>, demand: KeyState['demand']): KeyState => ({ ...key, demand, sets: key.sets.map((set) => ({ ...set, ...change })) });

describe('the health of a key', () => {
  it('counts the shares proved in twelve months, and always says the margin', () => {
    const key = keyAfter(NOW);
    expect(healthLine(key, new Date(NOW))).toBe('5 of 5 proved in 12 months, margin 2');
    expect(healthLine(key, new Date(LATE))).toBe('0 of 5 proved in 12 months, margin 2');
    expect(healthPips(currentSetOf(key)!, new Date(LATE))).toEqual(Array(5).fill('due'));
    expect(keyLook(key).word).toBe('Active');
    expect(keyLook(keyAfter(LATE)).word).toBe('Needs action');
  });
  it('demands action at one and at none, and says when nothing can be recovered', () => {
    const key = keyAfter(NOW);
    expect(demandLine(changed(key, { margin: 1 }, 're-share-soon'))).toMatch(/One share to spare/);
    expect(healthLine(changed(key, { margin: 0 }, 're-share-now'), new Date(NOW))).toMatch(/margin is zero/);
    const lost = { ...changed(key, { margin: -1 }, 'not-recoverable'), backup: 'lost' as const };
    expect(keyLook(lost)).toMatchObject({ tone: 'stop', word: 'Not recoverable' });
    expect(demandLine(lost)).toMatch(/Not recoverable.*rotation is due/);
    expect(dueKeys([key, changed(key, {}, 'check-due'), lost]).map((one) => one.demand)).toEqual(['not-recoverable', 'check-due']);
  });
  it('lists every set with its epoch and how many copies are left', () => {
    const [row] = setRows(keyAfter(NOW));
    expect([row?.look.word, row?.line]).toEqual(['In use', expect.stringMatching(/^Epoch 1, any 3 of 5, practice; \d+ copies not destroyed$/)]);
  });
  it('offers what can be started, and says why not', () => {
    const key = keyAfter(NOW);
    expect(offersOf(key).map(({ kind, blocked }) => [kind, blocked])).toEqual([['recovery', null], ['share-check', null], ['re-share', null], ['share-destruction', null]]);
    expect(offersOf({ ...key, demand: 'not-recoverable' }).filter(({ blocked }) => blocked !== null).map(({ kind }) => kind)).toEqual(['recovery', 're-share']);
    expect(offersOf(changed(key, { status: 'superseded' }, 'none')).map(({ kind }) => kind)).toEqual(['share-destruction']);
    expect(offersOf(changed(key, { status: 'destroyed' }, 'not-recoverable'))).toEqual([]);
  });
  it('is summed up in one line', () => {
    expect(registerLine([], [])).toBe('No ceremony yet');
    expect(registerLine([{ status: 'closed' } as never], [{ ...keyAfter(NOW), demand: 'check-due' }])).toBe('1 key · 1 needs action · 1 ceremony');
  });
});
