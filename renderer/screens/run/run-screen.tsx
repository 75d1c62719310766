/** S5: one step open at a time, who acts now, the quorum, the transcript. Driven by the snapshot alone. */
import { useEffect, useRef, type ReactNode } from 'react';
import { allSteps } from '../../../shared/ceremony/build-script.ts';
import { administratorOf, gatheredSetOf, hasRoomProtocol, tokensOf } from '../../../shared/ceremony/people.ts';
import { standInsOf } from '../../../shared/ceremony/stand-in.ts';
import { gatheringOf, personOf, rollIsCalled, stepOf } from '../../../shared/ceremony/select.ts';
import type { Person } from '../../../shared/ceremony/plan-schema.ts';
import type { Step } from '../../../shared/ceremony/script-types.ts';
import { assertNever } from '../../../shared/assert-never.ts';
import type { Snapshot } from '../../../shared/ipc/snapshot.ts';
import { cancelEntry, leaveCeremony } from '../../actions.ts';
import { ActsRail } from '../../components/acts-rail.tsx';
import { Button } from '../../components/button.tsx';
import { FaultCard } from '../../components/fault-card.tsx';
import { Icon } from '../../components/icon.tsx';
import { Disclosure, Pairs, Section } from '../../components/parts.tsx';
import { QuorumPane } from '../../components/quorum-pane.tsx';
import { Shell } from '../../components/shell.tsx';
import { TranscriptPane } from '../../components/transcript-pane.tsx';
import { WhoActs } from '../../components/who-acts.tsx';
import { useNow } from '../../components/use-now.ts';
import { openStep, useStep } from '../../stores/step-store.ts';
import { openDialog, useUi } from '../../stores/ui-store.ts';
import { sessionName } from '../../../shared/text/session.ts';
import { runningText } from '../../text/time.ts';
import { KINDS } from '../../text/words.ts';
import { AccountBody } from './account-step.tsx';
import { GatherBody, GatherHead } from './gather-step.tsx';
import { nextShare } from './gather-view.ts';
import { HandoverBody } from './handover-step.tsx';
import { MachineBody } from './machine-step.tsx';
import { MaterialsBody } from './materials-step.tsx';
import { MarginPane } from './margin-pane.tsx';
import { NextShare, OtherMayBring } from './next-share.tsx';
import { PausedPanel } from './paused-panel.tsx';
import { ceremonyChips } from './chips.ts';
import { ProveBody } from './prove-step.tsx';
import { RunFooter } from './run-footer.tsx';
import { actingInEntry, activityText, ceremonyName, hidesClock, hidesSerial, isDesk, isReadOut, mayVoid, paperAccount, purposeNote, shownFault } from './run-view.ts';
import { SignBody } from './sign-step.tsx';
import { CheckBody, LoginBody, RollCallBody, SayBody } from './step-parts.tsx';
import styles from './run.module.css';

const StepHead = ({ snapshot, step }: { readonly snapshot: Snapshot; readonly step: Step }) => {
  const heading = useRef<HTMLHeadingElement>(null);
  const act = snapshot.state.script.acts.find((one) => one.number === step.act);
  const kind = KINDS[step.kind];
  useEffect(() => { heading.current?.focus(); }, [step.id]);
  return (
    <div className={`${styles.head} ${step.irreversible ? styles.irreversible : ''}`}>
      <h1 ref={heading} tabIndex={-1} className={styles.stepNumber} aria-label={`Act ${step.act} of ${snapshot.state.script.acts.length}, ${act?.title ?? ''}. Step ${step.id} of ${act?.steps.length ?? 0}. ${kind.name}. ${step.title}`}>{step.id}</h1>
      <p className={styles.of}><b>{step.title}</b><br />Act {step.act}, {act?.title}; {act?.steps.length} {act?.steps.length === 1 ? 'step' : 'steps'}</p>
      <div className={styles.marks}>
        {step.irreversible && <span className={styles.warn}>Cannot be undone</span>}
        <span className={styles.kind}><Icon name={snapshot.state.pause ? 'pause' : kind.icon} />{snapshot.state.pause ? 'Paused' : kind.name}</span>
      </div>
    </div>
  );
};

