/** A charter as it is read: its policy, its people, what a new one changes, and its name in words. */
import { fourDigits } from '../../shared/text/ceremony-number.ts';
import type { Charter, Member } from '../../shared/charter/charter-schema.ts';
import { charterDifference, charterRows, standingText } from '../../shared/charter/difference.ts';
import { memberOf } from '../../shared/charter/changes.ts';
import type { MemberChange } from '../../shared/charter/changes.ts';
import { capital, CHANGE_WORDS, CREDENTIAL_NAMES, peopleByRole, rolesLine, signsWith } from '../text/charter.ts';
import { ROLE_NAMES } from '../text/words.ts';
import { Caption, Disclosure, Section, State } from './parts.tsx';
import { fourWords, WordGrid } from './word-grid.tsx';
import styles from './charter-parts.module.css';

/** Whose archive it is stands above them. */
export const PolicyRows = ({ charter }: { readonly charter: Charter }) => (
  <dl className={styles.policy}>{charterRows(charter).filter(([name]) => name !== 'Organisation').map(([name, value]) => <div key={name}><dt>{name}</dt><dd>{capital(value)}</dd></div>)}</dl>
);

const standingOf = (member: Member): string => `${CREDENTIAL_NAMES[member.credential.kind].toLowerCase()}${member.standing === 'active' ? '' : `; ${standingText(member)}`}`;
/** Who may act, by role: somebody with two roles stands in both. Whoever acts no more stands last. */
export const PeopleByRole = ({ charter }: { readonly charter: Charter }) => (
  <table className={`${styles.table} ${styles.roles}`}>
    <thead><tr><th scope="col">May act as</th><th scope="col">Person, organisation and how they sign</th></tr></thead>
    <tbody>{peopleByRole(charter).map(({ role, members }) => (
      <tr key={role ?? 'gone'}><th scope="row">{role === null ? 'Act no more' : ROLE_NAMES[role]}</th>
        <td><ul className={styles.people}>{members.map((member) => <li key={member.id}><span><b>{member.name}</b></span><span className={styles.cap}>{member.organisation}; {standingOf(member)}</span></li>)}</ul></td></tr>
    ))}</tbody>
  </table>
);

/** The roster as it is read aloud: one person a line. */
export const RosterTable = ({ charter }: { readonly charter: Charter }) => (
  <table className={styles.table}>
    <thead><tr><th scope="col">Person</th><th scope="col">Organisation</th><th scope="col">May act as</th><th scope="col">Signs with</th></tr></thead>
    <tbody>{charter.members.map((member) => (
      <tr key={member.id}>
        <th scope="row">{member.name}</th><td>{member.organisation}{member.reportsTo !== null && <><br /><span className={styles.cap}>reports to {member.reportsTo}</span></>}</td>
        <td>{rolesLine(member.roles)}</td><td>{signsWith(member)}{member.standing === 'active' ? '' : <><br /><b>{capital(standingText(member))}</b></>}</td>
      </tr>
    ))}</tbody>
  </table>
);

/** Each change, what it was and what it becomes. @param before null: everything is new. */
export const DifferenceTable = ({ before, after, testId }: { readonly before: Charter | null; readonly after: Charter; readonly testId?: string }) => {
  const lines = charterDifference(before, after);
  if (lines.length === 0) return <Caption>Nothing changes.</Caption>;
  return (
    <table className={`${styles.table} ${before === null ? '' : styles.difference}`} data-testid={testId}>
      <thead><tr><th scope="col">What</th>{before !== null && <th scope="col">In force now</th>}<th scope="col">{before === null ? 'From now on' : 'From the enactment on'}</th></tr></thead>
      <tbody>{lines.map(({ what, before: was, after: now }, index) => (
        <tr key={index}><th scope="row">{what}</th>{before !== null && <td className={styles.was}>{was === null ? 'Not on the roster' : capital(was)}</td>}<td className={styles.now}>{now === null ? 'Not on the roster any more' : capital(now)}</td></tr>
      ))}</tbody>
    </table>
  );
};

interface Replaced { readonly ceremony: number; readonly head: string; readonly charter: Charter }
/** A table for each charter that is replaced: a merge replaces one of each archive. */
export const DifferenceSections = ({ before, after, level = 2, testId }: { readonly before: readonly Replaced[]; readonly after: Charter; readonly level?: 2 | 3; readonly testId: string }) => before.map(({ ceremony, head, charter }) => {
  // Both archives may have given the same number: the words of the head tell them apart.
  const title = before.length === 1 ? 'What changes' : `What changes for the archive of ceremony ${fourDigits(ceremony)}`, since = `in force since ceremony ${fourDigits(ceremony)}${before.length === 1 ? '' : `, head ${fourWords(head)}`}`;
  return <Section key={head} level={level} title={title} end={since} label={`${title}, ${since}`}><DifferenceTable before={charter} after={after} testId={testId} /></Section>;
});

/** Four words name the charter; all 32 compare it. */
export const CharterDigest = ({ sha256 }: { readonly sha256: string }) => (
  <>
    <p className={styles.digest}>Charter <b>{fourWords(sha256)}</b></p>
    <Disclosure title="All 32 words, to compare it with paper"><WordGrid hex={sha256} label="Digest of the charter in words" /></Disclosure>
  </>
);

/** What became of people, each with the entry that says it. */
export const MemberChanges = ({ charter, changes }: { readonly charter: Charter; readonly changes: readonly (MemberChange & { readonly seq: number })[] }) => (
  <table className={styles.table} data-testid="member-changes">
    <thead><tr><th scope="col">Person</th><th scope="col">What became an entry</th><th scope="col">Entry</th></tr></thead>
    <tbody>{changes.map(({ person, change, seq }) => (
      <tr key={seq}><th scope="row">{memberOf(charter, person)?.name ?? person}</th><td><State icon="done" tone="done">{CHANGE_WORDS[change]}</State></td><td>{seq}</td></tr>
    ))}</tbody>
  </table>
);
