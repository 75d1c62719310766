/** A button says what it does with a verb and an object. When it cannot be pressed, `blocked` says why, in its place. */
import type { ReactNode } from 'react';
import { Icon, type IconName } from './icon.tsx';
import styles from './button.module.css';

interface ButtonProps {
  readonly children: ReactNode;
  readonly onPress: () => void;
  readonly testId?: string;
  readonly icon?: IconName;
  /** Shown on the button: the key that does the same. */
  readonly keys?: string;
  readonly look?: 'primary' | 'quiet' | 'equal' | 'stop';
  readonly small?: boolean;
  /** Why it cannot be pressed now; replaces the label. */
  readonly blocked?: string | null;
  /** Cannot be pressed now and the reason stands beside it. */
  readonly disabled?: boolean;
  readonly pressed?: boolean;
  readonly describedBy?: string;
  /** Set id that the button is about, for those who drive the screen. */
  readonly set?: string;
}

export const Button = ({ children, onPress, testId, icon, keys, look = 'quiet', small = false, blocked = null, disabled = false, pressed, describedBy, set }: ButtonProps) => {
  const off = blocked !== null || disabled;
  const names = [styles.btn, styles[look], small ? styles.small : '', off ? styles.off : ''];
  return (
    <button type="button" className={names.join(' ')} onClick={onPress} disabled={off} data-testid={testId} data-set={set} aria-pressed={pressed} aria-describedby={describedBy}>
      {icon && <Icon name={icon} />}
      <span>{blocked ?? children}</span>
      {keys && !off && <kbd className={styles.keys} aria-hidden="true">{keys}</kbd>}
    </button>
  );
};
