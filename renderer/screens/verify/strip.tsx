/** The transcript as a strip: signed, broken, not relied on. The sentence carries the meaning. */
import { stripOf, stripSentence } from '../../../shared/text/verify-report.ts';
import type { FolderReport } from '../../../shared/transcript/report.ts';
import styles from './verify.module.css';

const W = 1000;
export const StripView = ({ folder }: { readonly folder: FolderReport }) => {
  const strip = stripOf(folder);
  if (!strip) return null;
  return (
    <figure className={styles.strip}>
      <svg viewBox={`0 0 ${W} 66`} preserveAspectRatio="none" aria-hidden="true">
        <defs><pattern id="not-relied" width="9" height="9" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0 0v9" className={styles.hatch} /></pattern></defs>
        <rect x="0" y="10" width={W} height="32" className={strip.broken === null ? styles.linked : styles.unsure} />
        <rect x="0" y="10" width={W * strip.signed} height="32" className={styles.signed} />
        {strip.broken !== null && <rect x={W * strip.broken} y="0" width="8" height="52" className={styles.broken} />}
        {strip.marks.map((mark, index) => <path key={index} d={`M${W * mark} 48l5 12h-10z`} className={styles.mark} />)}
      </svg>
      <figcaption>{stripSentence(folder)} Triangles are sign-offs.</figcaption>
    </figure>
  );
};
