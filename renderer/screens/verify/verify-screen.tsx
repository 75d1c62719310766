/** S10: an independent check of a ceremony folder or an archive. It reads and never writes; it says what it does not prove. */
import { useEffect, useRef, useState } from 'react';
import type { Mode } from '../../../shared/ceremony/plan-schema.ts';
import type { ArchiveItem } from '../../../shared/ipc/contract.ts';
import { CHECK_NAMES, EXIT_TEXTS, NOT_PROVED } from '../../../shared/text/verify-report.ts';
import type { FolderReport, VerifyReport } from '../../../shared/transcript/report.ts';
import { run } from '../../actions.ts';
import { call } from '../../bridge.ts';
import { BusyLine } from '../../components/busy-line.tsx';
import { Button } from '../../components/button.tsx';
import { Field, Select, type Option } from '../../components/field.tsx';
import { UiFault } from '../../components/fault-of-ui.tsx';
import { Icon } from '../../components/icon.tsx';
import { Caption, Code, Pairs, Section, State } from '../../components/parts.tsx';
import { FootNote, Shell, Spring } from '../../components/shell.tsx';
import { goTo, useUi } from '../../stores/ui-store.ts';
import { instantText } from '../../text/time.ts';
import { StripView } from './strip.tsx';
import { lookOf } from './verify-view.ts';
import styles from './verify.module.css';

const Headline = ({ report }: { readonly report: VerifyReport }) => {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), [report]);
  const look = report.holds ? (report.anchored ? 'sound' : 'limit') : 'fault';
  return <h2 ref={heading} tabIndex={-1} className={`${styles.headline} ${styles[look]}`} data-testid="verify-headline" data-exit={report.exitStatus}><Icon name={look === 'sound' ? 'done' : look === 'limit' ? 'check' : 'stop'} />{report.headline}</h2>;
};

const Folder = ({ folder }: { readonly folder: FolderReport }) => (
  <Section title={folder.title ? `${folder.name}: ${folder.title}` : folder.name} end={folder.closedAt ? `${folder.entries} entries, closed ${instantText(folder.closedAt)}` : `${folder.entries} entries`} level={3}>
    <StripView folder={folder} />
    <table className={styles.checks}>
      <thead><tr><th scope="col">Result</th><th scope="col">Check</th><th scope="col">Finding</th></tr></thead>
      <tbody>{folder.checks.map((check) => {
        const result = lookOf(check.result);
        return <tr key={check.name} className={check.result === 'fault' ? styles.faulty : ''}><td><State icon={result.icon} tone={result.tone}>{result.word}</State></td><td><b>{CHECK_NAMES[check.name]}</b></td><td>{check.text}</td></tr>;
      })}</tbody>
    </table>
  </Section>
);

const Findings = ({ report }: { readonly report: VerifyReport }) => report.findings.length === 0 ? null : (
  <Section title="Findings" end={String(report.findings.length)} level={3}>
    <ul className={styles.findings}>{report.findings.map((finding, index) => (
      <li key={index}><State icon={finding.level === 'fault' ? 'x' : finding.level === 'limit' ? 'check' : 'note'} tone={finding.level === 'fault' ? 'stop' : finding.level === 'limit' ? 'wait' : 'plain'}>{finding.level === 'fault' ? 'Fault' : finding.level === 'limit' ? 'Limit' : 'Note'}</State>
        <span>{finding.text}<br /><span className={styles.cap}><Code wrap>{finding.code}</Code>{finding.file ? ` · ${finding.file}` : ''}{finding.seq === null ? '' : ` · entry ${finding.seq}`}</span></span></li>
    ))}</ul>
  </Section>
);

const Aside = ({ report }: { readonly report: VerifyReport | null }) => (
  <aside className={styles.aside} aria-label="Limits of this check" data-region="limits" tabIndex={0}>
    <Section title="What this does not prove"><ul className={styles.limits}>{NOT_PROVED.map((line) => <li key={line}>{line}</li>)}</ul></Section>
    {report && <Section title="For scripts and auditors"><Pairs rows={[['Exit status', `${report.exitStatus}: ${EXIT_TEXTS[report.exitStatus]}`], ['Faults', String(report.findings.filter((finding) => finding.level === 'fault').length)], ['By hand', 'VERIFY.md in the folder names the sha256sum and openssl commands']]} /></Section>}
  </aside>
);

