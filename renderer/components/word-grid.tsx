/** 32 words in rows A to D with the hex beside them: the only form in which a digest is compared. */
import { fromHex } from '../../shared/bytes.ts';
import { toWords } from '../../shared/transcript/words.ts';
import styles from './word-grid.module.css';

const ROWS = ['A', 'B', 'C', 'D'] as const;
const PER_ROW = 8;
const groups = (hex: string): readonly string[] => hex.match(/.{1,4}/g) ?? [];

interface WordGridProps { readonly hex: string; readonly size?: 'read-out' | 'small'; readonly label: string }
export const WordGrid = ({ hex, size = 'small', label }: WordGridProps) => {
  const words = toWords(fromHex(hex) ?? new Uint8Array());
  return (
    <ol className={`${styles.grid} ${size === 'read-out' ? styles.large : styles.small}`} aria-label={label}>
      {ROWS.map((row, index) => (
        <li key={row}>
          <b className={styles.letter}>{row}</b>
          <ol className={styles.words}>{words.slice(index * PER_ROW, (index + 1) * PER_ROW).map((word, at) => <li key={at}>{word}</li>)}</ol>
          <code className={styles.hex}>{groups(hex.slice(index * 16, (index + 1) * 16)).join(' ')}</code>
        </li>
      ))}
    </ol>
  );
};
/** Four words that name a thing. They never prove it. */
export const fourWords = (hex: string): string => toWords((fromHex(hex) ?? new Uint8Array()).slice(0, 4)).join(' ');
