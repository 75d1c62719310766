/** What a new charter does to the people of an archive: one change each, in the order in which they become entries. */
import type { PersonId, Sha256Hex } from '../brand.ts';
import { fromBase64 } from '../bytes.ts';
import type { Role } from '../ceremony/person-schema.ts';
import { keyIdOf } from '../transcript/key-id.ts';
import type { Charter, Member } from './charter-schema.ts';

export const MEMBER_CHANGES = ['enrolled', 'credential-replaced', 'left', 'revoked', 'returned', 'changed'] as const;
export interface MemberChange { readonly person: PersonId; readonly change: (typeof MEMBER_CHANGES)[number]; /** Key ids; null for ink on paper, or where there was nobody. */ readonly keyBefore: Sha256Hex | null; readonly keyAfter: Sha256Hex | null }

/** The key id of a member's credential; null for ink on paper. */
export const keyOfMember = ({ credential }: Pick<Member, 'credential'>): Sha256Hex | null =>
  credential.kind === 'paper' || credential.publicKey === null ? null : keyIdOf(fromBase64(credential.publicKey)!);
export const memberOf = (charter: Charter, id: string): Member | null => charter.members.find((member) => member.id === id) ?? null;

const standingChange = (before: Member, after: Member): readonly MemberChange['change'][] => {
  if (before.standing === after.standing) return [];
  return [after.standing === 'active' ? 'returned' : after.standing];
};
const sameDetails = (a: Member, b: Member): boolean =>
  a.name === b.name && a.organisation === b.organisation && a.reportsTo === b.reportsTo && a.roles.toSorted().join() === b.roles.toSorted().join();
export const sameCredential = (a: Pick<Member, 'credential'>, b: Pick<Member, 'credential'>): boolean => JSON.stringify(a.credential) === JSON.stringify(b.credential);
/** Members whom the charter lets act in a role. */
export const actsAs = (charter: Charter, role: Role): readonly Member[] => charter.members.filter((member) => member.standing === 'active' && member.roles.includes(role));

const changesOf = (before: Member | null, after: Member): readonly MemberChange['change'][] => (before === null ? ['enrolled'] : [
  ...standingChange(before, after),
  ...(sameCredential(before, after) ? [] : ['credential-replaced' as const]),
  ...(sameDetails(before, after) ? [] : ['changed' as const]),
]);

/** The charters that a new one replaces: null or none at a founding, each of them at a merge. */
export type Replaced = Charter | null | readonly Charter[];
/** A person as each of the charters that are replaced has them. */
export const versionsOf = (before: Replaced, id: string): readonly Member[] => {
  const charters = before === null ? [] : 'format' in before ? [before] : before;
  return charters.flatMap((charter) => memberOf(charter, id) ?? []);
};

/**
 * @returns the changes in the order of the new roster; empty when the people stay as they are. Where several charters are replaced a person changes
 * when any of them had them otherwise, each kind of change once, with the key of the first that did.
 */
export const memberChanges = (before: Replaced, after: Charter): readonly MemberChange[] => after.members.flatMap((member) => {
  const versions = versionsOf(before, member.id), changes = new Map<MemberChange['change'], Member | null>();
  for (const was of versions.length === 0 ? [null] : versions) for (const change of changesOf(was, member)) if (!changes.has(change)) changes.set(change, was);
  return [...changes].map(([change, was]) => ({ person: member.id, change, keyBefore: was && keyOfMember(was), keyAfter: keyOfMember(member) }));
});

const PROVES: ReadonlySet<MemberChange['change']> = new Set(['enrolled', 'credential-replaced', 'returned']);
/** Members who show that they have the key that the charter gives them: a new key, or a key that is trusted again. Ink on paper shows itself. */
export const provesKey = (before: Replaced, after: Charter): readonly PersonId[] => {
  /** A branch that trusts the key already has seen it at work. */
  const isKnown = (member: Member): boolean => versionsOf(before, member.id).some((was) => was.standing === 'active' && sameCredential(was, member));
  const changed = memberChanges(before, after).filter(({ change, keyAfter }) => PROVES.has(change) && keyAfter !== null).map(({ person }) => person);
  return [...new Set(changed)].filter((person) => { const member = memberOf(after, person); return member?.standing === 'active' && !isKnown(member); });
};

export const sameChange = (a: MemberChange, b: MemberChange): boolean => a.person === b.person && a.change === b.change && a.keyBefore === b.keyBefore && a.keyAfter === b.keyAfter;
