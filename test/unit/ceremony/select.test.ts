/** Questions that screens and rules ask of a state. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { administratorOf, custodiansOf, witnessOf } from '../../../shared/ceremony/people.ts';
import { actsNow, lastHoldPoint, mustBePresent, nextAttempt, openSheets, personOf, proofSubsets, quorumOf, recordSigners, shareOf, stepOf, whatIf } from '../../../shared/ceremony/select.ts';
import { samplePeople } from '../../support/sample-people.ts';
import { samplePlan } from '../../support/sample-plan.ts';
import { atOperation, atStep, playStep, signOffOf, tellStory } from '../../support/story.ts';

const plan = samplePlan();
const [ada, bruno] = custodiansOf(plan).map((person) => person.id);
/** The first hold point. */
const atHoldPoint = () => tellStory(plan, (step) => step.kind === 'sign');
const ids = (people: readonly { id: string }[]): string[] => people.map((person) => person.id);

describe('who acts now', () => {
  it('at a check: the one who reads, then the administrator', () => {
    const { state } = atStep('1.3');
    const { people, then } = actsNow(state);
    expect(ids(people)).toEqual([witnessOf(plan)]);
    expect(then?.id).toBe(administratorOf(plan));
  });
  it('at a hold point: custodians who are here and have not signed; with M signatures the administrator', () => {
    const teller = atHoldPoint();
    expect(ids(actsNow(teller.state).people)).toEqual(ids(custodiansOf(plan)));
    teller.tell(signOffOf(teller.state, ada!));
    expect(ids(actsNow(teller.state).people)).not.toContain(ada);
    for (const person of custodiansOf(plan).slice(1, 3)) teller.tell(signOffOf(teller.state, person.id));
    expect(ids(actsNow(teller.state).people)).toEqual([administratorOf(plan)]);
  });
  it('at a handover: that custodian, then the witness', () => {
    const { state } = tellStory(plan, (step) => step.kind === 'handover' && step.shareNumber === 2);
    const { people, then } = actsNow(state);
    expect(ids(people)).toEqual([bruno]);
    expect(then?.id).toBe(witnessOf(plan));
  });
  it('nobody when the ceremony is over', () => {
    const { state } = tellStory();
    expect(actsNow(state)).toEqual({ people: [], then: null });
    expect(stepOf(state)).toBeNull();
  });
});

describe('the quorum', () => {
  it('counts distinct signatures of this step only', () => {
    const teller = atHoldPoint();
    const step = teller.state.current;
    teller.tell(signOffOf(teller.state, ada!));
    const view = quorumOf(teller.state, step);
    expect(view).toMatchObject({ threshold: 3, signed: 1, reached: false });
    expect(view.members.map((member) => member.status)).toEqual(['signed', 'present', 'present', 'present', 'present']);
    expect(quorumOf(teller.state, null).signed).toBe(0);
    expect(lastHoldPoint(teller.state)?.id).toBe(step);
  });
  it.each([[0, 'If 3 more custodians leave, hold points cannot be signed.'], [1, 'If 2 more custodians leave, hold points cannot be signed.'], [2, 'If one more custodian leaves, hold points cannot be signed.'], [3, '2 of 3 needed custodians are here. Hold points cannot be signed.']])('with %i custodians gone: %s', (gone, sentence) => {
    const teller = atStep('1.3');
    const present = { ...teller.state.present };
    for (const person of custodiansOf(plan).slice(0, gone)) present[person.id] = { present: false, identity: 'absent' };
    expect(whatIf({ ...teller.state, present })).toBe(sentence);
  });
  it('before the roll call says how many are needed', () => {
    expect(whatIf(atStep('1.1').state)).toBe('3 of 5 custodians must be here.');
  });
});

describe('sheets', () => {
  it('of a void set are open until each is destroyed, and numbers go on over it', () => {
    const teller = atOperation('rebuild', plan);
    const sheets = teller.state.set!.shares.map((share) => ({ share: share.number, attempt: share.attempts[0]! }));
    teller.tell({ type: 'set-voided', actor: 'app', body: { setId: teller.state.set!.setId, reason: 'person', sheets, mediaCleared: [] } });
    expect(openSheets(teller.state)).toEqual(sheets);
    expect(nextAttempt(teller.state, 1)).toBe(2);
    expect(shareOf(teller.state, 1)).toBeNull();
    for (const sheet of sheets) teller.tell({ type: 'sheet-destroyed', actor: witnessOf(plan), body: { step: teller.state.current!, ...sheet, witness: witnessOf(plan) } });
    expect(openSheets(teller.state)).toEqual([]);
    expect(nextAttempt(teller.state, 1)).toBe(2);
  });
  it('of a new set begin with 1', () => {
    const teller = tellStory(plan, (step) => step.kind === 'handover');
    expect(nextAttempt(teller.state, 1)).toBe(1);
    playStep(teller, stepOf(teller.state)!);
    expect(shareOf(teller.state, 1)).toMatchObject({ status: 'sealed', attempts: [1], bag: 'N-1' });
  });
});

describe('the subsets of the proof', () => {
  it('are the first M and the last M; one when all are needed', () => {
    expect(proofSubsets(3, 5)).toEqual([[1, 2, 3], [3, 4, 5]]);
    expect(proofSubsets(2, 2)).toEqual([[1, 2]]);
  });
  it('have M members each, are different, and hold every share when 2M is at least N', () => {
    fc.assert(fc.property(fc.integer({ min: 2, max: 16 }), fc.integer({ min: 2, max: 16 }), (a, b) => {
      const [threshold, shares] = [Math.min(a, b), Math.max(a, b)];
      const subsets = proofSubsets(threshold, shares);
      expect(subsets.every((subset) => new Set(subset).size === threshold && subset.every((number) => number >= 1 && number <= shares))).toBe(true);
      expect(new Set(subsets.map(String)).size).toBe(threshold === shares ? 1 : 2);
      if (2 * threshold >= shares) expect(new Set(subsets.flat()).size).toBe(shares);
    }));
  });
});

describe('people', () => {
  it('without a credential do not sign the record', () => {
    const people = samplePeople().map((person) => (person.role === 'external-auditor' ? { ...person, credential: { kind: 'paper' as const } } : person));
    const { state } = tellStory(samplePlan({ people }));
    expect(recordSigners(state)).toHaveLength(people.length - 1);
    expect(personOf(state, 'nobody')).toBeNull();
    expect(mustBePresent(state)).toHaveLength(3);
  });
});
