import { describe, expect, it } from 'vitest';
import { charterDigest } from '../../../shared/charter/charter-digest.ts';
import { keyOfMember, memberChanges, provesKey } from '../../../shared/charter/changes.ts';
import type { Charter, Member } from '../../../shared/charter/charter-schema.ts';
import { publicKeyOf } from '../../support/sample-people.ts';
import { sampleCharter } from '../../support/sample-charter.ts';

const before = sampleCharter();
const changed = (id: string, change: Partial<Member>): Charter => ({ ...before, members: before.members.map((member) => (member.id === id ? { ...member, ...change } : member)) });
const named = (id: string): Member => before.members.find((member) => member.id === id)!;
const fresh: Member['credential'] = { kind: 'file', algorithm: 'Ed25519', publicKey: publicKeyOf('somebody-new') };

describe('what a charter does to people', () => {
  it('enrols everyone at a founding, in the order of the roster', () => {
    const changes = memberChanges(null, before);
    expect(changes.map(({ person }) => person)).toEqual(before.members.map(({ id }) => id));
    expect(changes.every(({ change, keyBefore }) => change === 'enrolled' && keyBefore === null)).toBe(true);
  });
  it('is nothing where the charter is the same', () => { expect(memberChanges(before, before)).toEqual([]); });
  it.each([
    ['left', { standing: 'left' }], ['revoked', { standing: 'revoked' }], ['credential-replaced', { credential: fresh }], ['credential-replaced', { credential: { kind: 'paper' } }],
    ['changed', { name: 'Ada Other' }], ['changed', { organisation: 'Other' }], ['changed', { reportsTo: 'Somebody' }], ['changed', { roles: ['crypto-officer'] }],
  ] as const)('tells "%s" from %o', (change, to) => {
    expect(memberChanges(before, changed('ada', to as Partial<Member>)).map((one) => [one.person, one.change])).toEqual([['ada', change]]);
  });
  it('does not count the order of roles', () => {
    const two = changed('ada', { roles: ['custodian', 'crypto-officer'] });
    expect(memberChanges(two, { ...two, members: two.members.map((member) => ({ ...member, roles: member.roles.toReversed() })) })).toEqual([]);
  });
  it('tells several changes of one person one after the other, with both keys', () => {
    const revoked = changed('ada', { standing: 'revoked' }), back = { ...revoked, members: revoked.members.map((member) => (member.id === 'ada' ? { ...member, standing: 'active' as const, credential: fresh } : member)) };
    expect(memberChanges(revoked, back)).toEqual(['returned', 'credential-replaced'].map((change) => ({ person: 'ada', change, keyBefore: keyOfMember(named('ada')), keyAfter: keyOfMember({ ...named('ada'), credential: fresh }) })));
  });
});

describe('who shows a key', () => {
  it('is everyone with a key at a founding, and nobody with ink only', () => {
    expect(provesKey(null, before)).toEqual(before.members.map(({ id }) => id));
    expect(provesKey(null, changed('ada', { credential: { kind: 'paper' } }))).not.toContain('ada');
  });
  it('is whoever has another key, and not whoever has other roles or leaves', () => {
    expect(provesKey(before, changed('ada', { credential: fresh }))).toEqual(['ada']);
    expect(provesKey(before, changed('ada', { roles: ['crypto-officer'] }))).toEqual([]);
    expect(provesKey(before, changed('ada', { standing: 'left', credential: fresh }))).toEqual([]);
  });
});

describe('the digest of a charter', () => {
  it('does not depend on the layout of the plan it stands in, and on everything in it', () => {
    const shuffled = JSON.parse(JSON.stringify(Object.fromEntries(Object.entries(before).toReversed()))) as Charter;
    expect(charterDigest(shuffled)).toBe(charterDigest(before));
    for (const other of [{ ...before, approval: 2 }, changed('ada', { reportsTo: 'Somebody' }), { ...before, policy: { ...before.policy, exceptedBy: 1 } }]) expect(charterDigest(other)).not.toBe(charterDigest(before));
  });
});
