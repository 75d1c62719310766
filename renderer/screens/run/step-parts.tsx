/** The bodies of the simple step kinds. */
import { useEffect } from 'react';
import type { CheckStep, LoginStep, RollCallStep, SayStep } from '../../../shared/ceremony/script-types.ts';
import { promptOf } from '../../../shared/ceremony/prompt.ts';
import { administratorOf, keyPlan, witnessOf } from '../../../shared/ceremony/people.ts';
import { keyName } from '../../../shared/text/script.ts';
import { personOf } from '../../../shared/ceremony/select.ts';
import type { Snapshot } from '../../../shared/ipc/snapshot.ts';
import { Field } from '../../components/field.tsx';
import { Pairs, State } from '../../components/parts.tsx';
import { Unbroken } from '../../components/unbroken.tsx';
import { WordGrid } from '../../components/word-grid.tsx';
import { typeInStep, useStep } from '../../stores/step-store.ts';
import { CharterReading } from './charter-reading.tsx';
import { DutiesPane, StandIns } from './duties-part.tsx';
import { ExceptionList } from './exception-list.tsx';
import { RollTable } from './roll-table.tsx';
import { sayExtra } from './run-view.ts';
import { describe } from './describe.ts';
import { TwoAnswers } from './two-answers.tsx';
import styles from './run.module.css';

/** Who reads the fingerprint and who writes it: the words have the screen, so the people stand above them. */
const Roles = ({ snapshot, text }: { readonly snapshot: Snapshot; readonly text: string }) => (
  <div className={styles.roles}>
    <div className={styles.reads}>Reads from the screen<b>{personOf(snapshot.state, administratorOf(snapshot.state.plan))?.name}</b></div>
    <div>Writes into the printed script<b>{personOf(snapshot.state, witnessOf(snapshot.state.plan))?.name}</b></div>
    <p>{text} SHA-256 of the public key of <Unbroken text={keyName(keyPlan(snapshot.state.plan))} />. Four words name a key; only all 32 compare it.</p>
  </div>
);

export const SayBody = ({ snapshot, step }: { readonly snapshot: Snapshot; readonly step: SayStep }) => {
  const { state } = snapshot;
  const extra = sayExtra(state, step);
  if (extra === 'policy' || extra === 'roster' || extra === 'difference') return <div className={extra === 'policy' ? styles.beside : ''}><p className={styles.ask}><Unbroken text={step.text} /></p><CharterReading plan={state.plan} part={extra} /></div>;
  return (
    <>
      {extra !== 'fingerprint' && <p className={styles.ask}><Unbroken text={step.text} /></p>}
      {extra === 'fingerprint' && state.key && <><Roles snapshot={snapshot} text={step.text} /><WordGrid hex={state.key.spkiSha256} size="read-out" label="Fingerprint of the public key" /></>}
      {extra === 'exceptions' && <ExceptionList snapshot={snapshot} />}
    </>
  );
};

export const RollCallBody = ({ snapshot, step }: { readonly snapshot: Snapshot; readonly step: RollCallStep }) => (
  <>
    <p className={styles.ask}>{step.text}</p>
    <RollTable state={snapshot.state} step={step.id} />
    <div className={styles.stack}><StandIns state={snapshot.state} /><DutiesPane state={snapshot.state} /></div>
  </>
);

const OneAnswer = ({ snapshot, step }: { readonly snapshot: Snapshot; readonly step: CheckStep }) => {
  const answer = useStep((draft) => draft.answer);
  const given = snapshot.state.answers[step.id] ?? [];
  const last = given.at(-1);
  const typist = personOf(snapshot.state, step.actors.at(-1) ?? '');
  const prompt = promptOf(snapshot.state, step);
  useEffect(() => typeInStep({ answer: '' }), [given.length]);
  return (
    <>
      <p className={styles.ask}>“<Unbroken text={prompt.ask} />”</p>
      {prompt.positions && <p className={styles.plain}>{step.text}</p>}
      <Pairs rows={[['Asks', describe(snapshot, step.actors[0])], ['Reads and types', describe(snapshot, step.actors.at(-1))], ['You should see', step.hint]]} />
      {last && !last.matches && (
        <div className={styles.checkThis} role="status"><State icon="check" tone="wait">Check this</State><p>Answer {last.attempt} differs: “{last.value}”. {given.length >= 2 ? 'After two answers that differ, record an exception (F9) to go on.' : 'Read it once more from the thing itself.'}</p></div>
      )}
      <div className={styles.answer}>
        <Field label={`${step.answerLabel}${typist ? ` by ${typist.name}` : ''}`} hint="Compared after it is recorded" value={answer} onChange={(value) => typeInStep({ answer: value })} testId="run-answer" code large maxLength={200} />
      </div>
    </>
  );
};

export const CheckBody = ({ snapshot, step }: { readonly snapshot: Snapshot; readonly step: CheckStep }) =>
  (step.answeredBy ? <TwoAnswers snapshot={snapshot} step={step} answeredBy={step.answeredBy} /> : <OneAnswer snapshot={snapshot} step={step} />);

export const LoginBody = ({ snapshot, step }: { readonly snapshot: Snapshot; readonly step: LoginStep }) => {
  const plan = keyPlan(snapshot.state.plan);
  const serial = step.token === 'first' ? plan.hsm.serial : plan.hsm.secondSerial;
  return (
    <>
      <p className={styles.ask}>{step.text}</p>
      <Pairs rows={[['Token', <code key="s">{serial}</code>], ['Control', step.actors.length === 2 ? 'Two people, half each' : 'Single control: the record says so'], ...(plan.pin.control === 'quorum' ? [['Later', 'A quorum holds the PIN: it is replaced in this ceremony'] as const] : []), ...step.actors.map((id, index) => [step.actors.length === 2 ? `Half ${index + 1}` : 'Types', describe(snapshot, id)] as const)]} />
      <p className={styles.plain}>An entry window opens for each person. Nothing typed there is shown here, not even its length. A wrong PIN uses a try; the token does not tell how many are left.</p>
    </>
  );
};
