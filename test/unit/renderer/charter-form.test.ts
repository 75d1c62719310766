import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { provesKey } from '../../../shared/charter/changes.ts';
import type { Charter, Member } from '../../../shared/charter/charter-schema.ts';
import { uniteCharters } from '../../../shared/charter/unite.ts';
import { checkPlan, PLAN_RULES } from '../../../shared/ceremony/check-plan.ts';
import { encodePlan, parsePlan } from '../../../shared/ceremony/parse-plan.ts';
import type { Plan } from '../../../shared/ceremony/plan-schema.ts';
import {
  addMember, comesAs, inStep, isCharterPlan, keepCredential, removeNewcomer, replaceCredential, ROSTER_ROLES, roomRoles, standsInFor, withCharter, withCredential, withExceptable, withMember, withMemberId, withMemberRole, withOrganisation,
  withPolicy, withStanding, type CharterPlan,
} from '../../../renderer/screens/prepare/charter-form.ts';
import { formFromText, textOfForm } from '../../../renderer/screens/prepare/plan-form.ts';
import { changeMember, foundingPlan, memberFrom, sampleCharter } from '../../support/sample-charter.ts';
import { publicKeyOf, samplePeople } from '../../support/sample-people.ts';
import { samplePlan } from '../../support/sample-plan.ts';
import { digestOf } from '../../support/story.ts';

const founding = (): CharterPlan => inStep(foundingPlan() as CharterPlan);
const amendment = (changes: Partial<Charter> = {}): CharterPlan => {
  const plan = foundingPlan(), charter = sampleCharter(changes);
  return inStep({ ...plan, ceremony: { ...plan.ceremony, kind: 'amendment' }, charter, before: [{ ceremony: 1, head: digestOf('head'), charter }], lastHead: 'from-paper' } as CharterPlan);
};
/** There Emil left, Farah came, and Ada got another key; here Bruno may also witness. All of it is in the united charter. */
const merge = (): CharterPlan => {
  const plan = foundingPlan(), base = sampleCharter();
  const gone = changeMember(changeMember(base, 'emil', { standing: 'left' }), 'ada', { credential: NEW_KEY }), there = { ...gone, members: [...gone.members, memberFrom(samplePeople(6).find(({ id }) => id === 'farah')!)] };
  const here = changeMember(base, 'bruno', { roles: ['custodian', 'internal-witness'] }), { charter } = uniteCharters([here, there], base);
  return inStep({ ...plan, ceremony: { ...plan.ceremony, kind: 'merge' }, charter, lastHead: 'from-paper', before: [{ ceremony: 2, head: digestOf('here'), charter: here }, { ceremony: 3, head: digestOf('there'), charter: there }] } as CharterPlan);
};
const member = (plan: Plan, id: string): Member => plan.charter!.members.find((one) => one.id === id)!;
const person = (plan: Plan, id: string) => plan.people.find((one) => one.id === id);
const NEW_KEY = { kind: 'file', algorithm: 'Ed25519', publicKey: publicKeyOf('somebody new') } as const;

