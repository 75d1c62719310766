/** The draft of a merge: its parents are the ends of the archive as it lies there, its charter the united one of theirs. */
import { memberOf } from '../../shared/charter/changes.ts';
import { roomRoles } from '../../shared/charter/room-roles.ts';
import type { Charter } from '../../shared/charter/charter-schema.ts';
import type { KeyPlan, Person, Plan } from '../../shared/ceremony/plan-schema.ts';
import { unitedAtEnds, type CharterInForce } from '../../shared/register/charter.ts';
import type { ToldCeremony } from '../../shared/register/issued-set.ts';
import { AppError } from '../../shared/errors.ts';
import type { Link } from '../../shared/transcript/links.ts';
import { endsOf } from '../archive/ends.ts';
import { toldCeremonies } from '../archive/register.ts';
import { inRole, onTheTable, roomFrom } from './charter-drafts.ts';
import { freshPlan, type DraftPlace } from './drafts.ts';

/** Who is in the room of a ceremony whoever's shares it is about. */
const OFFICES: ReadonlySet<Person['role']> = new Set(['administrator', 'deputy-administrator', 'internal-witness', 'external-auditor', 'custodian', 'security-officer', 'crypto-officer']);
const plain = ({ custody: _custody, ...person }: Person): Person => person;
/** The people of the last ceremony that was opened, since an archive without a charter has no other roster. */
const peopleOfLast = (told: readonly ToldCeremony[], ends: readonly Link[]): Plan | null =>
  ends.flatMap(({ head }) => told.filter(({ state }) => state.head === head)).map(({ state }) => state.plan).at(-1) ?? null;

type Own = Pick<Plan, 'people' | 'quorum' | 'charter' | 'before'>;
const unfounded = (from: KeyPlan, last: Plan | null): Own => {
  const people = (last ?? from).people.filter(({ role }) => OFFICES.has(role)).map(plain), shares = inRole(people, 'custodian');
  return { people, quorum: { threshold: Math.min((last ?? from).quorum.threshold, Math.max(2, shares)), shares: Math.max(2, shares) } };
};

/** Those whom the united charter lets act, each as one of the charters in force lets them; and who shows a new key. */
const founded = (atEnds: readonly CharterInForce[], charter: Charter): Own => {
  const before = atEnds.map((one) => one.charter), people = roomFrom(charter).flatMap((person) => {
    const roles = roomRoles(before, memberOf(charter, person.id)!), role = roles.includes(person.role) ? person.role : roles[0];
    return role === undefined ? [] : [{ ...person, role }];
  });
  return {
    people, charter, before: atEnds.map((one) => ({ ceremony: one.ceremony, head: one.head, charter: one.charter })),
    quorum: { threshold: Math.max(...atEnds.map((one) => one.charter.approval)), shares: Math.max(2, inRole(people, 'custodian')) },
  };
};

/** @throws PLAN_RULE, `parents-current`, when the archive has one end; TRANSCRIPT_… and PLAN_… when a folder of it cannot be read. */
export const mergeDraft = async (place: DraftPlace): Promise<Plan> => {
  const { disk, workspace } = place, ends = await endsOf(disk, workspace.archiveDir);
  if (ends.length < 2) throw new AppError('PLAN_RULE', { where: 'ceremony.kind', rule: 'parents-current', text: 'this archive has one end, and there is nothing to merge' });
  const told = await toldCeremonies(disk, workspace.archiveDir, { skipUnreadable: false });
  const from = await freshPlan(place, told), { atEnds, united } = unitedAtEnds(told, ends), last = peopleOfLast(told, ends);
  const own = united === null ? unfounded(from, last) : founded(atEnds, united.charter);
  const organisation = atEnds[0]?.charter.organisation ?? last?.ceremony.organisation ?? from.ceremony.organisation, { people, quorum, ...charters } = own;
  const { test: _test, ...sheets } = (last ?? from).sheets;
  return {
    format: from.format, mode: from.mode, ceremony: { kind: 'merge', title: 'Merge of the archives', organisation, place: last?.ceremony.place ?? from.ceremony.place, date: from.ceremony.date },
    people, quorum, sheets, ...onTheTable(from), lastHead: 'from-paper', decision: { purpose: 'Join the archives into one', authority: organisation }, ...charters, parents: [...ends],
  };
};
