/** Charters, and plans of ceremonies about the archive itself, of the sample people. */
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
/** Top-level fields of `overrides` replace the sample's. */
export const foundingPlan = (overrides: Partial<Plan> = {}): Plan => ({
  format: 'quorate-plan/1', mode: 'rehearsal',
  ceremony: { kind: 'founding', title: 'Founding of Example Trust', organisation: 'Example Trust', place: 'Room 4, Harbour Street 12, Hamburg', date: '2026-11-20' },
  people: samplePeople(), quorum: { threshold: 3, shares: 5 }, sheets: { paper: 'A4', printer: { kind: 'folder' } },
  decision: { purpose: 'Set up the key management of Example Trust', authority: 'Board, decision 2026-14' }, charter: sampleCharter(), ...overrides,
});