describe('a charter as a form', () => {
  it('gives sound plans back byte for byte', () => {
    for (const plan of [founding(), amendment()]) expect(textOfForm(formFromText(encodePlan(plan))!)).toBe(encodePlan(plan));
  });
  it('knows every optional part of a plan of today', () => {
    const plan = { ...samplePlan(), lastHead: 'from-paper', under: { ceremony: 1, head: digestOf('h'), sha256: digestOf('s'), policy: sampleCharter().policy } } as Plan;
    const deputy = { ...plan, people: plan.people.map((one) => (one.id === 'emil' ? { ...one, reportsTo: null, deputyOf: 'ada' } : one)) } as Plan;
    expect(formFromText(JSON.stringify(deputy))).toEqual(deputy);
  });
  it('shows what is typed and not right yet', () => {
    const text = textOfForm(withMember(founding(), 'ada', { name: '' }));
    expect(parsePlan(text, { draft: true }).plan).toBeNull();
    expect(member(formFromText(text)!, 'ada').name).toBe('');
  });
  it.each([['without a charter', { charter: undefined }], ['without a decision', { decision: undefined }], ['with a strange field in the charter', { charter: { ...sampleCharter(), extra: 1 } }],
    ['with a key on the roster that cannot be read', { charter: sampleCharter({ members: sampleCharter().members.map((one) => ({ ...one, credential: { kind: 'file', algorithm: 'Ed25519', publicKey: '?' as never } })) }) }]])('does not show a founding %s as a form', (_, change) => {
    expect(formFromText(JSON.stringify({ ...foundingPlan(), ...change }))).toBeNull();
  });
  it('does not show a key generation without its key as a form', () => {
    const { key: _, ...rest } = samplePlan();
    expect(formFromText(JSON.stringify(rest))).toBeNull();
  });
});

describe('a founding', () => {
  it('has one place to type: who is in the room follows the roster', () => {
    const plan = withMember(founding(), 'ada', { name: 'Ada Lund', organisation: 'Quay Audit', reportsTo: 'Maria Lindqvist', credential: NEW_KEY });
    expect(person(plan, 'ada')).toEqual({ id: 'ada', name: 'Ada Lund', organisation: 'Quay Audit', role: 'custodian', reportsTo: 'Maria Lindqvist', credential: NEW_KEY });
  });
  it('has one place to type its organisation, which its people and its title follow', () => {
    const plan = withOrganisation(founding(), 'Harbour Trust');
    expect([plan.ceremony.organisation, plan.ceremony.title, plan.charter!.organisation, member(plan, 'ada').organisation, person(plan, 'ada')?.organisation, member(plan, 'xenia').organisation])
      .toEqual(['Harbour Trust', 'Founding of Harbour Trust', 'Harbour Trust', 'Harbour Trust', 'Harbour Trust', 'Harbour Audit']);
    expect(withOrganisation(plan, 'Example Trust')).toEqual(founding());
    expect(withOrganisation(amendment(), 'Harbour Trust').charter).toEqual(amendment().charter);
  });
  it('keeps the quorum equal to the approval and the custodians in the room', () => {
    const plan = withCharter(founding(), { approval: 4 });
    expect(plan.quorum).toEqual({ threshold: 4, shares: 5 });
    expect(withMemberRole(withMemberRole(plan, 'ada', 'crypto-officer', true), 'ada', 'custodian', false).quorum.shares).toBe(4);
  });
  it('lets a person come in any of their roles, and in no other', () => {
    const plan = withMemberRole(founding(), 'ada', 'security-officer', true);
    expect(person(comesAs(plan, 'ada', 'security-officer'), 'ada')?.role).toBe('security-officer');
    expect(person(comesAs(plan, 'ada', 'administrator'), 'ada')?.role).toBe('custodian');
    // A role that is taken away is not the one they come in.
    expect(person(withMemberRole(comesAs(plan, 'ada', 'security-officer'), 'ada', 'security-officer', false), 'ada')?.role).toBe('custodian');
  });
  it('takes the last role from nobody', () => {
    expect(member(withMemberRole(founding(), 'ada', 'custodian', false), 'ada').roles).toEqual(['custodian']);
  });
  it('lets only people who sign with ink stay away', () => {
    expect(person(comesAs(founding(), 'xenia', null), 'xenia')).toBeDefined();
    const ink = withCredential(founding(), 'xenia', { kind: 'paper' });
    expect(person(ink, 'xenia')?.credential).toEqual({ kind: 'paper' });
    expect(person(comesAs(ink, 'xenia', null), 'xenia')).toBeUndefined();
  });
  it('adds a person with an id of their own, who can be given another and taken off again', () => {
    const plan = addMember(founding());
    expect([member(plan, 'person-9').name, person(plan, 'person-9')?.role]).toEqual(['', 'custodian']);
    const named = withMemberId(plan, 'person-9', 'nils');
    expect([person(named, 'nils')?.id, person(named, 'person-9')]).toEqual(['nils', undefined]);
    expect(withMemberId(named, 'nils', 'ada').charter!.members.filter(({ id }) => id === 'ada')).toHaveLength(1);
    expect(removeNewcomer(named, 'nils')).toEqual(founding());
  });
  it('says whom a deputy stands in for, as long as they come as a deputy', () => {
    const deputy = standsInFor(comesAs(withMemberRole(founding(), 'emil', 'deputy-custodian', true), 'emil', 'deputy-custodian'), 'emil', 'ada');
    expect(person(deputy, 'emil')).toMatchObject({ role: 'deputy-custodian', deputyOf: 'ada' });
    expect(person(standsInFor(deputy, 'emil', null), 'emil')).not.toHaveProperty('deputyOf');
    expect(person(comesAs(deputy, 'emil', 'custodian'), 'emil')).not.toHaveProperty('deputyOf');
  });
});

