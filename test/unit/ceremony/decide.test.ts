/** From what a person asks to entries and work; every refusal has the code of its rule and changes nothing. */
import { describe, expect, it } from 'vitest';
import { admit } from '../../../shared/ceremony/admit.ts';
import type { Command } from '../../../shared/ceremony/commands.ts';
import { decide, type Decision } from '../../../shared/ceremony/decide.ts';
import { administratorOf, auditorOf, custodiansOf, witnessOf } from '../../../shared/ceremony/people.ts';
import { expectedAnswer } from '../../../shared/ceremony/prompt.ts';
import { stepOf } from '../../../shared/ceremony/select.ts';
import type { CeremonyState } from '../../../shared/ceremony/state.ts';
import type { StepId } from '../../../shared/brand.ts';
import { samplePlan } from '../../support/sample-plan.ts';
import { atOperation, atStep, digestOf, signOffOf, tellStory } from '../../support/story.ts';

const NOW = '2026-11-24T09:41:00.000Z';
const plan = samplePlan();
const [admin, witness, auditor] = [administratorOf(plan), witnessOf(plan), auditorOf(plan)];
const [ada, bruno, chen] = custodiansOf(plan).map((person) => person.id);
const ask = (state: CeremonyState, command: Command): string | Decision => { const decided = decide(state, command, NOW); return decided.ok ? decided.value : decided.fault.code; };
const types = (decided: string | Decision): readonly string[] | string => (typeof decided === 'string' ? decided : decided.drafts.map((draft) => draft.type));
const here = (state: CeremonyState): StepId => state.current!;
const atSign = (signatures: number) => { const teller = tellStory(plan, (step) => step.kind === 'sign'); for (const id of [ada, bruno, chen].slice(0, signatures)) teller.tell(signOffOf(teller.state, id!)); return teller.state; };
const atShare = (share: number) => tellStory(plan, (step) => step.kind === 'handover' && step.shareNumber === share).state;

describe('a command for another step', () => {
  it('than the open one is refused (RULE_ONE_STEP_OPEN)', () => {
    const { state } = atStep('1.3');
    expect(ask(state, { type: 'confirm', step: '1.1' as StepId, by: admin })).toBe('RULE_ONE_STEP_OPEN');
    expect(ask(state, { type: 'run', step: '9.9' as StepId })).toBe('RULE_ONE_STEP_OPEN');
  });
});

describe('confirm', () => {
  it('ends a say step by its actor, and by nobody else', () => {
    const { state } = atStep('1.1');
    expect(types(ask(state, { type: 'confirm', step: here(state), by: admin }))).toEqual(['step-completed']);
    expect(ask(state, { type: 'confirm', step: here(state), by: ada! })).toBe('RULE_ACTOR_ACTS');
  });
  it('does not end a machine step whose work is not done, nor a login or handover', () => {
    const machine = atOperation('generate-key', plan).state;
    expect(ask(machine, { type: 'confirm', step: here(machine), by: admin })).toBe('RULE_WORK_DONE');
    const handover = atShare(1);
    expect(ask(handover, { type: 'confirm', step: here(handover), by: admin })).toBe('RULE_ACTOR_ACTS');
  });
  it('does not end a hold point before M signatures', () => {
    for (const count of [0, 1, 2]) { const state = atSign(count); expect(ask(state, { type: 'confirm', step: here(state), by: admin })).toBe('RULE_HOLD_POINT'); }
    const state = atSign(3);
    expect(types(ask(state, { type: 'confirm', step: here(state), by: admin }))).toEqual(['step-completed']);
  });
});

describe('an answer', () => {
  const answer = (state: CeremonyState, value: string): Command => ({ type: 'answer', step: here(state), by: witness, value });
  it('that is right ends its check; one that differs is recorded and does not', () => {
    const { state } = atStep('1.3');
    const step = stepOf(state);
    if (step?.kind !== 'check') throw new Error('no check');
    expect(types(ask(state, answer(state, expectedAnswer(state, step, NOW))))).toEqual(['answer', 'step-completed']);
    expect(types(ask(state, answer(state, 'quite another')))).toEqual(['answer']);
  });
  it('at a step that asks nothing is refused', () => {
    const { state } = atStep('1.1');
    expect(ask(state, answer(state, 'x'))).toMatch(/^RULE_/);
  });
});

