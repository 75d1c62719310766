/** S9: the transcript is closed. Everyone signs the record and writes the closing head on paper. */
import { useEffect, useRef, useState } from 'react';
import { aftermathOf } from '../../../shared/register/aftermath.ts';
import { aftermathSentences } from '../../../shared/text/aftermath.ts';
import { personOf, recordSigners } from '../../../shared/ceremony/select.ts';
import type { Person } from '../../../shared/ceremony/plan-schema.ts';
import type { Snapshot } from '../../../shared/ipc/snapshot.ts';
import { leaveCeremony, refreshSnapshot, run, send } from '../../actions.ts';
import { Button } from '../../components/button.tsx';
import { Caption, Code, Pairs, Section, State } from '../../components/parts.tsx';
import { FaultCard } from '../../components/fault-card.tsx';
import { FootNote, Shell, Spring } from '../../components/shell.tsx';
import { fourWords, WordGrid } from '../../components/word-grid.tsx';
import { useUi } from '../../stores/ui-store.ts';
import { ROLE_NAMES } from '../../text/words.ts';
import { ActivityLine } from '../run/run-screen.tsx';
import { ceremonyChips } from '../run/chips.ts';
import { ceremonyName, shownFault } from '../run/run-view.ts';
import styles from './close.module.css';

/** The command of a record signature names no open step: none is open any more. */
const Signer = ({ snapshot, person, busy }: { readonly snapshot: Snapshot; readonly person: Person; readonly busy: boolean }) => {
  const { record } = snapshot;
  const signed = record?.signed.includes(person.id) ?? false;
  const paper = person.credential.kind === 'paper';
  return (
    <tr>
      <td><b>{person.name}</b><br /><span className={styles.cap}>{ROLE_NAMES[person.role]}</span></td>
      <td>{signed ? <State icon="done" tone="done">Signed</State> : paper ? <State icon="notyet">Signs on paper</State> : <State icon="wait">Not signed</State>}</td>
      <td className={styles.act}>{!signed && !paper && <Button small testId={`record-sign-${person.id}`} disabled={busy} onPress={() => void send({ type: 'sign-record', person: person.id })}>Sign the record<span className="visually-hidden">: {person.name}</span></Button>}</td>
    </tr>
  );
};

const Outcome = ({ snapshot }: { readonly snapshot: Snapshot }) => {
  const { state } = snapshot;
  const count = state.exceptions.length;
  const words = state.closing?.outcome === 'aborted' ? 'The ceremony was ended early' : state.closing?.outcome === 'postponed' ? 'The ceremony was postponed' : count === 0 ? 'The ceremony is complete' : `The ceremony is complete with ${count} ${count === 1 ? 'exception' : 'exceptions'}`;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return <h1 ref={heading} tabIndex={-1} data-testid="record-outcome">{words}</h1>;
};

const Head = ({ snapshot }: { readonly snapshot: Snapshot }) => (
  <Section title="Closing head: write this by hand, in full" end={`entry ${snapshot.state.count - 1}`}>
    <p className={styles.head}><Code testId="record-head" wrap>{snapshot.state.head}</Code></p>
    <WordGrid hex={snapshot.state.head} label="Closing head in words" />
    <Caption>Whoever holds this on paper can tell later that nothing was replaced. Everything in the folder can be forged together; this paper can not.</Caption>
  </Section>
);

const Files = ({ snapshot }: { readonly snapshot: Snapshot }) => {
  const { record, folder } = snapshot;
  const pending = useUi((ui) => ui.pending) !== null;
  const make = async (): Promise<void> => {
    if (await run('record.make', { mode: snapshot.state.plan.mode, number: folder.number, name: folder.name })) await refreshSnapshot();
  };
  return (
    <Section title="Documents" end={record?.documents ? 'made' : 'not made'}>
      <Pairs rows={[...(snapshot.state.charter ? [['Charter from now on', <b key="c">{fourWords(snapshot.state.charter.sha256)}</b>] as const] : []), ['Folder', <Code key="f" wrap>{folder.path}</Code>], ['record.pdf, VERIFY.md', record?.documents ? 'In the folder; made from it, outside what is signed' : 'Not made yet'], ['Receipts, key sheet, exception sheets', record?.documents ? 'Beside the archive, under printed; made as far as the ceremony has them' : 'Made with the record']]} />
      <div className={styles.make}><Button small onPress={() => void make()} disabled={pending || snapshot.activity !== null} testId="record-make">{record?.documents ? 'Make the documents again' : 'Make the documents'}</Button></div>
    </Section>
  );
};

