/** Duties and deputies in the room: the roll call, who stands in, the head-count at every step. */
import { describe, expect, it } from 'vitest';
import { admit } from '../../../shared/ceremony/admit.ts';
import { allSteps, findStep } from '../../../shared/ceremony/build-script.ts';
import type { Command } from '../../../shared/ceremony/commands.ts';
import { decide } from '../../../shared/ceremony/decide.ts';
import { administratorOf, custodiansOf, custodyOf, keyPlan, witnessOf } from '../../../shared/ceremony/people.ts';
import type { Plan } from '../../../shared/ceremony/plan-schema.ts';
import type { Fact } from '../../../shared/ceremony/rule.ts';
import { mustBePresent, quorumOf } from '../../../shared/ceremony/select.ts';
import { isDeputy, standInsOf, withDeputy } from '../../../shared/ceremony/stand-in.ts';
import { id, roomPlan, samplePolicy, under } from '../../support/sample-duties.ts';
import { digestOf, playStep, readShareFact, signOffOf, tellStory, type Teller } from '../../support/story.ts';
import { samplePlanOf, sampleSource } from '../../support/sample-source.ts';

const NOW = '2026-11-24T09:41:00.000Z';
const note = { commitment: digestOf('a reason') };
const present = (teller: Teller, person: string, here: boolean): Fact =>
  ({ type: 'presence', actor: here ? administratorOf(teller.state.plan) : witnessOf(teller.state.plan), body: { step: teller.state.current!, person: id(person), present: here, identity: here ? 'known' : 'absent' } });
const deputised = (teller: Teller, absent: string, by: string): Fact => ({ type: 'deputised', actor: witnessOf(teller.state.plan), body: { step: teller.state.current!, for: id(absent), by: id(by), reason: note } });
const done = (teller: Teller): Fact => ({ type: 'step-completed', actor: administratorOf(teller.state.plan), body: { step: teller.state.current! } });
const refused = (teller: Teller, fact: Fact): string | null => admit(teller.state, fact)?.fault.code ?? null;
const reasonOf = (teller: Teller, fact: Fact): string => String(admit(teller.state, fact)?.fault.details['reason']);
const atRoll = (plan: Plan): Teller => tellStory(plan, (step) => step.kind === 'roll-call');
/** Calls everyone; those who are named are absent. */
const call = (teller: Teller, ...absent: readonly string[]): Teller => {
  for (const person of teller.state.plan.people) teller.tell(present(teller, person.id, !absent.includes(person.id)));
  return teller;
};
/** Plays from the open step to the one that `stop` names. */
const goOn = (teller: Teller, stop: (kind: string) => boolean): Teller => {
  while (teller.state.current !== null) {
    const step = findStep(teller.state.script, teller.state.current)!;
    if (stop(step.kind)) break;
    playStep(teller, step);
  }
  return teller;
};
const pause = (teller: Teller): void => teller.tell({ type: 'paused', actor: 'app', body: { reason: 'fault', text: note, stayed: [] } });
const line = { bruno: { reportsTo: 'Ada Okafor' }, chen: { reportsTo: 'Ada Okafor' } };

describe('the roll call', () => {
  it('ends with everyone here where the duties are kept, and the ceremony runs to its end', () => {
    expect(tellStory(roomPlan()).state.closing?.outcome).toBe('completed');
  });
  it('does not end while those who are here break a duty that nobody excepted (DUTIES_HOLD)', () => {
    const teller = call(atRoll(roomPlan(line)));
    expect(refused(teller, done(teller))).toBe('RULE_DUTIES_HOLD');
    expect(reasonOf(teller, done(teller))).toBe('separation of duties is not kept: custodian reporting line, Ada Okafor, Bruno Keller and Chen Wei');
  });
  it('ends once one of them has left', () => {
    const teller = call(atRoll(roomPlan(line)), 'chen');
    expect(refused(teller, done(teller))).toBeNull();
  });
  it('ends where named people excepted it in the plan, also when not all of those concerned came', () => {
    const waivers = [{ rule: 'custodian-reporting-line', people: ['ada', 'bruno', 'chen', 'dalia'].map(id), reason: 'A small team.', by: ['walter', 'xenia'].map(id) }];
    const plan = roomPlan({ ...line, dalia: { reportsTo: 'Ada Okafor' } }, { waivers });
    for (const absent of [[], ['dalia']]) { const teller = call(atRoll(plan), ...absent); expect(refused(teller, done(teller))).toBeNull(); }
  });
  it('of a plan of format 1 asks nothing of the kind', () => {
    const teller = call(atRoll({ ...roomPlan(line), format: 'quorate-plan/1' }));
    expect(refused(teller, done(teller))).toBeNull();
  });
});

