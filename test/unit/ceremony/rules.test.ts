/** Every rule has a case it refuses and, since a whole ceremony passes, cases it accepts. The list is proved complete at the end. */
import { describe, expect, it } from 'vitest';
import type { EffectId, PersonId, StepId } from '../../../shared/brand.ts';
import { admit, RULES } from '../../../shared/ceremony/admit.ts';
import type { Fact } from '../../../shared/ceremony/rule.ts';
import { atOperation, atStep, digestOf, exceptionFact, freshKeyIntent, openingOf, playStep, signOffOf, tellStory, Teller } from '../../support/story.ts';
import { samplePlan } from '../../support/sample-plan.ts';
import { CUSTODY_CASES } from './custody-cases.ts';
import { ROOM_CASES } from './room-cases.ts';
import { findStep } from '../../../shared/ceremony/build-script.ts';
import { CHECKPOINT_TYPE } from '../../../shared/transcript/checkpoint.ts';
import { encodeEnvelope } from '../../../shared/transcript/dsse.ts';

const plan = samplePlan();
const person = (id: string): PersonId => id as PersonId;
const note = { commitment: digestOf('a text') };
const done = (teller: Teller, actor: PersonId | 'app'): Fact => ({ type: 'step-completed', actor, body: { step: teller.state.current! } });
const intend = (teller: Teller, intent: Extract<Fact, { type: 'intent' }>['body']['intent'], effect?: string): Fact =>
  ({ type: 'intent', actor: 'app', body: { effect: (effect ?? `e${teller.state.effects + 1}`) as EffectId, step: teller.state.current!, intent } });
const pause = (reason: 'break' | 'objection' | 'fault', stayed: string[] = []): Fact => ({ type: 'paused', actor: 'app', body: { reason, text: note, stayed: stayed.map(person) } });
const mayBe = (teller: Teller, fact: Fact): string | null => admit(teller.state, fact)?.fault.code.slice(5) ?? null;
const handover = (teller: Teller, share: number): Teller => { playStep(teller, findStep(teller.state.script, '4.1')!); for (let k = 1; k < share; k++) playStep(teller, findStep(teller.state.script, `4.${k + 1}`)!); return teller; };
const printed = (teller: Teller): Teller => {
  teller.effect({ kind: 'print-sheet', setId: teller.state.set!.setId, share: 1, attempt: 1, printer: 'folder' }, { kind: 'print-sheet', job: 'one', pages: 1 });
  return teller;
};
const sealedBy = (teller: Teller, share: number, bag: string): Fact => ({ type: 'sealed', actor: person('walter'), body: { step: teller.state.current!, share, bag, custodian: person('ada'), witness: person('walter') } });

