/** S2: what exists and what waits, in the archive of the mode that is chosen. */
import { fourDigits } from '../../../shared/text/ceremony-number.ts';
import { useEffect, useState } from 'react';
import type { Mode } from '../../../shared/ceremony/plan-schema.ts';
import type { CharterInForce } from '../../../shared/register/charter.ts';
import type { KeyLife } from '../../../shared/register/key-life.ts';
import type { KeyState } from '../../../shared/register/custody-types.ts';
import type { ArchiveItem } from '../../../shared/ipc/contract.ts';
import { errorText } from '../../../shared/text/errors.ts';
import { enterCeremony } from '../../actions.ts';
import { call } from '../../bridge.ts';
import { BusyLine } from '../../components/busy-line.tsx';
import { Button } from '../../components/button.tsx';
import { UiFault } from '../../components/fault-of-ui.tsx';
import { Icon } from '../../components/icon.tsx';
import { Caption, Code, Section, State } from '../../components/parts.tsx';
import { FootNote, Shell, Spring } from '../../components/shell.tsx';
import { useNow } from '../../components/use-now.ts';
import { chooseMode, goTo, useUi } from '../../stores/ui-store.ts';
import { instantText } from '../../text/time.ts';
import { KIND_NAMES } from '../../text/custody.ts';
import { Catalogue } from './catalogue.tsx';
import { CharterPanel, FoundCard } from './charter-panel.tsx';
import { dueKeys } from './custody-view.ts';
import { InventoryPrint } from './inventory-print.tsx';
import { EndsBanner } from './ends-banner.tsx';
import { JoinDialog } from './join-dialog.tsx';
import { LifeOfKey } from './key-life.tsx';
import { KeyTable, SetList } from './key-table.tsx';
import { itemState, profileOf, registerLine, rowAction, rowLabel, unfinished } from './home-view.ts';
import styles from './home.module.css';

interface Archive { readonly path: string; readonly items: readonly ArchiveItem[]; readonly ends: readonly string[]; readonly keys: readonly KeyState[]; readonly lives: readonly KeyLife[]; /** Null: not founded. Undefined: the archive cannot be read as a whole, so nobody knows. */ readonly charter: CharterInForce | null | undefined }
const readArchive = async (mode: Mode): Promise<Archive | null> => {
  const [list, register] = await Promise.all([call('archive.list', { mode }), call('archive.register', { mode })]);
  const fault = list.ok ? (register.ok ? null : register.fault) : list.fault;
  if (fault) useUi.setState({ fault });
  return list.ok ? { ...list.value, keys: register.ok ? register.value.keys : [], lives: register.ok ? register.value.lives : [], charter: register.ok ? register.value.charter : undefined } : null;
};
const useArchive = (mode: Mode, again: number): Archive | null => {
  const [read, setRead] = useState<{ readonly mode: Mode; readonly archive: Archive | null } | null>(null);
  useEffect(() => {
    let wanted = true;
    void readArchive(mode).then((archive) => { if (wanted) setRead({ mode, archive }); });
    return () => { wanted = false; };
  }, [mode, again]);
  return read?.mode === mode ? read.archive : null;
};

const open = (mode: Mode, item: ArchiveItem): void => {
  if (rowAction(item) === 'verify') goTo({ screen: 'verify', mode, number: item.number, name: item.name });
  else void enterCeremony(mode, item.number, item.name);
};

const Row = ({ mode, item }: { readonly mode: Mode; readonly item: ArchiveItem }) => {
  const state = itemState(item);
  const notes = [item.fault ? errorText(item.fault).title : '', item.openExceptions > 0 ? `${item.openExceptions} ${item.openExceptions === 1 ? 'exception' : 'exceptions'}` : '', item.step && item.status !== 'closed' ? `step ${item.step}` : ''].filter((part) => part !== '');
  return (
    <tr data-testid={`ceremony-row-${item.number}`} data-status={item.status}>
      <td className={styles.alg}>{fourDigits(item.number)}</td>
      <td><b>{item.title}</b><br /><span className={styles.cap}>{item.label === null || item.profile === null ? item.kind && KIND_NAMES[item.kind] : `${item.label} ${profileOf(item.profile)}`}</span></td>
      <td><State icon={state.icon} tone={state.tone}>{state.word}</State><br /><span className={styles.cap}>{notes.join(', ')}</span></td>
      <td className={styles.alg}>{item.lastAt ? instantText(item.lastAt) : '–'}</td>
      <td className={styles.end}><Button small onPress={() => open(mode, item)} testId={`ceremony-open-${item.number}`}>{rowLabel(item)}<span className="visually-hidden"> ceremony {fourDigits(item.number)}</span></Button></td>
    </tr>
  );
};

