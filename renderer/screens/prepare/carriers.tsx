/** Prepare: on what each custodian carries a share away, and which card is whose. */
import { useState } from 'react';
import { custodiansOf, custodyOf } from '../../../shared/ceremony/people.ts';
import { CARRIERS, type Carrier, type Custody, type Person, type Plan } from '../../../shared/ceremony/plan-schema.ts';
import type { ModuleInfo } from '../../../shared/vault/contract.ts';
import { run } from '../../actions.ts';
import { Button } from '../../components/button.tsx';
import { Field, Select, type Option } from '../../components/field.tsx';
import { Caption, Code, Disclosure, Section, State } from '../../components/parts.tsx';
import { editPlan, flushDraft, takeDraft } from '../../stores/prepare-store.ts';
import { useUi } from '../../stores/ui-store.ts';
import { CARRIER_NAMES, SHEET_NAMES } from '../../text/custody.ts';
import { changePerson, withCustody } from './plan-form.ts';
import styles from './prepare.module.css';

const CARRIER_OPTIONS: readonly Option[] = CARRIERS.map((carrier) => [carrier, CARRIER_NAMES[carrier]]);
const SHEET_OPTIONS: readonly Option[] = (['standard', 'large', 'blind'] as const).map((sheet) => [sheet, SHEET_NAMES[sheet]]);

/** The card is only looked at: its PIN is not asked for here. */
const CardPicker = ({ plan, person, card }: { readonly plan: Plan; readonly person: Person; readonly card: NonNullable<Custody['card']> }) => {
  const pending = useUi((ui) => ui.pending);
  const [info, setInfo] = useState<ModuleInfo | null>(null);
  const look = async (): Promise<void> => { await flushDraft(); setInfo(await run('module.open', { mode: plan.mode, path: card.module.trim() })); };
  const choose = async (serial: string): Promise<void> => {
    await flushDraft();
    const view = await run('draft.set-card', { mode: plan.mode, person: person.id, module: info?.path ?? card.module.trim(), serial });
    if (view) { takeDraft(view); setInfo(null); }
  };
  return (
    <div className={styles.enrol}>
      <div className={styles.inline}>
        <Field label={`Module of ${person.name || person.id}’s card`} value={card.module} onChange={(module) => editPlan((draft) => changePerson(draft, person.id, { custody: { ...custodyOf(person), card: { ...card, module } } }))} testId={`card-module-${person.id}`} code maxLength={512} />
        <Button small onPress={() => void look()} testId={`card-look-${person.id}`} disabled={pending !== null}>Look for the card<span className="visually-hidden"> of {person.name}</span></Button>
      </div>
      {info?.tokens.length === 0 && <Caption>No card is in a reader. Put it in and look again.</Caption>}
      {info && info.tokens.length > 0 && <div role="group" aria-label={`Cards for ${person.name}`} className={styles.known}>{info.tokens.map((token) => <Button key={token.serial} small testId={`card-choice-${token.serial}`} onPress={() => void choose(token.serial)}>{`${token.serial}: ${token.label}`}</Button>)}</div>}
    </div>
  );
};

const CarrierRow = ({ plan, person, problem }: { readonly plan: Plan; readonly person: Person; readonly problem: string | null }) => {
  const custody = custodyOf(person);
  const set = (change: Partial<Custody>): void => editPlan((draft) => withCustody(draft, person.id, change));
  const name = person.name || person.id;
  const missing = custody.card !== null && custody.card.serial === null;
  return (
    <li className={styles.credential}>
      <div className={styles.carrier}>
        <div><b>{name}</b><br /><span className={styles.cap}>{custody.card?.serial ? <>Card <Code wrap>{custody.card.serial}</Code></> : custody.card ? 'No card chosen yet' : 'No card'}</span></div>
        <Select label={`Carrier of ${name}`} hideLabel value={custody.carrier} options={CARRIER_OPTIONS} onChange={(carrier) => set({ carrier: carrier as Carrier })} testId={`carrier-${person.id}`} />
        {custody.carrier === 'card' ? <span /> : <Select label={`Sheet of ${name}`} hideLabel value={custody.sheet} options={SHEET_OPTIONS} onChange={(sheet) => set({ sheet: sheet as Custody['sheet'] })} testId={`sheet-${person.id}`} />}
        <State icon={missing || problem ? 'wait' : 'done'} tone={missing || problem ? 'plain' : 'done'}>{missing ? 'Card missing' : problem ? 'See below' : 'Ready'}</State>
      </div>
      {custody.card && (missing && plan.mode === 'production' ? <CardPicker plan={plan} person={person} card={custody.card} /> : <Disclosure title={`Another card for ${name}`}><CardPicker plan={plan} person={person} card={custody.card} /></Disclosure>)}
      {problem && <p className={styles.problem}>{problem}</p>}
    </li>
  );
};

const MakeCards = ({ plan }: { readonly plan: Plan }) => {
  const pending = useUi((ui) => ui.pending);
  const wanted = custodiansOf(plan).filter((person) => custodyOf(person).card !== null);
  if (plan.mode !== 'rehearsal' || wanted.length === 0) return null;
  const missing = wanted.filter((person) => custodyOf(person).card?.serial === null).length;
  const make = async (): Promise<void> => {
    await flushDraft();
    const view = await run('draft.make-cards', { mode: 'rehearsal' });
    if (view) takeDraft(view);
  };
  return (
    <div className={styles.print}>
      <Button onPress={() => void make()} testId="prepare-make-cards" disabled={pending !== null || missing === 0}>{missing === 0 ? 'The cards are made' : `Make ${missing} rehearsal ${missing === 1 ? 'card' : 'cards'}`}</Button>
      <Caption>Quorate makes SoftHSM tokens that play the cards. Each custodian chooses the PIN of theirs in an entry window.</Caption>
    </div>
  );
};

export const Carriers = ({ plan, problem }: { readonly plan: Plan; readonly problem: (where: string) => string | null }) => (
  <Section title="On what each custodian carries a share away" level={3}>
    <ol className={styles.people}>{custodiansOf(plan).map((person) => {
      const at = plan.people.indexOf(person);
      const wrong = ['custody', 'custody.card', 'custody.card.serial', 'custody.card.module', 'custody.sheet'].map((field) => problem(`people.${at}.${field}`)).find((one) => one !== null) ?? null;
      return <CarrierRow key={person.id} plan={plan} person={person} problem={wrong} />;
    })}</ol>
    <MakeCards plan={plan} />
  </Section>
);
