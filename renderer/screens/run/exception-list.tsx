/** Exceptions as they were recorded, with their words where the folder still has them. */
import { personOf } from '../../../shared/ceremony/select.ts';
import type { Snapshot } from '../../../shared/ipc/snapshot.ts';
import { EFFECT_NAMES, EXCEPTION_NAMES } from '../../text/exceptions.ts';
import { secondsOf } from '../../text/time.ts';
import styles from './run.module.css';

/** The same in few lines, for a hold point: what was out of the script so far is heard again before anyone signs. */
export const ExceptionsSoFar = ({ snapshot }: { readonly snapshot: Snapshot }) => {
  const { exceptions } = snapshot.state;
  return exceptions.length === 0 ? null : (
    <section className={styles.soFar} data-testid="exceptions-so-far" aria-label="Exceptions so far">
      <p><b>Read aloud before anyone signs: what was out of the script so far.</b></p>
      <ul>{exceptions.map((one) => {
        const texts = snapshot.texts[one.seq];
        return <li key={one.number}><b>E{one.number}</b>, step {one.step}, effect {EFFECT_NAMES[one.effect].toLowerCase()}. {texts?.what ?? 'Text withheld.'} {texts?.done}</li>;
      })}</ul>
    </section>
  );
};

export const ExceptionList = ({ snapshot }: { readonly snapshot: Snapshot }) => {
  const { exceptions } = snapshot.state;
  if (exceptions.length === 0) return <p className={styles.plain}>No exception has been recorded.</p>;
  return (
    <table>
      <thead><tr><th scope="col">No.</th><th scope="col">Step and time</th><th scope="col">What happened, what was done</th><th scope="col">Effect</th></tr></thead>
      <tbody>
        {exceptions.map((one) => {
          const texts = snapshot.texts[one.seq];
          return (
            <tr key={one.number}>
              <td><b>E{one.number}</b></td><td>{one.step}<br /><span className={styles.cap}>{secondsOf(one.at)}</span></td>
              <td><b>{EXCEPTION_NAMES[one.kind]}.</b> {texts?.expected ? `Expected: ${texts.expected} ` : ''}{texts?.what ?? 'Text withheld.'} {texts?.done}<br /><span className={styles.cap}>Noticed by {personOf(snapshot.state, one.noticedBy)?.name ?? one.noticedBy}{one.decidedBy ? `; decided by ${personOf(snapshot.state, one.decidedBy)?.name ?? one.decidedBy}` : ''}</span></td>
              <td>{EFFECT_NAMES[one.effect]}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
};
