/** Names and sentences about charters, as the screens say them. */
import type { MemberChange } from '../../shared/charter/changes.ts';
import type { Charter, Member } from '../../shared/charter/charter-schema.ts';
import { credentialText } from '../../shared/charter/difference.ts';
import { listText } from '../../shared/text/list.ts';
import { ROLES, type Credential, type Role } from '../../shared/ceremony/plan-schema.ts';
import { ROLE_NAMES } from './words.ts';

export const CHANGE_WORDS: Readonly<Record<MemberChange['change'], string>> = {
  enrolled: 'Enrolled', 'credential-replaced': 'Key replaced', left: 'Left', revoked: 'Key revoked', returned: 'Returned', changed: 'Details or roles changed',
};

export interface RoleGroup { /** Null: those who act no more. */ readonly role: Role | null; readonly members: readonly Member[] }
/** A cell begins with a capital letter. */
export const capital = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
export const rolesLine = (roles: readonly Role[]): string => capital(listText(roles.map((role) => ROLE_NAMES[role].toLowerCase())));
export const CREDENTIAL_NAMES: Readonly<Record<Credential['kind'], string>> = { file: 'Credential file', token: 'Token', paper: 'Ink on paper' };
/** What a member signs with and the name of the key; a key that is still to be made is said to be missing. */
export const signsWith = (member: Member): string => `${capital(credentialText(member))}${member.credential.kind !== 'paper' && member.credential.publicKey === null ? ', no key yet' : ''}`;

/** Active members by what they may be, in the order of the roles; empty roles are left out. */
export const peopleByRole = ({ members }: Charter): readonly RoleGroup[] => {
  const active = members.filter(({ standing }) => standing === 'active'), gone = members.filter(({ standing }) => standing !== 'active');
  return [...ROLES.map((role) => ({ role, members: active.filter(({ roles }) => roles.includes(role)) })), { role: null, members: gone }].filter((group) => group.members.length > 0);
};

export const FOUND = {
  title: 'Found the archive',
  what: 'The first ceremony of an archive says who may act in all later ones, with which key, and under which policy. A quorum signs it.',
  rehearsal: 'A rehearsal can also go on without it.',
  production: 'No key is made before it.',
  people: 'People: administrator, internal witness, external auditor, and the custodians who approve.',
  action: 'Prepare the founding',
} as const;
export const AMEND = { title: 'Roster and policy', action: 'Change people or policy', how: 'A change is a ceremony of its own, approved by the custodians of this charter.' } as const;

export const ROSTER_NOTES = {
  founding: 'Everybody who may act in a ceremony of this archive. A person may have several roles; which of them they have today is said under People in the room.',
  amendment: 'Nobody is taken off a roster: whoever goes is marked as left, and a key in other hands as revoked. An id is one person’s for as long as the archive lives.',
} as const;
export const ROOM_NOTES = {
  founding: 'Everybody who gets a key on the roster comes and shows it. Only people who sign with ink can be enrolled without coming.',
  amendment: 'People act in the roles that the charter in force gives them. Whoever is new, or gets another key, comes as candidate and only shows that key.',
} as const;
export const CREDENTIAL_NOTES = {
  founding: 'Each person signs with a key of their own. A file is opened in the vault of this machine and could be copied there; the record says so.',
  amendment: 'Keys of the charter in force stay as they are unless they are replaced. A new key is shown in the room before the charter is approved.',
} as const;
