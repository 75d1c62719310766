/** Prepare, for a charter: who comes and as what, and whether those who come can approve it. */
import { memberOf } from '../../../shared/charter/changes.ts';
import type { Role } from '../../../shared/ceremony/plan-schema.ts';
import { Select, type Option } from '../../components/field.tsx';
import { Caption, State } from '../../components/parts.tsx';
import { editPlan } from '../../stores/prepare-store.ts';
import { rolesLine, ROOM_NOTES } from '../../text/charter.ts';
import { ROLE_NAMES } from '../../text/words.ts';
import { comesAs, inForce, standsInFor } from './charter-form.ts';
import { approvalSentence, roomRows, type RoomRow } from './charter-view.ts';
import type { CharterPaneProps } from './charter-roster.tsx';
import { DutiesPart } from './duties-part.tsx';
import styles from './charter.module.css';

const AWAY = '';
const Place = ({ row: { member, person, roles, must } }: { readonly row: RoomRow }) => {
  if (must && roles.length === 1) return <span data-testid={`room-${member.id}`}><b>{ROLE_NAMES[roles[0]!]}</b>{roles[0] === 'candidate' && <><br /><span className={styles.cap}>shows a key, to act as {rolesLine(member.roles).toLowerCase()}</span></>}</span>;
  const options: readonly Option[] = [...(must ? [] : [[AWAY, 'Does not come'] as const]), ...roles.map((role): Option => [role, ROLE_NAMES[role]])];
  return <Select label={`${member.name || member.id} comes as`} hideLabel value={person?.role ?? AWAY} options={options} onChange={(value) => editPlan((draft) => comesAs(draft, member.id, value === AWAY ? null : value as Role))} testId={`room-${member.id}`} />;
};
const Third = ({ row: { member, person, principals } }: { readonly row: RoomRow }) => {
  if (person === null) return <State icon="notyet">Does not come</State>;
  if (principals.length > 0) return <Select label={`${member.name} stands in for`} hideLabel value={person.deputyOf ?? AWAY} options={[[AWAY, 'Stands in for nobody yet'], ...principals.map(({ id, name }): Option => [id, `Stands in for ${name}`])]} onChange={(other) => editPlan((draft) => standsInFor(draft, member.id, other === AWAY ? null : other))} testId={`stands-in-${member.id}`} />;
  return person.credential.kind === 'paper' ? <State icon="note">Signs with ink</State> : <State icon="wait">Comes</State>;
};

export const RoomPane = ({ plan, problem }: CharterPaneProps) => {
  const approval = approvalSentence(plan), founding = inForce(plan) === null;
  const newcomer = (id: string): boolean => !founding && memberOf(inForce(plan)!, id) === null;
  return (
    <>
      <p className={styles.verdict} data-testid="room-approval"><State icon={approval.enough ? 'done' : 'check'} tone={approval.enough ? 'done' : 'wait'}>{approval.enough ? 'Enough can approve' : 'Too few can approve'}</State> {approval.text}</p>
      {problem('people') !== null && <p className={styles.verdict}><State icon="check" tone="wait">{problem('people')}</State></p>}
      <ol className={styles.list}>{roomRows(plan).map((row) => (
        <li key={row.member.id} className={styles.room}>
          <div><b>{row.member.name || 'Not named yet'}</b><br /><span className={styles.cap}>{newcomer(row.member.id) ? 'New; ' : ''}{row.member.organisation}</span></div>
          <Place row={row} /><Third row={row} />
        </li>
      ))}</ol>
      <Caption>{founding ? ROOM_NOTES.founding : ROOM_NOTES.amendment}</Caption>
      <DutiesPart plan={plan} />
    </>
  );
};
