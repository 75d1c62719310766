/** A check of a plan of format 2: two people answer, both are compared, and nothing of it is told before. */
import { linksOf } from '../../../shared/transcript/links.ts';
import { describe, expect, it } from 'vitest';
import type { CheckStep } from '../../../shared/ceremony/script-types.ts';
import { admit } from '../../../shared/ceremony/admit.ts';
import { allSteps, buildScript } from '../../../shared/ceremony/build-script.ts';
import { comparison, decide } from '../../../shared/ceremony/decide.ts';
import { clockOffset } from '../../../shared/ceremony/prompt.ts';
import { actsNow, stepOf } from '../../../shared/ceremony/select.ts';
import { lastRound, nextAnswerer, openRound, roundsOf } from '../../../shared/ceremony/two-answers.ts';
import { entryText } from '../../../shared/text/entries.ts';
import { hideAnswers } from '../../../electron/ceremony/hidden-answers.ts';
import type { Snapshot } from '../../../shared/ipc/snapshot.ts';
import { roomPlan } from '../../support/room-plan.ts';
import { samplePlan } from '../../support/sample-plan.ts';
import { foundingPlan } from '../../support/sample-charter.ts';
import { asPerson, samplePlanOf } from '../../support/sample-source.ts';
import { exceptionFact, tellRound, tellStory, type Teller } from '../../support/story.ts';

const NOW = '2026-11-24T09:41:30.000Z';
const atCheck = (check: CheckStep['check'], plan = roomPlan()): Teller => tellStory(plan, (step) => step.kind === 'check' && step.check === check);
const open = (teller: Teller): CheckStep => { const step = stepOf(teller.state); if (step?.kind !== 'check') throw new Error('no check'); return step; };
const done = (teller: Teller): string | undefined => admit(teller.state, { type: 'step-completed', actor: 'app', body: { step: teller.state.current! } })?.fault.code;
const snapshot = (teller: Teller): Snapshot => ({
  revision: 1, folder: { number: 1, name: '0001-x', path: '/x' }, planSha256: teller.state.opening!.planSha256, state: teller.state,
  rows: teller.told.map(({ entry }) => ({ seq: entry.seq, at: entry.at, step: null, text: entryText(entry, teller.state.plan), kind: 'fact' as const })),
  texts: {}, activity: null, fault: null, record: null, hsm: { serial: null, present: false, software: true }, airGap: 'intact',
});

describe('checks of the room protocol', () => {
  it.each([['root-key-generation', roomPlan()], ['recovery', { ...samplePlanOf('recovery'), format: 'quorate-plan/2' as const }], ['re-share', { ...samplePlanOf('re-share'), format: 'quorate-plan/2' as const }],
    ['share-check', { ...samplePlanOf('share-check'), format: 'quorate-plan/2' as const }], ['share-destruction', { ...samplePlanOf('share-destruction'), format: 'quorate-plan/2' as const }],
    ['founding', { ...foundingPlan(), format: 'quorate-plan/2' as const }]] as const)('a whole %s passes every rule', (_kind, plan) => {
    expect(tellStory(plan).state.closing?.outcome).toBe('completed');
  });
  it('are answered by two different people, and the last head is always asked for', () => {
    const checks = allSteps(buildScript(roomPlan())).filter((step) => step.kind === 'check');
    expect(checks.map(({ check }) => check)).toEqual(['plan-words', 'previous-head', 'wall-clock', 'hsm-serial', 'key-words']);
    for (const { answeredBy } of checks) expect(new Set(answeredBy!.map(({ person }) => person)).size).toBe(2);
  });
  it('of a plan of format 1 stay as they were', () => {
    const checks = allSteps(buildScript(samplePlan())).filter((step) => step.kind === 'check');
    expect(checks.map(({ check }) => check)).toEqual(['plan-words', 'wall-clock', 'hsm-serial', 'key-words']);
    for (const step of checks) expect(step).not.toHaveProperty('answeredBy');
  });
});

