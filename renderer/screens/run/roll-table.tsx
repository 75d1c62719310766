/** Who is here: each person of the roster, called present or absent. Used by the roll call, and later when someone arrives or leaves. */
import { useState } from 'react';
import type { StepId } from '../../../shared/brand.ts';
import type { Person } from '../../../shared/ceremony/plan-schema.ts';
import type { CeremonyState } from '../../../shared/ceremony/state.ts';
import { send } from '../../actions.ts';
import { Button } from '../../components/button.tsx';
import { Select } from '../../components/field.tsx';
import { roleLine } from '../../components/who-acts.tsx';
import styles from './run.module.css';

const IDENTITIES = [['known', 'Known in person'], ['document', 'Document seen']] as const;
const calledWord = (called: { readonly present: boolean; readonly identity: string } | undefined): string =>
  !called ? 'not called' : !called.present ? 'absent' : called.identity === 'document' ? 'here, document seen' : 'here, known';

interface RollProps { readonly state: CeremonyState; readonly step: StepId }
const CalledPerson = ({ state, step, person }: RollProps & { readonly person: Person }) => {
  const called = state.present[person.id];
  const [identity, setIdentity] = useState<'known' | 'document'>('known');
  const mark = (present: boolean) => void send({ type: 'mark-present', step, person: person.id, present, identity: present ? identity : 'absent' });
  return (
    <tr>
      <td><b>{person.name}</b><br /><span className={styles.cap}>{roleLine(state, person)}: {calledWord(called)}</span></td>
      <td><Select label={`How ${person.name} was identified`} hideLabel value={identity} options={IDENTITIES} onChange={(value) => setIdentity(value === 'document' ? 'document' : 'known')} /></td>
      <td className={styles.pairOfButtons}>
        <Button small onPress={() => mark(true)} testId={`present-${person.id}`} {...(called?.present === true ? { icon: 'done' as const } : {})} pressed={called?.present === true}>Present<span className="visually-hidden">: {person.name}</span></Button>
        <Button small onPress={() => mark(false)} testId={`absent-${person.id}`} {...(called?.present === false ? { icon: 'notyet' as const } : {})} pressed={called?.present === false}>Absent<span className="visually-hidden">: {person.name}</span></Button>
      </td>
    </tr>
  );
};

export const RollTable = ({ state, step }: RollProps) => (
  <table className={styles.roll}>
    <thead><tr><th scope="col">Person</th><th scope="col">Identity</th><th scope="col"><span className="visually-hidden">Mark</span></th></tr></thead>
    <tbody>{state.plan.people.map((person) => <CalledPerson key={person.id} state={state} step={step} person={person} />)}</tbody>
  </table>
);
