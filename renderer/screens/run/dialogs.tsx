/** F9 exception or note, F8 pause, giving a set up, ending early. */
import { useState } from 'react';
import { administratorOf, custodiansOf, hasRoomProtocol, isKeyPlan, witnessOf } from '../../../shared/ceremony/people.ts';
import type { CeremonyState } from '../../../shared/ceremony/state.ts';
import type { Body } from '../../../shared/transcript/entry-schema.ts';
import type { Command } from '../../../shared/ceremony/commands.ts';
import { EXCEPTION_EFFECTS, EXCEPTION_KINDS } from '../../../shared/transcript/entry-schema.ts';
import type { PersonId } from '../../../shared/brand.ts';
import { send } from '../../actions.ts';
import { Button } from '../../components/button.tsx';
import { Dialog, DialogActions } from '../../components/dialog.tsx';
import { Choices, Field, FieldRow, Select, Tick, type Option } from '../../components/field.tsx';
import { UiFault } from '../../components/fault-of-ui.tsx';
import { Caption, Section } from '../../components/parts.tsx';
import { openDialog } from '../../stores/ui-store.ts';
import { cardsWritten } from '../../../shared/ceremony/shares.ts';
import { clean } from '../../text/clean.ts';
import { HOLDS_NAMES } from '../../text/custody.ts';
import { EFFECT_NAMES, EXCEPTION_NAMES } from '../../text/exceptions.ts';
import { subjectName } from './run-view.ts';
import styles from './dialogs.module.css';

export const close = (): void => openDialog(null);
export const commit = async (command: Command): Promise<void> => { if (await send(command)) close(); };
export const peopleOptions = (state: CeremonyState): readonly Option[] => state.plan.people.map((person) => [person.id, person.name]);

export const ExceptionDialog = ({ state }: { readonly state: CeremonyState }) => {
  const [kind, setKind] = useState<Body<'exception'>['kind']>('deviation');
  const [effect, setEffect] = useState<Body<'exception'>['effect']>('none');
  const [what, setWhat] = useState('');
  const [done, setDone] = useState('');
  const [noticedBy, setNoticedBy] = useState<string>(witnessOf(state.plan));
  const [expected, setExpected] = useState('');
  const [decidedBy, setDecidedBy] = useState<string>('');
  const typed = hasRoomProtocol(state.plan) && kind !== 'note';
  const missing = clean(what) === '' || clean(done) === '' || (typed && clean(expected) === '') ? 'words are missing' : typed && decidedBy === '' ? 'who decided is missing' : null;
  const record = (): void => void commit({ type: 'exception', kind, what: clean(what), done: clean(done), effect, noticedBy: noticedBy as PersonId, ...(clean(expected) === '' ? {} : { expected: clean(expected) }), ...(decidedBy === '' ? {} : { decidedBy: decidedBy as PersonId }) });
  return (
    <Dialog beside title={`Exception or note E${state.exceptions.length + 1}`} note={`Step ${state.current ?? '–'}`} onClose={close}>
      <div className={styles.form}>
        <UiFault />
        <Field label={typed ? 'What was expected' : 'What was expected, if anything'} value={expected} onChange={setExpected} lines={2} maxLength={2000} testId="exception-expected" first />
        <Field label="What happened" value={what} onChange={setWhat} lines={2} maxLength={2000} testId="exception-what" />
        <Field label="What was done" value={done} onChange={setDone} lines={2} maxLength={2000} testId="exception-done" />
        <FieldRow>
          <Select label="Type" value={kind} options={EXCEPTION_KINDS.map((one) => [one, EXCEPTION_NAMES[one]])} onChange={(value) => setKind(value as typeof kind)} testId="exception-kind" />
          <Select label="Effect on the result" value={effect} options={EXCEPTION_EFFECTS.map((one) => [one, EFFECT_NAMES[one]])} onChange={(value) => setEffect(value as typeof effect)} testId="exception-effect" />
        </FieldRow>
        <FieldRow>
          <Select label="Noticed by" value={noticedBy} options={peopleOptions(state)} onChange={setNoticedBy} testId="exception-noticed" />
          <Select label="Decided by" value={decidedBy} options={[['', typed ? 'Choose' : 'Nobody'], ...peopleOptions(state)]} onChange={setDecidedBy} testId="exception-decided" />
        </FieldRow>
        <Caption>Never write a PIN, a passphrase or a line of a share here. Exceptions are read aloud before the close and printed in the record.</Caption>
      </div>
      <DialogActions>
        <Button onPress={close} keys="Esc">Go back</Button>
        <Button look="primary" onPress={record} testId="exception-commit" blocked={missing === null ? null : `Record exception: ${missing}`}>Record exception</Button>
      </DialogActions>
    </Dialog>
  );
};

