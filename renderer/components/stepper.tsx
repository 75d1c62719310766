/** A small whole number, with one button for less and one for more. */
import styles from './stepper.module.css';

interface StepperProps { readonly label: string; readonly value: number; readonly min: number; readonly max: number; readonly onChange: (value: number) => void; readonly testId: string; /** What it is now, said where the value is another. */ readonly was?: number | undefined }
export const Stepper = ({ label, value, min, max, onChange, testId, was }: StepperProps) => (
  <div role="group" aria-label={label}>
    <span className={styles.label}>{label}{was !== undefined && was !== value && <b className={styles.was}> was {was}</b>}</span>
    <div className={styles.stepper}>
      <button type="button" onClick={() => onChange(value - 1)} disabled={value <= min} aria-label={`${label}: one less`} data-testid={`${testId}-less`}>−</button>
      <output data-testid={testId}>{value}</output>
      <button type="button" onClick={() => onChange(value + 1)} disabled={value >= max} aria-label={`${label}: one more`} data-testid={`${testId}-more`}>+</button>
    </div>
  </div>
);
