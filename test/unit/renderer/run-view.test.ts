import { describe, expect, it } from 'vitest';
import { quorumOf } from '../../../shared/ceremony/select.ts';
import type { Snapshot } from '../../../shared/ipc/snapshot.ts';
import { actStatus, openActOf, stepStatus } from '../../../renderer/components/rail-view.ts';
import { initialsOf, ringOrder, ringSentence } from '../../../renderer/components/quorum-view.ts';
import { actStart, hidesSerial, isReadOut, liveAttempt, mayVoid, paperAccount, sayExtra, shownFault } from '../../../renderer/screens/run/run-view.ts';
import { stepOf } from '../../../shared/ceremony/select.ts';
import { atStep, exceptionFact, signOffOf, tellStory } from '../../support/story.ts';

describe('what the run screen shows beside the step', () => {
  it('shows the fingerprint right after the key is made, and the exceptions before the close', () => {
    const readOut = atStep('3.3').state, review = atStep('6.1').state, aim = atStep('1.1').state;
    expect(sayExtra(readOut, stepOf(readOut)!)).toBe('fingerprint');
    expect(isReadOut(readOut)).toBe(true);
    expect(sayExtra(review, stepOf(review)!)).toBe('exceptions');
    expect(sayExtra(aim, stepOf(aim)!)).toBeNull();
  });
  it('does not show the fingerprint while its words are asked for', () => {
    const state = atStep('3.4').state;
    expect(isReadOut(state)).toBe(false);
  });
  it('hides the serial while it is asked for, and during a pause', () => {
    expect(hidesSerial(atStep('2.3').state)).toBe(true);
    expect(hidesSerial(atStep('2.4').state)).toBe(false);
    const teller = atStep('2.4');
    teller.tell({ type: 'paused', actor: 'app', body: { reason: 'fault', text: { commitment: 'a'.repeat(64) as never }, stayed: [] } });
    expect(hidesSerial(teller.state)).toBe(true);
  });
  it('lets an act begin where the act before it ended', () => {
    const state = atStep('2.1').state;
    expect(actStart(state)).toBe(state.completed['1.3']?.at);
    expect(actStart(atStep('1.2').state)).toBe(atStep('1.2').state.openedAt);
  });
  it('accounts for every printed sheet', () => {
    expect(paperAccount(atStep('4.4').state)).toEqual({ printed: 2, sealed: 2, destroyed: 0, out: 0 });
    expect(liveAttempt([1, 2], [1])).toBe(2);
    expect(liveAttempt([1], [1])).toBeNull();
  });
  it('offers to give a set up only until its restore is proved', () => {
    expect(mayVoid(atStep('4.1').state)).toBe(false);
    expect(mayVoid(atStep('4.3').state)).toBe(true);
    expect(mayVoid(atStep('5.4').state)).toBe(false);
  });
  it('prefers what this window was just told over older faults', () => {
    const snapshot = { fault: { code: 'VAULT_GONE', details: {} }, state: { faults: [{ code: 'HSM_CALL_FAILED', details: {}, seq: 3 }] } } as unknown as Snapshot;
    expect(shownFault(snapshot, { code: 'RULE_HOLD_POINT', details: {} })?.code).toBe('RULE_HOLD_POINT');
    expect(shownFault(snapshot, null)?.code).toBe('VAULT_GONE');
    expect(shownFault({ ...snapshot, fault: null }, null)?.code).toBe('HSM_CALL_FAILED');
  });
});

describe('the acts rail', () => {
  it('opens the act of the open step and says each state in a word', () => {
    const teller = atStep('3.2');
    const { state } = teller;
    expect(openActOf(state)).toBe(3);
    const [first, , third, fourth] = state.script.acts;
    expect(actStatus(state, first!, false).word).toBe('Done');
    expect(actStatus(state, third!, true).word).toBe('Open');
    expect(actStatus(state, fourth!, false).word).toBe('Not yet');
    expect(third!.steps.slice(0, 3).map((step) => stepStatus(state, step).word)).toEqual(['Done', 'Now', 'Waiting']);
  });
  it('names the exceptions of a step in place of "Done"', () => {
    const teller = atStep('1.3');
    teller.tell(exceptionFact(teller, 'walter' as never));
    const at = { ...teller.state, completed: { ...teller.state.completed, '1.3': { seq: 9, at: '' } }, current: '2.1' as never };
    expect(stepStatus(at, at.script.acts[0]!.steps[2]!).word).toBe('E1');
  });
  it('says stopped after a fault, and counts the close as done once closed', () => {
    const { state } = atStep('3.2');
    expect(stepStatus({ ...state, faults: [{ seq: 1, code: 'X', details: {} }] }, stepOf(state)!).word).toBe('Stopped');
    const closed = tellStory().state;
    expect(actStatus(closed, closed.script.acts.at(-1)!, true).word).toBe('Done');
  });
});

describe('the quorum ring', () => {
  it('fills in the order of signing, then shows who acts, and the absent last', () => {
    const teller = atStep('3.1');
    teller.tell(signOffOf(teller.state, 'chen' as never));
    teller.tell(signOffOf(teller.state, 'ada' as never));
    const absent = { ...teller.state, present: { ...teller.state.present, bruno: { present: false, identity: 'absent' } } };
    const order = ringOrder(quorumOf(absent, '3.1'), ['chen', 'ada'], 'emil');
    expect(order.map((one) => `${one.id} ${one.look}`)).toEqual(['chen signed', 'ada signed', 'emil acts', 'dalia present', 'bruno absent']);
  });
  it('says itself as a sentence', () => {
    const { state } = atStep('3.1');
    const absent = { ...state, present: { ...state.present, bruno: { present: false, identity: 'absent' } } };
    expect(ringSentence(quorumOf(absent, '3.1'), 'signed', 2)).toBe('2 of 3 needed are signed. Bruno Keller is not here.');
  });
  it('takes initials from the first and last word', () => {
    expect([initialsOf('Noor El-Amin'), initialsOf('Ana María Ruiz'), initialsOf('Cher'), initialsOf('')]).toEqual(['NE', 'AR', 'C', '']);
  });
});
