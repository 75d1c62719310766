/** S4: a task list in free order; the script is fixed when the plan is frozen. */
import { useEffect, useRef, type ReactNode } from 'react';
import type { KeyPlan, Mode, Plan } from '../../../shared/ceremony/plan-schema.ts';
import type { PlanFinding } from '../../../shared/ceremony/plan-findings.ts';
import { dutyOf } from '../../../shared/duties/duties.ts';
import { isKeyPlan, tokensOf } from '../../../shared/ceremony/people.ts';
import { enterCeremony, run } from '../../actions.ts';
import { call } from '../../bridge.ts';
import { BusyLine } from '../../components/busy-line.tsx';
import { Button } from '../../components/button.tsx';
import { UiFault } from '../../components/fault-of-ui.tsx';
import { State } from '../../components/parts.tsx';
import { FootNote, Shell, Spring } from '../../components/shell.tsx';
import { flushDraft, openPane, takeDraft, usePrepare, type PreparePane } from '../../stores/prepare-store.ts';
import { goTo, useUi } from '../../stores/ui-store.ts';
import { CharterCredentialsPane } from './charter-credentials.tsx';
import { isCharterPlan, type CharterPlan } from './charter-form.ts';
import { PolicyPane } from './charter-policy.tsx';
import { RoomPane } from './charter-room.tsx';
import { CharterRosterPane } from './charter-roster.tsx';
import { placeFindings, questionsOf, type Task, type TaskFinding } from './charter-view.ts';
import { CredentialsPane, SheetsPane } from './desk-panes.tsx';
import { HsmPane } from './hsm-pane.tsx';
import { LoadPlan } from './load-plan.tsx';
import { MaterialsPane } from './materials-pane.tsx';
import { KIND_NAMES } from '../../text/custody.ts';
import { ceremonyName } from '../run/run-view.ts';
import { CeremonyPane, CertificatePane, KeyPane, QuorumPane, type PaneProps } from './panes.tsx';
import { RosterPane } from './roster-pane.tsx';
import { openTasks, summaryOf, taskName, tasksOf, taskStatus } from './prepare-view.ts';
import { ReviewPane } from './review-pane.tsx';
import styles from './prepare.module.css';

const TaskRow = ({ plan, task, number, findings, open }: { readonly plan: Plan; readonly task: Task; readonly number: number; readonly findings: readonly TaskFinding[]; readonly open: boolean }) => {
  const status = taskStatus(findings, task);
  return (
    <li className={open ? styles.open : ''}>
      <span className={styles.number}>{number}</span>
      <span><button type="button" className={styles.task} onClick={() => openPane(task)} aria-current={open ? 'true' : undefined} data-testid={`task-${task}`}>{taskName(plan, task)}</button><br /><span className={styles.sub}>{summaryOf(plan, task)}</span></span>
      <State icon={status.icon} tone={status.tone}>{status.word}</State>
    </li>
  );
};

