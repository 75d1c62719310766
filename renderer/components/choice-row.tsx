/** A few choices side by side, one of them pressed: for the desk, where the next thing is chosen and done at once. */
import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import type { IconName } from './icon.tsx';
import styles from './choice-row.module.css';

export interface RowChoice { readonly id: string; readonly label: ReactNode; readonly icon?: IconName; readonly onPress: () => void; readonly pressed?: boolean; readonly disabled?: boolean; readonly testId?: string }
export const ChoiceRow = ({ label, choices }: { readonly label: string; readonly choices: readonly RowChoice[] }) => (
  <div role="group" aria-label={label} className={styles.row}>
    {choices.map(({ id, label: text, icon, onPress, pressed, disabled = false, testId }) => (
      <Button key={id} small onPress={onPress} disabled={disabled} {...(icon ? { icon } : {})} {...(testId ? { testId } : {})} {...(pressed === undefined ? {} : { pressed })}>{text}</Button>
    ))}
  </div>
);