/** A certificate of what was destroyed, and what is left: for a ceremony that accounted for copies of an old or destroyed set. */
const Certificate = ({ snapshot }: { readonly snapshot: Snapshot }) => {
  const { state, folder } = snapshot;
  const [made, setMade] = useState<{ readonly path: string; readonly pages: number } | null>(null);
  const pending = useUi((ui) => ui.pending) !== null;
  if (state.accounted.length === 0 || state.plan.ceremony.kind === 'share-check') return null;
  const destroyed = state.accounted.filter((one) => one.outcome === 'destroyed').length;
  const what = aftermathOf(state);
  const print = async (): Promise<void> => setMade(await run('certificate.print', { mode: state.plan.mode, number: folder.number, name: folder.name }));
  return (
    <Section title="Copies accounted for" end={`${destroyed} of ${state.accounted.length} destroyed`}>
      {what && <ul className={styles.after}>{aftermathSentences(what).map((sentence) => <li key={sentence}>{sentence}</li>)}</ul>}
      <div className={styles.make}><Button small onPress={() => void print()} disabled={pending || snapshot.activity !== null} testId="certificate-print">Print the certificate of destruction</Button></div>
      <p role="status">{made && <>Certificate made: {made.pages} {made.pages === 1 ? 'page' : 'pages'}, <Code wrap testId="certificate-path">{made.path}</Code></>}</p>
    </Section>
  );
};

const missingNames = (snapshot: Snapshot): string => (snapshot.record?.missing ?? []).map((id) => personOf(snapshot.state, id)?.name ?? id).join(', ');

export const CloseScreen = ({ snapshot }: { readonly snapshot: Snapshot }) => {
  const { state, record } = snapshot;
  const own = useUi((ui) => ui.fault);
  const busy = useUi((ui) => ui.pending) !== null || snapshot.activity !== null;
  const fault = shownFault(snapshot, own);
  const signers = recordSigners(state);
  const missing = missingNames(snapshot);
  const paper = state.plan.people.filter((person) => person.credential.kind === 'paper');
  return (
    <Shell badge={state.plan.mode} rehearsal={state.plan.mode === 'rehearsal'} software={snapshot.hsm.software} name={`${ceremonyName(state.plan)} · close and sign`} drill={state.plan.drill === true} title="Close and sign" chips={ceremonyChips(snapshot)} timeZone={state.plan.ceremony.timeZone}
      footer={<><FootNote>{missing === '' ? 'Everyone with a credential has signed.' : `Not signed yet: ${missing}. A later start can complete them; the record says by name who did not.`}</FootNote><Spring /><Button look="primary" testId="record-done" onPress={() => void leaveCeremony()} blocked={busy ? 'Wait: work is under way' : null}>Leave the ceremony</Button></>}>
      <div className={styles.close} data-testid="run" data-step="" data-kind="record" data-busy={busy}>
        <div className={styles.left} tabIndex={0} role="region" aria-label="Outcome and closing head">
          <Outcome snapshot={snapshot} />
          {fault && <FaultCard code={fault.code} details={fault.details} />}
          <ActivityLine snapshot={snapshot} />
          <Head snapshot={snapshot} />
          <Files snapshot={snapshot} />
          <Certificate snapshot={snapshot} />
        </div>
        <div className={styles.right} tabIndex={0} role="region" aria-label="Signatures">
          <Section title="Signatures of the record" end={`${record?.signed.length ?? 0} of ${signers.length}`}>
            <table><thead><tr><th scope="col">Person</th><th scope="col">State</th><th scope="col"><span className="visually-hidden">Sign</span></th></tr></thead>
              <tbody>{[...signers, ...paper].map((person) => <Signer key={person.id} snapshot={snapshot} person={person} busy={busy} />)}</tbody></table>
          </Section>
        </div>
      </div>
    </Shell>
  );
};
