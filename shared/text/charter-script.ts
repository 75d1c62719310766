/** Wording of the steps of a ceremony about the archive itself: the same on screen and on paper. */
import { fourDigits } from './ceremony-number.ts';
import type { Charter } from '../charter/charter-schema.ts';
import { personById } from '../ceremony/people.ts';
import type { Plan } from '../ceremony/plan-schema.ts';
import type { StepWords } from './script.ts';

type Statement = StepWords & { readonly statement: string };
const decided = ({ decision }: Plan): string => (decision ? ` Purpose: ${decision.purpose}. Decided by: ${decision.authority}.` : '');

export const aimOfCharter = (plan: Plan): string => {
  const { kind, organisation } = plan.ceremony;
  switch (kind) {
    case 'founding': return `This ceremony founds the archive of ${organisation}: who may act in its ceremonies, with which key, and under which policy.${decided(plan)}`;
    case 'amendment': return `This ceremony changes the charter of the archive of ${organisation}.${decided(plan)}`;
    default: return `This ceremony joins archives of ${organisation} into one.${decided(plan)}`;
  }
};

export const readCharter = (charter: Charter): StepWords => ({
  title: 'Read the policy aloud',
  text: `“The archive is that of ${charter.organisation}. A ceremony about a key has a quorum of at least ${charter.policy.quorum.threshold} of ${charter.policy.quorum.shares}. At least ${charter.policy.headCount.always} people are in the room, and ${charter.policy.headCount.irreversible} where a step cannot be undone. ${charter.approval} custodians change this charter.”`,
  why: 'Everyone hears what every later ceremony is measured against.',
});
/** The ends that a merge joins, by the numbers people have on paper; two archives may have given the same. Their heads are read from paper, not from here. */
const parentsText = ({ parents }: Plan): string => (parents ?? []).map(({ number }, index) => `${fourDigits(number)} of archive ${index + 1}`).join(' and ');
export const readParents = (plan: Plan): StepWords => ({
  title: 'Read what is joined',
  text: `“Archives that went their own ways are joined: they end with ceremony ${parentsText(plan)}. What one of them destroyed, lost or revoked counts for all. From here on there is one archive.”`,
  why: 'Two archives that say different things of one share can each look whole. After this there is one list.',
});
export const approveJoin = (): Statement => ({
  title: 'Approve that they are joined', text: 'Each custodian signs; enough of them let the ceremony go on.',
  why: 'Whoever joins archives decides which past counts. That is not for one person.',
  statement: 'I have heard what the archives hold. I approve that they are joined into one.',
});
export const readDifference = (): StepWords => ({
  title: 'Read what changes',
  text: 'Read each line of the difference aloud: what it was, and what it is from now on.',
  why: 'A change that nobody read is a change that nobody approved.',
});
export const readRoster = (charter: Charter): StepWords => ({
  title: 'Read the roster aloud',
  text: `Read the ${charter.members.length} names of the roster with their roles. Whoever knows that one is wrong says so now.`,
  why: 'From now on only these people act in a ceremony, each with their own key.',
});
export const enrol = (plan: Plan, ids: readonly string[]): Statement => ({
  title: 'Show the new keys',
  text: `${ids.map((id) => personById(plan, id)?.name ?? id).join(', ')}: each signs with the key that the roster gives them.`,
  why: 'A key that its person cannot use would be found missing in the ceremony that needs it.',
  statement: 'The roster gives me this key and these roles. I accept them and their duties, in ceremonies and after them. I alone use this key, and I report its loss at once.',
});
const WHAT: Readonly<Record<string, string>> = { founding: 'I approve this charter: its roster and its policy.', amendment: 'I have heard what changes. I approve the new charter in place of the one in force.', merge: 'I have heard what the archives hold. I approve that they are joined, and the charter that is in force from now on.' };
/** @param of the ceremony whose charter gives the approvers their say; null where there is only one. */
export const approve = (plan: Plan, threshold: number, of: number | null): Statement => ({
  title: of === null ? 'Approve the charter' : `Approve for the charter of ${fourDigits(of)}`,
  text: `Any ${threshold} custodians${of === null ? '' : ` of the charter that ceremony ${fourDigits(of)} enacted`} sign.`,
  why: plan.ceremony.kind === 'founding' ? 'The first charter has no other warrant than the people who sign it.' : 'Nobody gives themselves a role: those who hold the trust today pass it on.',
  statement: WHAT[plan.ceremony.kind] ?? '',
});
export const enact = (): StepWords => ({
  title: 'Enact the charter',
  text: 'Each change of a person and the new charter become entries. From here on this charter is in force.',
  why: 'Who was enrolled, who left and whose key was revoked can be found by entry.',
});