const Ceremonies = ({ mode, archive }: { readonly mode: Mode; readonly archive: Archive }) => (
  <Section title="Ceremonies, newest first" end={String(archive.items.length)}>
    <table className={styles.register}>
      <thead><tr><th scope="col">No.</th><th scope="col">Ceremony</th><th scope="col">State</th><th scope="col">Last entry</th><th scope="col"><span className="visually-hidden">Open</span></th></tr></thead>
      <tbody>{archive.items.toSorted((a, b) => b.number - a.number || (b.lastAt ?? '').localeCompare(a.lastAt ?? '', 'en')).map((item) => <Row key={item.name} mode={mode} item={item} />)}</tbody>
    </table>
  </Section>
);
const Nothing = ({ mode }: { readonly mode: Mode }) => <p className={styles.empty}>There is no key here yet. {mode === 'rehearsal' ? 'A rehearsal makes its own software tokens and marks everything it makes.' : 'Start with a rehearsal if these people have not done one.'}</p>;

const RESUME_WORDS = { running: ['half', 'Under way'], paused: ['pause', 'Paused'], frozen: ['wait', 'Plan frozen'] } as const;
const ResumeBanner = ({ mode, item }: { readonly mode: Mode; readonly item: ArchiveItem }) => {
  const [icon, word] = RESUME_WORDS[item.status as keyof typeof RESUME_WORDS];
  const rest = item.status === 'frozen' ? 'waits to begin.' : `${item.step ? `is at step ${item.step}` : 'is not finished'}${item.lastAt ? `; last entry ${instantText(item.lastAt)}` : ''}.`;
  return (
    <section className={styles.resume} aria-label="Unfinished ceremony">
      <State icon={icon} tone="wait">{word}</State>
      <p><b>Ceremony {fourDigits(item.number)} · {item.title}</b> {rest}</p>
      <Button small onPress={() => void enterCeremony(mode, item.number, item.name)} testId="home-resume">{item.status === 'frozen' ? 'Open' : 'Resume'} ceremony {fourDigits(item.number)}</Button>
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

export const HomeScreen = () => {
  const mode = useUi((ui) => ui.mode);
  const pending = useUi((ui) => ui.pending);
  const [again, setAgain] = useState(0);
  const [joining, setJoining] = useState(false);
  const archive = useArchive(mode, again);
  const rehearsal = mode === 'rehearsal';
  const waiting = archive ? unfinished(archive.items) : null;
  const [chosen, setChosen] = useState<string | null>(null);
  const keys = archive?.keys ?? [];
  const item = keys.find((key) => key.keyId === chosen) ?? dueKeys(keys)[0] ?? keys.at(-1) ?? null;
  const now = useNow(60_000), life = archive?.lives.find(({ keyId, spkiSha256 }) => keyId === item?.keyId && spkiSha256 === item.spkiSha256);
  return (
    <Shell badge={rehearsal ? 'rehearsal' : 'reading'} rehearsal={rehearsal} name="Key register" title="Keys" chips={[{ name: 'Archive', icon: 'rec', value: archive ? registerLine(archive.items, archive.keys) : 'Being read' }]}
      footer={<>
        <FootNote>Four words name a key; they do not prove it. To compare a key, read all 32 words.</FootNote><Spring />
        <Button onPress={() => setJoining(true)} testId="home-join">Join another archive</Button>
        <Button onPress={() => goTo({ screen: 'verify', mode, number: null })} testId="home-verify">Verify a transcript</Button>
        <Button look={mode === 'production' && archive?.charter === null ? 'quiet' : 'primary'} onPress={() => goTo({ screen: 'prepare', mode })} testId="home-start" blocked={pending !== null ? 'Wait: work is under way' : archive !== null && archive.ends.length > 1 ? 'Merge the archives first' : null}>{rehearsal ? 'Start a rehearsal' : 'Start a ceremony'}</Button>
      </>}>
      {joining && <JoinDialog mode={mode} onClose={() => setJoining(false)} onJoined={() => setAgain(again + 1)} />}
      <div className={styles.home} data-testid="home">
        <section className={styles.left} aria-label="Keys" data-region="keys" tabIndex={0}>
          <div className={styles.top}><h1>Keys</h1>{archive && <p>{registerLine(archive.items, archive.keys)}</p>}</div>
          {!joining && <UiFault />}
          <BusyLine />
          {archive && archive.ends.length > 1 && <EndsBanner mode={mode} ends={archive.ends} frozen={archive.items.find((one) => one.status === 'frozen' && one.kind === 'merge') ?? null} />}
          {waiting && <ResumeBanner mode={mode} item={waiting} />}
          {archive?.charter === null && <FoundCard mode={mode} items={archive.items} />}
          {keys.length > 0 && <KeyTable keys={keys} now={now} chosen={item?.keyId ?? null} onChoose={setChosen} />}
          {keys.length > 0 && <InventoryPrint mode={mode} />}
          {item && <SetList item={item} />}
          {item && life && <LifeOfKey item={item} life={life} />}
          {archive?.charter && <CharterPanel mode={mode} items={archive.items} inForce={archive.charter} />}
          {archive && (archive.items.length > 0 ? <Ceremonies mode={mode} archive={archive} /> : <Nothing mode={mode} />)}
          {archive && <Caption>Archive: <Code wrap>{archive.path}</Code></Caption>}
        </section>
        <aside className={styles.aside} aria-label="Mode and catalogue" data-region="mode" tabIndex={0}>
          <ModeChoice mode={mode} />
          {archive && <Catalogue mode={mode} item={item} />}
        </aside>
      </div>
    </Shell>
  );
};