const Body = ({ snapshot, step }: { readonly snapshot: Snapshot; readonly step: Step }): ReactNode => {
  switch (step.kind) {
    case 'say': return <SayBody snapshot={snapshot} step={step} />;
    case 'roll-call': return <RollCallBody snapshot={snapshot} step={step} />;
    case 'check': return <CheckBody snapshot={snapshot} step={step} />;
    case 'machine': return <MachineBody snapshot={snapshot} step={step} />;
    case 'login': return <LoginBody snapshot={snapshot} step={step} />;
    case 'sign': return <SignBody snapshot={snapshot} step={step} />;
    case 'handover': return <HandoverBody snapshot={snapshot} step={step} />;
    case 'gather': return <GatherBody snapshot={snapshot} step={step} />;
    case 'prove': return <ProveBody snapshot={snapshot} step={step} />;
    case 'account': return <AccountBody snapshot={snapshot} step={step} />;
    case 'materials': return <MaterialsBody snapshot={snapshot} step={step} />;
    default: return assertNever(step);
  }
};

const Head = ({ snapshot, step }: { readonly snapshot: Snapshot; readonly step: Step }) => {
  const set = step.kind === 'gather' ? gatheredSetOf(snapshot.state.plan, step.holds) : null;
  return step.kind === 'gather' && set ? <GatherHead snapshot={snapshot} step={step} set={set} /> : <StepHead snapshot={snapshot} step={step} />;
};

export const ActivityLine = ({ snapshot }: { readonly snapshot: Snapshot }) => {
  const now = useNow(1000);
  const { activity } = snapshot;
  return (
    <div className={styles.live} role="status">
      {activity && (
        <div className={styles.activity}>
          <Icon name={activity.kind === 'entry' ? 'lock' : activity.kind === 'card' ? 'card' : 'mach'} />
          <p><b>{activityText(snapshot.state, activity)}.</b> <span className={styles.cap} aria-hidden="true">{runningText(activity.since, now)}</span>{activity.kind === 'entry' && <><br />Nothing typed there is shown here, not even its length.{snapshot.state.opening && <> That window and this screen both say <b>{sessionName(snapshot.state.opening)}</b>.</>}</>}</p>
          {activity.kind !== 'effect' && <Button small onPress={cancelEntry} testId="entry-close">{activity.kind === 'card' ? 'Do not wait for it' : 'Close that window'}</Button>}
        </div>
      )}
    </div>
  );
};

const PaperAccount = ({ snapshot }: { readonly snapshot: Snapshot }) => {
  const account = paperAccount(snapshot.state);
  return (
    <Section title="Paper account" end={account.out === 0 ? 'no sheet is out' : `${account.out} out`}>
      <Pairs rows={[['Printed', String(account.printed)], ['Sealed', String(account.sealed)], ['Destroyed', String(account.destroyed)]]} />
    </Section>
  );
};

const Fault = ({ snapshot }: { readonly snapshot: Snapshot }) => {
  const own = useUi((ui) => ui.fault);
  const fault = shownFault(snapshot, own);
  if (!fault) return null;
  return (
    <FaultCard code={fault.code} details={fault.details}>
      {fault.code === 'SHARE_WRONG_PERSON' && stepOf(snapshot.state)?.kind === 'gather' && <OtherMayBring />}
      <Button small onPress={() => openDialog({ name: 'exception' })} keys="F9">Record exception</Button>
      {mayVoid(snapshot.state) && stepOf(snapshot.state)?.kind !== 'gather' && fault.code.startsWith('SHARE_') && <Button small testId="void-set" onPress={() => openDialog({ name: 'void' })}>Give the set up…</Button>}
    </FaultCard>
  );
};

const Actions = ({ snapshot, busy }: { readonly snapshot: Snapshot; readonly busy: boolean }) => {
  const { state } = snapshot;
  const step = stepOf(state);
  // An administrator who does not come is stood in for before anything is said; in a pause somebody may leave, or a deputy come.
  const early = step !== null && standInsOf(state.plan).length > 0 && hasRoomProtocol(state.plan) && (state.pause !== null || !rollIsCalled(state));
  const called = step && step.kind !== 'roll-call' && (early || (!state.pause && Object.keys(state.present).length > 0));
  return (
    <div className={styles.asides}>
      {called && <Button small onPress={() => openDialog({ name: 'people' })} testId="run-people">Someone arrived or left</Button>}
      {!state.pause && <Button small onPress={() => void leaveCeremony()} testId="run-leave" disabled={busy}>Back to the keys</Button>}
      {!state.pause && !state.begun && <Button small onPress={() => openDialog({ name: 'postpone' })} testId="run-postpone" disabled={busy}>Postpone…</Button>}
    </div>
  );
};

