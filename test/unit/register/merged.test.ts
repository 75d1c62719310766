/** The custody register of joined archives: destroyed wins, holder histories unite, forks are shown. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { custodyRegister } from '../../../shared/register/custody.ts';
import type { CustodyRegister, SetState } from '../../../shared/register/custody-types.ts';
import { forkedSets } from '../../../shared/register/forks.ts';
import { accountFact, exceptionFact, readShareFact, signOffOf } from '../../support/story.ts';
import type { Teller } from '../../support/story.ts';
import { administratorOf, auditorOf, witnessOf } from '../../../shared/ceremony/people.ts';
import type { Step } from '../../../shared/ceremony/script-types.ts';
import { openedCopies } from '../../../shared/ceremony/opened-copies.ts';
import { buildFolder, buildOn } from '../../support/ceremony-folder.ts';
import type { BuiltFolder } from '../../support/ceremony-folder.ts';
import { buildMerge } from '../../support/merged-archive.ts';
import { samplePeople } from '../../support/sample-people.ts';
import { samplePlan } from '../../support/sample-plan.ts';

const register = (folders: readonly BuiltFolder[]): CustodyRegister => custodyRegister(folders.map(({ teller }) => ({ number: teller.state.opening!.number, state: teller.state })));
const firstSet = (folders: readonly BuiltFolder[]): SetState => register(folders).keys[0]!.sets[0]!;
const sheet = (set: SetState, share: number) => set.copies.find(({ copy }) => copy.kind === 'sheet' && copy.share === share)!;

const first = buildFolder({ plan: samplePlan({ people: samplePeople(3), quorum: { threshold: 2, shares: 3 } }) });
const check = buildOn('share-check', [first], { slug: 'check', later: 10 });
const destruction = buildOn('share-destruction', [first], { slug: 'destruction' });
const reShare = buildOn('re-share', [first], { slug: 're-share', later: 20 });
const otherReShare = buildOn('re-share', [first], { slug: 'other-re-share', later: 25 });
/** Share 1 is lost in one archive, and later on the day somebody elsewhere reads a share of that number. */
const unproved = (reason: 'lost' | 'exposed') => (teller: Teller, step: Step): boolean => {
  if (step.kind !== 'prove' || step.shareNumber !== 1) return false;
  if (reason === 'exposed') {
    teller.tell(readShareFact(teller, 1, teller.state.plan.source!.set.setId));
    for (const copy of openedCopies(teller.state, step)) teller.tell(accountFact(teller, copy, 'resealed', 'X-1'));
    teller.tell(signOffOf(teller.state, step.custodian));
  } else teller.tell({ type: 'share-unproved', actor: 'app', body: { step: step.id, share: 1, person: step.custodian, reason } });
  teller.complete('app');
  return true;
};
const lost = buildOn('share-check', [first], { slug: 'lost', play: unproved('lost') });

describe('what two archives say of one copy', () => {
  it('is destroyed when one destroyed it, although the other sealed it again later', () => {
    expect(sheet(firstSet([first, check]), 1).status).toBe('resealed');
    expect(firstSet([first, destruction, check])).toMatchObject({ status: 'destroyed' });
    expect(firstSet([first, check, destruction]).copies.map(({ status }) => status)).toEqual(firstSet([first, destruction]).copies.map(({ status }) => status));
  });
  it('is the last word within one archive', () => {
    const again = buildOn('share-check', [first, check], { slug: 'again' });
    expect(sheet(firstSet([first, check, again]), 1)).toMatchObject({ status: 'resealed', bag: 'R3-1', ceremony: 3 });
  });
  it('is the word of a ceremony after the merge, which knew of both', () => {
    const merge = buildMerge(3, [check, lost]);
    const later = buildOn('share-check', [first, check, lost, merge], { number: 4, previous: merge.link, slug: 'later' });
    expect(firstSet([first, check, lost, merge]).people[0]!.trouble).toBe('lost');
    expect(firstSet([first, check, lost, merge, later]).people[0]).toMatchObject({ trouble: null, lastRead: { ceremony: 4 } });
    expect(sheet(firstSet([first, check, lost, merge, later]), 1)).toMatchObject({ bag: 'R4-1', ceremony: 4 });
  });
});

