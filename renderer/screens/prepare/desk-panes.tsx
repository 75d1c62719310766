/** Prepare: sheets and media, and the credentials people sign with. */
import { useEffect, useState, type ReactNode } from 'react';
import { isKeyPlan } from '../../../shared/ceremony/people.ts';
import type { Mode, Person, Plan } from '../../../shared/ceremony/plan-schema.ts';
import type { KeyIdHex } from '../../../shared/brand.ts';
import { run } from '../../actions.ts';
import { call } from '../../bridge.ts';
import { Button } from '../../components/button.tsx';
import { Choices, Field, FieldRow, Select, Tick, type Option } from '../../components/field.tsx';
import { Caption, Code, State } from '../../components/parts.tsx';
import { editPlan, flushDraft, takeDraft, usePrepare } from '../../stores/prepare-store.ts';
import { useUi } from '../../stores/ui-store.ts';
import { Carriers } from './carriers.tsx';
import { withCredential } from './charter-form.ts';
import { withPrinterTest } from './plan-form.ts';
import { rosterOf } from './roster-form.ts';
import type { PaneProps } from './panes.tsx';
import { ROLE_NAMES } from '../../text/words.ts';
import { PaperChoice } from './source-parts.tsx';
import styles from './prepare.module.css';

const usePrinters = (): readonly string[] => {
  const [queues, setQueues] = useState<readonly string[]>([]);
  useEffect(() => { void call('printer.list', {}).then((answer) => { if (answer.ok) setQueues(answer.value); }); }, []);
  return queues;
};

export const SheetsPane = ({ plan, problem }: PaneProps) => {
  const queues = usePrinters();
  const { printer } = plan.sheets;
  const set = (change: Partial<Plan['sheets']>): void => editPlan((draft) => ({ ...draft, sheets: { ...draft.sheets, ...change } }));
  const kinds: readonly Option[] = [...(plan.mode === 'rehearsal' ? [['folder', 'A folder: rehearsal only'] as const] : []), ['cups', 'A print queue of this computer']];
  return (
    <div className={styles.form}>
      {isKeyPlan(plan) && <Carriers plan={plan} problem={problem} />}
      <PaperChoice plan={plan} legend="Paper" />
      <Choices legend="Share sheets go to" value={printer.kind} options={kinds} onChange={(kind) => set({ printer: kind === 'folder' ? { kind: 'folder' } : { kind: 'cups', queue: queues[0] ?? '' } })} testId={(kind) => `printer-${kind}`} />
      {printer.kind === 'cups' && <Field label="Print queue" hint={queues.length > 0 ? `Found: ${queues.join(', ')}` : 'No queue was found on this computer'} value={printer.queue} onChange={(queue) => set({ printer: { kind: 'cups', queue } })} problem={problem('sheets.printer.queue')} testId="printer-queue" code maxLength={127} />}
      <Tick checked={plan.sheets.test === true} onChange={(on) => editPlan((draft) => withPrinterTest(draft, on))} testId="printer-test">Print a test page first and scan it back, before any share is printed</Tick>
      {isKeyPlan(plan) && plan.key.backup.kind === 'split' && plan.ceremony.kind !== 'recovery' && <Select label="Numbered media for the wrapped key" value={String(plan.media)} options={Array.from({ length: 9 }, (_, index) => [String(index + 1), index === 0 ? '1 medium' : `${index + 1} media`])} onChange={(media) => editPlan((draft) => ({ ...draft, media: Number(media) }))} testId="media" />}
      <Caption>Share sheets are composed in the vault and go to the printer from there. Use a printer that keeps nothing. The wrapped key goes to the media and never into the archive.</Caption>
    </div>
  );
};

const KINDS: readonly Option[] = [['file', 'Credential file'], ['token', 'Token (PKCS#11)'], ['paper', 'Ink on paper only']];
const FRESH = (kind: string, module: string): Person['credential'] =>
  kind === 'paper' ? { kind } : kind === 'token' ? { kind, algorithm: 'ECDSA-P256-SHA256', publicKey: null, serial: null, module } : { kind: 'file', algorithm: 'Ed25519', publicKey: null };

/** Who signs: a person of the plan or of the roster. */
type Signer = Pick<Person, 'id' | 'name' | 'credential'>;
interface Offer { readonly serial: string; readonly keyId: KeyIdHex; readonly label: string }
/** Keys that could sign for a person: of the token the plan names, or of every token the module shows. */
const offersOf = async (mode: Mode, credential: Extract<Person['credential'], { kind: 'token' }>): Promise<readonly Offer[] | null> => {
  const info = await run('module.open', { mode, path: credential.module.trim() });
  if (!info) return null;
  const serials = info.tokens.map((token) => token.serial).filter((serial) => credential.serial === null || credential.serial === serial);
  const offers: Offer[] = [];
  for (const serial of serials) {
    const keys = await run('module.public-keys', { mode, path: info.path, serial });
    if (!keys) return null;
    offers.push(...keys.map((key) => ({ serial, keyId: key.id, label: `${serial}: ${key.label} (${key.algorithm})` })));
  }
  return offers;
};

