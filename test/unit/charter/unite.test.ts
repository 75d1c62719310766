/** The charter of joined archives, drawn up from those in force in them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PersonId } from '../../../shared/brand.ts';
import { memberChanges, provesKey } from '../../../shared/charter/changes.ts';
import type { Charter, Member } from '../../../shared/charter/charter-schema.ts';
import { charterDigest } from '../../../shared/charter/charter-digest.ts';
import { uniteCharters } from '../../../shared/charter/unite.ts';
import { changeMember, memberFrom, sampleCharter } from '../../support/sample-charter.ts';
import { publicKeyOf, samplePeople } from '../../support/sample-people.ts';

const base = sampleCharter();
const changed = (id: string, changes: Partial<Member>, from: Charter = base): Charter => changeMember(from, id, changes);
const member = (charter: Charter, id: string): Member => charter.members.find((one) => one.id === id)!;
const withMember = (id: string): Charter => ({ ...base, members: [...base.members, memberFrom({ ...samplePeople()[3]!, id: id as PersonId, name: `Name of ${id}` }, { credential: { kind: 'file', algorithm: 'Ed25519', publicKey: publicKeyOf(id) } })] });
const newKey: Member['credential'] = { kind: 'file', algorithm: 'Ed25519', publicKey: publicKeyOf('ada again') };

describe('the united charter', () => {
  it('is the common one where nobody changed it', () => {
    expect(uniteCharters([base, base], base)).toEqual({ charter: { ...base, members: base.members.map((one) => ({ ...one })) }, questions: [] });
  });
  it('takes over what one branch changed', () => {
    const { charter, questions } = uniteCharters([changed('ada', { credential: newKey }), { ...changed('bruno', { roles: ['custodian', 'holder'] }), approval: 4 }], base);
    expect(questions).toEqual([]);
    expect([member(charter, 'ada').credential, member(charter, 'bruno').roles, charter.approval]).toEqual([newKey, ['custodian', 'holder'], 4]);
  });
  it('has the people of both, each once', () => {
    const { charter } = uniteCharters([withMember('otto'), withMember('pia')], base);
    expect(charter.members.map(({ id }) => id)).toEqual([...base.members.map(({ id }) => id), 'otto', 'pia']);
  });
  it.each([['left', 'active', 'left'], ['revoked', 'active', 'revoked'], ['left', 'revoked', 'revoked'], ['active', 'left', 'left']] as const)('of a person who is %s in one and %s in the other says %s', (one, other, after) => {
    expect(member(uniteCharters([changed('chen', { standing: one }), changed('chen', { standing: other })], base).charter, 'chen').standing).toBe(after);
  });
  it('does not give back what one branch took, although the other changed nothing or gave more', () => {
    const left = changed('dalia', { standing: 'left' });
    expect(member(uniteCharters([changed('dalia', { standing: 'active' }, left), left], left).charter, 'dalia').standing).toBe('left');
  });
  it('takes the stricter of two numbers, and the roles that both leave a person', () => {
    const stricter = uniteCharters([{ ...changed('ada', { roles: ['custodian', 'holder'] }), approval: 2 }, { ...changed('ada', { roles: ['custodian', 'administrator'] }), approval: 4 }], base);
    expect([stricter.charter.approval, member(stricter.charter, 'ada').roles, stricter.questions]).toEqual([4, ['custodian'], []]);
  });
  it('asks people where two branches changed one thing and neither is stricter', () => {
    const { questions } = uniteCharters([changed('ada', { name: 'Ada Okafor-Lind' }), changed('ada', { name: 'Ada Lind' })], base);
    expect(questions).toEqual([{ where: 'members.3.name', text: 'The name of Ada Okafor-Lind: one archive says “Ada Lind”, another “Ada Okafor-Lind”. The draft has “Ada Lind”; settle which is right.' }]);
  });
  it('says the values that contradict each other as people read them', () => {
    const said = (here: Charter, there: Charter, from: Charter | null = base): readonly string[] => uniteCharters([here, there], from).questions.map(({ where, text }) => `${where}: ${text}`);
    const policy = (record: Charter['policy']['credentials']['record']): Charter => ({ ...base, policy: { ...base.policy, credentials: { ...base.policy.credentials, record } } });
    expect(said(policy(['token']), policy(['paper']))).toEqual([expect.stringMatching(/^policy\.credentials\.record: Enough on the record: one archive says ink on paper, another token\. /)]);
    expect(said(changed('ada', { reportsTo: 'Bruno Keller' }), changed('ada', { reportsTo: null }), null)).toEqual([expect.stringMatching(/^members\.0\.reportsTo: .* says “Bruno Keller”, another nobody\. /)]);
    expect(said(changed('ada', { credential: newKey }), changed('ada', { credential: { kind: 'paper' } }))).toEqual([expect.stringMatching(/: The credential of Ada .* says credential file, key [0-9a-f ]{19}, another ink on paper\. /)]);
    expect(said(changed('ada', { roles: ['holder'] }), changed('ada', { roles: ['administrator'] }))).toEqual([expect.stringMatching(/: The roles of Ada .* says ceremony administrator, another holder\. /)]);
  });
  it('does not depend on the order of the branches, and of one charter is that charter', () => {
    const version = fc.constantFrom(base, changed('ada', { standing: 'revoked' }), changed('ada', { name: 'Ada Lind' }), withMember('otto'), { ...withMember('pia'), approval: 2 }, changed('bruno', { roles: ['holder'] }), changed('bruno', { roles: ['custodian', 'holder'] }), { ...base, organisation: 'Example Trust Group' });
    fc.assert(fc.property(version, version, fc.constantFrom(base, null), (a, b, common) => {
      expect(uniteCharters([a, b], common).charter).toEqual(uniteCharters([b, a], common).charter);
      expect(charterDigest(uniteCharters([a, a], null).charter)).toBe(charterDigest(uniteCharters([a], null).charter));
    }));
  });
});

describe('what a merge does to people', () => {
  const revoked = changed('chen', { standing: 'revoked' }), rekeyed = changed('ada', { credential: newKey });
  it('is told against every charter that it replaces, each kind of change once', () => {
    const after = uniteCharters([revoked, rekeyed], base).charter;
    expect(memberChanges([revoked, rekeyed], after).map(({ person, change }) => [person, change])).toEqual([['ada', 'credential-replaced'], ['chen', 'revoked']]);
  });
  it('asks nobody to prove a key that a branch trusts already', () => {
    expect(provesKey([revoked, rekeyed], uniteCharters([revoked, rekeyed], base).charter)).toEqual([]);
    expect(provesKey(base, rekeyed)).toEqual(['ada']);
    expect(provesKey([base, revoked], rekeyed)).toEqual(['ada']);
  });
});
