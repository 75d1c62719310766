import { foldName } from '../../ceremony/fold-name.ts';
import type { Person } from '../../ceremony/plan-schema.ts';
import type { Duty } from '../duty.ts';
import { roomOf } from '../people-in-view.ts';

const publicKey = ({ credential }: Person): string | null => (credential.kind === 'paper' ? null : credential.publicKey);
/** Tokens that only one person may have: the one that signs, and the one that takes a share. A person may use one for both. */
const tokens = ({ credential, custody }: Person): readonly string[] => [credential.kind === 'token' ? credential.serial : null, custody?.card?.serial ?? null].filter((serial): serial is string => serial !== null);
const sameness = (a: Person, b: Person): string | null => {
  if (foldName(a.name) === foldName(b.name)) return 'have the same name';
  if (publicKey(a) !== null && publicKey(a) === publicKey(b)) return 'have the same key';
  const shared = tokens(a).find((serial) => tokens(b).includes(serial));
  return shared === undefined ? null : `have the same token, ${shared}`;
};

/** One person has one role; the same name, key or token counts as the same person. */
export const onePersonOneRole: Duty = {
  id: 'one-person-one-role',
  says: 'One person has one role. Two entries with the same name, key or token count as one person.',
  clause: 'BR 6.1.1.1', verified: true, place: '.role',
  judge: (view) => roomOf(view).flatMap((person, index, people) => people.slice(0, index).flatMap((earlier) => {
    const same = sameness(person, earlier);
    return same === null ? [] : [{ people: [person.id, earlier.id], text: `${person.name} and ${earlier.name} ${same}, and count as one person in two roles.` }];
  })),
};
