/** "Stopped" or "Check this": stays until it is handled, takes the focus, says what happened, what is safe and what to do. */
import { useEffect, useRef, type ReactNode } from 'react';
import { errorText } from '../../shared/text/errors.ts';
import { Icon } from './icon.tsx';
import styles from './fault-card.module.css';

interface FaultCardProps { readonly code: string; readonly details: Readonly<Record<string, unknown>>; readonly children?: ReactNode; readonly focus?: boolean }

export const FaultCard = ({ code, details, children, focus = true }: FaultCardProps) => {
  const heading = useRef<HTMLHeadingElement>(null);
  const text = errorText(code, details);
  const key = `${code} ${JSON.stringify(details)}`;
  useEffect(() => { if (focus) heading.current?.focus(); }, [key, focus]);
  return (
    <section className={styles.card} data-testid="fault" data-code={code} role="alert">
      <h2 ref={heading} tabIndex={-1}><Icon name="stop" />{text.title}</h2>
      <p>{text.happened}</p>
      <p><b>Safe:</b> {text.safe}</p>
      <p><b>Next:</b> {text.next}</p>
      <div className={styles.row}>{children}<span className={styles.code}>{code}</span></div>
    </section>
  );
};
