/** What Prepare says of a charter that is being drawn up: its tasks, the roster beside the one in force, and who comes. Pure. */
import { memberLines } from '../../../shared/charter/difference.ts';
import { memberOf } from '../../../shared/charter/changes.ts';
import type { Member, Policy } from '../../../shared/charter/charter-schema.ts';
import type { Question } from '../../../shared/charter/unite.ts';
import { DUTIES, dutyOf } from '../../../shared/duties/duties.ts';
import type { PlanFinding, PrepareTask } from '../../../shared/ceremony/plan-findings.ts';
import type { Person, Plan, Role } from '../../../shared/ceremony/plan-schema.ts';
import type { IconName } from '../../components/icon.tsx';
import type { Tone } from '../../components/parts.tsx';
import { listText } from '../../../shared/text/list.ts';
import { capital, signsWith } from '../../text/charter.ts';
import { ROLE_NAMES } from '../../text/words.ts';
import { inForce, isCharterPlan, memberBefore, roomRoles, showsKey, type CharterPlan } from './charter-form.ts';
import { materialsSummary } from './materials-form.ts';
import { stoodFor } from './duties-view.ts';

/** A task of Prepare; the people who come to a ceremony about the archive have one of their own. */
export type Task = PrepareTask | 'room';
export type TaskFinding = Omit<PlanFinding, 'task'> & { readonly task: Task };
export const CHARTER_TASKS = ['ceremony', 'roster', 'room', 'quorum', 'materials', 'credentials'] as const satisfies readonly Task[];

/** People follow the roster, so what is wrong with a name is mended there. */
const PLACES: readonly (readonly [where: RegExp, task: Task])[] = [
  [/^(charter\.members|people)\.\d+\.credential/, 'credentials'], [/^charter\.(policy|approval|organisation)/, 'quorum'], [/^charter|^people\.\d+\.(name|organisation|reportsTo|id)/, 'roster'],
  [/^(people|quorum|waivers)/, 'room'], [/^(decision|before)/, 'ceremony'],
];
/** A founding has one place for the name of its organisation. */
const taskAt = (plan: CharterPlan, where: string): Task | undefined => (where === 'charter.organisation' && inForce(plan) === null ? 'ceremony' : PLACES.find(([place]) => place.test(where))?.[1]);
export type TaskQuestion = Question & { readonly task: Task };
/** What a merge has to settle, by the task where it is settled; none for any other ceremony. */
export const questionsOf = (plan: Plan, questions: readonly Question[]): readonly TaskQuestion[] =>
  (plan.ceremony.kind !== 'merge' || !isCharterPlan(plan) ? [] : questions.map((one) => ({ ...one, task: taskAt(plan, `charter.${one.where}`) ?? 'roster' })));
/** Findings by the task that mends them. The same sentence at the same field is said once. */
export const placeFindings = (plan: Plan | null, findings: readonly PlanFinding[]): readonly TaskFinding[] => {
  if (plan === null || !isCharterPlan(plan)) return findings;
  const placed = findings.map((finding): TaskFinding => ({ ...finding, task: taskAt(plan, finding.where) ?? finding.task }));
  return placed.filter((one, index) => placed.findIndex((other) => other.task === one.task && other.text === one.text && ownerOf(plan, other.where) === ownerOf(plan, one.where)) === index);
};
/** Whom a finding is about: a person in the room and their place on the roster are one. */
const ownerOf = (plan: CharterPlan, where: string): string => {
  const [, list, index] = /^(people|charter\.members)\.(\d+)\./.exec(where) ?? [];
  const one = index === undefined ? undefined : (list === 'people' ? plan.people : plan.charter.members)[Number(index)];
  return one?.id ?? where;
};

export interface RosterRow {
  readonly member: Member;
  readonly was: Member | null;
  readonly look: { readonly icon: IconName; readonly tone: Tone; readonly word: string };
  /** What is different from the charter in force, one line each; none at a founding and for a newcomer, where all is new. */
  readonly lines: readonly { readonly what: string; readonly before: string; readonly after: string }[];
}
const LOOKS = {
  ready: { icon: 'done', tone: 'plain', word: 'Key ready' }, keyless: { icon: 'notyet', tone: 'plain', word: 'Key to be made' }, ink: { icon: 'sign', tone: 'plain', word: 'Signs in ink' }, same: { icon: 'notyet', tone: 'plain', word: 'No change' }, changed: { icon: 'note', tone: 'now', word: 'Changed' }, newcomer: { icon: 'now', tone: 'now', word: 'New' },
  left: { icon: 'x', tone: 'wait', word: 'Left' }, revoked: { icon: 'stop', tone: 'stop', word: 'Key revoked' },
} as const satisfies Readonly<Record<string, RosterRow['look']>>;
const lookOf = (plan: CharterPlan, member: Member, changed: boolean): RosterRow['look'] => {
  if (member.standing !== 'active') return LOOKS[member.standing];
  if (inForce(plan) === null) return member.credential.kind === 'paper' ? LOOKS.ink : LOOKS[member.credential.publicKey === null ? 'keyless' : 'ready'];
  return memberBefore(plan, member.id) === null ? LOOKS.newcomer : changed ? LOOKS.changed : LOOKS.same;
};
const linesOf = (plan: CharterPlan, member: Member): RosterRow['lines'] => {
  const was = memberBefore(plan, member.id);
  return was === null ? [] : memberLines(was, member).flatMap(({ what, before, after }) => {
    if (before === null || after === null) return [];
    return [what === 'signs with' ? { what: capital(what), before: signsWith(was), after: signsWith(member) } : { what: capital(what), before: capital(before), after: capital(after) }];
  });
};
export const rosterRows = (plan: CharterPlan): readonly RosterRow[] => plan.charter.members.map((member) => {
  const lines = linesOf(plan, member);
  return { member, was: memberBefore(plan, member.id), look: lookOf(plan, member, lines.length > 0), lines };
});
export interface RoomRow { readonly member: Member; readonly person: Person | null; readonly roles: readonly Role[]; /** Shows a new key, so the place is not free to choose. */ readonly must: boolean; /** Of a deputy: who can be stood in for. */ readonly principals: readonly Person[] }
/** Everybody who could come: those whom the charter in force or the new one lets act, or enrols today. */
export const roomRows = (plan: CharterPlan): readonly RoomRow[] => plan.charter.members.flatMap((member) => {
  const roles = roomRoles(plan, member), person = plan.people.find(({ id }) => id === member.id) ?? null;
  return roles.length === 0 || (member.standing !== 'active' && memberBefore(plan, member.id)?.standing !== 'active') ? [] : [{ member, person, roles, must: showsKey(plan, member), principals: person ? stoodFor(plan, person) : [] }];
});