/** rule id → a state and a fact that just this rule refuses. */
const REFUSED: Readonly<Record<string, () => readonly [Teller, Fact]>> = {
  OPENING_FIRST: () => { const teller = new Teller(plan); return [teller, { type: 'preflight', actor: 'app', body: { step: '1.1' as StepId, rows: [] } }]; },
  PLAN_BOUND: () => { const opening = openingOf(plan); return [new Teller(plan), { ...opening, body: { ...opening.body, mode: 'production' } }]; },
  CLOSED_IS_CLOSED: () => { const teller = tellStory(); return [teller, pause('fault')]; },
  ABORTED_CLOSES: () => { const teller = atStep('1.2'); teller.tell({ type: 'aborted', actor: person('maria'), body: { reason: note, by: person('maria') } }); return [teller, pause('fault')]; },
  OBJECTION_HEARD: () => { const teller = atStep('3.1'); teller.tell({ type: 'objection', actor: person('ada'), body: { step: '3.1' as StepId, person: person('ada'), words: note } }); return [teller, signOffOf(teller.state, person('bruno'))]; },
  PAUSED_WAITS: () => { const teller = atStep('3.1'); teller.tell(pause('fault')); return [teller, signOffOf(teller.state, person('ada'))]; },
  ONE_STEP_OPEN: () => { const teller = atStep('1.2'); return [teller, { type: 'step-completed', actor: person('maria'), body: { step: '1.1' as StepId } }]; },
  STEP_KIND: () => { const teller = atStep('1.2'); return [teller, { type: 'answer', actor: person('maria'), body: { step: '1.2' as StepId, check: 'wall-clock', value: '09:00', expected: '09:00', matches: true, attempt: 1 } }]; },
  ACTOR_ACTS: () => { const teller = atStep('1.1'); return [teller, done(teller, person('walter'))]; },
  ROLL_COMPLETE: () => { const teller = atStep('1.2'); return [teller, done(teller, person('maria'))]; },
  ACTS_IN_THE_ROOM: () => {
    const teller = atStep('1.2');
    for (const one of plan.people) teller.tell({ type: 'presence', actor: person('maria'), body: { step: '1.2' as StepId, person: one.id, present: one.id !== 'ada', identity: one.id === 'ada' ? 'absent' : 'known' } });
    for (const id of ['1.2', '1.3', '2.1', '2.2', '2.3', '2.4', '2.5', '2.6']) if (id === '1.2') teller.complete(person('maria')); else playStep(teller, findStep(teller.state.script, id)!);
    return [teller, signOffOf(teller.state, person('ada'))];
  },
  ANSWER_RIGHT: () => { const teller = atStep('2.3'); return [teller, done(teller, 'app')]; },
  AIR_GAP_ACCEPTED: () => { const teller = atStep('2.1'); teller.tell({ type: 'preflight', actor: 'app', body: { step: '2.1' as StepId, rows: [{ id: 'network', observed: 'eth0 is up', ok: false }] } }); return [teller, done(teller, person('maria'))]; },
  PIN_TYPED_AS_PLANNED: () => { const teller = atStep('2.4'); return [teller, { type: 'login', actor: 'app', body: { step: '2.4' as StepId, serial: plan.hsm.serial!, typedBy: [person('maria')], control: 'halves', moduleSha256: plan.hsm.module.sha256! } }]; },
  ONE_EFFECT: () => { const teller = atOperation('generate-key'); return [teller, intend(teller, freshKeyIntent(plan), 'e7')]; },
  TOKEN_OPEN: () => { const teller = atOperation('generate-key'); teller.tell({ type: 'restarted', actor: 'app', body: { openEffect: null, found: 'nothing was under way' } }); return [teller, intend(teller, freshKeyIntent(plan))]; },
  WORK_IN_ITS_STEP: () => { const teller = atOperation('issue-certificate'); return [teller, intend(teller, { kind: 'split', attempt: 1, threshold: 3, shares: 5 })]; },
  WORK_DONE: () => { const teller = atOperation('generate-key'); return [teller, done(teller, person('maria'))]; },
  MADE_ONCE: () => { const teller = atOperation('generate-key'); teller.effect(freshKeyIntent(plan), keyOutcome()); return [teller, intend(teller, freshKeyIntent(plan))]; },
  NAME_UNUSED: () => { const teller = atOperation('generate-key'); return [teller, intend(teller, { ...freshKeyIntent(plan), label: 'another' })]; },
  THIS_KEY: () => { const teller = atOperation('issue-certificate'); return [teller, intend(teller, { kind: 'sign-certificate', serial: plan.hsm.serial!, keyId: 'ffff' as never, tbs: 'AAAA' as never })]; },
  CUSTODIAN_SIGNS_ONCE: () => { const teller = atStep('3.1'); teller.tell(signOffOf(teller.state, person('ada'))); return [teller, signOffOf(teller.state, person('ada'))]; },
  SIGNED_BYTES: () => { const teller = atStep('3.1'); const stale = signOffOf(teller.state, person('bruno')); teller.tell(signOffOf(teller.state, person('ada'))); return [teller, stale]; },
  HOLD_POINT: () => { const teller = atStep('3.1'); teller.tell(signOffOf(teller.state, person('ada'))); return [teller, done(teller, person('maria'))]; },
  ONE_SHEET_OUT: () => { const teller = printed(handover(atStep('4.1'), 1)); return [teller, intend(teller, { kind: 'print-sheet', setId: teller.state.set!.setId, share: 1, attempt: 2, printer: 'folder' })]; },
  READ_BACK_FIRST: () => { const teller = printed(handover(atStep('4.1'), 1)); return [teller, sealedBy(teller, 1, 'B-1')]; },
  SHEET_ACCOUNTED: () => { const teller = printed(handover(atStep('4.1'), 1)); return [teller, { type: 'sheet-destroyed', actor: person('walter'), body: { step: teller.state.current!, share: 1, attempt: 2, witness: person('walter') } }]; },
  PROOF_ORDER: () => { const teller = atOperation('rebuild'); return [teller, intend(teller, { kind: 'rebuild', setId: teller.state.set!.setId, subsets: [[1, 2, 3]] })]; },
  RESULT_AGREES: () => {
    const teller = atOperation('rebuild');
    const subsets = [[1, 2, 3], [3, 4, 5]];
    teller.tell(intend(teller, { kind: 'rebuild', setId: teller.state.set!.setId, subsets }));
    return [teller, { type: 'result', actor: 'app', body: { effect: teller.state.openEffect!.effect, step: teller.state.current!, outcome: { kind: 'rebuild', subsets: [[1, 2, 3]] } } }];
  },
  VOID_OPENS_NOTHING: () => { const teller = atOperation('lock'); return [teller, { type: 'set-voided', actor: 'app', body: { setId: teller.state.set!.setId, reason: 'person', sheets: [], mediaCleared: [] } }]; },
  EXCEPTIONS_IN_ORDER: () => { const teller = atStep('1.2'); const fact = exceptionFact(teller, person('walter')); return [teller, { ...fact, body: { ...fact.body, number: 2 } } as Fact]; },
  TWO_STAY: () => { const teller = atStep('3.1'); return [teller, pause('break', ['ada'])]; },
  CLOSING_COMPLETE: () => { const teller = atStep('3.1'); return [teller, { type: 'closing', actor: 'app', body: { outcome: 'completed', exceptions: 0, files: {} } }]; },
  SAME_TOKENS: () => { const teller = atOperation('inventory-after'); return [teller, { type: 'inventory', actor: 'app', body: { step: teller.state.current!, when: 'after', tokens: [] } }]; },
  INVENTORY_EXPLAINED: () => {
    const teller = atOperation('inventory-after');
    const stray = { class: 'secret-key' as const, label: 'stray', id: '', keyType: 'AES' };
    const tokens = teller.state.inventory.before!.map((token, index) => ({ ...token, objects: index === 0 ? [stray] : [] }));
    teller.tell({ type: 'inventory', actor: 'app', body: { step: teller.state.current!, when: 'after', tokens } });
    return [teller, done(teller, person('maria'))];
  },
  ...CUSTODY_CASES,
  ...ROOM_CASES,
};
const keyOutcome = () => ({ kind: 'generate-key' as const, spki: 'AAAA' as never, spkiSha256: digestOf('spki'), claims: { local: null, sensitive: null, extractable: null, alwaysSensitive: null, neverExtractable: null, sign: null, decrypt: null, derive: null, unwrap: null, mechanism: null }, checks: [], durationMs: 1 });