describe('what two archives say of one share', () => {
  it('is the trouble that one of them found, and the last time that either read it', () => {
    expect(firstSet([first, lost, check]).people[0]).toMatchObject({ trouble: 'lost', lastRead: { ceremony: 2, at: firstSet([first, check]).people[0]!.lastRead.at } });
  });
  it('unites who has held or read it', () => {
    const brought = (share: number, later: number) => buildOn('re-share', [first], { slug: `brought-${share}`, later, play: (teller, step) => {
      if (step.kind !== 'gather') return false;
      const { plan } = teller.state, { setId, holders } = plan.source!.set, reason = exceptionFact(teller, witnessOf(plan));
      if (reason.type === 'exception') teller.tell({ ...reason, body: { ...reason.body, kind: 'person-change' } });
      for (const { number } of holders.slice(0, 2)) teller.tell(readShareFact(teller, number, setId, number === share ? auditorOf(plan) : undefined));
      teller.complete(administratorOf(plan));
      return true;
    } });
    const one = brought(1, 40), two = brought(2, 60);
    const history = (folders: readonly BuiltFolder[]) => firstSet(folders).history.find(({ name }) => name === 'xenia petrou')?.shares;
    expect([history([first, check]), history([first, one]), history([first, two]), history([first, two, one])]).toEqual([undefined, [1], [2], [1, 2]]);
  });
});

describe('a set that two archives replaced', () => {
  it('is shown as a fork, and both successors stand', () => {
    const forks = forkedSets(register([first, reShare, otherReShare])), { keys } = register([first, reShare, otherReShare]);
    expect(forks).toMatchObject([{ set: { setId: keys[0]!.sets[0]!.setId, status: 'destroyed' }, successors: [{ head: reShare.head, status: 'current' }, { head: otherReShare.head, status: 'current' }] }]);
  });
  it('is no fork where one archive did it', () => { expect(forkedSets(register([first, reShare, check]))).toEqual([]); });
});

describe('the register of joined archives', () => {
  const branches = [check, destruction, reShare, otherReShare, lost];
  const some = fc.subarray(branches), rows = (folders: readonly BuiltFolder[]): CustodyRegister => register(folders);
  it('is the same whichever archive is joined to which, and however often', () => {
    fc.assert(fc.property(some, some, fc.nat(), (a, b, seed) => {
      const one = [first, ...a], other = [first, ...b], both = [...one, ...other];
      const turned = both.map((_, index) => both[(index + seed) % both.length]!);
      expect(rows([...one, ...other])).toEqual(rows([...other, ...one]));
      expect(rows(turned)).toEqual(rows(both));
      expect(rows([...both, ...one])).toEqual(rows(both));
    }));
  });
  it('never loses what one of them destroyed, lost or replaced', () => {
    fc.assert(fc.property(some, some, (a, b) => {
      const alone = firstSet([first, ...a]), joined = firstSet([first, ...a, ...b]);
      for (const [index, { status }] of alone.copies.entries()) if (status === 'destroyed') expect(joined.copies[index]!.status).toBe('destroyed');
      for (const [index, { trouble }] of alone.people.entries()) if (trouble !== null) expect(joined.people[index]!.trouble).not.toBeNull();
      if (alone.status !== 'current') expect(joined.status).not.toBe('current');
      expect(joined.margin).toBeLessThanOrEqual(alone.margin);
    }));
  });
  it('does not change by the merge itself', () => {
    expect(rows([first, check, reShare, buildMerge(3, [check, reShare])])).toEqual(rows([first, check, reShare]));
  });
});
