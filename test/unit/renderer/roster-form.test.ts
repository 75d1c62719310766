import { describe, expect, it } from 'vitest';
import { memberOf } from '../../../shared/charter/changes.ts';
import { charterDigest } from '../../../shared/charter/charter-digest.ts';
import type { Charter } from '../../../shared/charter/charter-schema.ts';
import type { KeyKind, Plan } from '../../../shared/ceremony/plan-schema.ts';
import { charterDepartures, type CharterInForce } from '../../../shared/register/charter.ts';
import { removePerson, withCustody, withRole } from '../../../renderer/screens/prepare/plan-form.ts';
import { bring, nextCustodian, restOfRoster, rolesHere, rolesOfPerson, rosterOf } from '../../../renderer/screens/prepare/roster-form.ts';
import { memberFrom, sampleCharter } from '../../support/sample-charter.ts';
import { samplePeople } from '../../support/sample-people.ts';
import { samplePlan } from '../../support/sample-plan.ts';
import { samplePlanOf } from '../../support/sample-source.ts';
import { digestOf } from '../../support/story.ts';

/** Seven custodians, two of whom do not come to a ceremony of the sample; one of these has left. */
const members = samplePeople(7).map((person) => memberFrom(person, person.id === 'ada' ? { roles: ['custodian', 'security-officer'] } : person.id === 'goran' ? { standing: 'left' } : {}));
const charter: Charter = sampleCharter({ members });
const inForce: CharterInForce = { charter, sha256: charterDigest(charter), ceremony: 1, head: digestOf('head'), at: '2026-11-20T10:00:00.000Z' };
const under = (plan: Plan): Plan => ({ ...plan, under: { ceremony: 1, head: inForce.head, sha256: inForce.sha256, policy: charter.policy } });
const plan = under(samplePlan()), on = (kind: Exclude<KeyKind, 'root-key-generation'>): Plan => under(samplePlanOf(kind));
const member = (id: string) => memberOf(charter, id)!;

describe('people of a roster', () => {
  it('are those of the charter that the plan is held under, and of no other', () => {
    expect(rosterOf(plan, inForce)).toBe(charter.members);
    expect([rosterOf(samplePlan(), inForce), rosterOf(plan, null), rosterOf(plan, { ...inForce, sha256: digestOf('another') })]).toEqual([null, null, null]);
  });
  it('come in roles of the roster; custodians also as holders, where a set is replaced or destroyed', () => {
    expect([rolesHere(plan, member('ada')), rolesHere(on('re-share'), member('ada')), rolesHere(on('re-share'), member('maria'))]).toEqual([['custodian', 'security-officer'], ['custodian', 'security-officer', 'holder'], ['administrator']]);
  });
  it('keep a role that is not theirs in sight until another is chosen; strangers and those who left have none', () => {
    const [ada] = plan.people.filter(({ id }) => id === 'ada');
    expect(rolesOfPerson(plan, members, { ...ada!, role: 'administrator' })).toEqual(['administrator', 'custodian', 'security-officer']);
    expect([rolesOfPerson(plan, members, { ...ada!, id: 'stranger' as never }), rolesOfPerson(plan, members, { ...ada!, id: 'goran' as never })]).toEqual([null, null]);
  });
  it('can be called when they are active and not there yet', () => {
    expect(restOfRoster(plan, members).map(({ id }) => id)).toEqual(['farah']);
    expect(restOfRoster(removePerson(plan, 'ada'), members).map(({ id }) => id)).toEqual(['ada', 'farah']);
    // Who holds a share of the set is listed as its holder.
    expect(restOfRoster(removePerson(on('re-share'), 'ada'), members).map(({ id }) => id)).toEqual(['farah']);
  });
  it('are brought as the roster has them, so that the plan keeps to the charter', () => {
    const more = bring(plan, member('farah'), 'custodian');
    expect([more.quorum.shares, more.people.find(({ id }) => id === 'farah')?.reportsTo]).toEqual([6, null]);
    expect(charterDepartures(more, inForce)).toEqual([]);
    expect(bring(more, member('farah'), 'custodian')).toBe(more);
  });
  it('have what they carried a share on when they come back as custodians', () => {
    const card = withCustody(plan, 'ada', { carrier: 'card' }), ada = card.people.find(({ id }) => id === 'ada')!;
    const back = (role: 'custodian' | 'security-officer') => bring(removePerson(card, 'ada'), member('ada'), role, [ada]).people.find(({ id }) => id === 'ada')!;
    expect([back('custodian').custody?.carrier, back('security-officer').custody]).toEqual(['card', undefined]);
  });
  it('give the next custodian, until all of them come', () => {
    expect(nextCustodian(plan, members)?.id).toBe('farah');
    expect(nextCustodian(bring(plan, member('farah'), 'custodian'), members)).toBeNull();
    expect(nextCustodian(withRole(plan, 'ada', 'security-officer'), members)?.id).toBe('farah');
  });
});
