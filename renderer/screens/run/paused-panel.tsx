/** The ceremony is paused: who stayed, why, and what a resume needs. */
import { useState } from 'react';
import { hasRoomProtocol, tokensOf } from '../../../shared/ceremony/people.ts';
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
import { StandInsAside } from './duties-part.tsx';
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
  const room = hasRoomProtocol(state.plan);
  const [heads, setHeads] = useState('');
  const [bags, setBags] = useState<readonly string[]>([]);
  if (!pause) return null;
  const read = pause.sealed.map((_, index) => (bags[index] ?? '').trim());
  const count = /^[1-9]\d?$/.test(heads.trim()) ? Number(heads.trim()) : null;
  const objection = pause.reason === 'objection' ? state.objections.at(-1) : undefined;
  const names = pause.stayed.map((id) => personOf(state, id)?.name ?? id);
  const blocked = present.length === 0 ? 'Resume: call the roll' : serial.trim() === '' ? 'Resume: serial not typed' : room && count === null ? 'Resume: people not counted' : read.includes('') ? 'Resume: a sealed bag is not read' : null;
  const words = wordsOf(snapshot, pause.seq);
  return (
    <div className={styles.paused} data-testid="paused">
      <Pairs rows={[
        ['Since', instantText(pause.at)], ['Reason', objection ? `${personOf(state, objection.person)?.name ?? ''} does not agree with step ${objection.step}` : PAUSE_NAMES[pause.reason]],
        ...(words ? [['In words', `“${words}”`] as const] : []), ...(names.length > 0 ? [['Stayed with the machine', names.join(', ')] as const] : []),
      ]} />
      <p className={styles.lead}>{objection ? 'Decide together: resume and repeat the step, record an exception and go on, or end the ceremony.' : `After the break: call everyone, look at the seals${uses ? ', and read the serial from the HSM' : ''}.`}</p>
      <fieldset className={styles.presentSet}><legend>Who is here again</legend>
        {state.plan.people.map((person) => <Tick key={person.id} testId={`resume-present-${person.id}`} checked={present.includes(person.id)} onChange={(on) => setPresent(on ? [...present, person.id] : present.filter((id) => id !== person.id))}><b>{person.name}</b>, {roleLine(state, person).toLowerCase()}</Tick>)}
      </fieldset>
      {uses && <Field label="Serial number as read from the HSM" value={serial} onChange={setSerial} testId="resume-serial" code large maxLength={64} hint={whatIf(state)} />}
      {room && <Field label="Number of people in the room, everyone counted" value={heads} onChange={setHeads} testId="resume-heads" code maxLength={2} />}
      {pause.sealed.map((_, index) => <Field key={index} label={`Number of sealed bag ${index + 1} of ${pause.sealed.length}, as read from the bag`} value={bags[index] ?? ''} onChange={(value) => setBags(pause.sealed.map((_bag, at) => (at === index ? value : bags[at] ?? '')))} testId={`resume-bag-${index + 1}`} code maxLength={32} />)}
      <StandInsAside state={state} />
      <div className={styles.buttons}>
        <Button onPress={() => void leaveCeremony()} testId="run-leave">Back to the keys</Button>
        {!state.begun && <Button onPress={() => openDialog({ name: 'postpone' })} testId="run-postpone">Postpone…</Button>}
        <Button onPress={() => openDialog({ name: 'abort' })} testId="run-abort">End the ceremony…</Button>
        <Button look="primary" testId="resume-commit" blocked={blocked} onPress={() => void send({ type: 'resume', present: present as readonly PersonId[] as PersonId[], serial: serial.trim(), ...(room && count !== null ? { heads: count } : {}), ...(read.length > 0 ? { bags: read } : {}) })}>Resume the ceremony</Button>
      </div>
    </div>
  );
};
