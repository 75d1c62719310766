/** Prepare, for a charter: the roster. One place to type what is said of a person; the change against the charter in force stands under it at once. */
import { useState } from 'react';
import { STANDINGS, type Member, type Standing } from '../../../shared/charter/charter-schema.ts';
import { Button } from '../../components/button.tsx';
import { ChoiceRow } from '../../components/choice-row.tsx';
import { Field, FieldRow, Tick } from '../../components/field.tsx';
import { Caption, State } from '../../components/parts.tsx';
import { focusNext } from '../../focus.ts';
import { editPlan } from '../../stores/prepare-store.ts';
import { CREDENTIAL_NAMES, rolesLine, ROSTER_NOTES } from '../../text/charter.ts';
import { ROLE_NAMES } from '../../text/words.ts';
import { addMember, inForce, removeNewcomer, ROSTER_ROLES, withMember, withMemberId, withMemberRole, withStanding, type CharterPlan } from './charter-form.ts';
import { BeforeAfter } from './before-after.tsx';
import { rosterRows, type RosterRow } from './charter-view.ts';
import styles from './charter.module.css';

export interface CharterPaneProps { readonly plan: CharterPlan; readonly problem: (where: string) => string | null }

const STANDING_CHOICES: Readonly<Record<Standing, string>> = { active: 'Acts', left: 'Has left', revoked: 'Key is not trusted' };
const StandingChoice = ({ member }: { readonly member: Member }) => (
  <div className={styles.standing}>
    <span>Standing</span>
    <ChoiceRow label={`Standing of ${member.name}`} choices={STANDINGS.map((standing) => ({
      id: standing, label: STANDING_CHOICES[standing], pressed: member.standing === standing, testId: `standing-${member.id}-${standing}`, onPress: () => editPlan((draft) => withStanding(draft, member.id, standing)),
    }))} />
  </div>
);

const RoleTicks = ({ member }: { readonly member: Member }) => (
  <fieldset className={styles.roles}>
    <legend>May act as</legend>
    <div>{ROSTER_ROLES.map((role) => <Tick key={role} checked={member.roles.includes(role)} onChange={(on) => editPlan((draft) => withMemberRole(draft, member.id, role, on))} testId={`may-${member.id}-${role}`}>{ROLE_NAMES[role]}</Tick>)}</div>
  </fieldset>
);

const hasKey = ({ credential }: Member): boolean => credential.kind !== 'paper' && credential.publicKey !== null;
interface EditorProps { readonly row: RosterRow; readonly where: string; readonly problem: CharterPaneProps['problem']; readonly onClose: () => void }
const Editor = ({ row: { member, was }, where, problem, onClose }: EditorProps) => {
  const set = (part: Partial<Omit<Member, 'id'>>): void => editPlan((draft) => withMember(draft, member.id, part));
  return (
    <div className={styles.editor}>
      <FieldRow>
        <Field label="Name" hint="As it is on the identity document" value={member.name} onChange={(name) => set({ name })} problem={problem(`${where}.name`)} testId={`name-${member.id}`} maxLength={64} first />
        <Field label="Organisation" value={member.organisation} onChange={(organisation) => set({ organisation })} problem={problem(`${where}.organisation`)} testId={`organisation-${member.id}`} maxLength={64} />
      </FieldRow>
      <FieldRow>
        <Field label="Reports to" hint="A name; empty: nobody who could come to a ceremony" value={member.reportsTo ?? ''} onChange={(name) => set({ reportsTo: name === '' ? null : name })} problem={problem(`${where}.reportsTo`)} testId={`reports-${member.id}`} maxLength={64} />
        {was === null && !hasKey(member) && <Field label="Short id" hint="Stays this person’s for good: small letters, digits, hyphens" value={member.id} onChange={(id) => editPlan((draft) => withMemberId(draft, member.id, id))} problem={problem(`${where}.id`)} testId="member-id" code maxLength={32} />}
      </FieldRow>
      <RoleTicks member={member} />
      {was !== null && <StandingChoice member={member} />}
      <div className={styles.foot}>
        {was === null && <Button small onPress={() => { onClose(); editPlan((draft) => removeNewcomer(draft, member.id)); focusNext('roster-add'); }} testId={`remove-${member.id}`}>Remove from the draft<span className="visually-hidden">: {member.name}</span></Button>}
        <Button small onPress={() => { onClose(); focusNext(`edit-${member.id}`); }} testId={`done-${member.id}`}>Done<span className="visually-hidden"> with {member.name}</span></Button>
      </div>
    </div>
  );
};

interface RowProps { readonly row: RosterRow; readonly index: number; readonly open: boolean; readonly onOpen: (open: boolean) => void; readonly problem: CharterPaneProps['problem'] }
const MemberRow = ({ row, index, open, onOpen, problem }: RowProps) => {
  const { member, look, lines } = row;
  const where = `charter.members.${index}`;
  return (
    <li className={styles.row} data-testid={`member-${member.id}`} data-look={look.word}>
      <div className={styles.head}>
        <div><b>{member.name || 'Not named yet'}</b><br /><span className={styles.cap}>{member.organisation}{member.reportsTo === null ? '' : `; reports to ${member.reportsTo}`}</span></div>
        <div>{rolesLine(member.roles)}<br /><span className={styles.cap}>{CREDENTIAL_NAMES[member.credential.kind]}</span></div>
        <State icon={look.icon} tone={look.tone}>{look.word}</State>
        <Button small pressed={open} onPress={() => onOpen(!open)} testId={`edit-${member.id}`}>Edit<span className="visually-hidden">: {member.name || `person ${index + 1}`}</span></Button>
      </div>
      {lines.length > 0 && <BeforeAfter lines={lines} />}
      {open && <Editor row={row} where={where} problem={problem} onClose={() => onOpen(false)} />}
    </li>
  );
};

export const CharterRosterPane = ({ plan, problem }: CharterPaneProps) => {
  const [open, setOpen] = useState<number | null>(null);
  const rows = rosterRows(plan), wrong = problem('charter.members');
  const add = (): void => { setOpen(rows.length); editPlan(addMember); };
  return (
    <>
      {wrong !== null && <p className={styles.verdict}><State icon="check" tone="wait">{wrong}</State></p>}
      <ol className={styles.list}>{rows.map((row, index) => <MemberRow key={index} row={row} index={index} open={open === index} onOpen={(is) => setOpen(is ? index : null)} problem={problem} />)}</ol>
      <p className={styles.verdict}><Button small onPress={add} testId="roster-add">Add a person</Button></p>
      <Caption>{inForce(plan) === null ? ROSTER_NOTES.founding : ROSTER_NOTES.amendment}</Caption>
    </>
  );
};
