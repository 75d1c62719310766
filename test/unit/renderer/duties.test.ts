import { describe, expect, it } from 'vitest';
import { addWaiver, formFromText, removeWaiver, textOfForm, withDeputyOf, withReportsTo, withRole, changePerson } from '../../../renderer/screens/prepare/plan-form.ts';
import { dutiesView, mayExceptIt, stoodFor, waiverRows } from '../../../renderer/screens/prepare/duties-view.ts';
import { dutiesNow, mayStandIn } from '../../../renderer/screens/run/duties-now.ts';
import { checkPlan } from '../../../shared/ceremony/check-plan.ts';
import { administratorOf } from '../../../shared/ceremony/people.ts';
import type { Plan, Waiver } from '../../../shared/ceremony/plan-schema.ts';
import { excepted } from '../../support/duties-folder.ts';
import { id, roomPlan, samplePolicy, under } from '../../support/sample-duties.ts';
import { samplePlan } from '../../support/sample-plan.ts';
import { digestOf, tellStory, type Teller } from '../../support/story.ts';

const line = (): Plan => withReportsTo(withReportsTo(roomPlan(), 'bruno', 'Ada Okafor'), 'chen', 'Ada Okafor');
const waiver: Waiver = { rule: 'custodian-reporting-line', people: ['ada', 'bruno', 'chen'].map(id), reason: 'A small team.', by: ['walter', 'xenia'].map(id) };

describe('duties while a plan is prepared', () => {
  it('are not judged for a plan of format 1', () => { expect(dutiesView(samplePlan())).toBeNull(); });
  it('name what is broken, by whom, and whether it may be excepted', () => {
    expect(dutiesView(roomPlan())).toMatchObject({ rules: 14, kept: 14, broken: [], exceptedBy: 2, noExceptions: null });
    expect(dutiesView(line())).toMatchObject({ kept: 13, broken: [{ rule: 'custodian-reporting-line', people: ['ada', 'bruno', 'chen'], waiver: null, mayExcept: true }] });
    const strict = dutiesView({ ...line(), under: under(samplePolicy()) });
    expect([strict?.broken[0]?.mayExcept, strict?.noExceptions]).toEqual([false, 'The policy of the archive lets no rule be excepted.']);
    expect(dutiesView({ ...line(), mode: 'production' })?.noExceptions).toContain('Without a charter');
  });
  it('are excepted by people who do not break them, and the exception can be taken away again', () => {
    expect(mayExceptIt(line(), waiver.people).map((person) => person.id)).toEqual(['maria', 'walter', 'xenia', 'dalia', 'emil', 'farah', 'goran']);
    const plan = addWaiver(line(), waiver);
    expect(checkPlan(plan)).toEqual([]);
    expect(waiverRows(plan)).toMatchObject([{ index: 0, people: 'Ada Okafor, Bruno Keller and Chen Wei', by: 'Walter Brandt and Xenia Petrou', reason: 'A small team.' }]);
    expect(formFromText(textOfForm(plan))).toEqual(plan);
    expect(dutiesView(plan)).toMatchObject({ broken: [{ waiver: { index: 0 } }], idle: [] });
    expect(dutiesView(addWaiver(roomPlan(), waiver))).toMatchObject({ broken: [], idle: [{ index: 0 }] });
    expect(removeWaiver(plan, 0)).toEqual(line());
  });
  it('ask of a deputy for whom they stand in, and forget it with the role', () => {
    const goran = (plan: Plan) => plan.people.find((person) => person.id === 'goran')!;
    expect(stoodFor(roomPlan(), goran(roomPlan())).map((person) => person.id)).toEqual(['ada', 'bruno', 'chen', 'dalia', 'emil']);
    expect(stoodFor(roomPlan(), changePerson(roomPlan(), 'goran', { role: 'crypto-officer' }).people.at(-1)!)).toEqual([]);
    expect(goran(withDeputyOf(roomPlan(), 'goran', id('bruno'))).deputyOf).toBe('bruno');
    expect(goran(withRole(roomPlan(), 'goran', 'security-officer'))).not.toHaveProperty('deputyOf');
    expect(goran(withRole(roomPlan(), 'goran', 'deputy-administrator')).deputyOf).toBe('ada');
  });
});

const call = (teller: Teller, marks: Readonly<Record<string, boolean>>): Teller => {
  for (const [person, here] of Object.entries(marks)) teller.tell({ type: 'presence', actor: administratorOf(teller.state.plan), body: { step: teller.state.current!, person: id(person), present: here, identity: here ? 'known' : 'absent' } });
  return teller;
};
const atRoll = (plan: Plan): Teller => tellStory(plan, (step) => step.kind === 'roll-call');
const everyone = (plan: Plan, absent: string): Readonly<Record<string, boolean>> => Object.fromEntries(plan.people.map((person) => [person.id, person.id !== absent]));

describe('duties at the roll call', () => {
  it('are not judged for a plan of format 1', () => { expect(dutiesNow(tellStory(samplePlan(), (step) => step.kind === 'roll-call').state)).toBeNull(); });
  it('say nothing of numbers before everybody was called', () => {
    expect(dutiesNow(call(atRoll(roomPlan()), { maria: true }).state)).toMatchObject({ partly: true, broken: [] });
  });
  it('say who of those who are here breaks a rule, and who excepted it', () => {
    const here = { ada: true, bruno: true, chen: true };
    expect(dutiesNow(call(atRoll(line()), here).state)?.broken).toMatchObject([{ excepted: null, text: expect.stringContaining('Ada Okafor') as string }]);
    expect(dutiesNow(call(atRoll(excepted()), here).state)?.broken).toMatchObject([{ excepted: 'Walter Brandt and Xenia Petrou: The team has no other members' }]);
    expect(dutiesNow(call(atRoll(line()), { ...here, chen: false }).state)?.broken).toEqual([]);
  });
});

describe('deputies', () => {
  const offered = (teller: Teller) => mayStandIn(teller.state).map(({ deputy, person, blocked }) => [deputy.id, person.id, blocked]);
  it('are offered for who was marked absent, once they are here themselves', () => {
    const teller = atRoll(roomPlan());
    expect(offered(teller)).toEqual([]);
    expect(offered(call(teller, { ada: false }))).toEqual([['goran', 'ada', 'Goran Ilić is not marked as present']]);
    expect(offered(call(teller, { goran: true }))).toEqual([['goran', 'ada', null]]);
  });
  it('after the roll call are offered for the administrator only, in a pause', () => {
    const plan = roomPlan(), teller = call(atRoll(plan), everyone(plan, 'ada'));
    teller.complete(id('maria'));
    expect(offered(teller)).toEqual([]);
    teller.tell({ type: 'paused', actor: 'app', body: { reason: 'fault', text: { commitment: digestOf('ill') }, stayed: [] } });
    expect(offered(teller)).toEqual([['farah', 'maria', null]]);
  });
});
