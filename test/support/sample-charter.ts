/** Charters, and plans of ceremonies about the archive itself, of the sample people. */
import type { Sha256Hex } from '../../shared/brand.ts';
import type { Charter, Member } from '../../shared/charter/charter-schema.ts';
import type { Person, Plan } from '../../shared/ceremony/plan-schema.ts';
import { samplePeople } from './sample-people.ts';

export const memberFrom = ({ id, name, organisation, role, credential }: Person, changes: Partial<Member> = {}): Member => ({ id, name, organisation, reportsTo: null, roles: [role], credential, standing: 'active', ...changes });
/** Seven people and an auditor; any three custodians change it. */
export const sampleCharter = (changes: Partial<Charter> = {}): Charter => ({
  format: 'quorate-charter/1', organisation: 'Example Trust', members: samplePeople().map((person) => memberFrom(person)), approval: 3,
  policy: { quorum: { threshold: 2, shares: 3 }, headCount: { always: 2, irreversible: 4 }, credentials: { holdPoint: ['file', 'token'], record: ['file', 'token', 'paper'] }, exceptable: [], exceptedBy: 2 },
  ...changes,
});
/** The charter with one of its members otherwise. */
export const changeMember = (charter: Charter, id: string, changes: Partial<Member>): Charter => ({ ...charter, members: charter.members.map((member) => (member.id === id ? { ...member, ...changes } : member)) });
/** Top-level fields of `overrides` replace the sample's. */
export const foundingPlan = (overrides: Partial<Plan> = {}): Plan => ({
  format: 'quorate-plan/1', mode: 'rehearsal',
  ceremony: { kind: 'founding', title: 'Founding of Example Trust', organisation: 'Example Trust', place: 'Room 4, Harbour Street 12, Hamburg', date: '2026-11-20' },
  people: samplePeople(), quorum: { threshold: 3, shares: 5 }, sheets: { paper: 'A4', printer: { kind: 'folder' } },
  decision: { purpose: 'Set up the key management of Example Trust', authority: 'Board, decision 2026-14' }, charter: sampleCharter(), ...overrides,
});
const HEAD = 'ab'.repeat(32) as Sha256Hex;
/** On the sample charter; Emil leaves, and Farah comes to be enrolled. */
export const amendmentPlan = (overrides: Partial<Plan> = {}): Plan => {
  const before = sampleCharter(), farah = samplePeople(6).find(({ id }) => id === 'farah')!;
  const people = [...samplePeople().filter(({ id }) => id !== 'emil'), { ...farah, role: 'candidate' as const }];
  return foundingPlan({
    ceremony: { ...foundingPlan().ceremony, kind: 'amendment', title: 'Farah Haddad for Emil', date: '2027-01-12' }, people, quorum: { threshold: 3, shares: 4 },
    decision: { purpose: 'Emil leaves the company', authority: 'Board, decision 2027-2' },
    charter: { ...before, members: [...before.members.map((member) => (member.id === 'emil' ? { ...member, standing: 'left' as const } : member)), memberFrom(farah)] },
    before: [{ ceremony: 1, head: HEAD, charter: before }], ...overrides,
  });
};
