/** What came of machine work: observed values, and claims called claims. */
import type { KeyClaims, PreflightRow, TokenObject } from '../../../shared/transcript/entry-schema.ts';
import type { ReactNode } from 'react';
import { inventoryDifferences } from '../../../shared/ceremony/inventory.ts';
import type { CeremonyState } from '../../../shared/ceremony/state.ts';
import { keyPlan, tokensOf } from '../../../shared/ceremony/people.ts';
import { Caption, Code, Pairs, Section, State, type Pair } from '../../components/parts.tsx';
import { WordGrid } from '../../components/word-grid.tsx';
import { preflightName } from '../../text/preflight.ts';
import styles from './run.module.css';

export const PreflightResult = ({ rows }: { readonly rows: readonly PreflightRow[] }) => (
  <table className={styles.compact}>
    <thead><tr><th scope="col">Row</th><th scope="col">Observed</th><th scope="col">Result</th></tr></thead>
    <tbody>{rows.map((row) => <tr key={row.id}><td><b>{preflightName(row.id)}</b></td><td className={styles.observed}>{row.observed}</td><td><State icon={row.ok ? 'done' : 'check'} tone={row.ok ? 'done' : 'wait'}>{row.ok ? 'As expected' : 'Not as expected'}</State></td></tr>)}</tbody>
  </table>
);

const CLASS_NAMES: Readonly<Record<TokenObject['class'], string>> = { 'private-key': 'Private key', 'public-key': 'Public key', 'secret-key': 'Secret key', certificate: 'Certificate', data: 'Data', other: 'Other' };
type Inventory = NonNullable<CeremonyState['inventory']['before']>;
const TokenInventory = ({ token }: { readonly token: Inventory[number] }) => (
  <Section title={`Token ${token.serial}`} end={`${token.objects.length} ${token.objects.length === 1 ? 'object' : 'objects'}`}>
    <p className={styles.small}>{token.label}, {token.model}, firmware {token.firmware}</p>
    {token.objects.length > 0 && <table className={styles.compact}><thead><tr><th scope="col">Class</th><th scope="col">Label</th><th scope="col">Key id</th><th scope="col">Type</th></tr></thead>
      <tbody>{token.objects.map((object, index) => <tr key={index}><td>{CLASS_NAMES[object.class]}</td><td>{object.label}</td><td><Code wrap>{object.id}</Code></td><td>{object.keyType ?? '–'}</td></tr>)}</tbody></table>}
  </Section>
);
export const InventoryResult = ({ tokens, children }: { readonly tokens: Inventory; readonly children?: ReactNode }) => <div className={styles.stack}>{children}{tokens.map((token) => <TokenInventory key={token.serial} token={token} />)}</div>;
/** Each difference between the two inventories, and whether an entry of this ceremony explains it. */
export const InventoryDifferences = ({ state }: { readonly state: CeremonyState }) => {
  const differences = inventoryDifferences(state);
  const open = differences.filter(({ explained }) => !explained).length;
  return (
    <Section title="What is different from before" end={open === 0 ? 'all explained' : `${open} not explained`}>
      {differences.length === 0 ? <p className={styles.small}>Nothing appeared and nothing is gone.</p> : <ul className={styles.checks}>{differences.map(({ serial, change, object, explained }, index) => (
        <li key={index}><State icon={explained ? 'done' : 'check'} tone={explained ? 'done' : 'wait'}>{CLASS_NAMES[object.class]} {object.label} {change === 'appeared' ? 'appeared on' : 'is gone from'} {serial}: {explained ? 'the key of this ceremony' : 'not explained by any entry'}</State></li>
      ))}</ul>}
    </Section>
  );
};

const CLAIM_NAMES: readonly (readonly [keyof KeyClaims, string])[] = [
  ['local', 'Made on the token'], ['sensitive', 'Sensitive'], ['alwaysSensitive', 'Always sensitive'], ['extractable', 'Extractable'], ['neverExtractable', 'Never extractable'],
  ['sign', 'May sign'], ['decrypt', 'May decrypt'], ['derive', 'May derive'], ['unwrap', 'May unwrap'], ['mechanism', 'Made by'],
];
const claim = (value: boolean | string | null): string => (value === null ? 'not told' : typeof value === 'string' ? value : value ? 'yes' : 'no');
const Claims = ({ claims }: { readonly claims: KeyClaims }) => (
  <Section title="What the module claims of the key" end="claims, not proof">
    <dl className={styles.claims}>{CLAIM_NAMES.map(([name, label]) => <div key={name}><dt>{label}</dt><dd>{claim(claims[name])}</dd></div>)}</dl>
  </Section>
);

export const KeyResult = ({ state }: { readonly state: CeremonyState }) => state.key && (
  <div className={styles.stack}>
    <Pairs rows={[['Key', `${state.key.label} (${keyPlan(state.plan).key.profile})`], ['Key id (CKA_ID)', <Code key="i" wrap>{state.key.keyId}</Code>]]} />
    <WordGrid hex={state.key.spkiSha256} label="Fingerprint of the public key" />
    <Section title="Checked outside the HSM"><ul className={styles.checks}>{state.key.checks.map((check) => <li key={check}><State icon="done" tone="done">{check}</State></li>)}</ul></Section>
    <Claims claims={state.key.claims} />
  </div>
);