describe('an amendment', () => {
  it('changes nothing by itself', () => {
    expect(amendment().charter).toEqual(amendment().before![0]!.charter);
    expect(checkPlan(amendment())).toEqual([]);
  });
  it('never removes who is on the roster: they are marked, and stay', () => {
    expect(removeNewcomer(amendment(), 'ada')).toEqual(amendment());
    const left = withStanding(amendment(), 'ada', 'left');
    expect([member(left, 'ada').standing, person(left, 'ada')?.role]).toEqual(['left', 'custodian']);
    // Whoever leaves may approve it one last time; a key that is not trusted approves nothing.
    expect(person(withStanding(amendment(), 'ada', 'revoked'), 'ada')).toBeUndefined();
    expect(withStanding(left, 'ada', 'active')).toEqual(amendment());
    expect(withMemberId(amendment(), 'ada', 'ida')).toEqual(amendment());
  });
  it('brings newcomers and people with another key as candidates', () => {
    const plan = withCredential(replaceCredential(addMember(amendment()), 'ada'), 'ada', NEW_KEY);
    expect([person(plan, 'person-9')?.role, person(plan, 'ada')?.role, person(plan, 'ada')?.credential]).toEqual(['candidate', 'candidate', NEW_KEY]);
    expect(person(comesAs(plan, 'ada', 'custodian'), 'ada')?.role).toBe('candidate');
    expect(plan.quorum).toEqual({ threshold: 3, shares: 4 });
    expect(keepCredential(removeNewcomer(plan, 'person-9'), 'ada')).toEqual(amendment());
  });
  it('lets people act as the charter in force says, not as the new one will', () => {
    const plan = withMemberRole(amendment(), 'ada', 'administrator', true);
    expect(roomRoles(plan, member(plan, 'ada'))).toEqual(['custodian']);
  });
  it('is approved as the charter in force says', () => {
    expect(withCharter(amendment(), { approval: 5 }).quorum.threshold).toBe(3);
  });
  it('gives whoever returns after a revocation another key', () => {
    const charter = sampleCharter();
    const revoked = amendment({ members: charter.members.map((one) => (one.id === 'ada' ? { ...one, standing: 'revoked' as const } : one)) });
    const back = withStanding(revoked, 'ada', 'active');
    expect([member(back, 'ada').credential, person(back, 'ada')?.role]).toEqual([{ ...NEW_KEY, publicKey: null }, 'candidate']);
  });
  it('leaves a plan about a key alone', () => {
    const plan = samplePlan();
    for (const edited of [addMember(plan), withPolicy(plan, { exceptedBy: 3 }), comesAs(plan, 'ada', null), withStanding(plan, 'ada', 'left')]) expect(edited).toEqual(plan);
    expect(isCharterPlan(plan)).toBe(false);
  });
});

