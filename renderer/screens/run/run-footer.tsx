/** Times at the left, actions at the right, the primary last. F8, F9 and Ctrl+Enter do what the buttons do. */
import { useEffect } from 'react';
import type { Snapshot } from '../../../shared/ipc/snapshot.ts';
import { send } from '../../actions.ts';
import { Button } from '../../components/button.tsx';
import { Spring } from '../../components/shell.tsx';
import { useNow } from '../../components/use-now.ts';
import { useStep } from '../../stores/step-store.ts';
import { openDialog, useUi } from '../../stores/ui-store.ts';
import { between, minutesText } from '../../text/time.ts';
import { primaryOf } from './primary.ts';
import type { Primary } from './primary-parts.ts';
import { actOf, actStart } from './run-view.ts';
import styles from './run.module.css';

const Times = ({ snapshot }: { readonly snapshot: Snapshot }) => {
  const now = useNow(5000);
  const { state } = snapshot;
  const act = actOf(state);
  const start = actStart(state);
  const cells = [
    [state.plan.mode === 'rehearsal' ? 'Rehearsal' : 'Ceremony', state.openedAt ? between(state.openedAt, now) : '–'],
    ...(act && start ? [['This act', between(start, now)], [`Expected for act ${act.number}`, minutesText(act.expectedMinutes)]] : []),
  ] as const;
  return <div className={styles.times} role="timer" aria-live="off">{cells.map(([name, value]) => <span key={name}><span className={styles.cap}>{name}</span><b>{value}</b></span>)}</div>;
};

const usePrimary = (snapshot: Snapshot): Primary | null => {
  const draft = useStep();
  return snapshot.state.pause ? null : primaryOf(snapshot.state, draft);
};

/** Keys work unless a dialog is open or the window is busy; F8 and F9 always open their dialogs. */
const useKeys = (press: () => void): void => {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (useUi.getState().dialog) return;
      if (event.key === 'F8') { event.preventDefault(); openDialog({ name: 'pause' }); }
      if (event.key === 'F9') { event.preventDefault(); openDialog({ name: 'exception' }); }
      if (event.key === 'Enter' && event.ctrlKey) { event.preventDefault(); press(); }
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [press]);
};

const PrimaryButton = ({ primary, busy, press }: { readonly primary: Primary; readonly busy: boolean; readonly press: () => void }) => (
  <Button look="primary" onPress={press} keys="Ctrl + Enter" testId="run-primary" blocked={busy ? 'Wait: work is under way' : primary.blocked}>
    {primary.testId ? <span data-testid={primary.testId}>{primary.label}</span> : primary.label}
  </Button>
);

export const RunFooter = ({ snapshot, busy }: { readonly snapshot: Snapshot; readonly busy: boolean }) => {
  const primary = usePrimary(snapshot);
  const press = (): void => {
    if (busy || !primary) return;
    if (primary.signs) openDialog({ name: 'sign', person: primary.signs }); else if (primary.command) void send(primary.command);
  };
  useKeys(press);
  const paused = snapshot.state.pause !== null;
  return (
    <>
      <Times snapshot={snapshot} />
      <Spring />
      {!paused && snapshot.state.current && <Button onPress={() => openDialog({ name: 'pause' })} keys="F8" testId="run-pause">Pause</Button>}
      {snapshot.state.current && <Button onPress={() => openDialog({ name: 'exception' })} keys="F9" testId="run-exception">Exception or note</Button>}
      {primary && <PrimaryButton primary={primary} busy={busy} press={press} />}
    </>
  );
};
