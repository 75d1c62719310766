/** The ceremony is paused: who stayed, why, and what a resume needs. */
import { useState } from 'react';
import { tokensOf } from '../../../shared/ceremony/people.ts';
import { personOf, whatIf } from '../../../shared/ceremony/select.ts';
import type { PersonId } from '../../../shared/brand.ts';
import type { Snapshot } from '../../../shared/ipc/snapshot.ts';
import { leaveCeremony, send } from '../../actions.ts';
import { Button } from '../../components/button.tsx';
import { Field, Tick } from '../../components/field.tsx';
import { Pairs } from '../../components/parts.tsx';
import { roleLine } from '../../components/who-acts.tsx';
import { openDialog } from '../../stores/ui-store.ts';
import { PAUSE_NAMES } from '../../text/exceptions.ts';
import { instantText } from '../../text/time.ts';
import { StandIns } from './duties-part.tsx';
import styles from './run.module.css';

const wordsOf = (snapshot: Snapshot, seq: number): string | null => {
  const texts = snapshot.texts[seq];
  return texts?.text ?? texts?.words ?? null;
};

export const PausedPanel = ({ snapshot }: { readonly snapshot: Snapshot }) => {
  const { state } = snapshot;
  const [present, setPresent] = useState<readonly string[]>([]);
  const uses = tokensOf(state.plan).length > 0;
  // A ceremony on shares only has no token to read a serial from.
  const [serial, setSerial] = useState(uses ? '' : 'none');
  const { pause } = state;
  if (!pause) return null;
  const objection = pause.reason === 'objection' ? state.objections.at(-1) : undefined;
  const names = pause.stayed.map((id) => personOf(state, id)?.name ?? id);
  const blocked = present.length === 0 ? 'Resume: call the roll' : serial.trim() === '' ? 'Resume: serial not typed' : null;
  const words = wordsOf(snapshot, pause.seq);
  return (
    <div className={styles.paused} data-testid="paused">
      <Pairs rows={[
        ['Since', instantText(pause.at)], ['Reason', objection ? `${personOf(state, objection.person)?.name ?? ''} does not agree with step ${objection.step}` : PAUSE_NAMES[pause.reason]],
        ...(words ? [['In words', `“${words}”`] as const] : []), ...(names.length > 0 ? [['Stayed with the machine', names.join(', ')] as const] : []),
      ]} />
      <p className={styles.lead}>{objection ? 'Decide together: resume and repeat the step, record an exception and go on, or end the ceremony.' : `After the break: call everyone, look at the seals${uses ? ', and read the serial from the HSM' : ''}.`}</p>
      <StandIns state={state} />
      <fieldset className={styles.presentSet}><legend>Who is here again</legend>
        {state.plan.people.map((person) => <Tick key={person.id} testId={`resume-present-${person.id}`} checked={present.includes(person.id)} onChange={(on) => setPresent(on ? [...present, person.id] : present.filter((id) => id !== person.id))}><b>{person.name}</b>, {roleLine(state, person).toLowerCase()}</Tick>)}
      </fieldset>
      {uses && <Field label="Serial number as read from the HSM" value={serial} onChange={setSerial} testId="resume-serial" code large maxLength={64} hint={whatIf(state)} />}
      <div className={styles.buttons}>
        <Button onPress={() => void leaveCeremony()} testId="run-leave">Back to the keys</Button>
        <Button onPress={() => openDialog({ name: 'abort' })} testId="run-abort">End the ceremony…</Button>
        <Button look="primary" testId="resume-commit" blocked={blocked} onPress={() => void send({ type: 'resume', present: present as readonly PersonId[] as PersonId[], serial: serial.trim() })}>Resume the ceremony</Button>
      </div>
    </div>
  );
};
