/** One custodian at the desk: print or write, read back, seal. The sheet on screen is hatched; nothing of a share is ever shown. */
import type { HandoverStep } from '../../../shared/ceremony/script-types.ts';
import { personOf, shareOf } from '../../../shared/ceremony/select.ts';
import { witnessOf } from '../../../shared/ceremony/people.ts';
import type { ShareFacts } from '../../../shared/ceremony/state.ts';
import type { Snapshot } from '../../../shared/ipc/snapshot.ts';
import { send } from '../../actions.ts';
import { Button } from '../../components/button.tsx';
import { Field, FieldRow } from '../../components/field.tsx';
import { typeInStep, useStep, type StepDraft } from '../../stores/step-store.ts';
import { CardFigure } from './card-figure.tsx';
import { handoverView } from './handover-view.ts';
import { HatchedSheet } from './hatched-sheet.tsx';
import { liveAttempt } from './run-view.ts';
import { StageFlow } from './stage-flow.tsx';
import styles from './handover.module.css';

type BagField = 'bagByCustodian' | 'bagByWitness' | 'cardBagByCustodian' | 'cardBagByWitness';
interface BagProps { readonly what: string; readonly people: readonly [string, string]; readonly fields: readonly [BagField, BagField]; readonly testIds: readonly [string, string]; readonly draft: StepDraft }
/** The number as two people read it. */
const Bag = ({ what, people, fields, testIds, draft }: BagProps) => {
  const [one, two] = [draft[fields[0]].trim(), draft[fields[1]].trim()];
  const differ = one !== '' && two !== '' && one !== two;
  return (
    <FieldRow>
      <Field label={`${what} as read by ${people[0]}`} value={draft[fields[0]]} onChange={(value) => typeInStep({ [fields[0]]: value })} testId={testIds[0]} code maxLength={32} />
      <Field label={`${what} as read by ${people[1]}`} value={draft[fields[1]]} onChange={(value) => typeInStep({ [fields[1]]: value })} testId={testIds[1]} code maxLength={32} problem={differ ? 'The two numbers differ.' : null} />
    </FieldRow>
  );
};
const Seal = ({ custodian, witness, both }: { readonly custodian: string; readonly witness: string; readonly both: boolean }) => {
  const draft = useStep();
  return (
    <div className={styles.bags}>
      <Bag what={both ? 'Bag number of the sheet' : 'Bag number'} people={[custodian, witness]} fields={['bagByCustodian', 'bagByWitness']} testIds={['handover-bag-custodian', 'handover-bag-witness']} draft={draft} />
      {both && <Bag what="Bag number of the card" people={[custodian, witness]} fields={['cardBagByCustodian', 'cardBagByWitness']} testIds={['handover-card-bag-custodian', 'handover-card-bag-witness']} draft={draft} />}
    </div>
  );
};

const Spoilt = ({ snapshot, step, share }: { readonly snapshot: Snapshot; readonly step: HandoverStep; readonly share: ShareFacts }) => {
  const attempt = liveAttempt(share.attempts, share.destroyed);
  if (attempt === null || share.paper !== 'printed') return null;
  const destroy = (): void => void send({ type: 'destroy-sheet', step: step.id, share: share.number, attempt, witness: witnessOf(snapshot.state.plan) });
  return (
    <div className={styles.spoilt}>
      <p><b>If this sheet is spoilt,</b> custodian and witness destroy it; then attempt {attempt + 1} is printed.{share.readBackFaults > 0 && ` Read-backs that failed: ${share.readBackFaults}.`}</p>
      <Button small onPress={destroy} testId="handover-destroyed" disabled={snapshot.activity !== null}>Page destroyed: attempt {attempt}</Button>
    </div>
  );
};
/** The vault gives the share away again only until one carrier of it was read back. */
const WriteAgain = ({ snapshot, step, share }: { readonly snapshot: Snapshot; readonly step: HandoverStep; readonly share: ShareFacts }) => {
  if (share.card?.status !== 'written' || share.paper === 'read-back') return null;
  return (
    <div className={styles.spoilt}>
      <p><b>If the card does not give back what was written,</b> it is written once more; a share that is there already is compared and left.{share.card.attempts > 1 && ` Written ${share.card.attempts} times.`}</p>
      <Button small onPress={() => void send({ type: 'write-card', step: step.id })} testId="handover-write-again" disabled={snapshot.activity !== null}>Write to the card again</Button>
    </div>
  );
};

const Note = ({ share }: { readonly share: ShareFacts }) => {
  const attempt = liveAttempt(share.attempts, share.destroyed);
  const out = share.paper === 'printed' && (share.card === null || share.card.status !== 'waiting');
  if (out) return <p className={styles.note}>The sheet was printed{attempt === null ? '' : `, attempt ${attempt}`}. A line that does not match its check letters is named as soon as it is left.</p>;
  if (share.card?.encryptedTo) return <p className={styles.note}>The share on the card is encrypted to the card’s own key <code>{share.card.encryptedTo}</code>.</p>;
  return share.card?.status === 'waiting' && share.paper !== 'waiting' ? <p className={styles.note}>The card is looked at before its PIN is asked for. Another person’s card is named, and no PIN try is used.</p> : null;
};

export const HandoverBody = ({ snapshot, step }: { readonly snapshot: Snapshot; readonly step: HandoverStep }) => {
  const { state } = snapshot;
  const share = shareOf(state, step.shareNumber);
  const name = personOf(state, step.custodian)?.name ?? step.custodian;
  const witness = personOf(state, witnessOf(state.plan))?.name ?? 'The witness';
  if (!share) return <p className={styles.ask}>No share set is in use.</p>;
  const view = handoverView(share, snapshot.activity, { name, witness });
  const pin = step.holds === 'pin';
  return (
    <>
      <StageFlow stages={view.stages} at={view.at} />
      <div className={styles.two}>
        <div>
          <p className={styles.ask}>{view.ask}</p>
          <Note share={share} />
          {share.status === 'read-back' && <Seal custodian={name} witness={witness} both={share.carrier === 'both'} />}
          <Spoilt snapshot={snapshot} step={step} share={share} />
          <WriteAgain snapshot={snapshot} step={step} share={share} />
        </div>
        {share.paper === null
          ? <figure className={styles.figure}><CardFigure number={step.shareNumber} name={name} serial={share.card?.serial ?? ''} pin={pin} /><figcaption>The card of {name}; what is on it is never shown</figcaption></figure>
          : <figure className={styles.figure}><HatchedSheet number={step.shareNumber} name={name} pin={pin} /><figcaption>As printed; secret parts hatched{share.sheet === 'standard' ? '' : share.sheet === 'blind' ? '. Encrypted under the dice code' : '. Large print: two pages'}</figcaption></figure>}
      </div>
    </>
  );
};