describe('rules of a ceremony', () => {
  it('a whole ceremony with backup passes every rule', () => { expect(tellStory().state.closing?.outcome).toBe('completed'); });
  it('a whole ceremony without backup passes every rule', () => {
    const alone = samplePlan({ key: { label: 'example-root-2026', profile: 'ed25519', backup: { kind: 'none', reason: 'The module cannot wrap it.', approvedBy: 'Security board' } }, hsm: { ...plan.hsm, secondSerial: null }, media: 0 });
    expect(tellStory(alone).state.closing?.outcome).toBe('completed');
  });
  it.each(Object.keys(REFUSED))('RULE_%s refuses its case', (id) => {
    const [teller, fact] = REFUSED[id]!();
    expect(mayBe(teller, fact)).toBe(id);
  });
  it('every rule has a refused case, and no case names a rule that is gone', () => {
    expect(Object.keys(REFUSED).sort()).toEqual(RULES.map((rule) => rule.id).sort());
  });
  it('rule ids are unique and every rule says what it asks', () => {
    expect(new Set(RULES.map((rule) => rule.id)).size).toBe(RULES.length);
    for (const rule of RULES) expect(rule.says.endsWith('.')).toBe(true);
  });
  it('an exception by the witness lets a row of the air gap pass', () => {
    const [teller, fact] = REFUSED['AIR_GAP_ACCEPTED']!();
    teller.tell(exceptionFact(teller, person('walter')));
    expect(mayBe(teller, fact)).toBeNull();
  });
  it('two answers that differ need an exception before the step ends', () => {
    const teller = atStep('2.3');
    for (const attempt of [1, 2]) teller.tell({ type: 'answer', actor: person('walter'), body: { step: teller.state.current!, check: 'hsm-serial', value: 'wrong', expected: plan.hsm.serial!, matches: false, attempt } });
    expect(mayBe(teller, done(teller, 'app'))).toBe('ANSWER_RIGHT');
    teller.tell(exceptionFact(teller, person('walter')));
    expect(mayBe(teller, done(teller, 'app'))).toBeNull();
  });
  it('a person of the roster who is no custodian cannot sign a hold point', () => {
    const teller = atStep('3.1');
    expect(mayBe(teller, signOffOf(teller.state, person('walter')))).toBe('CUSTODIAN_SIGNS_ONCE');
  });
  it('an envelope under the key id of another custodian is refused', () => {
    const teller = atStep('3.1');
    const fact = signOffOf(teller.state, person('ada'));
    const other = signOffOf(teller.state, person('bruno'));
    expect(mayBe(teller, { ...fact, body: { ...fact.body, envelope: other.body.envelope } })).toBe('SIGNED_BYTES');
    const empty = encodeEnvelope({ payloadType: CHECKPOINT_TYPE, payload: new Uint8Array(1), signatures: [] });
    expect(mayBe(teller, { ...fact, body: { ...fact.body, envelope: empty } })).toBe('SIGNED_BYTES');
  });
});