const useItems = (mode: Mode): readonly ArchiveItem[] => {
  const [items, setItems] = useState<readonly ArchiveItem[]>([]);
  useEffect(() => { void call('archive.list', { mode }).then((answer) => { if (answer.ok) setItems(answer.value.items); }); }, [mode]);
  return items;
};
const ARCHIVE = 'archive';
const PATH = 'path';

export const VerifyScreen = ({ mode, number, name }: { readonly mode: Mode; readonly number: number | null; /** Of the folder, where archives were joined and several have the number. */ readonly name: string | null }) => {
  const items = useItems(mode);
  const [source, setSource] = useState(number === null ? ARCHIVE : name ?? String(number));
  const asked = items.find((item) => item.name === source) ?? items.find((item) => String(item.number) === source);
  const [path, setPath] = useState('');
  const [anchor, setAnchor] = useState('');
  const [report, setReport] = useState<VerifyReport | null>(null);
  const pending = useUi((ui) => ui.pending);
  const options: readonly Option[] = [[ARCHIVE, 'The whole archive'], ...items.map((item): Option => [item.name, item.name]), ...(number !== null && asked === undefined ? [[source, name ?? `Ceremony ${number}`] as const] : []), [PATH, 'A folder somewhere else']];
  const byPath = source === PATH || path.trim() !== '';
  const verify = async (): Promise<void> => {
    setReport(await run('verify.run', { source: byPath ? { kind: 'path', path: path.trim() } : { kind: 'archive', mode, number: source === ARCHIVE ? null : asked?.number ?? number, ...(source === ARCHIVE || asked === undefined ? {} : { name: asked.name }) }, anchor: anchor.trim() === '' ? null : anchor.trim() }));
  };
  const blocked = byPath && !path.trim().startsWith('/') ? 'Verify: full path is missing' : pending !== null ? 'Wait: the folder is being read' : null;
  return (
    <Shell badge="reading" rehearsal={report ? report.folders.some((folder) => folder.mode === 'rehearsal') : mode === 'rehearsal'} name="Verify a transcript" title="Verify" chips={[]}
      footer={<><FootNote>Nothing is changed on the medium. Everything is read and nothing is written.</FootNote><Spring /><Button onPress={() => goTo({ screen: 'home' })} testId="verify-home">Back to the keys</Button><Button look="primary" onPress={() => void verify()} testId="verify-run" blocked={blocked}>{report ? 'Verify again' : 'Verify'}</Button></>}>
      <div className={styles.verify}>
        <div className={styles.left} data-region="result" tabIndex={0} role="region" aria-label="Verification">
          <h1 className={report ? 'visually-hidden' : ''}>Verify a transcript</h1>
          <UiFault />
          <BusyLine />
          {report && <Headline report={report} />}
          <form className={styles.ask} onSubmit={(event) => { event.preventDefault(); if (!blocked) void verify(); }}>
            <Select label="What to verify" value={source === ARCHIVE || source === PATH ? source : asked?.name ?? source} options={options} onChange={setSource} testId="verify-source" />
            <Field label="Or a folder by its full path" value={path} onChange={setPath} testId="verify-path" code maxLength={1024} />
            <Field label="Closing head from paper: 64 hex digits or 32 words" hint="Without it a sound folder is consistent, but not anchored" value={anchor} onChange={setAnchor} testId="verify-anchor" code lines={2} maxLength={1024} />
          </form>
          {report && <Findings report={report} />}
          {report?.folders.map((folder) => <Folder key={folder.name} folder={folder} />)}
          {!report && <Caption>The same verifier runs from the command line without this window: npm run verify. VERIFY.md in each folder needs neither.</Caption>}
        </div>
        <Aside report={report} />
      </div>
    </Shell>
  );
};
