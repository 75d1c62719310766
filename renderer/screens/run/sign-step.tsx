/** A hold point: custodians are called one by one; each gets the sign-off dialog. */
import type { SignStep } from '../../../shared/ceremony/script-types.ts';
import { personOf, isPresent, signersOf } from '../../../shared/ceremony/select.ts';
import type { Snapshot } from '../../../shared/ipc/snapshot.ts';
import { memberOf } from '../../../shared/charter/changes.ts';
import { Button } from '../../components/button.tsx';
import { State } from '../../components/parts.tsx';
import { Unbroken } from '../../components/unbroken.tsx';
import { openDialog } from '../../stores/ui-store.ts';
import { signsWith } from '../../text/charter.ts';
import { ExceptionsSoFar } from './exception-list.tsx';
import { secondsOf } from '../../text/time.ts';
import styles from './run.module.css';

const Signer = ({ snapshot, step, id, number }: { readonly snapshot: Snapshot; readonly step: SignStep; readonly id: string; readonly number: number }) => {
  const { state } = snapshot;
  const person = personOf(state, id);
  if (!person) return null;
  const signoff = state.signoffs.find((one) => one.step === step.id && one.person === id);
  const here = isPresent(state, id);
  const paper = person.credential.kind === 'paper', member = state.plan.charter ? memberOf(state.plan.charter, id) : null;
  return (
    <tr>
      <td className={styles.cap}>{number}</td>
      <td><b>{person.name}</b>{member && !paper && <><br /><span className={styles.cap}>{signsWith(member)}</span></>}</td>
      <td>{signoff ? <State icon="done" tone="done">Signed {secondsOf(signoff.at)}, {signoff.method === 'token' ? 'token' : 'credential file'}</State>
        : paper ? <State icon="notyet">Signs on paper only</State> : here ? <State icon="wait">Present</State> : <State icon="notyet">Absent</State>}</td>
      <td className={styles.pairOfButtons}>{!signoff && !paper && here && (
        <Button small testId={`sign-${person.id}`} disabled={snapshot.activity !== null} onPress={() => openDialog({ name: 'sign', person: person.id })}>Call to sign<span className="visually-hidden">: {person.name}</span></Button>
      )}</td>
    </tr>
  );
};

export const SignBody = ({ snapshot, step }: { readonly snapshot: Snapshot; readonly step: SignStep }) => (
  <>
    <p className={styles.ask}>{step.text}</p>
    <blockquote className={styles.statement}>“<Unbroken text={step.statement} />”</blockquote>
    <ExceptionsSoFar snapshot={snapshot} />
    <table className={styles.roll}>
      <thead><tr><th scope="col">No.</th><th scope="col">Person</th><th scope="col">State</th><th scope="col"><span className="visually-hidden">Call</span></th></tr></thead>
      <tbody>{step.actors.map((id, index) => <Signer key={id} snapshot={snapshot} step={step} id={id} number={index + 1} />)}</tbody>
    </table>
    {signersOf(snapshot.state, step.id).length >= step.threshold && <p className={styles.plain}>The quorum is reached. More may sign before the administrator goes on.</p>}
  </>
);