/** What a pane about the key shows of a ceremony about the archive: nothing. */
const ofKey = (Body: (props: PaneProps<KeyPlan>) => ReactNode) => ({ plan, problem }: PaneProps): ReactNode => isKeyPlan(plan) && <Body plan={plan} problem={problem} />;
/** A task that a ceremony about the archive does in its own way. */
const ofCharter = (Own: (props: PaneProps<CharterPlan>) => ReactNode, Body: (props: PaneProps) => ReactNode) => ({ plan, problem }: PaneProps): ReactNode => (isCharterPlan(plan) ? <Own plan={plan} problem={problem} /> : <Body plan={plan} problem={problem} />);
const PANES: Readonly<Record<Task, (props: PaneProps) => ReactNode>> = {
  ceremony: CeremonyPane, roster: ofCharter(CharterRosterPane, RosterPane), room: ofCharter(RoomPane, RosterPane), quorum: ofCharter(PolicyPane, QuorumPane), key: ofKey(KeyPane), certificate: ofKey(CertificatePane), hsm: ofKey(HsmPane), sheets: SheetsPane, materials: MaterialsPane,
  credentials: ofCharter(CharterCredentialsPane, CredentialsPane),
};
/** The roster of a ceremony about a key has a list of its own for broken separation rules. */
const isShownApart = (plan: Plan, pane: PreparePane, { rule }: Pick<PlanFinding, 'rule'>): boolean => pane === 'roster' && !isCharterPlan(plan) && rule !== undefined && dutyOf(rule) !== null;
/** Where joined archives contradict each other in what a task is about. */
const Questions = ({ plan, pane }: { readonly plan: Plan; readonly pane: PreparePane }) => {
  const here = questionsOf(plan, usePrepare((state) => state.questions)).filter(({ task }) => task === pane);
  return here.length > 0 && <ul className={styles.others} aria-label="Where the archives contradict each other">{here.map(({ where, text }) => <li key={where}><State icon="note" tone="now">{text}</State></li>)}</ul>;
};
const Pane = ({ pane, plan, findings, sha256 }: { readonly pane: PreparePane; readonly plan: Plan; readonly findings: readonly TaskFinding[]; readonly sha256: string | null }) => {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), [pane]);
  const title = pane === 'review' ? 'Review and freeze' : `${tasksOf(plan, findings).indexOf(pane) + 1} ${taskName(plan, pane)}`;
  const problem = (where: string): string | null => findings.find((finding) => finding.where === where && finding.code !== 'PLAN_INCOMPLETE')?.text ?? null;
  const Body = pane === 'review' ? null : PANES[pane];
  const others = pane === 'review' ? [] : findings.filter((finding) => finding.task === pane && !isShownApart(plan, pane, finding));
  return (
    <>
      <h2 ref={heading} tabIndex={-1}>{title}</h2>
      <UiFault />
      <BusyLine />
      {Body ? <Body plan={plan} problem={problem} /> : <ReviewPane plan={plan} findings={findings} sha256={sha256} />}
      <Questions plan={plan} pane={pane} />
      {others.length > 0 && <ul className={styles.others} aria-label="What is left in this task">{others.map((finding, index) => <li key={index}><State icon={finding.code === 'PLAN_INCOMPLETE' ? 'wait' : 'check'} tone={finding.code === 'PLAN_INCOMPLETE' ? 'plain' : 'wait'}>{finding.text}</State></li>)}</ul>}
    </>
  );
};

/** The draft on disk is no plan of this structure: say what is wrong, and offer another file or a new start. */
const Unreadable = ({ mode, findings }: { readonly mode: Mode; readonly findings: readonly PlanFinding[] }) => {
  const startAgain = async (): Promise<void> => {
    const view = await run('draft.discard', { mode });
    if (view) takeDraft(view);
  };
  return (
    <>
      <h2>This plan cannot be shown as a form</h2>
      <UiFault />
      <p className={styles.sentence}>Nothing of it was changed. Correct the file and load it again, or start with a new plan.</p>
      <ul className={styles.findings} data-testid="plan-findings">{findings.map((finding, index) => <li key={index}><b>{finding.code}</b> {finding.where !== '' && <code>{finding.where}</code>} {finding.text}</li>)}</ul>
      <div className={styles.bar}><Button onPress={() => void startAgain()} testId="prepare-discard">Start with a new plan</Button></div>
    </>
  );
};

const usePrimary = (mode: Mode): { readonly label: string; readonly testId: string; readonly blocked: string | null; readonly press: () => void } => {
  const { pane, findings, sha256, unsaved, form } = usePrepare();
  const pending = useUi((ui) => ui.pending);
  const left = openTasks(placeFindings(form, findings));
  if (pane !== 'review') return { label: left === 0 ? 'Review and freeze' : `Review and freeze: ${left} ${left === 1 ? 'task' : 'tasks'} left`, testId: 'prepare-review', blocked: form ? null : 'Review: no plan', press: () => { void flushDraft().then(() => openPane('review')); } };
  const freeze = async (): Promise<void> => {
    await flushDraft();
    const frozen = await run('draft.freeze', { mode });
    if (frozen) await enterCeremony(mode, frozen.number);
  };
  const blocked = pending ? 'Wait: work is under way' : unsaved ? 'Wait: changes are being kept' : left > 0 || !sha256 ? `Freeze the plan: ${left} ${left === 1 ? 'task' : 'tasks'} left` : null;
  return { label: 'Freeze the plan', testId: 'prepare-freeze', blocked, press: () => void freeze() };
};

