/** Plan rules of ceremonies about the archive: what a charter must be, and who may give it one. */
import { foldName } from '../ceremony/fold-name.ts';
import { chartersBefore, isKeyPlan } from '../ceremony/people.ts';
import type { Person, Plan } from '../ceremony/plan-schema.ts';
import { keyFormOffence } from '../ceremony/plan-key-form.ts';
import { canSign, repeatedIn, when, type Offence, type PlanRule } from '../ceremony/plan-rule.ts';
import { approversOf } from './approvers.ts';
import { actsAs, keyOfMember, memberOf, provesKey, sameCredential } from './changes.ts';
import type { Member } from './charter-schema.ts';

const kindOf = (plan: Plan): Plan['ceremony']['kind'] => plan.ceremony.kind;
const eachMember = (plan: Plan, judge: (member: Member, where: string) => readonly Offence[]): readonly Offence[] =>
  (plan.charter?.members ?? []).flatMap((member, index) => judge(member, `charter.members.${index}`));
const firstOf = (plan: Plan, keyOf: (member: Member) => string | null, report: (member: Member, earlier: Member) => string, field: string): readonly Offence[] =>
  repeatedIn(plan.charter?.members ?? [], 'charter.members', keyOf, (member, earlier, where) => [{ where: `${where}.${field}`, text: report(member, earlier) }]);

/** Which parts a kind of ceremony has; a merge of archives without a charter has none of them. */
const partRules = {
  'charter-where-enacted': (plan) => [
    ...when((kindOf(plan) === 'founding' || kindOf(plan) === 'amendment') && plan.charter === undefined, 'charter', 'This ceremony gives the archive a charter, and the plan has none.'),
    ...when(isKeyPlan(plan) && plan.charter !== undefined, 'charter', 'A ceremony about a key changes no charter. Remove this field.'),
    ...when(!isKeyPlan(plan) && plan.decision === undefined, 'decision', 'Say why this ceremony is held, and on whose decision.'),
    ...when(!isKeyPlan(plan) && plan.under !== undefined, 'under', 'Only a ceremony about a key is held under a charter. Remove this field.'),
  ],
  'charter-before': (plan) => {
    const count = plan.before?.length ?? 0;
    return [
      ...when(kindOf(plan) === 'founding' && count > 0, 'before', 'A founding is the first: there is no charter before it. Remove this field.'),
      ...when(kindOf(plan) === 'amendment' && count !== 1, 'before', 'An amendment replaces the one charter in force. Start it from the home screen.'),
      ...when(isKeyPlan(plan) && count > 0, 'before', 'A ceremony about a key changes no charter. Remove this field.'),
    ];
  },
} satisfies Record<string, PlanRule>;

const rosterRules = {
  'member-id-unique': (plan) => firstOf(plan, ({ id }) => id, ({ id }) => `Two people of the roster have the id "${id}". Give each their own.`, 'id'),
  'member-name-unique': (plan) => firstOf(plan, ({ name }) => foldName(name), ({ name }) => `The name "${name}" is on the roster twice. If these are two people, add what tells them apart.`, 'name'),
  'member-key-own': (plan) => firstOf(plan, keyOfMember, ({ name }, earlier) => `${name} has the same public key as ${earlier.name}. Each person signs with a key of their own.`, 'credential.publicKey'),
  'member-key-form': (plan) => eachMember(plan, ({ credential }, where) => keyFormOffence(credential, where)),
  'member-roles': (plan) => eachMember(plan, ({ roles }, where) => [
    ...when(new Set(roles).size !== roles.length, `${where}.roles`, 'A role is listed twice.'),
    ...when(roles.includes('candidate') || roles.includes('holder'), `${where}.roles`, 'Candidate and holder are what a person is in one ceremony, not roles of the roster. Write the role this person is enrolled for.'),
  ]),
  'charter-can-act': ({ charter }) => (charter === undefined ? [] : [
    ...(['administrator', 'internal-witness', 'external-auditor'] as const).flatMap((role) => when(actsAs(charter, role).length === 0, 'charter.members', `Nobody on the roster may act as ${role}. No ceremony could be held.`)),
    ...when(actsAs(charter, 'custodian').filter((member) => member.credential.kind !== 'paper').length < charter.approval, 'charter.approval', `${charter.approval} custodians change the charter, but fewer of the roster are active and sign with a key. Nobody could change it.`),
    ...when(charter.policy.quorum.threshold > charter.policy.quorum.shares, 'charter.policy.quorum.threshold', 'The smallest threshold is larger than the smallest number of shares.'),
    ...when(charter.policy.headCount.always > charter.policy.headCount.irreversible, 'charter.policy.headCount.irreversible', 'Where a step cannot be undone, at least as many people are in the room as elsewhere.'),
  ]),
  /** Nobody is taken off: an id is one person's for as long as the archive lives, and a key that was revoked is never trusted again. */
  'charter-keeps-members': (plan) => (plan.before ?? []).flatMap(({ charter }) => charter.members.flatMap((was) => {
    const now = plan.charter && memberOf(plan.charter, was.id);
    if (!now) return when(plan.charter !== undefined, 'charter.members', `${was.name} is on the roster in force and not on this one. Nobody is taken off: write "left" or "revoked".`);
    return when(was.standing === 'revoked' && now.standing === 'active' && keyOfMember(was) === keyOfMember(now), 'charter.members', `The key of ${was.name} was revoked. It is not trusted again: enrol another one.`);
  })),
} satisfies Record<string, PlanRule>;

