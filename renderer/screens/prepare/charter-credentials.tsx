/** Prepare, for a charter: the key of each person, and the ones that are replaced. */
import { credentialText, capital } from '../../../shared/text/charter-words.ts';
import type { Member } from '../../../shared/charter/charter-schema.ts';
import { Button } from '../../components/button.tsx';
import { Caption, State } from '../../components/parts.tsx';
import { editPlan } from '../../stores/prepare-store.ts';
import { CREDENTIAL_NOTES } from '../../text/charter.ts';
import { inForce, keepCredential, memberBefore, replaceCredential, sameCredential, type CharterPlan } from './charter-form.ts';
import { CredentialRow } from './desk-panes.tsx';
import { memberLine } from './charter-view.ts';
import type { CharterPaneProps } from './charter-roster.tsx';
import styles from './charter.module.css';

/** A key that stays as the charter in force has it. */
const Kept = ({ member }: { readonly member: Member }) => (
  <li className={styles.row}>
    <div className={styles.head}>
      <div><b>{member.name}</b><br /><span className={styles.cap}>{memberLine(member)}</span></div>
      <span className={styles.cap}>{capital(credentialText(member.credential))}</span>
      <State icon="done" tone="done">In force</State>
      <Button small onPress={() => editPlan((draft) => replaceCredential(draft, member.id))} testId={`replace-${member.id}`}>Replace the key<span className="visually-hidden"> of {member.name}</span></Button>
    </div>
  </li>
);
const Row = ({ plan, member }: { readonly plan: CharterPlan; readonly member: Member }) => {
  const was = memberBefore(plan, member.id);
  if (was !== null && sameCredential(was.credential, member.credential)) return was.credential.kind === 'paper' ? <Chosen plan={plan} member={member} back={false} /> : <Kept member={member} />;
  return <Chosen plan={plan} member={member} back={was !== null && was.standing !== 'revoked'} />;
};
const Chosen = ({ plan, member, back }: { readonly plan: CharterPlan; readonly member: Member; readonly back: boolean }) => (
  <CredentialRow plan={plan} person={member} note={memberLine(member)}>
    {back && <Button small onPress={() => editPlan((draft) => keepCredential(draft, member.id))} testId={`keep-${member.id}`}>Keep the key in force<span className="visually-hidden"> of {member.name}</span></Button>}
  </CredentialRow>
);

export const CharterCredentialsPane = ({ plan }: CharterPaneProps) => (
  <>
    <ol className={styles.list}>{plan.charter.members.filter(({ standing }) => standing === 'active').map((member) => <Row key={member.id} plan={plan} member={member} />)}</ol>
    <Caption>{inForce(plan) === null ? CREDENTIAL_NOTES.founding : CREDENTIAL_NOTES.amendment}</Caption>
  </>
);
