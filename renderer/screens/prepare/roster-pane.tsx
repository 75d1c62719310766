/** Prepare, for a ceremony about a key: who comes, and as what. */
import type { Member } from '../../../shared/charter/charter-schema.ts';
import { DEPUTIES, hasRoomProtocol } from '../../../shared/ceremony/people.ts';
import { ROLES, type CeremonyKind, type Person, type Plan, type Role } from '../../../shared/ceremony/plan-schema.ts';
import { sharesAreMade } from '../../../shared/ceremony/plan-rules-source.ts';
import { Button } from '../../components/button.tsx';
import { Field, Select, type Option } from '../../components/field.tsx';
import { Caption, Section, State } from '../../components/parts.tsx';
import { focusNext } from '../../focus.ts';
import { editPlan, keepPerson, usePrepare } from '../../stores/prepare-store.ts';
import { ROLE_NAMES } from '../../text/words.ts';
import type { PaneProps } from './panes.tsx';
import { DutiesPart } from './duties-part.tsx';
import { stoodFor } from './duties-view.ts';
import { addCustodian, changePerson, removePerson, stayAway, withDeputyOf, withPerson, withReportsTo, withRole } from './plan-form.ts';
import { bring, restOfRoster, rolesHere, rolesOfPerson, rosterOf } from './roster-form.ts';
import styles from './prepare.module.css';

const option = (role: Role): Option => [role, role === 'holder' ? 'Holder: brings an old share, gets none' : ROLE_NAMES[role]];
const rolesOf = (plan: Plan): readonly Option[] => ROLES
  .filter((role) => role !== 'holder' || plan.ceremony.kind === 're-share' || plan.ceremony.kind === 'share-destruction').map(option);
const useRoster = (plan: Plan): readonly Member[] | null => rosterOf(plan, usePrepare((state) => state.inForce));
/** Without these no ceremony is held. */
const STAY: ReadonlySet<Role> = new Set(['administrator', 'internal-witness', 'external-auditor']);
/** Whom a deputy stands in for; nothing for anybody else. */
const DeputyChoice = ({ plan, person }: { readonly plan: Plan; readonly person: Person }) => {
  const others = stoodFor(plan, person);
  return DEPUTIES[person.role] !== undefined && <Select label={`${person.name || person.id} stands in for`} value={person.deputyOf ?? ''} options={[...(others.some(({ id }) => id === person.deputyOf) ? [] : [['', 'Choose a person'] as const]), ...others.map(({ id, name }) => [id, name] as const)]} onChange={(id) => editPlan((draft) => withDeputyOf(draft, person.id, id as Person['id']))} testId={`deputy-of-${person.id}`} />;
};
/** What the separation of duties asks of a person beside name and role. */
const Standing = ({ plan, person }: { readonly plan: Plan; readonly person: Person }) => (
  <div className={styles.standing}>
    <Field label={`${person.name || person.id} reports to`} hint="A name, or empty: nobody who could come" value={person.reportsTo ?? ''} onChange={(name) => editPlan((draft) => withReportsTo(draft, person.id, name))} testId={`reports-${person.id}`} maxLength={64} />
    <DeputyChoice plan={plan} person={person} />
  </div>
);
const wrongWith = (index: number, problem: PaneProps['problem']): string | null => problem(`people.${index}`) ?? problem(`people.${index}.name`) ?? problem(`people.${index}.organisation`) ?? problem(`people.${index}.role`) ?? problem(`people.${index}.id`) ?? problem(`people.${index}.reportsTo`) ?? problem(`people.${index}.deputyOf`);
const takeOut = (person: Person): void => { keepPerson(person); editPlan((draft) => removePerson(draft, person.id)); };
/** In a founded archive the roster says who a person is; here is only chosen who comes, and as what. */
const RosterPerson = ({ plan, members, person, index, problem }: { readonly plan: Plan; readonly members: readonly Member[]; readonly person: Person; readonly index: number; readonly problem: PaneProps['problem'] }) => {
  const roles = rolesOfPerson(plan, members, person), wrong = wrongWith(index, problem);
  const share = plan.source?.set.holders.find((holder) => holder.person === person.id);
  return (
    <li className={styles.fromRoster}>
      <div><b>{person.name}</b>{share && `, share ${share.number}`}<br /><span className={styles.cap}>{person.organisation}</span></div>
      {roles === null ? <State icon="check" tone="wait">Not on the roster, or gone</State> : <Select label={`Role of ${person.name}`} hideLabel value={person.role} options={roles.map(option)} onChange={(role) => editPlan((draft) => withRole(draft, person.id, role as Role))} testId={`role-${person.id}`} />}
      <Button small onPress={() => { takeOut(person); focusNext(`roster-bring-${person.id}`); }} testId={`remove-${person.id}`}>Does not come<span className="visually-hidden"> {person.name}</span></Button>
      {hasRoomProtocol(plan) && <DeputyChoice plan={plan} person={person} />}
      {wrong !== null && <p className={styles.problem}>{wrong}</p>}
    </li>
  );
};
/** Everybody else of the roster: they can be called, in each role that is theirs. */
const Rest = ({ plan, members }: { readonly plan: Plan; readonly members: readonly Member[] }) => {
  const rest = restOfRoster(plan, members), kept = usePrepare((state) => state.kept);
  if (rest.length === 0) return null;
  return (
    <Section title="On the roster, and not coming" end={String(rest.length)} level={3}>
      <ul className={styles.rest}>{rest.map((member) => (
        <li key={member.id} className={styles.inline}><span>{member.name}, {member.organisation}</span>
          <span className={styles.known}>{rolesHere(plan, member).map((role, index) => <Button key={role} small testId={index === 0 ? `roster-bring-${member.id}` : `roster-bring-${member.id}-${role}`} onPress={() => { editPlan((draft) => bring(draft, member, role, kept)); focusNext(`remove-${member.id}`); }}>Comes as {ROLE_NAMES[role].toLowerCase()}<span className="visually-hidden">: {member.name}</span></Button>)}</span></li>
      ))}</ul>
    </Section>
  );
};