describe('the head-count', () => {
  const policy = samplePolicy({ quorum: { threshold: 2, shares: 2 }, headCount: { always: 6, irreversible: 8 } });
  const plan = roomPlan({}, { under: under(policy) });
  const atHoldPoint = (): Teller => { const teller = call(atRoll(plan), 'farah', 'goran'); teller.tell(done(teller)); return goOn(teller, (kind) => kind === 'sign'); };
  it('is that of the policy at every step: with too few nothing is signed, and what is wrong may still be said (DUTIES_HOLD)', () => {
    const teller = atHoldPoint();
    for (const person of ['dalia', 'emil']) teller.tell(present(teller, person, false));
    expect(refused(teller, signOffOf(teller.state, id('ada')))).toBeNull();
    teller.tell(present(teller, 'chen', false));
    expect(refused(teller, signOffOf(teller.state, id('ada')))).toBe('RULE_DUTIES_HOLD');
    expect(decide(teller.state, { type: 'sign', step: teller.state.current!, person: id('ada') }, NOW)).toMatchObject({ ok: false, fault: { code: 'RULE_DUTIES_HOLD' } });
    for (const fact of [present(teller, 'bruno', false), { type: 'paused', actor: 'app', body: { reason: 'fault', text: note, stayed: [] } }, { type: 'exception', actor: id('walter'), body: { number: 1, kind: 'note', step: teller.state.current!, what: note, done: note, effect: 'none', noticedBy: id('walter') } },
      { type: 'objection', actor: id('ada'), body: { step: teller.state.current!, person: id('ada'), words: note } }, { type: 'aborted', actor: id('maria'), body: { reason: note, by: id('maria') } }] satisfies readonly Fact[]) expect(refused(teller, fact), fact.type).toBeNull();
  });
  it('is larger where something cannot be undone', () => {
    const teller = atHoldPoint();
    playStep(teller, findStep(teller.state.script, teller.state.current!)!);
    teller.tell(present(teller, 'emil', false));
    const run: Command = { type: 'run', step: teller.state.current! };
    expect(findStep(teller.state.script, teller.state.current!)!.irreversible).toBe(true);
    expect(decide(teller.state, run, NOW)).toMatchObject({ ok: false, fault: { code: 'RULE_DUTIES_HOLD' } });
    teller.tell(present(teller, 'emil', true));
    expect(decide(teller.state, run, NOW)).toMatchObject({ ok: true });
  });
  it('may be excepted in the plan', () => {
    const waivers = [{ rule: 'head-count', people: [], reason: 'A remote site.', by: ['walter', 'xenia'].map(id) }];
    const teller = call(atRoll(roomPlan({}, { under: under(samplePolicy({ headCount: { always: 11, irreversible: 11 }, exceptable: ['head-count'] })), waivers })));
    expect(refused(teller, done(teller))).toBeNull();
  });
});

