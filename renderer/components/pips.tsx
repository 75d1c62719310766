/** The ring in one line: one square a share, an upright line after the threshold. */
import styles from './pips.module.css';

export type Pip = 'there' | 'due' | 'lost';
interface PipsProps { readonly pips: readonly Pip[]; readonly threshold: number }
const GAP = 24;
const EXTRA = 6;

export const Pips = ({ pips, threshold }: PipsProps) => {
  const at = (index: number): number => 1 + index * GAP + (index >= threshold ? EXTRA : 0);
  const width = pips.length * GAP + EXTRA;
  return (
    <svg className={styles.pips} width={width} height="28" viewBox={`0 0 ${width} 28`} aria-hidden="true">
      {pips.map((pip, index) => <rect key={index} className={styles[pip]} x={at(index)} y="6" width="16" height="16" />)}
      {threshold > 0 && threshold <= pips.length && <line className={styles.tick} x1={threshold * GAP - 1} x2={threshold * GAP - 1} y1="0" y2="28" />}
    </svg>
  );
};
