/** Keeps names such as "P-384" on one line: lines break between words, never inside one. */
import styles from './parts.module.css';

export const Unbroken = ({ text }: { readonly text: string }) => text.split(' ').map((word, index) => (
  <span key={index}>{index > 0 && ' '}{/[-–]/.test(word) ? <span className={styles.nowrap}>{word}</span> : word}</span>
));