describe('a deputy', () => {
  it('takes role, place and part in the PIN of the person, who becomes their deputy; the steps stay as they are', () => {
    const plan = roomPlan(), next = withDeputy(withDeputy(plan, { for: id('ada'), by: id('goran') }), { for: id('maria'), by: id('farah') });
    expect(custodiansOf(next).map((person) => person.id)).toEqual(['goran', 'bruno', 'chen', 'dalia', 'emil']);
    expect([administratorOf(next), keyPlan(next).pin]).toEqual(['farah', { control: 'halves', first: 'farah', second: 'walter' }]);
    expect(standInsOf(next)).toEqual([{ for: 'farah', by: 'maria' }, { for: 'goran', by: 'ada' }]);
    expect(withDeputy(next, { for: id('farah'), by: id('maria') })).toEqual(withDeputy(plan, { for: id('ada'), by: id('goran') }));
    expect(() => withDeputy(plan, { for: id('ada'), by: id('farah') })).toThrow(TypeError);
  });
  it('has no use of another person’s card, and takes the share on paper or on a card of their own', () => {
    const card = (serial: string) => ({ carrier: 'card' as const, sheet: 'standard' as const, card: { module: '/m.so', serial } });
    const carried = (own: boolean) => custodyOf(custodiansOf(withDeputy(roomPlan({ ada: { custody: card('A') }, ...(own ? { goran: { custody: card('G') } } : {}) }), { for: id('ada'), by: id('goran') }))[0]!);
    expect([carried(false), carried(true)]).toEqual([{ carrier: 'paper', sheet: 'standard', card: null }, card('G')]);
  });
  it('stands in for a custodian who was marked absent, gets their share and signs at hold points', () => {
    const teller = call(atRoll(roomPlan()), 'ada');
    teller.tell(deputised(teller, 'ada', 'goran'));
    teller.tell(done(teller));
    goOn(teller, () => false);
    expect(teller.state.closing?.outcome).toBe('completed');
    expect(teller.state.deputised).toMatchObject([{ for: 'ada', by: 'goran' }]);
    expect(teller.state.set?.shares[0]).toMatchObject({ number: 1, custodian: 'goran', status: 'sealed' });
    expect(teller.state.signoffs.some(({ person }) => person === 'goran')).toBe(true);
  });
  it('of the administrator calls the roll and completes its steps', () => {
    const teller = atRoll(roomPlan());
    for (const [person, here] of [['maria', false], ['farah', true]] as const) teller.tell(present(teller, person, here));
    teller.tell(deputised(teller, 'maria', 'farah'));
    for (const person of teller.state.plan.people.filter((one) => !(one.id in teller.state.present))) teller.tell(present(teller, person.id, true));
    expect(mustBePresent(teller.state)[0]).toBe('farah');
    expect(refused(teller, { ...done(teller), actor: id('maria') } as Fact)).toBe('RULE_ACTOR_ACTS');
    teller.tell(done(teller));
    expect(goOn(teller, () => false).state.closing?.outcome).toBe('completed');
  });
  it('of the administrator may also come in while the ceremony is paused, and the steps done stay done', () => {
    const teller = call(atRoll(roomPlan()));
    teller.tell(done(teller));
    goOn(teller, (kind) => kind === 'sign');
    const before = Object.keys(teller.state.completed), steps = allSteps(teller.state.script).map((step) => step.id);
    expect(refused(teller, deputised(teller, 'maria', 'farah'))).toBe('RULE_DEPUTY_STANDS_IN');
    pause(teller);
    expect(refused(teller, deputised(teller, 'ada', 'goran'))).toBe('RULE_DEPUTY_STANDS_IN');
    const decided = decide(teller.state, { type: 'deputise', step: teller.state.current!, for: id('maria'), by: id('farah'), reason: 'She is unwell.' }, NOW);
    expect(decided).toMatchObject({ ok: true, value: { drafts: [{ type: 'deputised', actor: 'walter', open: { reason: 'She is unwell.' } }] } });
    teller.tell(deputised(teller, 'maria', 'farah'));
    expect([Object.keys(teller.state.completed), allSteps(teller.state.script).map((step) => step.id), teller.state.present['maria']?.present]).toEqual([before, steps, false]);
    const here = teller.state.plan.people.map((person) => person.id).filter((person) => person !== 'maria');
    teller.tell({ type: 'resumed', actor: 'app', body: { present: here, serial: keyPlan(teller.state.plan).hsm.serial!, heads: here.length } });
    expect(goOn(teller, () => false).state.closing?.outcome).toBe('completed');
  });
  it('who would break a duty in that place does not come in', () => {
    const teller = call(atRoll(roomPlan({ farah: { reportsTo: 'Walter Brandt' } })));
    teller.tell(done(teller));
    pause(teller);
    expect(reasonOf(teller, deputised(teller, 'maria', 'farah'))).toContain('reports to the witness');
  });
  it.each<readonly [string, (teller: Teller) => Fact]>([
    ['for a person who is here', (teller) => deputised(teller, 'bruno', 'goran')],
    ['for whom the plan does not name them', (teller) => deputised(teller, 'maria', 'goran')],
    ['while they are not here themselves', (teller) => { teller.tell(present(teller, 'goran', false)); return deputised(teller, 'ada', 'goran'); }],
    ['on the word of another than the witness', (teller) => ({ ...deputised(teller, 'ada', 'goran'), actor: id('maria') }) as Fact],
  ])('does not stand in %s (DEPUTY_STANDS_IN)', (_what, fact) => {
    const teller = call(atRoll(roomPlan()), 'ada', 'maria');
    expect(refused(teller, fact(teller))).toBe('RULE_DEPUTY_STANDS_IN');
  });
  it('is unknown to a plan of format 1, and to a custodian’s place in a share check', () => {
    const teller = call(atRoll({ ...roomPlan(), format: 'quorate-plan/1' }), 'ada');
    expect(refused(teller, deputised(teller, 'ada', 'goran'))).toBe('RULE_DEPUTY_STANDS_IN');
    const check = call(atRoll(samplePlanOf('share-check', { format: 'quorate-plan/2', people: [...samplePlanOf('share-check').people, roomPlan().people.at(-1)!] })), 'ada');
    expect(isDeputy(check.state.plan, { for: id('ada'), by: id('goran') })).toBe(true);
    expect(refused(check, deputised(check, 'ada', 'goran'))).toBe('RULE_DEPUTY_STANDS_IN');
  });
  it('counts in a re-share for the holder whose share they bring', () => {
    const base = samplePlanOf('re-share', { format: 'quorate-plan/2' });
    const teller = call(atRoll({ ...base, people: [...base.people, roomPlan().people.at(-1)!] }), 'ada', 'bruno', 'chen');
    expect(reasonOf(teller, done(teller))).toContain('2 of 3 needed');
    teller.tell(deputised(teller, 'ada', 'goran'));
    expect(refused(teller, done(teller))).toBeNull();
  });
  it('brings in a recovery the share of the holder, and signs in their place, without another reason', () => {
    const base = samplePlanOf('recovery', { format: 'quorate-plan/2' });
    const teller = call(atRoll({ ...base, people: [...base.people, roomPlan().people.at(-1)!] }), 'ada');
    teller.tell(deputised(teller, 'ada', 'goran'));
    teller.tell(done(teller));
    goOn(teller, (kind) => kind === 'gather');
    const { setId } = sampleSource().set;
    expect(refused(teller, readShareFact(teller, 1, setId, id('bruno')))).toBe('RULE_SHARE_WANTED');
    for (const [share, presenter] of [[1, 'goran'], [2, 'bruno'], [3, 'chen']] as const) teller.tell(readShareFact(teller, share, setId, id(presenter)));
    expect(quorumOf(teller.state, teller.state.current).members[0]).toMatchObject({ person: { id: 'goran' }, status: 'signed' });
    teller.tell(done(teller));
    expect(goOn(teller, () => false).state.closing?.outcome).toBe('completed');
  });
});

describe('marking people', () => {
  it('an administrator who is not there is marked by the witness', () => {
    const { state } = atRoll(roomPlan());
    const command = (person: string, here: boolean): Command => ({ type: 'mark-present', step: state.current!, person: id(person), present: here, identity: here ? 'known' : 'absent' });
    const actor = (person: string, here: boolean) => { const decided = decide(state, command(person, here), NOW); return decided.ok ? decided.value.drafts[0]!.actor : decided.fault.code; };
    expect([actor('maria', false), actor('maria', true), actor('ada', false)]).toEqual(['walter', 'maria', 'maria']);
  });
});