const PersonRow = ({ plan, person, index, problem }: { readonly plan: Plan; readonly person: Person; readonly index: number; readonly problem: PaneProps['problem'] }) => {
  const change = (part: Partial<Person>): void => editPlan((draft) => changePerson(draft, person.id, part));
  const wrong = wrongWith(index, problem);
  const share = plan.source?.set.holders.find((holder) => holder.person === person.id);
  return (
    <li className={styles.personRow}><div className={styles.person}>
      <Field label={`Name of person ${index + 1}${share ? `, share ${share.number}` : ''}`} value={person.name} onChange={(name) => change({ name })} problem={wrong} testId={`name-${person.id}`} maxLength={64} />
      <Field label="Organisation" value={person.organisation} onChange={(organisation) => change({ organisation })} testId={`organisation-${person.id}`} maxLength={64} />
      <Select label="Role" value={person.role} options={rolesOf(plan)} onChange={(role) => editPlan((draft) => withRole(draft, person.id, role as Role))} testId={`role-${person.id}`} />
      <Button small onPress={() => takeOut(person)} disabled={STAY.has(person.role)} testId={`remove-${person.id}`}>{share ? 'Does not come' : 'Remove'}<span className="visually-hidden"> {person.name}</span></Button>
    </div>{hasRoomProtocol(plan) && <Standing plan={plan} person={person} />}</li>
  );
};

const ROSTER_NOTES: Readonly<Record<CeremonyKind, string>> = {
  'root-key-generation': 'One administrator, one internal witness, at least one external auditor. One person has one role. Each custodian holds one share; the number of custodians is N.',
  recovery: 'The holders of the set, and the officers. As many holders as the threshold asks for must come; more are better.',
  're-share': 'Custodians get a share of the new set. Who leaves becomes a holder: brings the old share and gets none. Add new custodians. The old quorum must be among those who come.',
  'share-check': 'Who comes today. Any number of holders, on any day; each proves their own share, alone.',
  'share-destruction': 'Who brings copies to be destroyed, and the officers who watch.',
  founding: 'The officers of the archive, and the people who agree to its founding. One person has one role.',
  amendment: 'The officers, and the people who agree to the change. One person has one role.',
  merge: 'The officers, and the people who agree to the joining. One person has one role.',
};
/** Holders of the set who are not in the plan: they can be called after all. */
const Away = ({ plan, members }: { readonly plan: Plan; readonly members: readonly Member[] | null }) => {
  const away = stayAway(plan);
  const kept = usePrepare((state) => state.kept);
  if (away.length === 0) return null;
  const role = (draft: Plan): Role => (draft.ceremony.kind === 're-share' ? 'holder' : 'custodian');
  const comes = (id: string, name: string): void => editPlan((draft) => {
    const member = members?.find((one) => one.id === id);
    return member ? bring(draft, member, role(draft), kept) : withStranger(draft, id, name);
  });
  const withStranger = (draft: Plan, id: string, name: string): Plan => withPerson(draft, kept.find((person) => person.id === id)
    ?? { id: id as Person['id'], name, organisation: draft.ceremony.organisation, role: role(draft), credential: { kind: 'file', algorithm: 'Ed25519', publicKey: null } });
  return (
    <Section title="Holders who stay away" end={String(away.length)} level={3}>
      <ul className={styles.rest}>{away.map(({ person, name, number }) => <li key={person} className={styles.inline}><span>{name}, share {number}</span><Button small testId={`roster-bring-${person}`} onPress={() => comes(person, name)}>Comes after all<span className="visually-hidden">: {name}</span></Button></li>)}</ul>
    </Section>
  );
};
/** People without a roster are typed; of a founded archive they are chosen. */
const People = ({ plan, members, problem }: PaneProps & { readonly members: readonly Member[] | null }) => (
  <ol className={styles.people}>{plan.people.map((person, index) => (members === null
    ? <PersonRow key={person.id} plan={plan} person={person} index={index} problem={problem} />
    : <RosterPerson key={person.id} plan={plan} members={members} person={person} index={index} problem={problem} />))}</ol>
);
export const RosterPane = ({ plan, problem }: PaneProps) => {
  const members = useRoster(plan);
  return (
    <>
      {problem('people') && <p className={styles.problem}>{problem('people')}</p>}
      <People plan={plan} members={members} problem={problem} />
      {members === null && sharesAreMade(plan) && plan.ceremony.kind !== 'recovery' && <div className={styles.bar}><Button small onPress={() => editPlan(addCustodian)} testId="roster-add">Add a custodian</Button></div>}
      <Caption>{ROSTER_NOTES[plan.ceremony.kind]}{members === null ? '' : ' Names, organisations and keys are those of the roster; they are changed by a ceremony of their own.'}</Caption>
      {members !== null && <Rest plan={plan} members={members} />}
      <Away plan={plan} members={members} />
      <DutiesPart plan={plan} />
    </>
  );
};
