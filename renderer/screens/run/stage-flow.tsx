/** The strip of a desk: what is done, what is now, what comes. */
import { State } from '../../components/parts.tsx';
import styles from './handover.module.css';

export type Stage = readonly [name: string, note: string];
/** @param at index of the stage that is now; all are done when it is past the last. */
export const StageFlow = ({ stages, at }: { readonly stages: readonly Stage[]; readonly at: number }) => (
  <ol className={styles.flow}>
    {stages.map(([stage, note], index) => {
      const [look, icon, word] = index < at ? (['done', 'done', 'Done'] as const) : index === at ? (['now', 'now', 'Now'] as const) : (['wait', 'wait', 'Waiting'] as const);
      return <li key={stage} className={styles[look]} aria-current={look === 'now' ? 'step' : undefined}><State icon={icon} tone={look === 'done' ? 'done' : 'plain'}>{word}</State><b>{stage}</b><span className={styles.cap}>{note}</span></li>;
    })}
  </ol>
);
