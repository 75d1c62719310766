/** A ceremony that is not held on its day is closed with an outcome of its own. */
import { describe, expect, it } from 'vitest';
import { admit } from '../../../shared/ceremony/admit.ts';
import { decide } from '../../../shared/ceremony/decide.ts';
import type { Fact } from '../../../shared/ceremony/rule.ts';
import { endMarks } from '../../../electron/documents/kind-words.ts';
import { outcomeSentence } from '../../../electron/documents/record/first-page.ts';
import { samplePlan } from '../../support/sample-plan.ts';
import { asPerson, samplePlanOf } from '../../support/sample-source.ts';
import { atOperation, atStep, digestOf, readShareFact, tellStory, type Teller } from '../../support/story.ts';

const NOW = '2026-11-24T09:41:30.000Z';
const postponed: Fact = { type: 'postponed', actor: asPerson('maria'), body: { reason: { commitment: digestOf('a text') }, until: '2026-12-01', by: asPerson('maria') } };
const closing = (teller: Teller, outcome: 'completed' | 'aborted' | 'postponed'): Fact => ({ type: 'closing', actor: 'app', body: { outcome, exceptions: 0, files: { 'plan.json': teller.state.opening!.planSha256 } } });

describe('a postponed ceremony', () => {
  it('is closed as postponed and not otherwise, and says so on every page', () => {
    const teller = atStep('2.3');
    expect(decide(teller.state, { type: 'postpone', by: asPerson('maria'), reason: 'The safe does not open.', until: '2026-12-01' }, NOW)).toMatchObject({ ok: true, value: { work: { kind: 'postpone' }, drafts: [{ type: 'postponed', open: { reason: 'The safe does not open.' } }] } });
    teller.tell(postponed);
    expect([teller.state.current, teller.state.ended]).toEqual([null, 'postponed']);
    for (const outcome of ['completed', 'aborted'] as const) expect(admit(teller.state, closing(teller, outcome))?.fault.code).toBe('RULE_ABORTED_CLOSES');
    teller.tell(closing(teller, 'postponed'));
    expect([outcomeSentence(teller.state), endMarks(teller.state)]).toEqual(['Postponed.', ['POSTPONED']]);
  });
  it('may have been paused', () => {
    const teller = atStep('2.3');
    teller.tell({ type: 'paused', actor: 'app', body: { reason: 'fault', text: { commitment: digestOf('a text') }, stayed: [] } });
    expect(decide(teller.state, { type: 'postpone', by: asPerson('maria'), reason: 'The HSM is broken.', until: null }, NOW).ok).toBe(true);
    expect(admit(teller.state, postponed)).toBeNull();
  });
  it('may have printed a test page, and nothing else', () => {
    const tested = atOperation('inventory-before', samplePlan({ sheets: { paper: 'A4', printer: { kind: 'folder' }, test: true } }));
    expect([tested.state.printerTested === null, admit(tested.state, postponed)]).toEqual([false, null]);
    expect(admit(atOperation('issue-certificate').state, postponed)?.fault.code).toBe('RULE_POSTPONED_BEFORE_EFFECT');
  });
  it('has opened no share', () => {
    const teller = tellStory(samplePlanOf('recovery'), (step) => step.kind === 'gather');
    expect(admit(teller.state, postponed)).toBeNull();
    teller.tell(readShareFact(teller, 1, teller.state.plan.source!.set.setId));
    expect(admit(teller.state, postponed)?.fault.code).toBe('RULE_POSTPONED_BEFORE_EFFECT');
  });
  it('an aborted one is closed as aborted, with its own mark', () => {
    const teller = atStep('3.1');
    teller.tell({ type: 'aborted', actor: asPerson('maria'), body: { reason: { commitment: digestOf('a text') }, by: asPerson('maria') } });
    expect(admit(teller.state, closing(teller, 'postponed'))?.fault.code).toBe('RULE_ABORTED_CLOSES');
    teller.tell(closing(teller, 'aborted'));
    expect(endMarks(teller.state)).toEqual(['ABORTED']);
  });
});
