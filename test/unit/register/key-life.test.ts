/** The life of a key is what its ceremonies and the dates of its certificate say, whatever order they are read in. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lifeRows, nextLine } from '../../../renderer/screens/home/life-view.ts';
import { keyPlan } from '../../../shared/ceremony/people.ts';
import { mayBecome } from '../../../shared/keys/lifecycle.ts';
import { keyLives, type KeyLife } from '../../../shared/register/key-life.ts';
import { buildFolder, buildOn, type BuiltFolder } from '../../support/ceremony-folder.ts';
import { foundingPlan } from '../../support/sample-charter.ts';
import { samplePlan } from '../../support/sample-plan.ts';

const first = buildFolder(), check = buildOn('share-check', [first]), again = buildOn('re-share', [first, check]), recovery = buildOn('recovery', [first, check, again]);
const all = [first, check, again, recovery, buildFolder({ plan: foundingPlan(), number: 9, previous: recovery.link })];
const told = (folders: readonly BuiltFolder[]) => folders.map(({ teller }) => ({ number: teller.state.opening!.number, state: teller.state }));
const livesOf = (folders: readonly BuiltFolder[], now = '2030-01-01T00:00:00.000Z'): readonly KeyLife[] => keyLives(told(folders), now);
const { notBefore, notAfter } = keyPlan(first.teller.state.plan).certificate;
const setOf = (folder: BuiltFolder): string => folder.teller.state.set!.setName;

describe('the life of a key', () => {
  it('has what every ceremony did with it, in the order of time', () => {
    const [life] = livesOf(all);
    expect(life!.events.map(({ ceremony, what }) => `${ceremony} ${what}`)).toEqual([
      '1 made', '1 certified', '1 split', '1 wrapped', '1 restored', '1 locked', '2 shares-proved', '3 split', '3 rewrapped', '3 superseded', '3 copies-destroyed', '4 restored', '4 locked',
    ]);
    expect(life!.events.find(({ what }) => what === 'superseded')!.sets).toEqual([setOf(again), setOf(first)]);
    expect(life!.events.find(({ what }) => what === 'shares-proved')!.count).toEqual([5, 5]);
  });
  it('begins in pre-activation, is active by its certificate, and ends on its date', () => {
    const states = (now: string): readonly string[] => livesOf(all, now).map(({ state }) => state), made = livesOf(all)[0]!.transitions[0]!;
    expect(livesOf(all, new Date(Date.parse(made.at) - 1).toISOString())).toEqual([]);
    expect(states(made.at)).toEqual(['pre-activation']);
    expect(states(new Date(Date.parse(notAfter) - 1).toISOString())).toEqual(['active']);
    expect(states(new Date(notAfter).toISOString())).toEqual(['deactivated']);
    expect(livesOf(all)[0]!.next).toEqual({ to: 'deactivated', at: new Date(notAfter).toISOString(), ceremony: null });
    expect(livesOf(all)[0]!.transitions.at(-1)!.at >= new Date(notBefore).toISOString()).toBe(true);
  });
  it('stays in pre-activation where no certificate was signed', () => {
    const [life] = livesOf([buildFolder({ abortAfter: '3.2' })]);
    expect([life!.state, life!.next, life!.events.map(({ what }) => what)]).toEqual(['pre-activation', null, ['made']]);
    expect(nextLine(life!.next)).toBe('No date changes its state.');
  });
  it('waits for a certificate that begins later', () => {
    const base = samplePlan(), later = buildFolder({ plan: samplePlan({ certificate: { ...base.certificate, notBefore: '2027-06-01T00:00:00Z' } }) });
    expect(livesOf([later], '2027-05-31T23:59:59.999Z')[0]).toMatchObject({ state: 'pre-activation', next: { to: 'active', at: '2027-06-01T00:00:00.000Z', ceremony: null } });
    expect(livesOf([later], '2027-06-01T00:00:00.000Z')[0]).toMatchObject({ state: 'active' });
  });
  it('does not depend on the order in which folders are read, nor on one that is there twice, and every change is legal', () => {
    fc.assert(fc.property(fc.shuffledSubarray(all, { minLength: all.length }), fc.integer({ min: 2020, max: 2060 }), (folders, year) => {
      const now = `${year}-07-01T00:00:00.000Z`, lives = livesOf([...folders, folders[0]!], now);
      expect(lives).toEqual(livesOf(all, now));
      for (const { transitions } of lives) transitions.forEach(({ to }, index) => { expect(mayBecome(transitions[index - 1]?.to ?? null, to)).toBe(true); });
    }), { numRuns: 40 });
  });
  it('is told newest first, in words without a gap', () => {
    const rows = lifeRows(livesOf(all)[0]!);
    expect(rows.at(-1)!.text).toMatch(/^Made on HSM \S+$/);
    expect(rows.at(-2)).toMatchObject({ isState: true, text: 'Pre-activation: may prove possession, and nothing else' });
    expect(rows.map(({ at }) => at)).toEqual(rows.map(({ at }) => at).toSorted().toReversed());
    for (const { text } of rows) expect(text).not.toMatch(/undefined|null| {2}|set ,|set $/);
    expect(nextLine(livesOf(all)[0]!.next)).toMatch(/^Deactivated on .* when its certificate ends\.$/);
  });
});