describe('people who arrive and leave after the roll call', () => {
  const mark = (teller: Teller, id: string, present: boolean): void => { teller.tell({ type: 'presence', actor: person('maria'), body: { step: teller.state.current!, person: person(id), present, identity: present ? 'known' : 'absent' } }); };
  it('a custodian who left takes no share until they are back', () => {
    const teller = handover(atStep('4.1'), 1);
    mark(teller, 'ada', false);
    const print = intend(teller, { kind: 'print-sheet', setId: teller.state.set!.setId, share: 1, attempt: 1, printer: 'folder' });
    expect(mayBe(teller, print)).toBe('ONE_SHEET_OUT');
    mark(teller, 'ada', true);
    expect(mayBe(teller, print)).toBeNull();
  });
  it('an administrator who left can be marked as back', () => {
    const teller = atStep('3.1');
    mark(teller, 'maria', false);
    expect(mayBe(teller, signOffOf(teller.state, person('ada')))).toBeNull();
    mark(teller, 'maria', true);
    expect(teller.state.present['maria']?.present).toBe(true);
  });
});

describe('a void set', () => {
  const lost = (): Teller => {
    const teller = printed(handover(atStep('4.1'), 1));
    teller.tell({ type: 'set-voided', actor: 'app', body: { setId: teller.state.set!.setId, reason: 'vault-restarted', sheets: [{ share: 1, attempt: 1 }], mediaCleared: [] } });
    return teller;
  };
  it('sends the ceremony back to the split, and no new set is made while a sheet is out', () => {
    const teller = lost();
    expect(teller.state.current).toBe('4.1');
    expect(mayBe(teller, intend(teller, { kind: 'split', attempt: 2, threshold: 3, shares: 5 }))).toBe('SHEET_ACCOUNTED');
  });
  it('goes on after the sheet is destroyed, with attempts that go on counting', () => {
    const teller = lost();
    teller.tell({ type: 'sheet-destroyed', actor: person('walter'), body: { step: teller.state.current!, share: 1, attempt: 1, witness: person('walter') } });
    playStep(teller, findStep(teller.state.script, '4.1')!);
    expect(mayBe(teller, intend(teller, { kind: 'print-sheet', setId: teller.state.set!.setId, share: 1, attempt: 1, printer: 'folder' }))).toBe('ONE_SHEET_OUT');
    expect(mayBe(teller, intend(teller, { kind: 'print-sheet', setId: teller.state.set!.setId, share: 1, attempt: 2, printer: 'folder' }))).toBeNull();
  });
});