const TokenEnrolment = ({ plan, person, credential }: { readonly plan: Plan; readonly person: Signer; readonly credential: Extract<Person['credential'], { kind: 'token' }> }) => {
  const pending = useUi((ui) => ui.pending);
  const [offers, setOffers] = useState<readonly Offer[] | null>(null);
  const set = (change: Partial<typeof credential>): void => editPlan((draft) => withCredential(draft, person.id, { ...credential, ...change }));
  const enrol = async (offer: Offer): Promise<void> => {
    await flushDraft();
    const view = await run('draft.enrol-token', { mode: plan.mode, person: person.id, module: credential.module.trim(), serial: offer.serial, keyId: offer.keyId });
    if (view) { takeDraft(view); setOffers(null); }
  };
  const make = async (): Promise<void> => {
    await flushDraft();
    const view = await run('draft.make-token-key', { mode: plan.mode, person: person.id, module: credential.module.trim(), serial: credential.serial ?? '' });
    if (view) { takeDraft(view); setOffers(null); }
  };
  const look = async (): Promise<void> => {
    const found = await offersOf(plan.mode, credential);
    setOffers(found);
    if (found?.length === 1) await enrol(found[0]!);
  };
  return (
    <div className={styles.enrol}>
      <FieldRow>
        <Field label={`Module of ${person.name}’s token`} value={credential.module} onChange={(module) => set({ module })} testId={`enrol-module-${person.id}`} code maxLength={512} />
        <Field label="Serial number" hint="Empty: any token of the module" value={credential.serial ?? ''} onChange={(serial) => set({ serial: serial === '' ? null : serial })} testId={`enrol-serial-${person.id}`} code maxLength={64} />
      </FieldRow>
      <div className={styles.known}>
        <Button small onPress={() => void look()} testId={`enrol-token-${person.id}`} disabled={pending !== null}>Read the token<span className="visually-hidden"> of {person.name}</span></Button>
        <Button small onPress={() => void make()} testId={`enrol-make-key-${person.id}`} blocked={credential.serial === null ? `Make a key: the serial number of ${person.name}’s token is missing` : null} disabled={pending !== null}>Make a key on it<span className="visually-hidden">: {person.name}</span></Button>
      </div>
      {offers?.length === 0 && <Caption>No key that can sign was found on it.</Caption>}
      {offers && offers.length > 1 && <div role="group" aria-label={`Keys for ${person.name}`} className={styles.known}>{offers.map((offer) => <Button key={offer.serial + offer.keyId} small testId={`enrol-choice-${person.id}`} onPress={() => void enrol(offer)}>{offer.label}</Button>)}</div>}
    </div>
  );
};

const FileEnrolment = ({ plan, person, ready }: { readonly plan: Plan; readonly person: Signer; readonly ready: boolean }) => {
  const pending = useUi((ui) => ui.pending);
  const enrol = async (): Promise<void> => {
    await flushDraft();
    const view = await run('draft.enrol-file', { mode: plan.mode, person: person.id });
    if (view) takeDraft(view);
  };
  return <Button small onPress={() => void enrol()} testId={`enrol-file-${person.id}`} disabled={pending !== null || ready}>{ready ? 'File is made' : 'Make the file'}<span className="visually-hidden">: {person.name}</span></Button>;
};

/** @param children beside the key, such as the way back to an older one. */
export const CredentialRow = ({ plan, person, note, fixed = false, children }: { readonly plan: Plan; readonly person: Signer; readonly note: string; /** The roster gives the key: it is not chosen here. */ readonly fixed?: boolean; readonly children?: ReactNode }) => {
  const { credential } = person;
  const module = useUi((ui) => ui.status?.defaultModule) ?? '';
  const ready = credential.kind === 'paper' || credential.publicKey !== null;
  const choose = (kind: string): void => editPlan((draft) => withCredential(draft, person.id, FRESH(kind, draft.hsm?.module.path ?? module)));
  return (
    <li className={styles.credential}>
      <div className={styles.credentialHead}>
        <div><b>{person.name || person.id}</b><br /><span className={styles.cap}>{note}</span></div>
        {fixed ? <span>{KINDS.find(([kind]) => kind === credential.kind)?.[1]}</span> : <Select label={`How ${person.name || person.id} signs`} hideLabel value={credential.kind} options={KINDS} onChange={choose} testId={`credential-${person.id}`} />}
        <State icon={ready ? 'done' : 'wait'} tone={ready ? 'done' : 'plain'}>{fixed ? 'From the roster' : ready ? 'Ready' : 'Not enrolled'}</State>
        {credential.kind === 'file' && <FileEnrolment plan={plan} person={person} ready={ready} />}
      </div>
      {credential.kind === 'token' && (ready ? <p className={styles.cap}>Token <Code>{credential.serial}</Code>, {credential.algorithm}</p> : <TokenEnrolment plan={plan} person={person} credential={credential} />)}
      {children}
    </li>
  );
};
export const CredentialsPane = ({ plan, problem }: PaneProps) => {
  const members = rosterOf(plan, usePrepare((state) => state.inForce));
  return (
    <>
      {problem('people') && <p className={styles.problem}>{problem('people')}</p>}
      <ol className={styles.people}>{plan.people.map((person) => <CredentialRow key={person.id} plan={plan} person={person} note={ROLE_NAMES[person.role]} fixed={members?.some(({ id }) => id === person.id) ?? false} />)}</ol>
      <Caption>A file is opened in the vault of this machine and could be copied there; the record says so. Who signs with ink only does not count at hold points.</Caption>
    </>
  );
};
