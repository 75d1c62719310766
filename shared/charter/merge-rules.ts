/** Rules of the plan of a merge. What was left or revoked in one archive stays so: a merge gives nobody back what a branch took. */
import { charterDigest } from './charter-digest.ts';
import { keyOfMember, memberOf } from './changes.ts';
import type { Charter, Member, Standing } from './charter-schema.ts';
import { foldName } from '../ceremony/fold-name.ts';
import { chartersBefore } from '../ceremony/people.ts';
import { when, type Offence, type PlanRule } from '../ceremony/plan-rule.ts';
import type { Plan } from '../ceremony/plan-schema.ts';

const isMerge = ({ ceremony }: Plan): boolean => ceremony.kind === 'merge';
const WEIGHT: Readonly<Record<Standing, number>> = { active: 0, left: 1, revoked: 2 };

const eachBefore = (plan: Plan, judge: (charter: Charter) => readonly Offence[]): readonly Offence[] =>
  (isMerge(plan) ? chartersBefore(plan).flatMap(judge) : []);

export const mergeRules = {
  'parents-of-merge': (plan) => {
    const heads = (plan.parents ?? []).map(({ head }) => head);
    return [
      ...when(isMerge(plan) !== (plan.parents !== undefined), 'parents', isMerge(plan) ? 'A merge names the last ceremony of each archive that it joins. Start its plan from the home screen.' : 'Only a merge names archives that it joins. Remove this field.'),
      ...when(new Set(heads).size !== heads.length, 'parents', 'Two of these are the same ceremony. Each archive that is joined ends in one of its own.'),
      ...(plan.parents ?? []).flatMap(({ record }, index) => when(record === null, `parents.${index}.record`, 'This ceremony is not closed. Archives are joined when no ceremony is under way in them.')),
    ];
  },
  'charter-of-merge': (plan) => when(isMerge(plan) && (plan.charter === undefined) !== (plan.before === undefined), 'charter', 'A merge of archives with charters names those in force and the one in their place. Where no archive has a charter it names neither.'),
  'charters-differ': (plan) => {
    const digests = isMerge(plan) ? chartersBefore(plan).map(charterDigest) : [];
    return when(new Set(digests).size !== digests.length, 'before', 'Two of these charters are the same. Name it once: its custodians approve once.');
  },
  'merge-keeps-standing': (plan) => eachBefore(plan, (charter) => charter.members.flatMap((member) => {
    const index = plan.charter?.members.findIndex(({ id }) => id === member.id) ?? -1, after = plan.charter?.members[index];
    return when(after !== undefined && WEIGHT[after.standing] < WEIGHT[member.standing], `charter.members.${index}.standing`, `${member.name} is "${member.standing}" in an archive that is joined, and stays so in a merge. An amendment may change it afterwards.`);
  })),
  /** A name may change, and so may a key; where both differ under one id it is another person's. */
  'merge-keeps-person': (plan) => (isMerge(plan) ? (plan.charter?.members ?? []) : []).flatMap((member, index) => {
    const versions = chartersBefore(plan).flatMap((charter) => memberOf(charter, member.id) ?? []);
    const isOther = (one: Member): boolean => foldName(one.name) !== foldName(member.name) && keyOfMember(one) !== keyOfMember(member);
    return when(versions.some(isOther), `charter.members.${index}.id`, `The id "${member.id}" is ${versions.find(isOther)?.name ?? ''} in an archive that is joined. An id is never another person's: give one of the two another id, by an amendment there.`);
  }),
} satisfies Record<string, PlanRule>;
