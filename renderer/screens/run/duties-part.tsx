/** At the roll call: which separation rules the people who are here break, and deputies who may stand in for somebody who is absent. */
import { useState } from 'react';
import type { StepId } from '../../../shared/brand.ts';
import type { CeremonyState } from '../../../shared/ceremony/state.ts';
import { send } from '../../actions.ts';
import { Button } from '../../components/button.tsx';
import { Field } from '../../components/field.tsx';
import { Disclosure, Section, State } from '../../components/parts.tsx';
import { roleLine } from '../../components/who-acts.tsx';
import { dutiesNow, mayStandIn, type MayStandIn } from './duties-now.ts';
import { clean } from '../../text/clean.ts';
import styles from './run.module.css';

const StandIn = ({ state, step, one: { deputy, person, absent, pin, blocked } }: { readonly state: CeremonyState; readonly step: StepId; readonly one: MayStandIn }) => {
  const [reason, setReason] = useState('');
  const why = blocked ?? (clean(reason) === '' ? 'reason is missing' : null);
  return (
    <li className={styles.standIn} data-testid={`stand-in-${deputy.id}`}>
      <p>{absent ? '' : 'If '}<b>{person.name}</b>, {roleLine(state, person).toLowerCase()}, {absent ? 'is not here.' : 'cannot go on,'} <b>{deputy.name}</b> is named to stand in.{pin ? ` ${deputy.name} then types ${person.name}’s part of the PIN, and must know it.` : ''}</p>
      <div className={styles.setUp}>
        <Field label={absent ? `Why ${person.name} is not here` : `Why ${person.name} does not go on`} value={reason} onChange={setReason} testId={`deputise-reason-${deputy.id}`} maxLength={2000} />
        <Button small onPress={() => void send({ type: 'deputise', step, for: person.id, by: deputy.id, reason: clean(reason) })} testId={`deputise-${deputy.id}`} blocked={why === null ? null : `Stands in: ${why}`}>{deputy.name} stands in</Button>
      </div>
    </li>
  );
};

/** In a pause: out of sight until it is needed. */
export const StandInsAside = ({ state }: { readonly state: CeremonyState }) => {
  const [first] = mayStandIn(state);
  return first === undefined ? null : <Disclosure title={`${first.person.name} cannot go on`}><StandIns state={state} /></Disclosure>;
};
/** Nothing where nobody may stand in now. */
export const StandIns = ({ state }: { readonly state: CeremonyState }) => {
  const may = mayStandIn(state), step = state.current;
  if (may.length === 0 || step === null) return null;
  return <Section title="Deputies" end="the witness records it"><ul>{may.map((one) => <StandIn key={one.deputy.id} state={state} step={step} one={one} />)}</ul></Section>;
};

/** Nothing where the plan is not judged. */
export const DutiesPane = ({ state }: { readonly state: CeremonyState }) => {
  const now = dutiesNow(state);
  if (now === null) return null;
  const open = now.broken.filter(({ excepted }) => excepted === null).length;
  return (
    <div data-testid="duties-now" data-open={open}>
      <Section title="Separation of duties, for who is here" end={now.partly ? `${now.rules} rules, so far` : `${now.rules} rules`}>
        {now.broken.length === 0 ? <p className={styles.small}><State icon={now.partly ? 'wait' : 'done'} tone={now.partly ? 'plain' : 'done'}>{now.partly ? 'Kept so far' : 'Kept by everyone who is here'}</State></p> : (
          <ul className={styles.checks}>{now.broken.map((one) => (
            <li key={one.key}><State icon={one.excepted === null ? 'x' : 'done'} tone={one.excepted === null ? 'stop' : 'wait'}>{one.text}</State>
              <p className={styles.cap}>{one.excepted === null ? `The roll call does not end like this. The rule: ${one.says}` : `Excepted in the plan by ${one.excepted}`}</p></li>
          ))}</ul>
        )}
      </Section>
    </div>
  );
};
