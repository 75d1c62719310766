/** One holder proves their own share, alone: read, judged and forgotten; sealed again; the slip signed. Or it is said why not. */
import { useEffect } from 'react';
import type { ProveStep } from '../../../shared/ceremony/script-types.ts';
import { signersOf } from '../../../shared/ceremony/select.ts';
import { witnessOf } from '../../../shared/ceremony/people.ts';
import type { Snapshot } from '../../../shared/ipc/snapshot.ts';
import { UNPROVED } from '../../../shared/transcript/entry-schema.ts';
import { send } from '../../actions.ts';
import { ChoiceRow } from '../../components/choice-row.tsx';
import { Field } from '../../components/field.tsx';
import { Pairs, Section, State } from '../../components/parts.tsx';
import { typeInStep, useStep } from '../../stores/step-store.ts';
import { HOW_NAMES, UNPROVED_NAMES } from '../../text/custody.ts';
import { secondsOf } from '../../text/time.ts';
import { openedRows } from './account-view.ts';
import { cardSerialOf, carriersOf, holderName } from './gather-view.ts';
import { StageFlow } from './stage-flow.tsx';
import handover from './handover.module.css';
import run from './run.module.css';
import styles from './custody.module.css';

const STAGES = [['Read', 'alone, at the desk'], ['Seal', 'in a new bag'], ['Sign', 'the slip']] as const;
const stageAt = (snapshot: Snapshot, step: ProveStep): number => {
  const proof = snapshot.state.proofs.find((one) => one.step === step.id);
  if (!proof) return 0;
  if (openedRows(snapshot.state, step).some((row) => row.account === null)) return 1;
  return signersOf(snapshot.state, step.id).includes(step.custodian) ? 3 : 2;
};
const ask = (stage: number, name: string, witness: string): string => [
  `${name} opens the bag. Nobody else looks. The share is judged and forgotten; it is not shown and not combined.`,
  `${name} seals it again. ${witness} reads the number of the new bag.`, `${name} reads the slip and signs it.`, `Share of ${name} is checked.`,
][stage] ?? '';

const Unproved = ({ step, name, busy }: { readonly step: ProveStep; readonly name: string; readonly busy: boolean }) => (
  <Section title={`If the share of ${name} is not proved today: say why`}>
    <div className={styles.next}><ChoiceRow label="Why the share is not proved" choices={UNPROVED.map((reason) => ({ id: reason, label: UNPROVED_NAMES[reason], onPress: () => void send({ type: 'unproved', step: step.id, reason }), disabled: busy, testId: `unproved-${reason}` }))} />
      <p className={run.cap}>A lost, unreadable or exposed share does not count any more: the margin is smaller from now on.</p></div>
  </Section>
);

export const ProveBody = ({ snapshot, step }: { readonly snapshot: Snapshot; readonly step: ProveStep }) => {
  const { state } = snapshot;
  const bag = useStep((draft) => draft.bag);
  const set = state.plan.source?.set ?? null;
  const name = holderName(state, set, step.custodian);
  const witness = holderName(state, set, witnessOf(state.plan));
  const proof = state.proofs.find((one) => one.step === step.id);
  const rows = openedRows(state, step);
  const open = rows.find((row) => row.account === null);
  const stage = stageAt(snapshot, step);
  const busy = snapshot.activity !== null;
  const carriers = set ? carriersOf(state, set.setId, step.shareNumber) : [];
  const serial = set ? cardSerialOf(state, set.setId, step.shareNumber) : null;
  useEffect(() => typeInStep({ bag: '' }), [open?.name]);
  if (proof && proof.found !== 'proved') return <p className={run.ask}>Share {step.shareNumber} of {name} is not proved: {UNPROVED_NAMES[proof.found].toLowerCase()}.</p>;
  const read = (carrier: 'paper' | 'card'): void => void send({ type: 'read-share', step: step.id, presenter: step.custodian, holder: step.custodian, carrier });
  return (
    <div className={run.stack}>
      <StageFlow stages={STAGES} at={stage} />
      <p className={`${handover.ask} ${styles.afterFlow}`}>{ask(stage, name, witness)}</p>
      {proof && <Pairs rows={[['Found', <State key="s" icon="done" tone="done">Share {step.shareNumber} is right</State>], ['How it was read', proof.carriers.map((one) => (one === 'card' ? 'Card' : HOW_NAMES[proof.how ?? 'typed'])).join(', ')], ['At', `${secondsOf(proof.at)} UTC`]]} />}
      {open && <div><Field label={`Number of the new bag: ${open.what}`} hint={open.bag ? `It came in bag ${open.bag}` : undefined} value={bag} onChange={(value) => typeInStep({ bag: value })} testId="prove-bag" code large maxLength={32} /></div>}
      {(!proof || open) && carriers.some((one) => !proof?.carriers.includes(one)) && (
        <Section title={proof ? 'The same share is also on' : 'How the share comes'}>
          <div className={styles.next}><ChoiceRow label="How the share comes" choices={carriers.filter((one) => !proof?.carriers.includes(one)).map((one) => ({ id: one, label: one === 'card' ? `Card${serial ? ` ${serial}` : ''}` : 'Paper', icon: one === 'card' ? 'card' as const : 'sheet' as const, onPress: () => read(one), disabled: busy, testId: `prove-read-${one}` }))} /></div>
        </Section>
      )}
      {!proof && <Unproved step={step} name={name} busy={busy} />}
    </div>
  );
};
