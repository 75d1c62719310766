/** One custodian attests: the sentence, the facts, three choices of equal size and no default. */
import { useEffect, useState } from 'react';
import { personOf, signersOf, stepOf } from '../../../shared/ceremony/select.ts';
import { charterDigest } from '../../../shared/charter/charter-digest.ts';
import type { Charter } from '../../../shared/charter/charter-schema.ts';
import { charterDifference } from '../../../shared/charter/difference.ts';
import type { Person, Plan } from '../../../shared/ceremony/plan-schema.ts';
import type { ProveStep, SignStep } from '../../../shared/ceremony/script-types.ts';
import type { CeremonyState } from '../../../shared/ceremony/state.ts';
import type { Snapshot } from '../../../shared/ipc/snapshot.ts';
import { isKeyPlan, tokensOf } from '../../../shared/ceremony/people.ts';
import { sessionName } from '../../../shared/text/session.ts';
import { keyName } from '../../../shared/text/script.ts';
import { send } from '../../actions.ts';
import { Button } from '../../components/button.tsx';
import { Dialog, DialogActions } from '../../components/dialog.tsx';
import { Field } from '../../components/field.tsx';
import { Unbroken } from '../../components/unbroken.tsx';
import { roleLine } from '../../components/who-acts.tsx';
import { fourWords } from '../../components/word-grid.tsx';
import { openDialog } from '../../stores/ui-store.ts';
import { EFFECT_NAMES } from '../../text/exceptions.ts';
import styles from './sign-dialog.module.css';

const close = (): void => openDialog(null);

const EXCEPTIONS = 'Exceptions so far';
/** Each with the beginning of its own words: the whole is on the step behind this dialog, and was read aloud. */
const BEGINNING = 90;
const exceptionsSoFar = (snapshot: Snapshot): string => {
  const { exceptions } = snapshot.state;
  const words = (seq: number): string => { const what = snapshot.texts[seq]?.['what'] ?? 'text withheld'; return what.length <= BEGINNING ? what : `${what.slice(0, BEGINNING)}…`; };
  return exceptions.length === 0 ? 'none' : `${exceptions.length}: ${exceptions.map((one) => `E${one.number}, effect ${EFFECT_NAMES[one.effect].toLowerCase()}: ${words(one.seq)}`).join(' ')}`;
};

type Fact = readonly [name: string, value: string];
/** The charter the signature is about, by name: the words that the room has heard stand on the plan. */
const charterFacts = ({ charter, before }: Plan): readonly Fact[] => (charter === undefined ? [] : [
  ['Charter', fourWords(charterDigest(charter))], ...(before ?? []).map((one): Fact => ['In place of', `${fourWords(charterDigest(one.charter))}; ${changesText(one.charter, charter)}`]),
]);
const changesText = (before: Charter, after: Charter): string => { const { length } = charterDifference(before, after); return `${length} ${length === 1 ? 'change' : 'changes'}`; };
/** The key and the HSM or set the signature is about; in a ceremony about the archive, its charter. */
const keyFacts = ({ plan, key }: CeremonyState): readonly Fact[] => (!isKeyPlan(plan) ? charterFacts(plan) : [
  [key ? 'Key' : 'Key to be made', keyName(plan)], tokensOf(plan).length > 0 || !plan.source ? ['HSM', plan.hsm.serial ?? '–'] : ['Set', `${plan.source.set.setName}, epoch ${plan.source.set.epoch}`],
]);
const Facts = ({ snapshot }: { readonly snapshot: Snapshot }) => {
  const { state } = snapshot;
  const facts: readonly Fact[] = [
    ...keyFacts(state),
    ...(state.plan.source ? [['Purpose', state.plan.source.purpose] as const] : []),
    ...(state.opening ? [['Session', sessionName(state.opening)] as const] : []),
    [`Entries 0 to ${state.count - 1}`, fourWords(state.head)], [EXCEPTIONS, exceptionsSoFar(snapshot)],
  ];
  return <dl className={styles.facts}>{facts.map(([name, value]) => <div key={name} data-wide={name === EXCEPTIONS}><dt>{name}</dt><dd>{value}</dd></div>)}</dl>;
};

const Objection = ({ step, person }: { readonly step: SignStep; readonly person: Person }) => {
  const [words, setWords] = useState('');
  const object = async (): Promise<void> => {
    if (await send({ type: 'object', step: step.id, person: person.id, words: words.normalize('NFC').trim() })) close();
  };
  return (
    <Dialog beside title={<><b>{person.name}</b> does not agree</>} onClose={close} tone="stop">
      <p className={styles.rec}>The ceremony pauses at step {step.id}. The reason is recorded in {person.name}’s own words.</p>
      <Field label="In your own words" value={words} onChange={setWords} lines={5} maxLength={2000} testId="objection-words" first />
      <DialogActions>
        <Button onPress={close} keys="Esc">Go back</Button>
        <Button look="primary" onPress={() => void object()} testId="objection-commit" blocked={words.trim() === '' ? 'Record the objection: no words yet' : null}>Record the objection</Button>
      </DialogActions>
    </Dialog>
  );
};

const Choice = ({ snapshot, step, person, onObject }: { readonly snapshot: Snapshot; readonly step: SignStep | ProveStep; readonly person: Person; readonly onObject: () => void }) => {
  const slip = step.kind === 'prove';
  const missing = slip ? 0 : Math.max(0, step.threshold - signersOf(snapshot.state, step.id).length);
  const sign = (): void => { close(); void send({ type: 'sign', step: step.id, person: person.id }); };
  return (
    <Dialog beside title={<><b>{person.name}:</b> <span className={styles.light}>{slip ? 'sign the slip of' : 'sign'} step {step.id}</span></>} note={slip ? roleLine(snapshot.state, person) : `${roleLine(snapshot.state, person)} · ${missing} of ${step.threshold} signatures missing`} onClose={close}>
      <blockquote className={styles.statement}>“<Unbroken text={step.statement} />”</blockquote>
      <Facts snapshot={snapshot} />
      <div className={styles.three}>
        <Button look="equal" icon="sign" testId="signoff-sign" onPress={sign}>Sign</Button>
        {!slip && <Button look="equal" icon="x" testId="signoff-object" onPress={onObject}>I do not agree</Button>}
        <Button look="equal" icon="wait" testId="signoff-notyet" onPress={close} keys="Esc">Not yet</Button>
      </div>
      <p className={styles.after}>{person.credential.kind === 'token'
        ? `After your choice: connect token ${person.credential.serial ?? ''} and type its PIN in the window that opens for you. Another person’s token is refused before the PIN; no try is used.`
        : 'After your choice: type the passphrase of your credential file in the window that opens for you. It is used on this machine, and the record says so.'}</p>
    </Dialog>
  );
};

export const SignDialog = ({ snapshot, personId }: { readonly snapshot: Snapshot; readonly personId: string }) => {
  const [objecting, setObjecting] = useState(false);
  const step = stepOf(snapshot.state);
  const person = personOf(snapshot.state, personId);
  const open = (step?.kind === 'sign' || step?.kind === 'prove') && person !== null && snapshot.state.pause === null;
  useEffect(() => { if (!open) close(); }, [open]);
  if (!open) return null;
  return objecting && step.kind === 'sign' ? <Objection step={step} person={person} /> : <Choice snapshot={snapshot} step={step} person={person} onObject={() => setObjecting(true)} />;
};
