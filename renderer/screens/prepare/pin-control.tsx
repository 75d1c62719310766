/** Prepare: who opens the HSM. One person, two halves, or a quorum that holds the PIN from this ceremony on. */
import type { PersonId } from '../../../shared/brand.ts';
import type { KeyPlan } from '../../../shared/ceremony/plan-schema.ts';
import { Choices, FieldRow, Select, Tick, type Option } from '../../components/field.tsx';
import { Caption, Pairs, Section } from '../../components/parts.tsx';
import { editPlan } from '../../stores/prepare-store.ts';
import { withPinControl } from './plan-form.ts';
import styles from './prepare.module.css';

type Pin<C extends KeyPlan['pin']['control']> = Extract<KeyPlan['pin'], { control: C }>;
const setPin = (pin: KeyPlan['pin']): void => editPlan((draft) => ({ ...draft, pin }));

/** One or two people, as the list of their ids says; "" stands for nobody. */
const OneOrTwo = ({ people, ids, onChange, labels, testIds }: { readonly people: readonly Option[]; readonly ids: readonly string[]; readonly onChange: (ids: PersonId[]) => void; readonly labels: readonly [string, string]; readonly testIds: readonly [string, string] }) => {
  const change = (first: string, second: string): void => onChange([first, second].filter((id) => id !== '') as PersonId[]);
  return (
    <FieldRow>
      <Select label={labels[0]} value={ids[0] ?? ''} options={people} onChange={(first) => change(first, ids[1] ?? '')} testId={testIds[0]} />
      <Select label={labels[1]} value={ids[1] ?? ''} options={[['', 'Nobody: the first types all of it'], ...people]} onChange={(second) => change(ids[0] ?? '', second)} testId={testIds[1]} />
    </FieldRow>
  );
};

const QuorumFields = ({ plan, pin, people }: { readonly plan: KeyPlan; readonly pin: Pin<'quorum'>; readonly people: readonly Option[] }) => {
  const so: readonly Option[] = [...(plan.mode === 'rehearsal' ? [['nobody', 'Nobody: the SO PIN of rehearsal tokens is random and kept nowhere'] as const] : []), ['quorum', 'The same quorum: an SO PIN derived from the same secret']];
  return (
    <>
      <OneOrTwo people={people} ids={pin.typedBy} onChange={(typedBy) => setPin({ ...pin, typedBy })} labels={['Types the present PIN, or its first half', 'Types the second half']} testIds={['pin-typed-first', 'pin-typed-second']} />
      <Choices legend="Who holds the SO PIN afterwards" value={pin.so} options={so} onChange={(value) => setPin({ ...pin, so: value === 'quorum' ? 'quorum' : 'nobody', soTypedBy: value === 'quorum' ? pin.typedBy.slice(0, 1) : [] })} testId={(value) => `pin-so-${value}`} />
      {pin.so === 'quorum' && <OneOrTwo people={people} ids={pin.soTypedBy} onChange={(soTypedBy) => setPin({ ...pin, soTypedBy })} labels={['Types the present SO PIN, or its first half', 'Types the second half of it']} testIds={['pin-so-typed-first', 'pin-so-typed-second']} />}
      <Caption>A second set of shares is issued to the same custodians: any {plan.quorum.threshold} of {plan.quorum.shares} open the HSM from then on, and nobody alone. The SO PIN can reset the User PIN, so it is never under a weaker control; the record says who holds it.</Caption>
    </>
  );
};

const Held = ({ pin }: { readonly pin: Pin<'held-by-quorum'> }) => (
  <Section title="A quorum opens the HSM" level={3}>
    <div className={styles.form}>
      <Pairs rows={[['PIN set', `${pin.set.setName}, epoch ${pin.set.epoch}, any ${pin.set.threshold} of ${pin.set.shares}`], ['Held by', pin.set.holders.map(({ number, name }) => `${number} ${name}`).join(', ')]]} />
      <Tick checked={pin.renew} onChange={(renew) => setPin({ ...pin, renew })} testId="pin-renew">Give the PIN to a new set in this ceremony: new shares, new PINs, the old PIN set ends</Tick>
      {pin.renew && <Caption>{pin.so === 'quorum' ? 'The set gives the SO PIN too: it is renewed with the PIN.' : 'The SO PIN stays as it is; the record says so.'}</Caption>}
    </div>
  </Section>
);

export const PinControl = ({ plan }: { readonly plan: KeyPlan }) => {
  const people = plan.people.map((person) => [person.id, person.name || person.id] as const);
  const { pin } = plan;
  if (pin.control === 'held-by-quorum') return <Held pin={pin} />;
  const mayHold = plan.key.backup.kind === 'split' || plan.source !== undefined;
  return (
    <Section title="Who types the User PIN" level={3}>
      <div className={styles.form}>
        <Choices legend="Control" value={pin.control} onChange={(control) => editPlan((draft) => withPinControl(draft, control as 'single'))} testId={(control) => `pin-${control}`}
          options={[['halves', 'Two people, half each'], ['single', 'One person: the record says “single control”'], ...(mayHold ? [['quorum', 'A quorum of custodians, from this ceremony on: nobody knows the PIN any more'] as const] : [])]} />
        {pin.control === 'single' && <Select label="Types the PIN" value={pin.person} options={people} onChange={(id) => setPin({ ...pin, person: id as PersonId })} testId="pin-person" />}
        {pin.control === 'halves' && <FieldRow><Select label="First half" value={pin.first} options={people} onChange={(id) => setPin({ ...pin, first: id as PersonId })} testId="pin-first" /><Select label="Second half" value={pin.second} options={people} onChange={(id) => setPin({ ...pin, second: id as PersonId })} testId="pin-second" /></FieldRow>}
        {pin.control === 'quorum' && <QuorumFields plan={plan} pin={pin} people={people} />}
      </div>
    </Section>
  );
};
