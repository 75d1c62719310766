/** Accepting and refusing cases of the plan rules about the charter of an archive. */
import type { PersonId } from '../../../shared/brand.ts';
import type { Charter, Member } from '../../../shared/charter/charter-schema.ts';
import type { Person, Plan } from '../../../shared/ceremony/plan-schema.ts';
import { amendmentPlan, foundingPlan, memberFrom, sampleCharter } from '../../support/sample-charter.ts';
import { publicKeyOf, samplePeople } from '../../support/sample-people.ts';
import type { PlanCase } from './custody-plan-cases.ts';

const PAPER = { kind: 'paper' } as const;
const founding = foundingPlan(), amendment = amendmentPlan();
const charter = (changes: Partial<Charter>): Plan => foundingPlan({ charter: sampleCharter(changes) });
const members = (id: string, change: Partial<Member>): Plan => charter({ members: sampleCharter().members.map((member) => (member.id === id ? { ...member, ...change } : member)) });
const policy = (changes: Partial<Charter['policy']>): Plan => charter({ policy: { ...sampleCharter().policy, ...changes } });
const amended = (id: string, change: Partial<Member>, before: Partial<Member> = {}): Plan => amendmentPlan({
  charter: { ...amendment.charter!, members: amendment.charter!.members.map((member) => (member.id === id ? { ...member, ...change } : member)) },
  before: [{ ...amendment.before![0]!, charter: sampleCharter({ members: sampleCharter().members.map((member) => (member.id === id ? { ...member, ...before } : member)) }) }],
});
const inRoom = (plan: Plan, id: string, change: Partial<Person>): Plan => ({ ...plan, people: plan.people.map((person) => (person.id === id ? { ...person, ...change } : person)) });
const without = <K extends keyof Plan>(plan: Plan, field: K): Plan => ({ ...plan, [field]: undefined }) as Plan;
const named = (id: string) => sampleCharter().members.findIndex((member) => member.id === id);

export const CHARTER_PLAN_CASES: Readonly<Record<string, readonly PlanCase[]>> = {
  'charter-where-enacted': [
    [founding, without(founding, 'charter'), 'charter'], [founding, without(founding, 'decision'), 'decision'], [{}, { charter: sampleCharter() }, 'charter'],
    [founding, { ...founding, under: { ceremony: 1, head: amendment.before![0]!.head, sha256: amendment.before![0]!.head, policy: sampleCharter().policy } }, 'under'],
  ],
  'charter-before': [[founding, { ...founding, before: amendment.before! }, 'before'], [amendment, { ...amendment, before: [amendment.before![0]!, amendment.before![0]!] }, 'before'], [{}, { before: amendment.before! }, 'before']],
  'member-id-unique': [[founding, members('bruno', { id: 'ada' as PersonId }), `charter.members.${named('bruno')}.id`]],
  'member-name-unique': [[founding, members('bruno', { name: 'ADA okafor' }), `charter.members.${named('bruno')}.name`]],
  'member-key-own': [[founding, members('bruno', { credential: sampleCharter().members[named('ada')]!.credential }), `charter.members.${named('bruno')}.credential.publicKey`]],
  'member-key-form': [[founding, members('bruno', { credential: { kind: 'token', algorithm: 'ECDSA-P256-SHA256', publicKey: publicKeyOf('bruno'), serial: 'T1', module: '/m.so' } }), `charter.members.${named('bruno')}.credential.publicKey`]],
  'member-roles': [[members('bruno', { roles: ['custodian', 'crypto-officer'] }), members('bruno', { roles: ['custodian', 'candidate'] }), `charter.members.${named('bruno')}.roles`], [founding, members('bruno', { roles: ['custodian', 'custodian'] }), `charter.members.${named('bruno')}.roles`]],
  'charter-can-act': [
    [founding, members('walter', { roles: ['custodian'] }), 'charter.members'], [founding, charter({ approval: 6 }), 'charter.approval'],
    [founding, policy({ quorum: { threshold: 4, shares: 3 } }), 'charter.policy.quorum.threshold'], [policy({ headCount: { always: 4, irreversible: 4 } }), policy({ headCount: { always: 5, irreversible: 4 } }), 'charter.policy.headCount.irreversible'],
  ],
  'charter-keeps-members': [
    [amendment, { ...amendment, charter: { ...amendment.charter!, members: amendment.charter!.members.filter(({ id }) => id !== 'emil') } }, 'charter.members'],
    [amended('emil', {}, { standing: 'revoked' }), amended('emil', { standing: 'active' }, { standing: 'revoked' }), 'charter.members'],
  ],
  'room-of-the-roster': [
    [founding, members('bruno', { roles: ['crypto-officer'] }), 'people.4'], [founding, inRoom(founding, 'bruno', { name: 'Bruno Other' }), 'people.4'], [founding, inRoom(founding, 'bruno', { credential: PAPER }), 'people.4'],
    [amendment, inRoom(amendment, 'farah', { role: 'custodian' }), 'people.7'], [amendment, amended('bruno', {}, { standing: 'left' }), 'people.4'], [amendment, amended('bruno', {}, { credential: PAPER }), 'people.4'],
  ],
  'enrols-in-person': [[amendment, { ...amendment, people: amendment.people.filter(({ id }) => id !== 'farah') }, 'people'], [{ ...founding, charter: sampleCharter({ members: [...sampleCharter().members, { ...memberFrom(samplePeople(6).find(({ id }) => id === 'farah')!), credential: PAPER }] }) }, { ...founding, charter: sampleCharter({ members: [...sampleCharter().members, memberFrom(samplePeople(6).find(({ id }) => id === 'farah')!)] }) }, 'people']],
  'approval-can-sign': [[amendment, { ...amendment, people: amendment.people.filter(({ id }) => id !== 'ada' && id !== 'bruno'), quorum: { threshold: 3, shares: 2 } }, 'people']],
  'candidate-where-enrolled': [[amendment, inRoom(without(amendment, 'charter'), 'farah', { role: 'candidate' }), 'people.7.role']],
  'approval-is-quorum': [[amendment, { ...amendment, quorum: { threshold: 2, shares: 4 } }, 'quorum'], [founding, { ...founding, quorum: { threshold: 3, shares: 4 } }, 'quorum']],
};