/** "17, 18" as two numbers of bags. */
const bagsIn = (text: string): string[] => text.split(',').map(clean).filter((bag) => bag !== '');
const REASONS: readonly Option[] = [['break', 'Break'], ['fault', 'Equipment fault'], ['air-gap', 'Air gap broken']];
type PauseReason = 'break' | 'fault' | 'air-gap';
export const PauseDialog = ({ state }: { readonly state: CeremonyState }) => {
  const [reason, setReason] = useState<PauseReason>('break');
  const [text, setText] = useState('');
  const [stayed, setStayed] = useState<readonly string[]>([]);
  const [sealed, setSealed] = useState('');
  const bags = bagsIn(sealed);
  const tooFew = reason === 'break' && stayed.length < 2;
  const blocked = clean(text) === '' ? 'Pause now: reason is missing' : tooFew ? 'Pause now: two people stay' : null;
  return (
    <Dialog beside title="Pause the ceremony" note={`Step ${state.current ?? '–'}`} onClose={close}>
      <div className={styles.form}>
        <UiFault />
        <div className={styles.columns}>
          <Choices legend="Reason" value={reason} options={REASONS} onChange={(value) => setReason(value as PauseReason)} testId={(value) => `pause-reason-${value}`} />
          <fieldset className={styles.set}><legend>Who stays with the machine</legend>
            {state.plan.people.map((person) => <Tick key={person.id} testId={`pause-stayed-${person.id}`} checked={stayed.includes(person.id)} onChange={(on) => setStayed(on ? [...stayed, person.id] : stayed.filter((id) => id !== person.id))}>{person.name}</Tick>)}
          </fieldset>
        </div>
        {hasRoomProtocol(state.plan) && reason === 'break' && <Field label="Bags sealed for the break, if any" hint="Numbers, separated by commas; they are read again before the ceremony goes on" value={sealed} onChange={setSealed} testId="pause-sealed" code maxLength={400} />}
        <Field label="In words: why, and what is sealed" value={text} onChange={setText} lines={3} maxLength={2000} testId="pause-text" first />
      </div>
      <DialogActions>
        <Button onPress={close} keys="Esc">Go back</Button>
        <Button look="primary" testId="pause-commit" blocked={blocked} onPress={() => void commit({ type: 'pause', reason, text: clean(text), stayed: stayed as readonly PersonId[] as PersonId[], ...(reason === 'break' && bags.length > 0 ? { sealed: bags } : {}) })}>Pause now</Button>
      </DialogActions>
    </Dialog>
  );
};

