/** Acts and, of the open act, its steps. Statuses are words; the rail is an ordered list with the current step marked. */
import { useEffect, useRef } from 'react';
import type { Act, Step } from '../../shared/ceremony/script-types.ts';
import type { CeremonyState } from '../../shared/ceremony/state.ts';
import { actStatus, openActOf, stepStatus } from './rail-view.ts';
import { State } from './parts.tsx';
import styles from './acts-rail.module.css';

const StepRow = ({ state, step }: { readonly state: CeremonyState; readonly step: Step }) => {
  const status = stepStatus(state, step);
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => { if (status.look === 'cur') row.current?.scrollIntoView({ block: 'nearest' }); }, [status.look]);
  return (
    <li ref={row} className={`${styles.row} ${styles.step} ${styles[status.look]}`} aria-current={status.look === 'cur' ? 'step' : undefined}>
      <span className={styles.number}>{step.id}</span><span>{step.title}</span><State icon={status.icon} tone={status.tone}>{status.word}</State>
    </li>
  );
};

const ActRow = ({ state, act, open }: { readonly state: CeremonyState; readonly act: Act; readonly open: boolean }) => {
  const status = actStatus(state, act, open);
  return (
    <li>
      <div className={`${styles.row} ${styles.act} ${styles[status.look]}`}><span className={styles.number}>{act.number}</span><span>{act.title}</span><State icon={status.icon} tone={status.tone}>{status.word}</State></div>
      {open && <ol>{act.steps.map((step) => <StepRow key={step.id} state={state} step={step} />)}</ol>}
    </li>
  );
};

export const ActsRail = ({ state }: { readonly state: CeremonyState }) => {
  const open = openActOf(state);
  return (
    <nav className={styles.rail} aria-label="Acts" data-region="acts" tabIndex={0}>
      <ol>{state.script.acts.map((act) => <ActRow key={act.number} state={state} act={act} open={act.number === open} />)}</ol>
    </nav>
  );
};
