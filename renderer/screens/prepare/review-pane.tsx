/** Prepare: the last look. What cannot be undone first; then every answer; then the digest that the paper will carry. */
import { isKeyPlan } from '../../../shared/ceremony/people.ts';
import type { KeyPlan, Plan } from '../../../shared/ceremony/plan-schema.ts';
import { allSteps, buildScript } from '../../../shared/ceremony/build-script.ts';
import { keyName } from '../../../shared/text/script.ts';
import { Button } from '../../components/button.tsx';
import { Code, Pairs, Section, State } from '../../components/parts.tsx';
import { WordGrid } from '../../components/word-grid.tsx';
import { openPane, usePrepare } from '../../stores/prepare-store.ts';
import { CARRIER_NAMES, DRILL_SENTENCE } from '../../text/custody.ts';
import { ROLE_NAMES, SOFTWARE_SENTENCE } from '../../text/words.ts';
import { DifferenceSections, DifferenceTable } from '../../components/charter-parts.tsx';
import { isCharterPlan } from './charter-form.ts';
import { questionsOf, roomList, type Task, type TaskFinding } from './charter-view.ts';
import { ClausesPane } from './clauses-pane.tsx';
import { WaiverList } from './duties-part.tsx';
import { deputyWords } from './duties-view.ts';
import { materialLines } from './materials-form.ts';
import { SourceSummary } from './source-parts.tsx';
import { findingsOf, openTasks, summaryOf, taskName, tasksOf } from './prepare-view.ts';
import styles from './prepare.module.css';

const Left = ({ plan, findings }: { readonly plan: Plan; readonly findings: readonly TaskFinding[] }) => (
  <Section title="Not finished" end={openTasks(findings) === 1 ? '1 task' : `${openTasks(findings)} tasks`} level={3}>
    <ul className={styles.findings}>
      {findings.map((finding, index) => <li key={index}><button type="button" className={styles.link} onClick={() => openPane(finding.task)}>{taskName(plan, finding.task)}</button>: {finding.text} {finding.where !== '' && <Code wrap>{finding.where}</Code>}</li>)}
    </ul>
  </Section>
);

const peopleAnswer = (plan: Plan): readonly string[] => plan.people.map((person) =>
  `${person.name}, ${ROLE_NAMES[person.role].toLowerCase()}${person.deputyOf ? ` ${deputyWords(plan, person)}` : ''}, ${person.credential.kind === 'paper' ? 'ink only' : person.credential.kind}${person.custody ? `, share on ${CARRIER_NAMES[person.custody.carrier].toLowerCase()}` : ''}`);
const Answer = ({ plan, task }: { readonly plan: Plan; readonly task: Task }) => {
  const people = isCharterPlan(plan) ? (task === 'room' ? roomList(plan) : null) : task === 'roster' ? peopleAnswer(plan) : null;
  const lines = task === 'materials' ? materialLines(plan) : people ?? [];
  return lines.length === 0 ? summaryOf(plan, task) : <ul>{lines.map((line, index) => <li key={index}>{line}</li>)}</ul>;
};
const Answers = ({ plan, findings }: { readonly plan: Plan; readonly findings: readonly TaskFinding[] }) => (
  <Section title="Check your answers" level={3}>
    <table className={styles.answers}><tbody>
      {tasksOf(plan, findings).map((task) => (
        <tr key={task}><th scope="row">{taskName(plan, task)}</th><td><Answer plan={plan} task={task} /></td>
          <td>{findingsOf(findings, task).length === 0 ? <State icon="done" tone="done">Completed</State> : <State icon="check" tone="wait">Not finished</State>}</td>
          <td><Button small onPress={() => openPane(task)}>Change<span className="visually-hidden">: {taskName(plan, task)}</span></Button></td></tr>
      ))}
    </tbody></table>
  </Section>
);

/** What is approved: every line that the room will hear. */
const CharterLines = ({ plan }: { readonly plan: Plan }) => isCharterPlan(plan) && (plan.before
  ? <DifferenceSections before={plan.before} after={plan.charter} level={3} testId="review-difference" />
  : <Section title="The charter that is approved" level={3}><DifferenceTable before={null} after={plan.charter} testId="review-difference" /></Section>
);
/** Where the archives contradict each other and the draft could not tell which is right. */
const ToSettle = ({ plan }: { readonly plan: Plan }) => {
  const questions = questionsOf(plan, usePrepare((state) => state.questions));
  return questions.length > 0 && (
    <Section title="To settle before the room approves" end={`${questions.length} ${questions.length === 1 ? 'question' : 'questions'}`} level={3}>
      <ul className={styles.findings} data-testid="review-questions">{questions.map(({ where, task, text }) => <li key={where}><button type="button" className={styles.link} onClick={() => openPane(task)}>{taskName(plan, task)}</button>: {text}</li>)}</ul>
    </Section>
  );
};

const KeyFacts = ({ plan }: { readonly plan: KeyPlan }) => {
  const { source, quorum, hsm, key: { backup } } = plan;
  if (source) return <SourceSummary plan={plan} source={source} purpose />;
  return <Pairs rows={[['Key', keyName(plan)], ['Backup', backup.kind === 'split' ? `Split, any ${quorum.threshold} of ${quorum.shares}; restored on ${hsm.secondSerial ?? 'the second token'}` : `None. ${backup.reason} Approved by ${backup.approvedBy}.`]]} />;
};

const Fixed = ({ plan }: { readonly plan: Plan }) => {
  const script = buildScript(plan);
  const steps = allSteps(script);
  return (
    <Section title="What cannot be undone on the day" end={`${script.acts.length} acts, ${steps.length} steps`} level={3}>
      {steps.every((step) => !step.irreversible) && <p>Nothing.</p>}
      <ul className={styles.irreversible}>{steps.filter((step) => step.irreversible).map((step) => <li key={step.id}><b>{step.id}</b> {step.title}</li>)}</ul>
      {isKeyPlan(plan) && <KeyFacts plan={plan} />}
      {plan.drill && <p className={styles.software}>{DRILL_SENTENCE}</p>}
      {isKeyPlan(plan) && plan.hsm.software && <p className={styles.software}>{SOFTWARE_SENTENCE}</p>}
    </Section>
  );
};

export const ReviewPane = ({ plan, findings, sha256 }: { readonly plan: Plan; readonly findings: readonly TaskFinding[]; readonly sha256: string | null }) => (
  <div className={styles.form}>
    {findings.length > 0 ? <Left plan={plan} findings={findings} /> : <Fixed plan={plan} />}
    <ToSettle plan={plan} />
    <CharterLines plan={plan} />
    <Answers plan={plan} findings={findings} />
    <WaiverList plan={plan} />
    {findings.length === 0 && <ClausesPane plan={plan} />}
    {sha256 && (
      <Section title="SHA-256 of the plan: compare it with the paper in full" level={3}>
        <p className={styles.digest}><Code wrap testId="plan-sha256">{sha256}</Code></p>
        <WordGrid hex={sha256} label="Digest of the plan in words" />
      </Section>
    )}
  </div>
);
