/** What a change makes of a value: what it was, and what it is from the enactment on. */
import styles from './charter.module.css';

interface Line { readonly what: string; readonly before: string; readonly after: string }
export const BeforeAfter = ({ lines }: { readonly lines: readonly Line[] }) => (
  <dl className={styles.lines}>{lines.map(({ what, before, after }) => (
    <div key={what}><dt>{what}</dt><dd><span className={styles.was}>{before}</span><span className={styles.arrow} aria-hidden="true">→</span><span className="visually-hidden">, becomes </span><span className={styles.now}>{after}</span></dd></div>
  ))}</dl>
);
