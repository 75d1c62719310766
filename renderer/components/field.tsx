/** Labelled inputs of ordinary, public values. What is secret is typed in the entry window only. */
import { useEffect, useId, useRef, type ChangeEvent, type ReactNode } from 'react';
import styles from './field.module.css';

interface FieldProps { readonly label: string; readonly hint?: string | undefined; readonly problem?: string | null; readonly value: string; readonly onChange: (value: string) => void; readonly testId?: string; readonly code?: boolean; readonly large?: boolean; readonly lines?: number; /** Takes the focus when it appears: the first field of a dialog. */ readonly first?: boolean; readonly maxLength?: number; readonly hideLabel?: boolean }

export const Field = ({ label, hint, problem = null, value, onChange, testId, code = false, large = false, lines = 1, first = false, maxLength, hideLabel = false }: FieldProps) => {
  const id = useId();
  const about = `${id}-about`;
  const area = useRef<HTMLTextAreaElement>(null);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => { if (first) (area.current ?? input.current)?.focus(); }, [first]);
  const common = {
    id, value, maxLength, spellCheck: false, autoComplete: 'off', 'data-testid': testId, 'aria-invalid': problem !== null, 'aria-describedby': hint || problem ? about : undefined,
    onChange: (event: ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) => onChange(event.target.value),
    className: `${styles.input} ${code ? styles.code : ''} ${large ? styles.large : ''}`,
  };
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={hideLabel ? 'visually-hidden' : ''}>{label}</label>
      {lines > 1 ? <textarea {...common} ref={area} rows={lines} /> : <input type="text" {...common} ref={input} />}
      {(hint || problem) && <p id={about} className={problem ? styles.problem : styles.hint}>{problem ?? hint}</p>}
    </div>
  );
};

export type Option = readonly [value: string, label: string];
interface SelectProps { readonly label: string; readonly value: string; readonly options: readonly Option[]; readonly onChange: (value: string) => void; readonly testId?: string; readonly hideLabel?: boolean }
export const Select = ({ label, value, options, onChange, testId, hideLabel = false }: SelectProps) => {
  const id = useId();
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={hideLabel ? 'visually-hidden' : ''}>{label}</label>
      <select id={id} className={styles.input} value={value} onChange={(event) => onChange(event.target.value)} data-testid={testId}>
        {options.map(([option, name]) => <option key={option} value={option}>{name}</option>)}
      </select>
    </div>
  );
};

/** One of a few, all in sight. */
export const Choices = ({ legend, value, options, onChange, testId }: { readonly legend: string; readonly value: string | null; readonly options: readonly Option[]; readonly onChange: (value: string) => void; readonly testId?: (value: string) => string }) => {
  const name = useId();
  return (
    <fieldset className={styles.choices}>
      <legend>{legend}</legend>
      {options.map(([option, label]) => (
        <label key={option} className={styles.choice}><input type="radio" name={name} value={option} checked={value === option} onChange={() => onChange(option)} data-testid={testId?.(option)} /><span>{label}</span></label>
      ))}
    </fieldset>
  );
};

export const Tick = ({ checked, onChange, children, testId }: { readonly checked: boolean; readonly onChange: (checked: boolean) => void; readonly children: ReactNode; readonly testId?: string }) => (
  <label className={styles.choice}><input type="checkbox" checked={checked} onChange={(event) => onChange(event.target.checked)} data-testid={testId} /><span>{children}</span></label>
);

export const FieldRow = ({ children }: { readonly children: ReactNode }) => <div className={styles.row}>{children}</div>;
