/** What a new charter changes, line by line, in words: read aloud, shown and printed. */
import { capital, credentialText, policyRows, reportsText, rolesText, STANDING_WORDS } from '../text/charter-words.ts';
import { memberOf } from './changes.ts';
import type { Charter, Member } from './charter-schema.ts';

export interface CharterLine { readonly what: string; readonly before: string | null; readonly after: string | null }

const memberFields = (member: Member): readonly (readonly [name: string, value: string])[] => [
  ['name', member.name], ['organisation', member.organisation], ['reports to', reportsText(member.reportsTo)],
  // The order in which roles were ticked says nothing.
  ['roles', capital(rolesText(member.roles.toSorted()))], ['credential', capital(credentialText(member.credential))], ['standing', capital(STANDING_WORDS[member.standing])],
];
const whole = (member: Member): string =>
  `${capital(rolesText(member.roles))}; ${member.organisation}; ${credentialText(member.credential)}${member.standing === 'active' ? '' : `; ${STANDING_WORDS[member.standing]}`}`;

const memberLines = (before: Member | null, after: Member): readonly CharterLine[] => {
  if (before === null) return [{ what: after.name, before: null, after: whole(after) }];
  const now = memberFields(after);
  return memberFields(before).flatMap(([name, value], index) => (value === now[index]![1] ? [] : [{ what: `${before.name}: ${name}`, before: value, after: now[index]![1] }]));
};
const policyLines = (before: Charter | null, after: Charter): readonly CharterLine[] => {
  const was = before === null ? null : [['Organisation', before.organisation] as const, ...policyRows(before)];
  return [['Organisation', after.organisation] as const, ...policyRows(after)]
    .flatMap(([name, value], index) => (was?.[index]![1] === value ? [] : [{ what: name, before: was === null ? null : capital(was[index]![1]), after: capital(value) }]));
};

/** @param before null at a founding, where every line is new. @returns policy first, then people in the order of the new roster; empty when nothing changes. */
export const charterDifference = (before: Charter | null, after: Charter): readonly CharterLine[] => [
  ...policyLines(before, after),
  ...after.members.flatMap((member) => memberLines(before && memberOf(before, member.id), member)),
  ...(before?.members ?? []).filter(({ id }) => memberOf(after, id) === null).map((member) => ({ what: member.name, before: whole(member), after: null })),
];
