/** The transcript, newest first. Committed entries only; exceptions are announced, the rest is not. */
import type { Snapshot } from '../../shared/ipc/snapshot.ts';
import { secondsOf } from '../text/time.ts';
import { Icon } from './icon.tsx';
import { Section } from './parts.tsx';
import { fourWords } from './word-grid.tsx';
import styles from './transcript-pane.module.css';

const SHOWN = 60;
/** While a serial is asked for it stands nowhere on the screen, not even in what was written before. */
const withheld = (text: string, hidden: readonly string[]): string => hidden.reduce((left, value) => left.replaceAll(value, '(hidden now)'), text);

export const TranscriptPane = ({ snapshot, hidden, times = true }: { readonly snapshot: Snapshot; readonly hidden: readonly string[]; readonly times?: boolean }) => {
  const rows = snapshot.rows.toSorted((a, b) => b.seq - a.seq).slice(0, SHOWN);
  return (
    <div className={styles.pane} data-region="transcript" tabIndex={-1}>
      <Section title="Transcript, newest first" end={`${snapshot.state.count} entries`}>
        <p className={styles.head}>Head, named by four words: <b>{fourWords(snapshot.state.head)}</b></p>
        <div className={styles.log} role="log" aria-live="off" aria-label="Transcript entries" tabIndex={0}><ol>
          {rows.map((row) => (
            <li key={row.seq} className={styles[row.kind]}>
              <span className={styles.seq}>{row.seq}</span>{times ? <time dateTime={row.at}>{secondsOf(row.at)}</time> : <span>hidden</span>}<span className={styles.seq}>{row.step ?? ''}</span>
              <span className={styles.text}>{row.kind === 'exception' && <Icon name="note" />}{row.kind === 'fault' && <Icon name="stop" />}{withheld(row.text, hidden)}</span>
            </li>
          ))}
        </ol></div>
      </Section>
    </div>
  );
};