describe('two answers', () => {
  it('the first says nothing of what is expected; the second is followed by the comparison of both', () => {
    const teller = atCheck('hsm-serial'), step = open(teller), serial = roomPlan().hsm.serial!;
    expect(actsNow(teller.state).people.map(({ id }) => id)).toEqual(['walter']);
    const first = decide(teller.state, { type: 'answer', step: step.id, by: asPerson('walter'), value: serial }, NOW);
    expect(first).toEqual({ ok: true, value: { drafts: [{ type: 'answer', actor: 'walter', body: { step: step.id, check: 'hsm-serial', value: serial, attempt: 1 } }], work: null } });
    teller.tell({ type: 'answer', actor: asPerson('walter'), body: { step: step.id, check: step.check, value: serial, attempt: 1 } });
    expect(actsNow(teller.state).people.map(({ id }) => id)).toEqual(['maria']);
    expect(comparison(teller.state)).toEqual([]);
    const second = decide(teller.state, { type: 'answer', step: step.id, by: asPerson('maria'), value: serial }, NOW);
    expect(second.ok && second.value.work).toEqual({ kind: 'compare-answers' });
    teller.tell({ type: 'answer', actor: asPerson('maria'), body: { step: step.id, check: step.check, value: serial, attempt: 1 } });
    expect(nextAnswerer(teller.state, step)).toBeNull();
    // A start after a kill between the two entries asks nobody again.
    expect(decide(teller.state, { type: 'confirm', step: step.id, by: asPerson('maria') }, NOW)).toEqual({ ok: true, value: { drafts: [], work: { kind: 'compare-answers' } } });
    expect(comparison(teller.state).map(({ type }) => type)).toEqual(['answers-compared', 'step-completed']);
    for (const draft of comparison(teller.state)) teller.tell(draft);
    expect(teller.state.current).not.toBe(step.id);
  });
  it('an entry that tells what is expected with the first answer is refused', () => {
    const teller = atCheck('hsm-serial'), serial = roomPlan().hsm.serial!;
    expect(admit(teller.state, { type: 'answer', actor: asPerson('walter'), body: { step: teller.state.current!, check: 'hsm-serial', value: serial, expected: serial, matches: true, attempt: 1 } })?.fault.code).toBe('RULE_TWO_ANSWER');
  });
  it('a comparison that is not true is refused', () => {
    const teller = atCheck('hsm-serial'), step = open(teller);
    for (const by of ['walter', 'maria']) teller.tell({ type: 'answer', actor: asPerson(by), body: { step: step.id, check: step.check, value: 'wrong', attempt: 1 } });
    const [fact] = comparison(teller.state);
    if (fact?.type !== 'answers-compared') throw new Error('no comparison');
    expect(fact.body.answers.map(({ matches }) => matches)).toEqual([false, false]);
    expect(admit(teller.state, { ...fact, body: { ...fact.body, answers: fact.body.answers.map((one) => ({ ...one, matches: true })) } })?.fault.code).toBe('RULE_TWO_ANSWER');
    expect(admit(teller.state, fact)).toBeNull();
  });
  it('nobody else than the two answers', () => {
    const teller = atCheck('hsm-serial');
    expect(admit(teller.state, { type: 'answer', actor: asPerson('xenia'), body: { step: teller.state.current!, check: 'hsm-serial', value: 'x', attempt: 1 } })?.fault.code).toBe('RULE_ACTOR_ACTS');
  });
  it('a mismatch names who read what, and both read again; two need an exception', () => {
    const teller = atCheck('hsm-serial'), step = open(teller);
    tellRound(teller, step, [undefined, '4711']);
    expect(lastRound(teller.state, step).map(({ by, matches }) => [by, matches])).toEqual([['walter', true], ['maria', false]]);
    const row = teller.told.at(-1)!.entry;
    expect(entryText(row, teller.state.plan)).toMatch(/read “4711”: does not match/);
    expect([roundsOf(teller.state, step), openRound(teller.state, step), nextAnswerer(teller.state, step), done(teller)]).toEqual([1, [], 'walter', 'RULE_ANSWER_RIGHT']);
    tellRound(teller, step, ['4711', '4711']);
    expect(done(teller)).toBe('RULE_ANSWER_RIGHT');
    teller.tell(exceptionFact(teller, asPerson('walter')));
    expect(done(teller)).toBeUndefined();
  });
  it('clocks are compared with the time of their own entry, and the record keeps both offsets', () => {
    const teller = atCheck('wall-clock'), step = open(teller), seen = new Date(teller.startsAt + teller.state.count * 1000).toISOString().slice(11, 16);
    const later = `${seen.slice(0, 3)}${String(Number(seen.slice(3)) + 2).padStart(2, '0')}`;
    tellRound(teller, step, [seen, later]);
    const { fact } = teller.told.at(-1)!;
    expect(fact.body).toMatchObject({ expected: null, toleranceMinutes: 2, answers: [{ person: 'walter', offset: '0', matches: true }, { person: 'xenia', offset: '+2', matches: true }] });
    expect(teller.state.answers[step.id]!.map(({ offset }) => offset)).toEqual(['0', '+2']);
    expect([clockOffset('23:59', '00:01'), clockOffset('00:01', '23:59'), clockOffset('noon', '12:00')]).toEqual(['-2', '+2', null]);
  });
});

describe('what the window gets while two people read', () => {
  it.each(['plan-words', 'previous-head', 'hsm-serial', 'key-words'] as const)('holds neither the expected value of %s nor the first answer', (check) => {
    const teller = atCheck(check), step = open(teller), { opening, key, plan } = teller.state;
    const secret = { 'plan-words': opening!.planSha256, 'previous-head': linksOf(opening!.previous)[0]?.head ?? null, 'hsm-serial': plan.hsm!.serial, 'key-words': key?.spkiSha256 }[check];
    teller.tell({ type: 'answer', actor: step.answeredBy![0].person, body: { step: step.id, check, value: 'the first answer', attempt: 1 } });
    const shown = JSON.stringify(hideAnswers(snapshot(teller)));
    expect(shown).not.toContain('the first answer');
    if (secret) expect(shown).not.toContain(secret);
  });
  it('is whole again after the step, and always for a plan of format 1', () => {
    for (const teller of [tellStory(roomPlan(), (step) => step.kind === 'login'), tellStory(samplePlan(), (step) => step.kind === 'check' && step.check === 'hsm-serial')]) {
      const whole = snapshot(teller);
      expect(hideAnswers(whole)).toBe(whole);
    }
  });
});
