/** S2: what exists and what waits, in the archive of the mode that is chosen. */
import { useEffect, useState } from 'react';
import type { Mode } from '../../../shared/ceremony/plan-schema.ts';
import type { ArchiveItem } from '../../../shared/ipc/contract.ts';
import { errorText } from '../../../shared/text/errors.ts';
import { enterCeremony } from '../../actions.ts';
import { call } from '../../bridge.ts';
import { BusyLine } from '../../components/busy-line.tsx';
import { Button } from '../../components/button.tsx';
import { UiFault } from '../../components/fault-of-ui.tsx';
import { Icon } from '../../components/icon.tsx';
import { Caption, Code, Section, State } from '../../components/parts.tsx';
import { Pips } from '../../components/pips.tsx';
import { FootNote, Shell, Spring } from '../../components/shell.tsx';
import { fourWords } from '../../components/word-grid.tsx';
import { chooseMode, goTo, useUi } from '../../stores/ui-store.ts';
import { dateOf, instantText } from '../../text/time.ts';
import { itemState, paddedNumber, profileOf, registerLine, rowAction, rowLabel, shareLine, sharePips, unfinished } from './home-view.ts';
import styles from './home.module.css';

interface Archive { readonly path: string; readonly items: readonly ArchiveItem[] }
const useArchive = (mode: Mode): Archive | null => {
  const [read, setRead] = useState<{ readonly mode: Mode; readonly archive: Archive } | null>(null);
  useEffect(() => {
    let wanted = true;
    void call('archive.list', { mode }).then((answer) => {
      if (!wanted) return;
      if (answer.ok) setRead({ mode, archive: answer.value }); else useUi.setState({ fault: answer.fault });
    });
    return () => { wanted = false; };
  }, [mode]);
  return read?.mode === mode ? read.archive : null;
};

const open = (mode: Mode, item: ArchiveItem): void => {
  if (rowAction(item) === 'verify') goTo({ screen: 'verify', mode, number: item.number });
  else void enterCeremony(mode, item.number);
};

const Row = ({ mode, item }: { readonly mode: Mode; readonly item: ArchiveItem }) => {
  const state = itemState(item);
  return (
    <tr data-testid={`ceremony-row-${item.number}`} data-status={item.status}>
      <td><b>{item.label}</b> <span className={styles.alg}>{profileOf(item.profile)}</span><br /><span className={styles.cap}>{item.spkiSha256 ? fourWords(item.spkiSha256) : 'No key yet'}</span></td>
      <td><State icon={state.icon} tone={state.tone}>{state.word}</State><br /><span className={styles.cap}>{item.fault ? errorText(item.fault).title : item.openExceptions > 0 ? `${item.openExceptions} ${item.openExceptions === 1 ? 'exception' : 'exceptions'}` : ''}</span></td>
      <td>{item.quorum ? `${item.quorum.threshold} of ${item.quorum.shares}` : '–'}</td>
      <td><Pips pips={sharePips(item)} threshold={item.quorum?.threshold ?? 0} /><span className={styles.cap}>{shareLine(item)}</span></td>
      <td>{item.serial ? <Code wrap>{item.serial}</Code> : '–'}</td>
      <td><b>{item.notAfter ? dateOf(item.notAfter) : '–'}</b><br /><span className={styles.cap}>Ceremony {paddedNumber(item.number)}{item.step ? `, ${item.step}` : ''}</span></td>
      <td><Button small onPress={() => open(mode, item)} testId={`ceremony-open-${item.number}`}>{rowLabel(item)}<span className="visually-hidden"> ceremony {paddedNumber(item.number)}</span></Button></td>
    </tr>
  );
};

const Register = ({ mode, archive }: { readonly mode: Mode; readonly archive: Archive }) => {
  if (archive.items.length === 0) return <p className={styles.empty}>There is no key here yet. {mode === 'rehearsal' ? 'A rehearsal makes its own software tokens and marks everything it makes.' : 'Start with a rehearsal if these people have not done one.'}</p>;
  return (
    <table className={styles.register}>
      <thead><tr><th scope="col">Key and its first four words</th><th scope="col">State</th><th scope="col">Quorum</th><th scope="col">Shares</th><th scope="col">HSM</th><th scope="col">Certificate ends</th><th scope="col"><span className="visually-hidden">Open</span></th></tr></thead>
      <tbody>{archive.items.map((item) => <Row key={item.number} mode={mode} item={item} />)}</tbody>
    </table>
  );
};

