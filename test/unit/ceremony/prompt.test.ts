/** What the room is asked, and how an answer is compared. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answerMatches, CLOCK_TOLERANCE_MINUTES, expectedAnswer, headRow, promptOf, wordPositions } from '../../../shared/ceremony/prompt.ts';
import type { CheckStep } from '../../../shared/ceremony/script-types.ts';
import { allSteps } from '../../../shared/ceremony/build-script.ts';
import { fromHex } from '../../../shared/bytes.ts';
import { toWords } from '../../../shared/transcript/words.ts';
import { samplePlan } from '../../support/sample-plan.ts';
import { stepOf } from '../../../shared/ceremony/select.ts';
import type { CeremonyState } from '../../../shared/ceremony/state.ts';
import { buildFolder } from '../../support/ceremony-folder.ts';
import { buildMerge } from '../../support/merged-archive.ts';
import { atStep, tellStory } from '../../support/story.ts';
import { keyPlan } from '../../../shared/ceremony/people.ts';

const checkOf = (check: CheckStep['check']): CheckStep => {
  const step = allSteps(atStep('1.1').state.script).find((one) => one.kind === 'check' && one.check === check);
  if (step?.kind !== 'check') throw new Error(`no step ${check}`);
  return step;
};

describe('the last head, read from paper', () => {
  const previous = { number: 7, head: 'c0ffee'.padEnd(64, '1') as never, record: null };
  const at = (row: number): CeremonyState => {
    const plan = samplePlan({ lastHead: 'from-paper' });
    const state = atStep('1.4', plan).state;
    return { ...state, opening: { ...state.opening!, previous, nonce: `00000000${String(row).padStart(2, '0')}`.padEnd(64, '0') as never } };
  };
  const step = (state: CeremonyState): CheckStep => stepOf(state) as CheckStep;
  it('asks for a row that nobody knew before, and takes only its eight words', () => {
    const words = toWords(fromHex(previous.head)!);
    for (const row of [0, 1, 2, 3]) {
      const state = at(row), expected = words.slice(row * 8, row * 8 + 8).join(' ');
      expect(expectedAnswer(state, step(state), '')).toBe(expected);
      expect(promptOf(state, step(state)).ask).toContain(`row ${'ABCD'[row]!}, eight words, of the closing head of ceremony 0007`);
      expect(answerMatches('previous-head', expected.toUpperCase(), expected)).toBe(true);
      expect(answerMatches('previous-head', words.slice(row * 8, row * 8 + 7).join(' '), expected)).toBe(false);
    }
  });
  it('expects "none" in the first ceremony of an archive', () => {
    const { state } = atStep('1.4', samplePlan({ lastHead: 'from-paper' }));
    expect(expectedAnswer(state, step(state), '')).toBe('none');
  });
});

describe('the two words of a digest', () => {
  const nonce = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes).toString('hex'));
  it('are two different positions from 1 to 32 for every nonce', () => {
    fc.assert(fc.property(nonce, fc.constantFrom('plan-words', 'key-words'), (hex, check) => {
      const [first, second] = wordPositions(hex, check as CheckStep['check']);
      expect(first).not.toBe(second);
      for (const position of [first, second]) { expect(position).toBeGreaterThanOrEqual(1); expect(position).toBeLessThanOrEqual(32); }
    }));
  });
  it('of the plan and of the key are asked at positions of their own', () => {
    const hex = '00010203'.padEnd(64, '0');
    expect(wordPositions(hex, 'plan-words')).toEqual([1, 3]);
    expect(wordPositions(hex, 'key-words')).toEqual([3, 7]);
  });
  it('are those of the plan that was opened, and the question names their positions', () => {
    const { state } = atStep('1.3');
    const [first, second] = wordPositions(state.opening!.nonce, 'plan-words');
    const all = toWords(fromHex(state.opening!.planSha256)!);
    expect(expectedAnswer(state, checkOf('plan-words'), '')).toBe(`${all[first - 1]!} ${all[second - 1]!}`);
    expect(promptOf(state, checkOf('plan-words'))).toEqual({ ask: `Read word ${first} and word ${second}.`, positions: [first, second] });
  });
  it('of the key are those of its public key', () => {
    const { state } = tellStory();
    const [first, second] = wordPositions(state.opening!.nonce, 'key-words');
    const all = toWords(fromHex(state.key!.spkiSha256)!);
    expect(expectedAnswer(state, checkOf('key-words'), '')).toBe(`${all[first - 1]!} ${all[second - 1]!}`);
  });
});

describe('an answer', () => {
  it.each([
    ['aardvark absurd', 'Aardvark  absurd', true], ['aardvark absurd', ' aardvark,absurd ', true], ['aardvark absurd', 'absurd aardvark', false], ['aardvark absurd', 'aardvark', false], ['aardvark absurd', '', false],
  ])('for the words "%s" given as "%s": %s', (expected, value, matches) => { expect(answerMatches('plan-words', value, expected)).toBe(matches); });
  it.each([['8f2c41d09be3a776', '8F2C 41D0 9BE3 A776', true], ['8f2c41d09be3a776', '8f2c41d09be3a777', false]])('for the serial %s given as "%s": %s', (expected, value, matches) => {
    expect(answerMatches('hsm-serial', value, expected)).toBe(matches);
  });
  it.each([
    ['12:00', '12:00', true], ['12:00', '12:02', true], ['12:00', '11:58', true], ['12:00', '12:03', false], ['23:59', '0:01', true], ['00:01', '23:59', true],
    ['12:00', '12.01', true], ['12:00', '1201', true], ['12:00', '24:00', false], ['12:00', 'noon', false], ['12:00', '12:60', false],
  ])('for the clock %s given as "%s": %s', (expected, value, matches) => { expect(answerMatches('wall-clock', value, expected)).toBe(matches); });
  it('of the clock may differ by the tolerance, across midnight too, and by no more', () => {
    const clock = (minutes: number): string => `${String(Math.floor(minutes / 60) % 24).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
    fc.assert(fc.property(fc.nat(1439), fc.nat(10), (seen, apart) => {
      expect(answerMatches('wall-clock', clock((seen + apart) % 1440), clock(seen))).toBe(apart <= CLOCK_TOLERANCE_MINUTES);
    }));
  });
  it('expects the computer\'s time and the plan\'s serial', () => {
    const { state } = atStep('2.2');
    expect(expectedAnswer(state, checkOf('wall-clock'), '2026-11-24T09:41:30.000Z')).toBe('09:41');
    expect(expectedAnswer(state, checkOf('hsm-serial'), '')).toBe(keyPlan(state.plan).hsm.serial);
    expect(promptOf(state, checkOf('hsm-serial')).positions).toBeNull();
  });
});

describe('the last heads of archives that are merged', () => {
  const [here, there] = [buildFolder(), buildFolder({ slug: 'other' })];
  it('are asked for one by one, each with its own answer', () => {
    const teller = buildMerge(2, [here, there]).teller, steps = allSteps(teller.state.script).filter((step): step is CheckStep => step.kind === 'check' && step.check === 'previous-head');
    expect(steps.map((step) => step.parent)).toEqual([0, 1]);
    expect(steps.map((step) => promptOf(teller.state, step).ask)).toEqual([1, 2].map((archive) => expect.stringMatching(new RegExp(`^Read row [ABCD], eight words, of the closing head of ceremony 0001 \\(archive ${archive}\\)`))));
    const row = headRow(teller.state.opening!.nonce) * 8;
    expect(steps.map((step) => expectedAnswer(teller.state, step, ''))).toEqual([here, there].map(({ head }) => toWords(fromHex(head)!).slice(row, row + 8).join(' ')));
  });
});