const VOID_REASONS: readonly Option[] = [['read-back', 'A share could not be read back'], ['rebuild', 'The shares do not rebuild the wrapping key'], ['person', 'A custodian cannot go on']];
type VoidReason = 'read-back' | 'rebuild' | 'person';
export const VoidDialog = ({ state }: { readonly state: CeremonyState }) => {
  const [reason, setReason] = useState<VoidReason | null>(null);
  const out = (state.set?.shares ?? []).flatMap((share) => share.attempts.filter((attempt) => !share.destroyed.includes(attempt)).map((attempt) => `share ${share.number}, attempt ${attempt}`));
  const cards = state.set ? cardsWritten(state.set) : [];
  const pin = state.set?.holds === 'pin';
  return (
    <Dialog beside title={`Give up set ${state.set?.setName ?? ''}`} onClose={close} tone="stop">
      <div className={styles.form}>
        <UiFault />
        <p>The set opens nothing and never will. {pin ? 'A new PIN secret is made and split again. The PINs stay as they are.' : 'A new wrapping key is made and split again. The key itself stays as it is.'} This cannot be undone.</p>
        {cards.length > 0 && <Section title="Cards that hold a share of it" end={String(cards.length)}><p className={styles.list}>{cards.map(({ share, serial }) => `share ${share} on card ${serial}`).join('; ')}. They open nothing, and are erased before they are used again.</p></Section>}
        {out.length > 0 && <Section title="Sheets to be destroyed under witness" end={String(out.length)}><p className={styles.list}>{out.join('; ')}</p></Section>}
        {state.backup && !pin && <p>The wrapped key on medium {state.backup.media.join(', ')} is cleared.</p>}
        <Choices legend="Reason" value={reason} options={VOID_REASONS} onChange={(value) => setReason(value as VoidReason)} testId={(value) => `void-reason-${value}`} />
      </div>
      <DialogActions>
        <Button onPress={close} keys="Esc">Keep the set</Button>
        <Button look="stop" testId="void-commit" blocked={reason === null ? 'Give the set up: no reason chosen' : null} onPress={() => reason && void commit({ type: 'void-set', reason })}>Give the set up</Button>
      </DialogActions>
    </Dialog>
  );
};

const irreversible = (state: CeremonyState): readonly string[] => [
  ...(state.plan.source || !isKeyPlan(state.plan) ? [] : state.key ? [`Key ${state.key.label} is on the HSM and stays there until a ceremony destroys it.`] : ['No key has been made.']),
  ...(state.certificate ? ['The root certificate is signed.'] : []),
  ...(state.backup && state.plan.ceremony.kind !== 'recovery' ? [`The wrapped key is on medium ${state.backup.media.join(', ')}.`] : []),
  ...[...state.issued, ...(state.set ? [state.set] : [])].map((set) => `${custodiansOf(state.plan).length} ${HOLDS_NAMES[set.holds]} of set ${set.setName} were made.`),
  ...(state.plan.ceremony.kind === 'recovery' && state.backup?.restored ? [`The key is on HSM ${state.plan.hsm?.serial ?? ''} and stays there until a ceremony destroys it.`] : []),
  ...(state.superseded ? ['The old set is superseded.'] : []), ...(state.pinChanged ? ['The PINs are changed; only a quorum opens the HSMs.'] : []),
  ...(state.gatherings.some((one) => one.shares.length > 0) ? [`Shares were opened and read: ${state.gatherings.flatMap((one) => one.shares.map((share) => share.share)).join(', ')}. Each goes into a new bag.`] : []),
  ...(state.accounted.some((one) => one.outcome === 'destroyed') ? [`${state.accounted.filter((one) => one.outcome === 'destroyed').length} copies are destroyed.`] : []),
];
export const AbortDialog = ({ state }: { readonly state: CeremonyState }) => {
  const [reason, setReason] = useState('');
  const [name, setName] = useState('');
  const wanted = subjectName(state.plan);
  const blocked = clean(reason) === '' ? 'End the ceremony: reason is missing' : clean(name) !== wanted ? `End the ceremony: type “${wanted}”` : null;
  return (
    <Dialog beside title="End the ceremony early" onClose={close} tone="stop">
      <div className={styles.form}>
        <UiFault />
        <Section title="What has been done and cannot be undone"><ul className={styles.list}>{irreversible(state).map((line) => <li key={line}>{line}</li>)}</ul></Section>
        <Field label="Why it ends here" value={reason} onChange={setReason} lines={3} maxLength={2000} testId="abort-reason" first />
        <Field label={`The administrator types the ${isKeyPlan(state.plan) ? 'name of the key' : 'title of the ceremony'}: ${wanted}`} value={name} onChange={setName} testId="abort-name" />
        <Caption>The transcript is closed as aborted, and the record of what was done can still be signed. No step can follow.</Caption>
      </div>
      <DialogActions>
        <Button onPress={close} keys="Esc">Go back</Button>
        <Button look="stop" testId="abort-commit" blocked={blocked} onPress={() => void commit({ type: 'abort', by: administratorOf(state.plan), reason: clean(reason) })}>End the ceremony</Button>
      </DialogActions>
    </Dialog>
  );
};
