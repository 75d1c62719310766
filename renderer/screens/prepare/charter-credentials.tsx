/** Prepare, for a charter: the key of each person, and the ones that are replaced. */
import { sameCredential } from '../../../shared/charter/changes.ts';
import type { Member } from '../../../shared/charter/charter-schema.ts';
import { Button } from '../../components/button.tsx';
import { Caption, State } from '../../components/parts.tsx';
import { focusNext } from '../../focus.ts';
import { editPlan } from '../../stores/prepare-store.ts';
import { CREDENTIAL_NOTES, rolesLine, signsWith } from '../../text/charter.ts';
import { inForce, keepCredential, memberBefore, replaceCredential, type CharterPlan } from './charter-form.ts';
import { CredentialRow } from './desk-panes.tsx';
import { BeforeAfter } from './before-after.tsx';
import type { CharterPaneProps } from './charter-roster.tsx';
import styles from './charter.module.css';

/** A key that stays as the charter in force has it. */
const Kept = ({ member }: { readonly member: Member }) => (
  <li className={styles.row}>
    <div className={styles.head}>
      <div><b>{member.name}</b><br /><span className={styles.cap}>{rolesLine(member.roles)}</span></div>
      <span className={styles.cap}>{signsWith(member)}</span>
      <State icon="done" tone="done">In force</State>
      <Button small onPress={() => { editPlan((draft) => replaceCredential(draft, member.id)); focusNext(`keep-${member.id}`); }} testId={`replace-${member.id}`}>Replace the key<span className="visually-hidden"> of {member.name}</span></Button>
    </div>
  </li>
);
const Row = ({ plan, member }: { readonly plan: CharterPlan; readonly member: Member }) => {
  const was = memberBefore(plan, member.id);
  if (was !== null && sameCredential(was, member)) return was.credential.kind === 'paper' ? <Chosen plan={plan} member={member} was={was} back={false} /> : <Kept member={member} />;
  return <Chosen plan={plan} member={member} was={was} back={was !== null && was.standing !== 'revoked'} />;
};
interface ChosenProps { readonly plan: CharterPlan; readonly member: Member; readonly was: Member | null; /** The key in force can stay after all. */ readonly back: boolean }
const Chosen = ({ plan, member, was, back }: ChosenProps) => (
  <CredentialRow plan={plan} person={member} note={rolesLine(member.roles)}>
    {was !== null && !sameCredential(was, member) && <BeforeAfter lines={[{ what: 'Signs with', before: signsWith(was), after: signsWith(member) }]} />}
    {back && <p className={styles.foot}><Button small onPress={() => { editPlan((draft) => keepCredential(draft, member.id)); focusNext(`replace-${member.id}`); }} testId={`keep-${member.id}`}>Keep the key in force<span className="visually-hidden"> of {member.name}</span></Button></p>}
  </CredentialRow>
);

export const CharterCredentialsPane = ({ plan }: CharterPaneProps) => (
  <>
    <ol className={styles.list}>{plan.charter.members.filter(({ standing }) => standing === 'active').map((member) => <Row key={member.id} plan={plan} member={member} />)}</ol>
    <Caption>{inForce(plan) === null ? CREDENTIAL_NOTES.founding : CREDENTIAL_NOTES.amendment}</Caption>
  </>
);
