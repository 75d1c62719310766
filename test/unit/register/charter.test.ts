import { describe, expect, it } from 'vitest';
import type { PersonId, Sha256Hex } from '../../../shared/brand.ts';
import type { Member } from '../../../shared/charter/charter-schema.ts';
import { charterDigest } from '../../../shared/charter/charter-digest.ts';
import type { Person, Plan } from '../../../shared/ceremony/plan-schema.ts';
import type { CeremonyState } from '../../../shared/ceremony/state.ts';
import { charterDepartures, charterInForce, type CharterInForce } from '../../../shared/register/charter.ts';
import { amendmentPlan, foundingPlan, memberFrom, sampleCharter } from '../../support/sample-charter.ts';
import { samplePeople } from '../../support/sample-people.ts';
import { samplePlan } from '../../support/sample-plan.ts';
import { tellStory } from '../../support/story.ts';

const told = (number: number, state: CeremonyState, openedAt: string) => ({ number, state: { ...state, openedAt } });
const founded = tellStory(foundingPlan()).state, amended = tellStory(amendmentPlan()).state;
const charter = sampleCharter();
const inForce: CharterInForce = { charter, sha256: charterDigest(charter), ceremony: 1, head: 'ab'.repeat(32) as Sha256Hex, at: '2026-11-20T09:00:00.000Z' };
const keyed = (changes: Partial<Plan> = {}): Plan => samplePlan({ people: samplePeople().map((person) => ({ ...person, reportsTo: null })), under: { ceremony: 1, head: inForce.head, sha256: inForce.sha256, policy: charter.policy }, ...changes });
const ada = (change: Partial<Person>): Plan => keyed({ people: keyed().people.map((person) => (person.id === 'ada' ? { ...person, ...change } : person)) });
const under = (change: Partial<Member>): CharterInForce => ({ ...inForce, charter: { ...charter, members: charter.members.map((member) => (member.id === 'ada' ? { ...member, ...change } : member)) } });
const parts = (plan: Plan, now: CharterInForce | null) => charterDepartures(plan, now).map((one) => (one.part === 'person' ? `${one.person} ${one.why}` : one.part));

describe('the charter in force', () => {
  it('is none before the founding', () => { expect(charterInForce([])).toBeNull(); });
  it('is that of the completed ceremony that was opened last, whatever its number', () => {
    expect(charterInForce([told(1, founded, '2026-11-20T09:00:00.000Z')])).toMatchObject({ ceremony: 1, sha256: charterDigest(sampleCharter()), head: founded.head });
    expect(charterInForce([told(2, amended, '2027-01-12T09:00:00.000Z'), told(3, founded, '2026-11-20T09:00:00.000Z')])).toMatchObject({ ceremony: 2, sha256: charterDigest(amendmentPlan().charter!) });
  });
  it('is not that of a ceremony that was aborted after it', () => {
    const aborted = { ...amended, closing: { ...amended.closing!, outcome: 'aborted' as const } };
    expect(charterInForce([told(1, founded, '2026-11-20T09:00:00.000Z'), told(2, aborted, '2027-01-12T09:00:00.000Z')])).toMatchObject({ ceremony: 1 });
  });
});

describe('how a plan departs from it', () => {
  it('is in nothing for a plan under it', () => { expect(parts(keyed(), inForce)).toEqual([]); });
  it.each([
    ['another charter', keyed({ under: { ...keyed().under!, sha256: 'cd'.repeat(32) as Sha256Hex } })], ['another ceremony', keyed({ under: { ...keyed().under!, ceremony: 2 } })],
    ['another policy', keyed({ under: { ...keyed().under!, policy: { ...charter.policy, exceptedBy: 1 } } })], ['no charter', (({ under: _gone, ...plan }) => plan as Plan)(keyed())],
  ])('tells %s', (_what, plan) => { expect(parts(plan, inForce)).toEqual(['under']); });
  it.each([
    ['ada credential', ada({ credential: { kind: 'paper' } })], ['ada role', ada({ role: 'crypto-officer' })], ['ada details', ada({ name: 'Ada Other' })], ['ada details', ada({ organisation: 'Other' })], ['ada details', ada({ reportsTo: 'Somebody' })],
    ['nobody unknown', keyed({ people: keyed().people.map((person) => (person.id === 'ada' ? { ...person, id: 'nobody' as PersonId } : person)) })],
  ])('tells "%s"', (why, plan) => { expect(parts(plan, inForce)).toEqual([why]); });
  it('tells who has left or whose key was revoked', () => {
    for (const standing of ['left', 'revoked'] as const) expect(parts(keyed(), under({ standing }))).toEqual(['ada standing']);
  });
  it('lets a custodian of the roster bring a share as holder', () => { expect(parts(ada({ role: 'holder' }), inForce)).toEqual([]); });
  it('tells a second founding, an amendment of another charter, and one of none', () => {
    expect(parts(foundingPlan(), null)).toEqual([]);
    expect(parts(foundingPlan(), inForce)).toEqual(['founded']);
    expect(parts(amendmentPlan(), inForce)).toEqual([]);
    expect(parts(amendmentPlan(), { ...inForce, head: 'cd'.repeat(32) as Sha256Hex })).toEqual(['before']);
    expect(parts(amendmentPlan(), null)).toEqual(['not-founded']);
  });
  it('asks a real ceremony, and not a rehearsal, to have a charter', () => {
    const bare = samplePlan();
    expect(parts(bare, null)).toEqual([]);
    expect(parts({ ...bare, mode: 'production' }, null)).toEqual(['unfounded']);
    expect(parts(keyed(), null)).toEqual(['not-founded']);
  });
  it('names a person of the roster by what is on it', () => { expect(memberFrom(samplePeople()[3]!)).toEqual(charter.members[3]); });
});
