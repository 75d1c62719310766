/** Small parts that every screen uses: a state, a section head, a list of names and values, a note. */
import type { ReactNode } from 'react';
import { Icon, type IconName } from './icon.tsx';
import styles from './parts.module.css';

export type Tone = 'done' | 'now' | 'wait' | 'stop' | 'plain';

/** Icon and word together, always. */
export const State = ({ icon, tone = 'plain', children }: { readonly icon: IconName; readonly tone?: Tone; readonly children: ReactNode }) => (
  <span className={`${styles.state} ${styles[tone]}`}><Icon name={icon} /><span>{children}</span></span>
);

/** Heading of a group: a caption on a rule, with a count or a word at its end. */
export const Section = ({ title, end, level = 2, children, label }: { readonly title: string; readonly end?: ReactNode; readonly level?: 2 | 3; readonly children: ReactNode; readonly label?: string }) => {
  const Heading = level === 2 ? 'h2' : 'h3';
  return (
    <section className={styles.section} aria-label={label ?? title}>
      <div className={styles.sec}><Heading>{title}</Heading>{end !== undefined && <span>{end}</span>}</div>
      {children}
    </section>
  );
};

export type Pair = readonly [name: string, value: ReactNode];
export const Pairs = ({ rows }: { readonly rows: readonly Pair[] }) => (
  <dl className={styles.pairs}>{rows.map(([name, value]) => <div key={name}><dt>{name}</dt><dd>{value}</dd></div>)}</dl>
);

export const Code = ({ children, testId, wrap = false }: { readonly children: ReactNode; readonly testId?: string; readonly wrap?: boolean }) => (
  <code className={wrap ? styles.wrap : styles.nowrap} data-testid={testId}>{children}</code>
);
export const Caption = ({ children, id }: { readonly children: ReactNode; readonly id?: string }) => <p className={styles.caption} id={id}>{children}</p>;

/** What opens when asked for: why a step is there, what to do if it differs. */
export const Disclosure = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <details className={styles.disclosure}><summary><Icon name="down" />{title}</summary><div>{children}</div></details>
);