const Footer = ({ mode }: { readonly mode: Mode }) => {
  const primary = usePrimary(mode);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === 'Enter' && event.ctrlKey && !useUi.getState().dialog && primary.blocked === null) { event.preventDefault(); primary.press(); }
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  });
  const home = (): void => { void flushDraft().then(() => goTo({ screen: 'home' })); };
  return (
    <>
      <FootNote>Changes are kept as you type. Nothing here is signed yet.</FootNote><Spring />
      <Button onPress={home} testId="prepare-home">Back to the keys</Button>
      <Button look="primary" onPress={primary.press} testId={primary.testId} blocked={primary.blocked} keys="Ctrl + Enter">{primary.label}</Button>
    </>
  );
};

const useDraft = (mode: Mode): void => {
  useEffect(() => {
    usePrepare.setState({ mode, form: null, findings: [], sha256: null, pane: 'ceremony', unsaved: false, kept: [], inForce: null, questions: [], knownMaterials: null });
    void call('archive.register', { mode }).then((answer) => { if (answer.ok && usePrepare.getState().mode === mode) usePrepare.setState({ inForce: answer.value.charter, questions: answer.value.questions, knownMaterials: answer.value.materials }); });
    void call('draft.get', { mode }).then((answer) => { if (answer.ok) takeDraft(answer.value); else useUi.setState({ fault: answer.fault }); });
  }, [mode]);
};

const hsmValue = (plan: Plan, tasks: readonly Task[]): string => {
  const unused = !isKeyPlan(plan) || (plan.source && tokensOf(plan).length === 0 && !tasks.includes('hsm'));
  return unused ? 'None in use' : plan.hsm.serial ?? 'Not chosen';
};

export const PrepareScreen = ({ mode }: { readonly mode: Mode }) => {
  useDraft(mode);
  const { form, findings: found, sha256, pane } = usePrepare();
  const findings = placeFindings(form, found);
  const tasks = form ? tasksOf(form, findings) : [];
  const done = tasks.length - openTasks(findings);
  const what = form?.ceremony.kind ?? 'root-key-generation';
  return (
    <Shell badge={mode} rehearsal={mode === 'rehearsal'} software={form?.hsm?.software ?? false} drill={form?.drill === true} name={`${form ? ceremonyName(form) : `Root key · ${KIND_NAMES[what]}`} · prepare`} title="Prepare"
      chips={[{ name: 'HSM', icon: 'hsm', value: form ? hsmValue(form, tasks) : 'Not chosen' }, { name: 'Plan', icon: 'rec', value: 'Not frozen' }]} footer={<Footer mode={mode} />}>
      <div className={styles.prep} data-testid="prepare">
        <section className={styles.left} aria-label="Tasks" data-region="tasks" tabIndex={0}>
          <h1 data-testid="prepare-kind" data-kind={what}>Prepare {mode === 'rehearsal' ? 'a rehearsal' : 'a ceremony'}: {KIND_NAMES[what]}</h1>
          {form && <p>{done} of {tasks.length} tasks completed. Take them in any order; the script is fixed when you freeze it.</p>}
          {form && <ol className={styles.tasks}>{tasks.map((task, index) => <TaskRow key={task} plan={form} task={task} number={index + 1} findings={findings} open={pane === task} />)}</ol>}
          <LoadPlan mode={mode} />
        </section>
        <section className={styles.right} aria-label="Task" data-region="task" tabIndex={0}>
          {form ? <Pane pane={pane} plan={form} findings={findings} sha256={sha256} /> : found.length > 0 ? <Unreadable mode={mode} findings={found} /> : <><UiFault /><p role="status">The draft is being read.</p></>}
        </section>
      </div>
    </Shell>
  );
};
