/** As what the members of a new charter may be in the room that approves it: people act as the charters in force let them, and whoever gets a key only shows it. */
import type { Role } from '../ceremony/person-schema.ts';
import { sameCredential, versionsOf, type Replaced } from './changes.ts';
import type { Member } from './charter-schema.ts';

/** Versions of the member in the charters in force that let them act with the credential of the new one. */
const trusting = (before: Replaced, member: Member): readonly Member[] => versionsOf(before, member.id).filter((was) => was.standing === 'active' && sameCredential(was, member));
/** Whether the member gets a key today, or a key that is trusted again: it is shown in the room. */
export const showsKey = (before: Replaced, member: Member): boolean => member.standing === 'active' && member.credential.kind !== 'paper' && trusting(before, member).length === 0;
/** @param before null at a founding. @returns the roles in which the member may come; of archives that are joined any one may let them act. */
export const roomRoles = (before: Replaced, member: Member): readonly Role[] => {
  if (before === null) return member.roles;
  if (versionsOf(before, member.id).length === 0 || showsKey(before, member)) return ['candidate'];
  return member.standing === 'revoked' ? [] : [...new Set(trusting(before, member).flatMap(({ roles }) => roles))];
};
