/** A check that two people answer: one types, the field is empty again, the other types, and then both are compared. */
import { useEffect } from 'react';
import { promptOf } from '../../../shared/ceremony/prompt.ts';
import type { Answerer, CheckStep } from '../../../shared/ceremony/script-types.ts';
import { personOf } from '../../../shared/ceremony/select.ts';
import { lastRound, nextAnswerer, openRound, roundsOf } from '../../../shared/ceremony/two-answers.ts';
import { offsetText } from '../../../shared/text/entries.ts';
import type { Snapshot } from '../../../shared/ipc/snapshot.ts';
import { Field } from '../../components/field.tsx';
import { Pairs, State } from '../../components/parts.tsx';
import { Unbroken } from '../../components/unbroken.tsx';
import { typeInStep, useStep } from '../../stores/step-store.ts';
import { describe } from './describe.ts';
import styles from './run.module.css';

const nameOf = (snapshot: Snapshot, id: string): string => personOf(snapshot.state, id)?.name ?? id;
const ORDINAL = ['First', 'Second'] as const;

const Mismatch = ({ snapshot, step }: { readonly snapshot: Snapshot; readonly step: CheckStep }) => {
  const round = lastRound(snapshot.state, step), rounds = roundsOf(snapshot.state, step);
  if (round.every((one) => one.matches)) return null;
  return (
    <div className={styles.checkThis} role="status" data-testid="check-differs"><State icon="check" tone="wait">Check this</State>
      <p>Attempt {rounds}: {round.map((one) => `${nameOf(snapshot, one.by)} read “${one.value}”, ${one.matches ? 'which matches' : `which differs${one.offset === null ? '' : ` (${offsetText(one.offset)})`}`}`).join('; ')}. {rounds >= 2 ? 'After two attempts that differ, record an exception (F9) to go on.' : 'Both read once more from the thing itself.'}</p>
    </div>
  );
};

export const TwoAnswers = ({ snapshot, step, answeredBy }: { readonly snapshot: Snapshot; readonly step: CheckStep; readonly answeredBy: readonly [Answerer, Answerer] }) => {
  const answer = useStep((draft) => draft.answer);
  const given = openRound(snapshot.state, step);
  const next = nextAnswerer(snapshot.state, step), now = answeredBy.find(({ person }) => person === next);
  const prompt = promptOf(snapshot.state, step);
  const count = (snapshot.state.answers[step.id] ?? []).length;
  // What one person typed is gone before the other reads.
  useEffect(() => typeInStep({ answer: '' }), [count]);
  return (
    <>
      <p className={styles.ask}>“<Unbroken text={prompt.ask} />”</p>
      {prompt.positions && <p className={styles.plain}>{step.text}</p>}
      <Pairs rows={[['Asks', describe(snapshot, step.actors[0])], ...answeredBy.map(({ person }, index) => [`${ORDINAL[index]!} to read`, `${describe(snapshot, person)}${given.some((one) => one.by === person) ? ': has answered' : ''}`] as const), ['You should see', step.hint]]} />
      {given.length === 0 && <Mismatch snapshot={snapshot} step={step} />}
      {now && (
        <div className={styles.answer}>
          <Field key={now.person} label={`${now.label}, by ${nameOf(snapshot, now.person)}`} hint={given.length === 0 ? 'Not shown again until the other has answered' : 'Both answers are compared after this one'} value={answer} onChange={(value) => typeInStep({ answer: value })} testId="run-answer" code large maxLength={200} />
        </div>
      )}
    </>
  );
};
