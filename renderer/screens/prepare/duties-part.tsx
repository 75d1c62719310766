/** Prepare: separation of duties. Each rule that is broken, whom it is about, and a small form by which named people except it. */
import { useState } from 'react';
import type { PersonId } from '../../../shared/brand.ts';
import type { Plan } from '../../../shared/ceremony/plan-schema.ts';
import { Button } from '../../components/button.tsx';
import { Field, Tick } from '../../components/field.tsx';
import { Caption, Code, Disclosure, Section, State } from '../../components/parts.tsx';
import { editPlan } from '../../stores/prepare-store.ts';
import { dutiesView, mayExceptIt, waiverRows, type BrokenDuty, type WaiverRow } from './duties-view.ts';
import { addWaiver, removeWaiver } from './plan-form.ts';
import { ROLE_NAMES } from '../../text/words.ts';
import { clean } from '../../text/clean.ts';
import styles from './prepare.module.css';

const ExceptForm = ({ plan, broken, needed, testId }: { readonly plan: Plan; readonly broken: BrokenDuty; readonly needed: number; readonly testId: string }) => {
  const [by, setBy] = useState<readonly PersonId[]>([]);
  const [reason, setReason] = useState('');
  const add = (): void => editPlan((draft) => addWaiver(draft, { rule: broken.rule, people: [...broken.people], reason: clean(reason), by: [...by] }));
  const blocked = by.length < needed ? `Except it: ${needed} people are named` : clean(reason) === '' ? 'Except it: reason is missing' : null;
  return (
    <div className={styles.form}>
      <Field label="Why this is let be" hint="One line; it is printed in the record" value={reason} onChange={setReason} testId={`${testId}-reason`} maxLength={160} />
      <fieldset className={styles.exceptBy}><legend>Who excepts it: at least {needed}, and nobody for themselves</legend>
        {mayExceptIt(plan, broken.people).map((person) => <Tick key={person.id} checked={by.includes(person.id)} onChange={(on) => setBy(on ? [...by, person.id] : by.filter((id) => id !== person.id))} testId={`${testId}-by-${person.id}`}><b>{person.name || person.id}</b>, {ROLE_NAMES[person.role].toLowerCase()}</Tick>)}
      </fieldset>
      <div><Button small onPress={add} testId={`${testId}-commit`} blocked={blocked}>Except it</Button></div>
    </div>
  );
};

const RemoveWaiver = ({ row }: { readonly row: WaiverRow }) => (
  <Button small onPress={() => editPlan((draft) => removeWaiver(draft, row.index))} testId={`waiver-remove-${row.index}`}>Remove<span className="visually-hidden"> exception {row.index + 1}</span></Button>
);

const Broken = ({ plan, broken, needed, index }: { readonly plan: Plan; readonly broken: BrokenDuty; readonly needed: number; readonly index: number }) => {
  const testId = `duty-${index}`;
  return (
    <li data-testid={testId} data-rule={broken.rule}>
      <State icon={broken.waiver ? 'done' : 'x'} tone={broken.waiver ? 'wait' : 'stop'}>{broken.text}</State>
      <p className={styles.sub}>The rule: {broken.says} <Code>{broken.rule}</Code> {broken.clause}.</p>
      {broken.waiver && <div className={styles.inline}><p className={styles.sub}><b>Excepted by {broken.waiver.by}:</b> {broken.waiver.reason}</p><RemoveWaiver row={broken.waiver} /></div>}
      {!broken.waiver && (broken.mayExcept ? <Disclosure title="Except it, with a reason"><ExceptForm plan={plan} broken={broken} needed={needed} testId={testId} /></Disclosure> : <p className={styles.sub}>This rule may not be excepted: change the plan.</p>)}
    </li>
  );
};

const Idle = ({ row }: { readonly row: WaiverRow }) => (
  <li className={styles.inline}><span>“{row.says}”{row.people === '' ? '' : `, about ${row.people}`}</span><RemoveWaiver row={row} /></li>
);

/** Nothing for a plan that is not judged. */
export const DutiesPart = ({ plan }: { readonly plan: Plan }) => {
  const view = dutiesView(plan);
  if (view === null) return null;
  const excepted = view.broken.filter(({ waiver }) => waiver !== null).length;
  return (
    <div className={styles.dutiesPart} data-testid="duties">
      <Section title="Separation of duties" end={`${view.kept} of ${view.rules} rules kept${excepted === 0 ? '' : `, ${excepted} excepted`}`} level={3}>
        {view.broken.length === 0 ? <p className={styles.dutyNote}>These people keep every rule.</p>
          : <ul className={styles.duties}>{view.broken.map((one, index) => <Broken key={`${one.rule} ${one.people.join(' ')}`} plan={plan} broken={one} needed={view.exceptedBy} index={index} />)}</ul>}
        {view.broken.length > 0 && view.noExceptions !== null && <Caption>{view.noExceptions}</Caption>}
      </Section>
      {view.idle.length > 0 && <Section title="Exceptions that except nothing" end={String(view.idle.length)} level={3}><ul className={styles.findings}>{view.idle.map((row) => <Idle key={row.index} row={row} />)}</ul></Section>}
    </div>
  );
};

/** The same in the review: read, not changed. */
export const WaiverList = ({ plan }: { readonly plan: Plan }) => {
  const rows = waiverRows(plan);
  if (rows.length === 0) return null;
  return (
    <Section title="Exceptions from the separation of duties" end={String(rows.length)} level={3}>
      <ul className={styles.findings} data-testid="waivers">{rows.map((row) => <li key={row.index}><b>{row.says}</b>{row.people === '' ? '' : ` About ${row.people}.`}<br />Excepted by {row.by}: {row.reason}</li>)}</ul>
    </Section>
  );
};
