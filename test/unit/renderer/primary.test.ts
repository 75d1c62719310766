import { describe, expect, it } from 'vitest';
import { allSteps } from '../../../shared/ceremony/build-script.ts';
import { decide } from '../../../shared/ceremony/decide.ts';
import { keyPlan } from '../../../shared/ceremony/people.ts';
import type { CeremonyState } from '../../../shared/ceremony/state.ts';
import { primaryOf } from '../../../renderer/screens/run/primary.ts';
import type { Primary } from '../../../renderer/screens/run/primary-parts.ts';
import { EMPTY_DRAFT, type StepDraft } from '../../../renderer/stores/step-store.ts';
import { atOperation, atStep, exceptionFact, signOffOf, tellStory } from '../../support/story.ts';
import { samplePlan } from '../../support/sample-plan.ts';

const EMPTY: StepDraft = { step: null, ...EMPTY_DRAFT };
const NOW = '2026-11-24T09:00:00.000Z';
const taken = (state: CeremonyState, primary: Primary | null): boolean => primary !== null && primary.command !== null && decide(state, primary.command, NOW).ok;

describe('the primary action of a step', () => {
  it('offers a command that decide takes, or says why not, at every step of a whole ceremony', () => {
    for (const { id } of allSteps(tellStory(samplePlan(), () => true).state.script)) {
      const { state } = atStep(id);
      const primary = primaryOf(state, { ...EMPTY, answer: 'an answer' });
      expect(primary, id).not.toBeNull();
      expect(primary?.blocked !== null || taken(state, primary), `${id}: ${primary?.label}`).toBe(true);
    }
  });

  it('has none when no step is open', () => {
    expect(primaryOf(tellStory().state, EMPTY)).toBeNull();
  });

  it('counts who is still to be called, and asks for the rule once all are', () => {
    const teller = atStep('1.2');
    expect(primaryOf(teller.state, EMPTY)?.blocked).toBe('Still to call: 8');
    for (const person of teller.state.plan.people) teller.tell({ type: 'presence', actor: 'maria' as never, body: { step: '1.2' as never, person: person.id, present: person.id !== 'xenia', identity: person.id === 'xenia' ? 'absent' : 'known' } });
    expect(primaryOf(teller.state, EMPTY)?.blocked).toMatch(/Xenia Petrou/);
  });

  it('does not send an empty answer, and trims what is typed', () => {
    const { state } = atStep('2.3');
    expect(primaryOf(state, { ...EMPTY, answer: '  ' })?.blocked).toMatch(/not typed/);
    expect(primaryOf(state, { ...EMPTY, answer: ' 00132 ' })?.command).toEqual({ type: 'answer', step: '2.3', by: 'walter', value: '00132' });
  });

  it('goes on after two answers that differ only with an exception', () => {
    const teller = atStep('2.3');
    for (const attempt of [1, 2]) teller.tell({ type: 'answer', actor: 'walter' as never, body: { step: '2.3' as never, check: 'hsm-serial', value: 'other', expected: keyPlan(teller.state.plan).hsm.serial!, matches: false, attempt } });
    expect(primaryOf(teller.state, EMPTY)?.command).toBeNull();
    teller.tell(exceptionFact(teller, 'walter' as never));
    expect(primaryOf(teller.state, EMPTY)?.command).toEqual({ type: 'confirm', step: '2.3', by: 'maria' });
  });

  it('runs machine work first and lets the administrator confirm it after', () => {
    const before = atOperation('generate-key');
    expect(primaryOf(before.state, EMPTY)?.command).toEqual({ type: 'run', step: '3.2' });
    const done = { ...before.state, key: atStep('3.3').state.key };
    expect(primaryOf(done, EMPTY)?.command).toEqual({ type: 'confirm', step: '3.2', by: 'maria' });
  });

  it('waits at a hold point until the quorum has signed', () => {
    const teller = atStep('3.1');
    expect(primaryOf(teller.state, EMPTY)?.blocked).toBe('Waiting for 3 signatures');
    teller.tell(signOffOf(teller.state, 'ada' as never));
    teller.tell(signOffOf(teller.state, 'bruno' as never));
    expect(primaryOf(teller.state, EMPTY)?.blocked).toBe('Waiting for 1 signature');
    teller.tell(signOffOf(teller.state, 'chen' as never));
    expect(primaryOf(teller.state, EMPTY)?.command).toEqual({ type: 'confirm', step: '3.1', by: 'maria' });
  });

  it('prints, reads back, and seals only with one bag number typed by both', () => {
    const { state } = atStep('4.2');
    expect(primaryOf(state, EMPTY)).toMatchObject({ testId: 'handover-print', command: { type: 'print-sheet', step: '4.2' } });
    const share = (status: 'printed' | 'read-back'): CeremonyState => ({ ...state, set: state.set && { ...state.set, shares: state.set.shares.map((one) => (one.number === 1 ? { ...one, status, paper: status, attempts: [1] } : one)) } });
    expect(primaryOf(share('printed'), EMPTY)).toMatchObject({ testId: 'handover-readback', command: { type: 'read-back', step: '4.2' } });
    expect(primaryOf(share('read-back'), { ...EMPTY, bagByCustodian: 'B1', bagByWitness: 'B2' })).toMatchObject({ command: null, blocked: 'The two bag numbers differ' });
    expect(primaryOf(share('read-back'), { ...EMPTY, bagByCustodian: 'B1 ', bagByWitness: 'B1' })).toMatchObject({ testId: 'handover-seal', command: { bagByCustodian: 'B1', bagByWitness: 'B1' } });
  });
});