const RESUME_WORDS = { running: ['half', 'Under way'], paused: ['pause', 'Paused'], frozen: ['wait', 'Plan frozen'] } as const;
const ResumeBanner = ({ mode, item }: { readonly mode: Mode; readonly item: ArchiveItem }) => {
  const [icon, word] = RESUME_WORDS[item.status as keyof typeof RESUME_WORDS];
  const rest = item.status === 'frozen' ? 'waits to begin.' : `${item.step ? `is at step ${item.step}` : 'is not finished'}${item.lastAt ? `; last entry ${instantText(item.lastAt)}` : ''}.`;
  return (
    <section className={styles.resume} aria-label="Unfinished ceremony">
      <State icon={icon} tone="wait">{word}</State>
      <p><b>Ceremony {paddedNumber(item.number)} · {item.title}</b> {rest}</p>
      <Button small onPress={() => void enterCeremony(mode, item.number)} testId="home-resume">{item.status === 'frozen' ? 'Open' : 'Resume'} ceremony {paddedNumber(item.number)}</Button>
    </section>
  );
};

const MODES = [
  ['rehearsal', 'Rehearsal', 'The real program on software tokens it makes itself. Everything is marked; nothing counts.', 'home-rehearsal'],
  ['production', 'Ceremony', 'Any PKCS#11 module. What is made here is the record.', 'home-ceremony'],
] as const;
const ModeChoice = ({ mode }: { readonly mode: Mode }) => (
  <Section title="Mode">
    <div className={styles.modes} role="group" aria-label="Mode">
      {MODES.map(([value, name, note, testId]) => (
        <button key={value} type="button" className={styles.mode} aria-pressed={mode === value} onClick={() => chooseMode(value)} data-testid={testId}>
          <span className={styles.modeName}><Icon name={mode === value ? 'done' : 'wait'} />{name}</span><span className={styles.modeNote}>{note}</span>
        </button>
      ))}
    </div>
  </Section>
);

const Catalogue = () => (
  <Section title="What can be done" end="1 kind">
    <div className={styles.card}>
      <h3>Root key generation</h3>
      <p>Makes a root key in an HSM, signs its certificate, splits and proves its backup, and locks it.</p>
      <p className={styles.cap}>Making the key cannot be undone. At least 5 people: administrator, internal witness, external auditor, 2 or more custodians.</p>
    </div>
  </Section>
);

export const HomeScreen = () => {
  const mode = useUi((ui) => ui.mode);
  const pending = useUi((ui) => ui.pending);
  const archive = useArchive(mode);
  const rehearsal = mode === 'rehearsal';
  const waiting = archive ? unfinished(archive.items) : null;
  return (
    <Shell badge={rehearsal ? 'rehearsal' : 'reading'} rehearsal={rehearsal} name="Key register" title="Keys" chips={[{ name: 'Archive', icon: 'rec', value: archive ? registerLine(archive.items) : 'Being read' }]}
      footer={<>
        <FootNote>Four words name a key; they do not prove it. To compare a key, read all 32 words.</FootNote><Spring />
        <Button onPress={() => goTo({ screen: 'verify', mode, number: null })} testId="home-verify">Verify a transcript</Button>
        <Button look="primary" onPress={() => goTo({ screen: 'prepare', mode })} testId="home-start" blocked={pending !== null ? 'Wait: work is under way' : null}>{rehearsal ? 'Start a rehearsal' : 'Start a ceremony'}</Button>
      </>}>
      <div className={styles.home} data-testid="home">
        <section className={styles.left} aria-label="Keys" data-region="keys" tabIndex={0}>
          <div className={styles.top}><h1>Keys</h1>{archive && <p>{registerLine(archive.items)}</p>}</div>
          <UiFault />
          <BusyLine />
          {waiting && <ResumeBanner mode={mode} item={waiting} />}
          {archive && <Register mode={mode} archive={archive} />}
          {archive && <Caption>Archive: <Code wrap>{archive.path}</Code></Caption>}
        </section>
        <aside className={styles.aside} aria-label="Mode and catalogue" data-region="mode" tabIndex={-1}>
          <ModeChoice mode={mode} />
          <Catalogue />
        </aside>
      </div>
    </Shell>
  );
};
