/** How a charter is said: roles, standings, credentials and policy, the same on screen and on paper. */
import { fromBase64, fromHex } from '../bytes.ts';
import type { Charter, Member, Standing } from '../charter/charter-schema.ts';
import type { Credential, Role } from '../ceremony/person-schema.ts';
import { keyIdOf } from '../transcript/key-id.ts';
import { toWords } from '../transcript/words.ts';

export const ROLE_WORDS: Readonly<Record<Role, string>> = {
  administrator: 'ceremony administrator', 'deputy-administrator': 'deputy administrator', 'crypto-officer': 'crypto officer', 'security-officer': 'security officer',
  custodian: 'custodian', 'deputy-custodian': 'deputy custodian', holder: 'holder of an old share', 'internal-witness': 'internal witness', 'external-auditor': 'external auditor', candidate: 'candidate',
};
export const STANDING_WORDS: Readonly<Record<Standing, string>> = { active: 'active', left: 'left', revoked: 'key revoked' };
export const CREDENTIAL_WORDS: Readonly<Record<Credential['kind'], string>> = { file: 'credential file', token: 'token', paper: 'ink on paper' };

/** "a", "a and b", "a, b and c"; `last` may be "or". */
export const listText = (parts: readonly string[], last = 'and'): string => (parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} ${last} ${parts.at(-1)!}`);
/** A sentence or a cell begins with a capital letter. */
export const capital = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;

export const rolesText = (roles: readonly Role[]): string => listText(roles.map((role) => ROLE_WORDS[role]));

/** Four words that name a public key; null where there is none yet, or none that can be read. */
export const keyName = (credential: Credential): string | null => {
  const key = credential.kind === 'paper' || credential.publicKey === null ? null : fromBase64(credential.publicKey);
  return key === null ? null : toWords(fromHex(keyIdOf(key))!.slice(0, 4)).join(' ');
};
/** "credential file, key bombast councilman breakup Waterloo": another key of the same kind reads otherwise. */
export const credentialText = (credential: Credential): string => {
  if (credential.kind === 'paper') return CREDENTIAL_WORDS.paper;
  const serial = credential.kind === 'token' && credential.serial !== null ? ` ${credential.serial}` : '', key = keyName(credential);
  return `${CREDENTIAL_WORDS[credential.kind]}${serial}, ${key === null ? 'no key yet' : `key ${key}`}`;
};
export const reportsText = (reportsTo: Member['reportsTo']): string => reportsTo ?? 'nobody who could come to a ceremony';

/** The policy and who changes it, one line each. */
export const policyRows = ({ policy, approval }: Charter): readonly (readonly [name: string, value: string])[] => [
  ['Smallest quorum for a key', `${policy.quorum.threshold} of ${policy.quorum.shares}`],
  ['People in the room', `at least ${policy.headCount.always}, and ${policy.headCount.irreversible} where a step cannot be undone`],
  ['Enough at a hold point', listText(policy.credentials.holdPoint.map((kind) => CREDENTIAL_WORDS[kind]), 'or')],
  ['Enough on the record', listText(policy.credentials.record.map((kind) => CREDENTIAL_WORDS[kind]), 'or')],
  ['Separation rules that may be excepted', policy.exceptable.length === 0 ? 'none' : policy.exceptable.join(', ')],
  ['To except one, with a reason', `${policy.exceptedBy} ${policy.exceptedBy === 1 ? 'person' : 'people'}`],
  ['To change this charter', `${approval} custodians of the roster`],
];