const SEVERITIES = { error: ['stop', 'stop'], warning: ['check', 'wait'], notice: ['note', 'plain'] } as const;
export const CertificateResult = ({ state }: { readonly state: CeremonyState }) => {
  if (!state.certificate) return null;
  const { mode, certificate: { subject, notBefore, notAfter } } = keyPlan(state.plan);
  return (
    <div className={styles.stack}>
      <Pairs rows={[
        ['Subject', `${mode === 'rehearsal' ? 'REHEARSAL ' : ''}${subject.commonName}, ${subject.organization}`],
        ['Valid', `${notBefore} to ${notAfter}`],
        ['Certificate SHA-256', <Code key="c" wrap>{state.certificate.certificateSha256}</Code>],
        ['Proof of possession', state.certificate.popSha256 ? <Code key="p" wrap>{state.certificate.popSha256}</Code> : 'not made yet'],
        ['Second signature', state.certificate.secondSignatureMayExist ? 'May exist: the signing was interrupted and done again over the same bytes' : 'None was made'],
      ]} />
      <Section title="Lint of the signed certificate" end={`${state.certificate.lint.length} ${state.certificate.lint.length === 1 ? 'finding' : 'findings'}`}>
        {state.certificate.lint.length === 0 ? <p className={styles.small}>No finding. To-be-signed bytes compared: equal. Signature verified.</p>
          : <ul className={styles.checks}>{state.certificate.lint.map((one) => <li key={one.rule}><State icon={SEVERITIES[one.severity][0]} tone={SEVERITIES[one.severity][1]}>{one.severity}</State> <b>{one.rule}</b> {one.text}</li>)}</ul>}
      </Section>
    </div>
  );
};

export const SetResult = ({ state }: { readonly state: CeremonyState }) => state.set && (
  <div className={styles.stack}>
    <Pairs rows={[
      ['Set', <b key="n">{state.set.setName}, epoch {state.set.epoch}{state.set.holds === 'pin' ? ', holds the PIN' : ''}</b>], ['Threshold', `any ${state.plan.quorum.threshold} of ${state.plan.quorum.shares} shares`], ['Attempt', String(state.set.attempt)],
      ['Set fingerprint', <Code key="f" wrap>{state.set.setFingerprint}</Code>], ['Manifest SHA-256', <Code key="m" wrap>{state.set.manifestSha256}</Code>], ['Randomness from', state.set.sources.join(' and ')],
    ]} />
    <Caption>{state.set.holds === 'pin' ? 'The PIN of each HSM is derived from this secret and its serial number. No PIN is changed before every PIN share was read back.' : 'Nothing is wrapped under this key yet. It opens nothing until the shares have been read back and proved.'}</Caption>
  </div>
);

export const RebuildResult = ({ state }: { readonly state: CeremonyState }) => state.set && (
  <ul className={styles.checks}>{state.set.rebuilt.map((subset) => <li key={subset.join()}><State icon="done" tone="done">Rebuilt from shares {subset.join(', ')}</State></li>)}</ul>
);

export const BackupResult = ({ state }: { readonly state: CeremonyState }) => state.backup && (
  <Pairs rows={[
    ['Wrapped with', `${state.backup.algorithm} (${state.backup.mechanism}), proven by a known answer`], ['Length', `${state.backup.length} bytes`], ['SHA-256', <Code key="h" wrap>{state.backup.sha256}</Code>],
    ['Media', state.backup.media.map((number) => `no. ${number}`).join(', ')], ['Kept in the archive', 'No. An archive cannot forget.'],
  ]} />
);

export const RestoreResult = ({ state }: { readonly state: CeremonyState }) => {
  const restored = state.backup?.restored;
  if (!restored) return null;
  const { hsm } = keyPlan(state.plan);
  const rows: readonly Pair[] = [
    [hsm.secondSerial ? 'Second token' : 'Token', <Code key="s">{hsm.secondSerial ?? tokensOf(state.plan)[0]}</Code>], ['Public key', restored.spkiSha256 === state.key?.spkiSha256 ? 'Equal to the key of this ceremony' : 'Different'],
    ['Challenge signed', <Code key="c" wrap>{restored.challenge}</Code>], ['Signature', 'Verified outside the token'],
  ];
  return <div className={styles.stack}><Pairs rows={rows} />{restored.claims ? <Claims claims={restored.claims} /> : <Caption>The key was there as a session object only. Nothing of it stayed on the token.</Caption>}</div>;
};

export const LockResult = ({ state }: { readonly state: CeremonyState }) => state.locked?.kind === 'lock' ? (
  <table className={styles.compact}>
    <thead><tr><th scope="col">Token</th><th scope="col">Extractable, as read back</th><th scope="col">Trial wrap</th></tr></thead>
    <tbody>{state.locked.tokens.map((token) => <tr key={token.serial}><td><Code>{token.serial}</Code></td><td>{token.extractable ? 'yes' : 'no'}</td><td><State icon="done" tone="done">Refused: {token.refusedWith}</State></td></tr>)}</tbody>
  </table>
) : null;