/** What a person is in the room must follow from the charter in force or, for newcomers and new keys, from the new one. */
const roomOffence = (plan: Plan, person: Person): string | null => {
  const { charter, before } = plan;
  if (charter === undefined) return null;
  const now = memberOf(charter, person.id);
  if (now === null || foldName(now.name) !== foldName(person.name)) return `${person.name} is not on the new roster under this id and name.`;
  if (person.role === 'candidate' || before === undefined) {
    if (!sameCredential(now, person)) return `${person.name} comes with another credential than the new roster has.`;
    return person.role === 'candidate' || now.roles.includes(person.role) ? null : `The roster does not let ${person.name} act as ${person.role}.`;
  }
  // Of archives that are joined any one may let a person act.
  const letting = chartersBefore(plan).flatMap((one) => memberOf(one, person.id) ?? []).filter((was) => was.standing === 'active' && was.roles.includes(person.role));
  if (letting.length === 0) return `The charter in force does not let ${person.name} act as ${person.role}. Whoever is enrolled today comes as candidate.`;
  return letting.some((was) => sameCredential(was, person)) ? null : `${person.name} comes with another credential than the charter in force has. Whoever gets a new key comes as candidate.`;
};

const roomRules = {
  'room-of-the-roster': (plan) => plan.people.flatMap((person, index) => { const text = roomOffence(plan, person); return text === null ? [] : [{ where: `people.${index}`, text }]; }),
  'enrols-in-person': (plan) => (plan.charter === undefined ? [] : provesKey(chartersBefore(plan), plan.charter).flatMap((id) => {
    const member = memberOf(plan.charter!, id)!;
    return when(!plan.people.some((person) => person.id === id && sameCredential(member, person)), 'people', `${member.name} gets a key on the roster and shows it in the room. Add this person to the people of the ceremony.`);
  })),
  'approval-can-sign': (plan) => (plan.charter === undefined ? [] : (plan.before?.map(({ charter }) => charter) ?? [plan.charter]).flatMap((charter) => {
    const here = approversOf(plan, charter).filter(canSign).length;
    return when(here < charter.approval, 'people', `${charter.approval} custodians of the charter approve, but only ${here} of them come with a key to sign.`);
  })),
  'candidate-where-enrolled': (plan) => plan.people.flatMap((person, index) => when(person.role === 'candidate' && plan.charter === undefined, `people.${index}.role`, 'People are enrolled in a founding or an amendment only.')),
  'approval-is-quorum': (plan) => {
    const { charter, before, quorum } = plan;
    if (charter === undefined) return [];
    const needed = Math.max(...(before?.map((one) => one.charter.approval) ?? [charter.approval]));
    return when(quorum.threshold !== needed || quorum.shares !== plan.people.filter(({ role }) => role === 'custodian').length, 'quorum', `The quorum of this ceremony is the approval of the charter: ${needed} of the custodians who come.`);
  },
} satisfies Record<string, PlanRule>;

export const charterRules: Readonly<Record<string, PlanRule>> = { ...partRules, ...rosterRules, ...roomRules };