describe('work', () => {
  it('runs the open machine step only', () => {
    const { state } = atOperation('generate-key', plan);
    expect(ask(state, { type: 'run', step: here(state) })).toEqual({ drafts: [], work: { kind: 'operation', operation: 'generate-key' } });
    const other = atStep('1.1').state;
    expect(ask(other, { type: 'run', step: here(other) })).toBe('RULE_STEP_KIND');
  });
  it('signing is for a custodian who has not signed here', () => {
    const state = atSign(1);
    expect(ask(state, { type: 'sign', step: here(state), person: bruno! })).toEqual({ drafts: [], work: { kind: 'sign', person: bruno } });
    expect(ask(state, { type: 'sign', step: here(state), person: ada! })).toBe('RULE_CUSTODIAN_SIGNS_ONCE');
    expect(ask(state, { type: 'sign', step: here(state), person: auditor })).toBe('RULE_CUSTODIAN_SIGNS_ONCE');
    const other = atStep('1.1').state;
    expect(ask(other, { type: 'sign', step: here(other), person: ada! })).toBe('RULE_HOLD_POINT');
  });
  it('reads back only a sheet that is out, and seals only what was read back', () => {
    const state = atShare(1);
    expect(ask(state, { type: 'read-back', step: here(state) })).toBe('RULE_READ_BACK_FIRST');
    expect(ask(state, { type: 'seal', step: here(state), bagByCustodian: 'B-1', bagByWitness: 'B-1' })).toBe('RULE_READ_BACK_FIRST');
    expect(ask(state, { type: 'seal', step: here(state), bagByCustodian: 'B-1', bagByWitness: 'B-2' })).toBe('RULE_READ_BACK_FIRST');
    const other = atStep('1.1').state;
    expect(ask(other, { type: 'seal', step: here(other), bagByCustodian: 'B-1', bagByWitness: 'B-1' })).toBe('RULE_STEP_KIND');
  });
  it('the record is signed only after the closing entry', () => {
    expect(ask(atSign(0), { type: 'sign-record', person: ada! })).toBe('RULE_CLOSING_COMPLETE');
    expect(ask(tellStory().state, { type: 'sign-record', person: ada! })).toEqual({ drafts: [], work: { kind: 'sign-record', person: ada } });
  });
});

describe('people who speak up', () => {
  it('an exception carries its number and two texts to be committed to', () => {
    const { state } = atStep('2.1');
    const decided = ask(state, { type: 'exception', kind: 'deviation', what: 'A lamp went out.', done: 'It was replaced.', effect: 'none', noticedBy: witness });
    expect(decided).toMatchObject({ drafts: [{ type: 'exception', actor: witness, open: { what: 'A lamp went out.', done: 'It was replaced.' }, body: { number: 1, step: '2.1' } }], work: null });
  });
  it('an objection pauses, and while it is paused only resume, exception and abort are heard', () => {
    const teller = tellStory(plan, (step) => step.kind === 'sign');
    const decided = ask(teller.state, { type: 'object', step: here(teller.state), person: ada!, words: 'No.' });
    expect(types(decided)).toEqual(['objection', 'paused']);
    const paused: CeremonyState = { ...teller.state, pause: { seq: 1, at: NOW, reason: 'objection', stayed: [], sealed: [] } };
    expect(ask(paused, { type: 'sign', step: here(paused), person: ada! })).toBe('RULE_PAUSED_WAITS');
    expect(ask(paused, { type: 'pause', reason: 'break', text: 'again', stayed: [] })).toBe('RULE_PAUSED_WAITS');
    expect(types(ask(paused, { type: 'exception', kind: 'deviation', what: 'a', done: 'b', effect: 'none', noticedBy: witness }))).toEqual(['exception']);
    expect(ask(paused, { type: 'abort', by: admin, reason: 'Enough.' })).toMatchObject({ drafts: [{ type: 'aborted' }], work: { kind: 'abort' } });
    expect(types(ask(paused, { type: 'resume', present: plan.people.map((person) => person.id), serial: plan.hsm.serial! }))).toEqual(['resumed']);
  });
  it('an objection is heard even when the program ended before the pause: nothing else may follow the restart (RULE_OBJECTION_HEARD)', () => {
    const teller = tellStory(plan, (step) => step.kind === 'sign');
    const commitment = { commitment: digestOf('No.') };
    teller.tell({ type: 'objection', actor: ada!, body: { step: here(teller.state), person: ada!, words: commitment } });
    teller.tell({ type: 'restarted', actor: 'app', body: { openEffect: null, found: 'nothing was under way' } });
    expect(admit(teller.state, signOffOf(teller.state, bruno!))?.fault.code).toBe('RULE_OBJECTION_HEARD');
    teller.tell({ type: 'paused', actor: 'app', body: { reason: 'objection', text: commitment, stayed: [] } });
    teller.tell({ type: 'resumed', actor: 'app', body: { present: plan.people.map((person) => person.id), serial: plan.hsm.serial! } });
    expect(admit(teller.state, signOffOf(teller.state, bruno!))).toBeNull();
  });
  it('a closed ceremony hears nothing more', () => {
    const { state } = tellStory();
    expect(ask(state, { type: 'exception', kind: 'deviation', what: 'a', done: 'b', effect: 'none', noticedBy: witness })).toMatch(/^RULE_/);
    expect(ask(state, { type: 'abort', by: admin, reason: 'Late.' })).toMatch(/^RULE_/);
  });
});
