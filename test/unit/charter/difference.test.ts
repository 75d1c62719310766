import { expect, test } from 'vitest';
import { charterDifference, charterRows } from '../../../shared/charter/difference.ts';
import type { Charter, Member } from '../../../shared/charter/charter-schema.ts';
import { memberFrom, sampleCharter } from '../../support/sample-charter.ts';
import { samplePeople } from '../../support/sample-people.ts';

const withMember = (charter: Charter, id: string, changes: Partial<Member>): Charter => ({ ...charter, members: charter.members.map((member) => (member.id === id ? { ...member, ...changes } : member)) });

test('at a founding everything is new', () => {
  const charter = sampleCharter(), rows = charterDifference(null, charter);
  expect(rows).toHaveLength(charterRows(charter).length + charter.members.length);
  expect(rows.every(({ before, after }) => before === null && after !== null)).toBe(true);
});
test('the same charter has no difference', () => { expect(charterDifference(sampleCharter(), sampleCharter())).toEqual([]); });
test('a policy that changes is one row, with both values', () => {
  const before = sampleCharter(), after = sampleCharter({ approval: 4, policy: { ...before.policy, headCount: { always: 3, irreversible: 5 } } });
  expect(charterDifference(before, after)).toEqual([
    { what: 'Custodians it takes to change the charter', before: '3', after: '4' },
    { what: 'Fewest people in the room', before: '2 at every step, 4 where a step cannot be undone', after: '3 at every step, 5 where a step cannot be undone' },
  ]);
});
test('a person who comes, goes, changes roles or loses a key', () => {
  const before = sampleCharter(), farah = memberFrom(samplePeople(6).at(-1)!);
  const after = withMember(withMember({ ...before, members: [...before.members.filter(({ id }) => id !== 'xenia'), farah] }, 'emil', { standing: 'revoked' }), 'ada', { roles: ['custodian', 'security-officer'] });
  expect(charterDifference(before, after)).toEqual([
    { what: 'Ada Okafor: roles', before: 'custodian', after: 'custodian, security officer' },
    { what: 'Emil Novak: standing', before: 'active', after: 'key revoked' },
    { what: farah.name, before: null, after: expect.stringMatching(/^custodian; Example Trust; credential file, key [0-9a-f]{4} /) },
    { what: 'Xenia Petrou', before: expect.stringContaining('external auditor'), after: null },
  ]);
});
test('another key of the same kind shows as one row, by its key id', () => {
  const before = sampleCharter(), other = samplePeople(6).at(-1)!.credential;
  const rows = charterDifference(before, withMember(before, 'ada', { credential: other }));
  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatchObject({ what: 'Ada Okafor: signs with' });
  expect(rows[0]!.before).not.toBe(rows[0]!.after);
});
