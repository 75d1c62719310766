/** One custodian at the desk: print, read back, seal. The sheet on screen is hatched; nothing of a share is ever shown. */
import type { HandoverStep } from '../../../shared/ceremony/script-types.ts';
import { personOf, shareOf } from '../../../shared/ceremony/select.ts';
import { witnessOf } from '../../../shared/ceremony/people.ts';
import type { ShareStatus } from '../../../shared/ceremony/state.ts';
import type { Snapshot } from '../../../shared/ipc/snapshot.ts';
import { send } from '../../actions.ts';
import { Button } from '../../components/button.tsx';
import { Field, FieldRow } from '../../components/field.tsx';
import { State } from '../../components/parts.tsx';
import { typeInStep, useStep } from '../../stores/step-store.ts';
import { HatchedSheet } from './hatched-sheet.tsx';
import { liveAttempt } from './run-view.ts';
import styles from './handover.module.css';

const STAGES = ['Call', 'Print', 'Read back', 'Seal'] as const;
const AT: Readonly<Record<ShareStatus, number>> = { waiting: 1, printed: 2, 'read-back': 3, sealed: 4 };
const NOTES = ['to the desk', 'one sheet', 'from the sheet', 'bag number twice'] as const;

const Flow = ({ status }: { readonly status: ShareStatus }) => (
  <ol className={styles.flow}>
    {STAGES.map((stage, index) => {
      const at = AT[status];
      const [look, icon, word] = index < at ? (['done', 'done', 'Done'] as const) : index === at ? (['now', 'now', 'Now'] as const) : (['wait', 'wait', 'Waiting'] as const);
      return <li key={stage} className={styles[look]} aria-current={look === 'now' ? 'step' : undefined}><State icon={icon} tone={look === 'done' ? 'done' : 'plain'}>{word}</State><b>{stage}</b><span className={styles.cap}>{NOTES[index]}</span></li>;
    })}
  </ol>
);

const asks = (status: ShareStatus, name: string, witness: string): string => ({
  waiting: `${name} comes to the desk. ${witness} shields the tray and watches the print.`,
  printed: `${name} takes the sheet face down and types its four lines in the entry window.`,
  'read-back': `${name} folds the sheet and puts it into a bag. Both type the bag number.`,
  sealed: `Share of ${name} is sealed.`,
})[status];

const Seal = ({ custodian, witness }: { readonly custodian: string; readonly witness: string }) => {
  const { bagByCustodian, bagByWitness } = useStep();
  const differ = bagByCustodian.trim() !== '' && bagByWitness.trim() !== '' && bagByCustodian.trim() !== bagByWitness.trim();
  return (
    <FieldRow>
      <Field label={`Bag number as read by ${custodian}`} value={bagByCustodian} onChange={(value) => typeInStep({ bagByCustodian: value })} testId="handover-bag-custodian" code maxLength={32} />
      <Field label={`Bag number as read by ${witness}`} value={bagByWitness} onChange={(value) => typeInStep({ bagByWitness: value })} testId="handover-bag-witness" code maxLength={32} problem={differ ? 'The two numbers differ.' : null} />
    </FieldRow>
  );
};

const Spoilt = ({ snapshot, step }: { readonly snapshot: Snapshot; readonly step: HandoverStep }) => {
  const share = shareOf(snapshot.state, step.shareNumber);
  const attempt = share ? liveAttempt(share.attempts, share.destroyed) : null;
  if (!share || attempt === null || share.status !== 'printed') return null;
  const destroy = (): void => void send({ type: 'destroy-sheet', step: step.id, share: share.number, attempt, witness: witnessOf(snapshot.state.plan) });
  return (
    <div className={styles.spoilt}>
      <p><b>If this sheet is spoilt,</b> custodian and witness destroy it; then attempt {attempt + 1} is printed.{share.readBackFaults > 0 && ` Read-backs that failed: ${share.readBackFaults}.`}</p>
      <Button small onPress={destroy} testId="handover-destroyed" disabled={snapshot.activity !== null}>Page destroyed: attempt {attempt}</Button>
    </div>
  );
};

export const HandoverBody = ({ snapshot, step }: { readonly snapshot: Snapshot; readonly step: HandoverStep }) => {
  const { state } = snapshot;
  const share = shareOf(state, step.shareNumber);
  const custodian = personOf(state, step.custodian)?.name ?? step.custodian;
  const witness = personOf(state, witnessOf(state.plan))?.name ?? 'The witness';
  const status = share?.status ?? 'waiting';
  const attempt = share ? liveAttempt(share.attempts, share.destroyed) : null;
  return (
    <>
      <Flow status={status} />
      <div className={styles.two}>
        <div>
          <p className={styles.ask}>{asks(status, custodian, witness)}</p>
          {status === 'printed' && <p className={styles.note}>The sheet was printed{attempt === null ? '' : `, attempt ${attempt}`}. A line that does not match its check letters is named as soon as it is left.</p>}
          {status === 'read-back' && <Seal custodian={custodian} witness={witness} />}
          <Spoilt snapshot={snapshot} step={step} />
        </div>
        <figure className={styles.figure}><HatchedSheet number={step.shareNumber} name={custodian} /><figcaption>As printed; secret parts hatched</figcaption></figure>
      </div>
    </>
  );
};
