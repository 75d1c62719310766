/** A machine step: what will be done, then what came of it. */
import { assertNever } from '../../../shared/assert-never.ts';
import type { MachineStep } from '../../../shared/ceremony/script-types.ts';
import { openSheets } from '../../../shared/ceremony/select.ts';
import { witnessOf } from '../../../shared/ceremony/people.ts';
import { isChangeCutOff } from '../../../shared/ceremony/wanted-set.ts';
import { workIsDone } from '../../../shared/ceremony/rules/work-done.ts';
import type { Snapshot } from '../../../shared/ipc/snapshot.ts';
import { send } from '../../actions.ts';
import { Button } from '../../components/button.tsx';
import { Section, State } from '../../components/parts.tsx';
import { Unbroken } from '../../components/unbroken.tsx';
import { BackupResult, CertificateResult, InventoryDifferences, InventoryResult, KeyResult, LockResult, PreflightResult, RebuildResult, RestoreResult, SetResult } from './results.tsx';
import { ChangePinResult, CombineResult, OpenPinResult, PrinterResult, SupersedeResult } from './custody-results.tsx';
import { EnactResult } from './charter-reading.tsx';
import { closedTokens } from './primary.ts';
import styles from './run.module.css';

const SheetsToDestroy = ({ snapshot, step }: { readonly snapshot: Snapshot; readonly step: MachineStep }) => (
  <Section title="Sheets of the void set: custodian and internal witness destroy them">
    <ul className={styles.sheets}>
      {openSheets(snapshot.state).map(({ share, attempt }) => (
        <li key={`${share}.${attempt}`}><State icon="sheet">Share {share}, attempt {attempt}</State>
          <Button small testId="handover-destroyed" onPress={() => void send({ type: 'destroy-sheet', step: step.id, share, attempt, witness: witnessOf(snapshot.state.plan) })}>Page destroyed<span className="visually-hidden">: share {share}, attempt {attempt}</span></Button></li>
      ))}
    </ul>
  </Section>
);

const Result = ({ snapshot, step }: { readonly snapshot: Snapshot; readonly step: MachineStep }) => {
  switch (step.operation) {
    case 'preflight': return <PreflightResult rows={snapshot.state.preflight} />;
    case 'inventory-before': return <InventoryResult tokens={snapshot.state.inventory.before ?? []} />;
    case 'inventory-after': return <InventoryResult tokens={snapshot.state.inventory.after ?? []}><InventoryDifferences state={snapshot.state} /></InventoryResult>;
    case 'generate-key': return <KeyResult state={snapshot.state} />;
    case 'issue-certificate': return <CertificateResult state={snapshot.state} />;
    case 'split': return <SetResult state={snapshot.state} />;
    case 'rebuild': return <RebuildResult state={snapshot.state} />;
    case 'wrap': return <BackupResult state={snapshot.state} />;
    case 'restore': return <RestoreResult state={snapshot.state} />;
    case 'lock': return <LockResult state={snapshot.state} />;
    case 'wipe': return <p className={styles.plain}>The vault process has ended and a new one runs. It holds no secret of this ceremony. Power the machine off after the ceremony; nothing here claims that memory was erased.</p>;
    case 'test-printer': return <PrinterResult state={snapshot.state} />;
    case 'combine': return <CombineResult state={snapshot.state} holds="wrapping-key" />;
    case 'open-pin': return <OpenPinResult state={snapshot.state} />;
    case 'rewrap': return <BackupResult state={snapshot.state} />;
    case 'prove-restore': return <RestoreResult state={snapshot.state} />;
    case 'supersede': return <SupersedeResult state={snapshot.state} />;
    case 'split-pin': return <SetResult state={snapshot.state} />;
    case 'rebuild-pin': return <RebuildResult state={snapshot.state} />;
    case 'change-pin': return <ChangePinResult state={snapshot.state} />;
    case 'enact': return <EnactResult state={snapshot.state} />;
    case 'close': return null;
    default: return assertNever(step.operation);
  }
};

export const MachineBody = ({ snapshot, step }: { readonly snapshot: Snapshot; readonly step: MachineStep }) => {
  const done = workIsDone(snapshot.state, step.operation);
  return (
    <>
      <p className={done ? styles.lead : styles.ask}><Unbroken text={step.text} /></p>
      {(step.operation === 'split' || step.operation === 'split-pin') && openSheets(snapshot.state).length > 0 && <SheetsToDestroy snapshot={snapshot} step={step} />}
      {!done && closedTokens(snapshot.state, step.operation).length > 0 && <p className={styles.plain}>The vault was started anew, so the tokens are closed. {snapshot.state.plan.pin?.control === 'held-by-quorum' ? 'They are opened by the quorum again before this work.' : 'The PIN is asked for again before this work.'}</p>}
      {isChangeCutOff(snapshot.state) && <p className={styles.plain} data-testid="pin-cut-off">The change was cut off, so some HSMs may have the new PIN already. No share is lost by that: the set is kept. Holders open their bags and read their PIN shares again; each HSM is then asked which PIN it has, and the old PIN is typed only where it still holds. Seal the shares in new bags afterwards, and note the numbers as an exception.</p>}
      {done && <Result snapshot={snapshot} step={step} />}
    </>
  );
};