it('lets a rule be excepted, once, or not any more', () => {
  const on = withExceptable(withExceptable(founding(), 'prior-holders', true), 'prior-holders', true);
  expect(on.charter!.policy.exceptable).toEqual(['prior-holders']);
  expect(withExceptable(on, 'prior-holders', false)).toEqual(founding());
});

type Edit = (plan: Plan) => Plan;
const ids = fc.constantFrom('maria', 'walter', 'xenia', 'ada', 'bruno', 'chen', 'dalia', 'emil');
const edit: fc.Arbitrary<Edit> = fc.oneof(
  fc.tuple(ids, fc.constantFrom(...ROSTER_ROLES), fc.boolean()).map(([id, role, on]): Edit => (plan) => withMemberRole(plan, id, role, on)),
  fc.tuple(ids, fc.constantFrom('active' as const, 'left' as const, 'revoked' as const)).map(([id, standing]): Edit => (plan) => withStanding(plan, id, standing)),
  ids.map((id): Edit => (plan) => withCredential(replaceCredential(plan, id), id, { kind: 'file', algorithm: 'Ed25519', publicKey: publicKeyOf(`new ${id}`) })),
  ids.map((id): Edit => (plan) => keepCredential(plan, id)), ids.map((id): Edit => (plan) => withCredential(plan, id, { kind: 'paper' })),
  fc.tuple(ids, fc.constantFrom(null, ...ROSTER_ROLES)).map(([id, role]): Edit => (plan) => comesAs(plan, id, role)),
);
describe('a merge', () => {
  it('lets people act as any of the archives lets them, under the key that it draws up', () => {
    const plan = merge();
    expect(Object.fromEntries(['ada', 'bruno', 'emil', 'farah'].map((id) => [id, roomRoles(plan, member(plan, id))]))).toEqual({ ada: ['custodian'], bruno: ['custodian', 'internal-witness'], emil: ['custodian'], farah: ['custodian'] });
    expect(person(plan, 'ada')?.credential).toEqual(NEW_KEY);
    expect(plan.people.every(({ role }) => role !== 'candidate')).toBe(true);
  });
  it('does not trust a key again that one of the archives trusts no more', () => {
    const plan = merge(), there = plan.before![1]!, revoked = { ...there, charter: { ...there.charter, members: there.charter.members.map((one) => (one.id === 'chen' ? { ...one, standing: 'revoked' as const } : one)) } };
    const joined = { ...plan, before: [plan.before![0]!, revoked], charter: { ...plan.charter, members: plan.charter.members.map((one) => (one.id === 'chen' ? { ...one, standing: 'revoked' as const } : one)) } };
    expect(member(withStanding(joined, 'chen', 'active'), 'chen').credential).toMatchObject({ publicKey: null });
  });
});
describe('any edits, one after the other', () => {
  /** Rules that the form keeps by itself; the others are for people to mend. */
  const KEPT = new Set(['room-of-the-roster', 'enrols-in-person', 'member-roles', 'charter-keeps-members', 'candidate-where-enrolled']);
  it('are held against rules that there are', () => {
    for (const id of KEPT) expect(PLAN_RULES).toHaveProperty(id);
  });
  it.each([['founding', founding], ['amendment', amendment], ['merge', merge]] as const)('leave room, roster and quorum of a %s in step', (_, start) => {
    fc.assert(fc.property(fc.array(edit, { maxLength: 12 }), (edits) => {
      const plan = edits.reduce<Plan>((now, next) => next(now), start()) as CharterPlan;
      expect(checkPlan(plan).filter(({ rule }) => KEPT.has(rule))).toEqual([]);
      expect(inStep(plan)).toEqual(plan);
      for (const id of provesKey(plan.before?.map(({ charter }) => charter) ?? null, plan.charter)) expect(person(plan, id)?.credential).toEqual(member(plan, id).credential);
    }), { numRuns: 60 });
  });
});
