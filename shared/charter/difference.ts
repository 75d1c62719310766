/** What a charter says, and what differs between two of them, in rows for people: read aloud in the ceremony, shown on screen, printed. */
import type { Role } from '../ceremony/person-schema.ts';
import { keyOfMember, memberOf } from './changes.ts';
import type { Charter, Member, Policy, Standing } from './charter-schema.ts';

/** `before` null: it was not there. `after` null: it is not there any more. */
export interface DifferenceRow { readonly what: string; readonly before: string | null; readonly after: string | null }

const ROLE_WORDS: Readonly<Record<Role, string>> = {
  administrator: 'ceremony administrator', 'deputy-administrator': 'deputy administrator', 'crypto-officer': 'crypto officer', 'security-officer': 'security officer', custodian: 'custodian',
  'deputy-custodian': 'deputy custodian', holder: 'holder', 'internal-witness': 'internal witness', 'external-auditor': 'external auditor', candidate: 'candidate',
};
const STANDING_WORDS: Readonly<Record<Standing, string>> = { active: 'active', left: 'left', revoked: 'key revoked' };
const CREDENTIAL_WORDS = { file: 'credential file', token: 'token', paper: 'ink on paper' } as const;
const listed = (parts: readonly string[]): string => parts.join(', ') || 'none';

const groups = (hex: string): string => hex.match(/.{1,4}/g)?.join(' ') ?? '';
/** "custodian, security officer" */
export const rolesText = ({ roles }: Pick<Member, 'roles'>): string => listed(roles.map((role) => ROLE_WORDS[role]));
export const standingText = ({ standing }: Pick<Member, 'standing'>): string => STANDING_WORDS[standing];
/** "token 4f2a" */
export const signsWithText = ({ credential }: Pick<Member, 'credential'>): string => `${CREDENTIAL_WORDS[credential.kind]}${credential.kind === 'token' && credential.serial !== null ? ` ${credential.serial}` : ''}`;
/** What the person signs with and the first 16 digits of the key id: a name for the key, not a proof. */
export const credentialText = (member: Pick<Member, 'credential'>): string => {
  const key = keyOfMember(member);
  return `${signsWithText(member)}${key === null ? '' : `, key ${groups(key.slice(0, 16))}`}`;
};

/** "credential file, token" */
export const credentialKinds = (kinds: readonly (keyof typeof CREDENTIAL_WORDS)[]): string => listed(kinds.map((kind) => CREDENTIAL_WORDS[kind]));

type Said = readonly (readonly [what: string, text: string])[];
/** The policy in sentences, one a row, always the same rows in the same order. */
export const policyRows = ({ quorum, headCount, credentials, exceptable, exceptedBy }: Policy): Said => [
  ['Smallest quorum of a ceremony about a key', `${quorum.threshold} of ${quorum.shares}`],
  ['Fewest people in the room', `${headCount.always} at every step, ${headCount.irreversible} where a step cannot be undone`],
  ['Enough at a hold point', credentialKinds(credentials.holdPoint)],
  ['Enough on the record', credentialKinds(credentials.record)],
  ['Separation rules that may be excepted', listed(exceptable)],
  ['People it takes to except one', String(exceptedBy)],
];
/** What a charter says besides its roster. */
export const charterRows = (charter: Charter): Said => [
  ['Organisation', charter.organisation], ['Custodians it takes to change the charter', String(charter.approval)], ...policyRows(charter.policy),
];
const memberRows = (member: Member): Said => [
  ['name', member.name], ['organisation', member.organisation], ['reports to', member.reportsTo ?? 'nobody who could come to a ceremony'],
  ['roles', rolesText(member)], ['signs with', credentialText(member)], ['public key', member.credential.kind === 'paper' ? 'none' : member.credential.publicKey ?? 'not enrolled'], ['standing', standingText(member)],
];
const summary = (member: Member): string => `${rolesText(member)}; ${member.organisation}; ${credentialText(member)}; ${standingText(member)}`;

const changed = (before: Said, after: Said): readonly DifferenceRow[] => after.flatMap(([what, text], index) => {
  const was = before[index]?.[1] ?? null;
  return was === text ? [] : [{ what, before: was, after: text }];
});
/** What differs in a person of the roster. A new key shows in what the person signs with; the key itself is said only where that alone would look the same. */
export const memberLines = (before: Member, after: Member): readonly DifferenceRow[] => {
  const rows = changed(memberRows(before), memberRows(after));
  return rows.some(({ what }) => what === 'signs with') ? rows.filter(({ what }) => what !== 'public key') : rows;
};
const memberDifference = (before: Member | null, after: Member): readonly DifferenceRow[] => (before === null
  ? [{ what: after.name, before: null, after: summary(after) }] : memberLines(before, after).map((row) => ({ ...row, what: `${after.name}: ${row.what}` })));

/**
 * @param before null at a founding: then every row says what is new.
 * @returns policy first, then people in the order of the new roster, then those who are not on it any more; empty when nothing differs.
 */
export const charterDifference = (before: Charter | null, after: Charter): readonly DifferenceRow[] => [
  ...changed(before === null ? [] : charterRows(before), charterRows(after)),
  ...after.members.flatMap((member) => memberDifference(before && memberOf(before, member.id), member)),
  ...(before?.members ?? []).filter(({ id }) => memberOf(after, id) === null).map((member) => ({ what: member.name, before: summary(member), after: null })),
];