const number = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;
/** Who approves, and whether enough of them come with a key. */
export const approvalSentence = (plan: CharterPlan): { readonly enough: boolean; readonly text: string; readonly here: number } => {
  const needed = plan.quorum.threshold, custodians = plan.people.filter(({ role }) => role === 'custodian'), here = custodians.filter(({ credential }) => credential.kind !== 'paper').length;
  const of = inForce(plan) === null ? 'this charter' : 'the charter in force';
  const ink = custodians.length > here ? ` ${number(custodians.length - here, 'custodian signs', 'custodians sign')} with ink only and ${custodians.length - here === 1 ? 'does' : 'do'} not count here.` : '';
  const rest = here < needed ? `Only ${here} of them come with a key.` : here === needed ? 'Exactly as many come: nobody may be absent.' : `${here} come, so ${here - needed} may be absent.`;
  return { enough: here >= needed, here, text: `Any ${needed} custodians of ${of} approve. ${rest}${ink}` };
};

/** What happens to the people of the roster, counted: "1 new, 2 changed, 1 left". */
export const rosterSummary = (plan: CharterPlan): string => {
  const { members } = plan.charter, active = members.filter(({ standing }) => standing === 'active').length;
  if (inForce(plan) === null) return number(active, 'person', 'people');
  const rows = rosterRows(plan).filter(({ was, lines }) => was === null || lines.length > 0);
  const of = (word: string): number => rows.filter(({ look }) => look.word === word).length;
  const parts = [['New', 'new'], ['Changed', 'changed'], ['Left', 'left'], ['Key revoked', 'revoked']].flatMap(([word, said]) => (of(word!) === 0 ? [] : [`${of(word!)} ${said}`]));
  return `${number(active, 'person', 'people')}; ${parts.length === 0 ? 'nobody changes' : parts.join(', ')}`;
};
const roomSummary = (plan: CharterPlan): string => {
  const come = plan.people.filter(({ role }) => role !== 'candidate').length, candidates = plan.people.length - come;
  return `${number(come, 'person acts', 'people act')}${candidates > 0 ? `, ${number(candidates, 'candidate')}` : ''}; ${plan.quorum.threshold} custodians must approve`;
};
const credentialSummary = (plan: CharterPlan): string => {
  const showing = plan.charter.members.filter((member) => showsKey(plan, member));
  const ready = showing.filter(({ credential }) => credential.kind !== 'paper' && credential.publicKey !== null).length;
  return showing.length === 0 ? 'No key changes' : `${ready} of ${showing.length} new keys ready`;
};
/** One line under each task. */
export const charterSummary = (plan: CharterPlan, task: (typeof CHARTER_TASKS)[number]): string => {
  const { policy, approval } = plan.charter;
  switch (task) {
    case 'ceremony': return [plan.ceremony.title, plan.decision?.authority ?? '', plan.ceremony.date].filter((part) => part !== '').join(', ');
    case 'roster': return rosterSummary(plan);
    case 'room': return roomSummary(plan);
    case 'quorum': return `At least ${policy.quorum.threshold} of ${policy.quorum.shares}; ${approval} change the charter`;
    case 'materials': return materialsSummary(plan);
    case 'credentials': return credentialSummary(plan);
  }
};
export const CHARTER_TASK_NAMES: Readonly<Record<(typeof CHARTER_TASKS)[number], string>> = { ceremony: 'Ceremony', roster: 'Roster', room: 'People in the room', quorum: 'Policy', materials: 'Materials', credentials: 'Credentials' };

/** "Ceremony administrator, in the room as candidate" for the review. */
export const roomList = (plan: CharterPlan): readonly string[] => plan.people.map(({ id, name, role }) => `${name}, ${ROLE_NAMES[role].toLowerCase()}${role === 'candidate' ? ` for ${listText(memberOf(plan.charter, id)?.roles.map((one) => ROLE_NAMES[one].toLowerCase()) ?? [])}` : ''}`);

/** Rules that a policy may let people except, and whether this one does; an id that this program does not know stays as it is. */
export const exceptableRows = ({ exceptable }: Policy): readonly { readonly id: string; readonly says: string; readonly on: boolean }[] => [
  ...DUTIES.map(({ id, says }) => ({ id, says, on: exceptable.includes(id) })),
  ...exceptable.filter((id) => dutyOf(id) === null).map((id) => ({ id, says: 'A rule that this version does not know', on: true })),
];