/** Beside the step: who acts, and what the room keeps in sight meanwhile. */
const Aside = ({ snapshot, called, busy }: { readonly snapshot: Snapshot; readonly called: Person | null; readonly busy: boolean }) => {
  const { state } = snapshot;
  const step = stepOf(state);
  switch (step?.kind) {
    case 'gather': return <>{!state.pause && <NextShare snapshot={snapshot} step={step} busy={busy} />}<MarginPane state={state} /></>;
    case 'handover': return <PaperAccount snapshot={snapshot} />;
    case 'prove':
    case 'account': return <MarginPane state={state} />;
    default: return <QuorumPane state={state} acting={called?.id ?? null} />;
  }
};

const Right = ({ snapshot, busy }: { readonly snapshot: Snapshot; readonly busy: boolean }) => {
  const { state } = snapshot;
  const dialog = useUi((ui) => ui.dialog);
  const draft = useStep();
  const step = stepOf(state);
  const gathering = step?.kind === 'gather' && !state.pause && (gatheringOf(state, step)?.shares.length ?? 0) < step.threshold ? step : null;
  const next = gathering ? nextShare(state, gathering, draft)?.presenter ?? '' : '';
  const entry = state.pause ? personOf(state, administratorOf(state.plan)) : actingInEntry(snapshot) ?? personOf(state, next);
  const called = dialog?.name === 'sign' ? state.plan.people.find((person) => person.id === dialog.person) ?? null : entry;
  return (
    <aside className={styles.right} aria-label="People and transcript" data-region="people" tabIndex={0}>
      {isDesk(state) && step?.kind === 'gather' && <Fault snapshot={snapshot} />}
      <WhoActs state={state} override={called} />
      <Aside snapshot={snapshot} called={called} busy={busy} />
      <Actions snapshot={snapshot} busy={busy} />
      <TranscriptPane snapshot={snapshot} hidden={hidesSerial(state) ? tokensOf(state.plan) : []} times={!hidesClock(state)} />
    </aside>
  );
};

export const RunScreen = ({ snapshot }: { readonly snapshot: Snapshot }) => {
  const { state } = snapshot;
  const step = stepOf(state);
  const pending = useUi((ui) => ui.pending);
  useEffect(() => openStep(state.current), [state.current]);
  const busy = pending !== null || snapshot.activity !== null;
  const wide = isReadOut(state);
  const desk = isDesk(state);
  const last = allSteps(state.script).at(-1);
  return (
    <Shell badge={state.plan.mode} rehearsal={state.plan.mode === 'rehearsal'} software={snapshot.hsm.software} name={ceremonyName(state.plan)} note={purposeNote(state)} drill={state.plan.drill === true} title={`Run · step ${state.current ?? last?.id ?? ''}`} chips={ceremonyChips(snapshot)} mirrored clockHidden={hidesClock(state)} timeZone={state.plan.ceremony.timeZone} footer={<RunFooter snapshot={snapshot} busy={busy} />}>
      <div className={`${styles.run} ${wide ? styles.wide : desk ? styles.desk : ''}`} data-testid="run" data-step={state.current ?? ''} data-kind={step?.kind ?? ''} data-busy={busy} data-paused={state.pause !== null}>
        {!wide && !desk && <ActsRail state={state} />}
        <div className={styles.mid} data-region="step" tabIndex={-1}>
          {step && <Head snapshot={snapshot} step={step} />}
          {!(desk && step?.kind === 'gather') && <Fault snapshot={snapshot} />}
          <ActivityLine snapshot={snapshot} />
          {step && (state.pause ? <PausedPanel snapshot={snapshot} /> : <Body key={step.id} snapshot={snapshot} step={step} />)}
          {step && !state.pause && <Disclosure title="Why this step">{step.why}</Disclosure>}
          {step && !state.pause && !desk && mayVoid(state) && <div className={styles.setUp}><p className={styles.cap}>If this share set cannot be used, it is given up and a new one is made.</p><Button small onPress={() => openDialog({ name: 'void' })} testId="run-void">Give the set up…</Button></div>}
          {!step && <><h1 className={styles.lead}>The ceremony was ended</h1><p className={styles.plain}>The closing entry is being written.</p></>}
        </div>
        {!wide && <Right snapshot={snapshot} busy={busy} />}
      </div>
    </Shell>
  );
};
