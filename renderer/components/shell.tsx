/** The frame of every screen: status bar, rehearsal marks, the sentence about software tokens, footer. */
import { useEffect, type ReactNode } from 'react';
import type { Mode } from '../../shared/ceremony/plan-schema.ts';
import { openDialog, useUi } from '../stores/ui-store.ts';
import { DRILL_SENTENCE } from '../text/custody.ts';
import { clockText, dateText, localClock } from '../text/time.ts';
import { MODE_NAMES, REHEARSAL_SENTENCE, SOFTWARE_SENTENCE } from '../text/words.ts';
import { Icon, type IconName } from './icon.tsx';
import { LARGE, useMatches, useNow } from './use-now.ts';
import styles from './shell.module.css';

export interface Chip { readonly name: string; readonly icon: IconName; readonly value: string; /** Left out where the window is narrow. */ readonly extra?: string; readonly alarm?: boolean }
interface ShellProps {
  readonly badge: Mode | 'reading';
  /** Marks the whole window as rehearsal. */
  readonly rehearsal: boolean;
  readonly software?: boolean;
  /** A practice with real people: its shares never pass a real recovery. */
  readonly drill?: boolean;
  /** What the room keeps in sight all the time: the purpose and the target of a ceremony on an existing set. */
  readonly note?: string | null;
  readonly name: string;
  readonly title: string;
  readonly chips: readonly Chip[];
  /** The room follows this screen: larger type where the window allows it. */
  readonly mirrored?: boolean;
  /** People are reading the time from something else: the clock says so instead. */
  readonly clockHidden?: boolean;
  /** Of the room, as the plan names it. */
  readonly timeZone?: string | undefined;
  readonly footer: ReactNode;
  readonly children: ReactNode;
}

const Band = () => (
  <div className={styles.band} aria-hidden="true">
    {['REHEARSAL', REHEARSAL_SENTENCE, 'REHEARSAL', REHEARSAL_SENTENCE, 'REHEARSAL'].map((text, index) => <span key={index} className={index % 2 === 1 ? styles.quiet : ''}>{text}</span>)}
  </div>
);

const Clock = ({ hidden, zone }: { readonly hidden: boolean; readonly zone: string | undefined }) => {
  const now = useNow(1000);
  if (hidden) return <div className={styles.cell}><span className={styles.cap}>{dateText(now)}</span><span className={styles.value}>Clock hidden now</span></div>;
  return <div className={styles.cell}><span className={styles.cap}>{dateText(now)}</span><span className={styles.value}><span>{clockText(now)} UTC<span className={styles.extra}> · {localClock(now, zone)} {zone ?? 'local'}</span></span></span></div>;
};

const Bar = ({ badge, name, chips, clockHidden = false, timeZone }: Pick<ShellProps, 'badge' | 'name' | 'chips' | 'clockHidden' | 'timeZone'>) => (
  <div className={styles.bar} data-region="status" tabIndex={-1}>
    <div className={styles.mode}>{MODE_NAMES[badge]}</div>
    <div className={styles.name}>{name}</div>
    {chips.map((chip) => (
      <div key={chip.name} className={`${styles.cell} ${chip.alarm ? styles.alarm : ''}`}><span className={styles.cap}>{chip.name}</span><span className={styles.value}><Icon name={chip.icon} /><span>{chip.value}{chip.extra && <span className={styles.extra}>{chip.extra}</span>}</span></span></div>
    ))}
    <Clock hidden={clockHidden} zone={timeZone} />
    <button type="button" className={styles.help} onClick={() => openDialog({ name: 'help' })} data-testid="help">Help</button>
  </div>
);

export const Shell = ({ badge, rehearsal, software = false, drill = false, note = null, name, title, chips, mirrored = false, clockHidden = false, timeZone, footer, children }: ShellProps) => {
  const large = useMatches(LARGE);
  const testRuntime = useUi((state) => state.status?.testRuntime ?? false);
  useEffect(() => { document.title = `${rehearsal ? 'REHEARSAL · ' : ''}Quorate · ${title}`; }, [rehearsal, title]);
  const notes = [...(note === null ? [] : [note]), ...(drill ? [DRILL_SENTENCE] : []), ...(software ? [SOFTWARE_SENTENCE] : []), ...(testRuntime ? ['Test runtime: not for ceremonies.'] : [])];
  return (
    <div className={styles.frame} data-rehearsal={rehearsal} data-scale={mirrored && large ? 'mirrored' : 'operator'}>
      <header className={styles.top}>
      <Bar badge={badge} name={rehearsal && badge !== 'reading' ? `REHEARSAL ${name}` : name} chips={chips} clockHidden={clockHidden} timeZone={timeZone} />
      {rehearsal && <Band />}
      {rehearsal && <p className="visually-hidden">Rehearsal: {REHEARSAL_SENTENCE.toLowerCase()}.</p>}
      {notes.length > 0 && <p className={styles.notes}>{notes.map((one) => <span key={one}>{one}</span>)}</p>}
      </header>
      <main className={styles.main}>{children}</main>
      <footer className={styles.foot} data-region="actions" tabIndex={-1}>{footer}</footer>
    </div>
  );
};
export const FootNote = ({ children }: { readonly children: ReactNode }) => <p className={styles.footnote}>{children}</p>;
export const Spring = () => <span className={styles.spring} />;
