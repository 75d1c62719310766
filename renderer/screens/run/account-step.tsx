/** Every copy is called by its number, and it is said what became of it. What is left, and what it could still do, stands below. */
import { useEffect } from 'react';
import { aftermathOf } from '../../../shared/register/aftermath.ts';
import { aftermathSentences } from '../../../shared/text/aftermath.ts';
import { isPresent } from '../../../shared/ceremony/select.ts';
import { witnessOf } from '../../../shared/ceremony/people.ts';
import type { AccountStep } from '../../../shared/ceremony/script-types.ts';
import type { CeremonyState } from '../../../shared/ceremony/state.ts';
import type { Snapshot } from '../../../shared/ipc/snapshot.ts';
import { Button } from '../../components/button.tsx';
import { Choices, Field, Select } from '../../components/field.tsx';
import { Caption, Section, State, type Tone } from '../../components/parts.tsx';
import type { IconName } from '../../components/icon.tsx';
import { typeInStep, useStep } from '../../stores/step-store.ts';
import { OUTCOME_NAMES, OUTCOME_WORDS } from '../../text/custody.ts';
import { secondsOf } from '../../text/time.ts';
import { copyRows, handsOver, methodOf, needsBag, openCopy, outcomesFor, type CopyOutcome, type CopyRow } from './account-view.ts';
import run from './run.module.css';
import styles from './custody.module.css';

const LOOKS: Readonly<Record<CopyOutcome, readonly [IconName, Tone]>> = { destroyed: ['x', 'plain'], collected: ['lock', 'plain'], resealed: ['done', 'done'], retained: ['check', 'wait'], missing: ['check', 'stop'] };

/** One copy lies on the table at a time. */
const OnTheTable = ({ state, step, row }: { readonly state: CeremonyState; readonly step: AccountStep; readonly row: CopyRow }) => {
  const draft = useStep();
  const people = state.plan.people.filter((person) => isPresent(state, person.id) && person.id !== witnessOf(state.plan));
  const usual = methodOf(draft.outcome, '');
  return (
    <section className={styles.table} aria-label="The copy on the table" data-testid="account-open" data-copy={row.name}>
      <h2>{row.what}{row.bag ? <>, bag <code>{row.bag}</code></> : ''}</h2>
      <div className={styles.three}>
        <Choices legend="What becomes of it" value={draft.outcome === '' ? null : draft.outcome} options={outcomesFor(step.about).map((outcome) => [outcome, OUTCOME_NAMES[outcome]])} onChange={(outcome) => typeInStep({ outcome: outcome as CopyOutcome })} testId={(outcome) => `account-${outcome}`} />
        <div className={run.stack}>
          <Field label={draft.outcome === 'missing' ? 'What was done to find it' : draft.outcome === 'retained' ? 'Why it is kept' : 'How, and what showed it'} hint={usual === '' ? 'In the room’s own words, such as “cross-cut, particles mixed”' : `Empty: “${usual}”`} value={draft.method} onChange={(method) => typeInStep({ method })} testId="account-method" maxLength={120} />
          {needsBag(draft.outcome) && <Field label="Number of the new bag" value={draft.bag} onChange={(bag) => typeInStep({ bag })} testId="account-bag" code maxLength={32} />}
          <Select label="Handed over by" value={handsOver(state, row, draft)} options={people.map((person) => [person.id, person.name])} onChange={(by) => typeInStep({ by })} testId="account-by" />
        </div>
      </div>
      {draft.outcome === 'destroyed' && row.copy.kind !== 'sheet' && <Caption>{row.copy.kind === 'card' ? 'The card is put in: the app deletes the share from it and shows that it is gone. The chip is then destroyed as you say here.' : 'The medium is put in: the app deletes the wrapped key’s file and shows that it is gone. The medium is then destroyed as you say here.'}</Caption>}
    </section>
  );
};

const CopyTable = ({ rows, open }: { readonly rows: readonly CopyRow[]; readonly open: CopyRow | null }) => (
  <table className={styles.copies}>
    <thead><tr><th scope="col">Copy</th><th scope="col">Bag before</th><th scope="col">What became of it</th><th scope="col">UTC</th><th scope="col"><span className="visually-hidden">Choose</span></th></tr></thead>
    <tbody>{rows.map((row, index) => (
      <tr key={row.name} data-testid={`account-row-${index + 1}`} data-copy={row.name} data-outcome={row.account?.outcome ?? ''}>
        <td><b>{row.what}</b></td><td>{row.bag ? <code>{row.bag}</code> : '–'}</td>
        <td>{row.account ? <><State icon={LOOKS[row.account.outcome][0]} tone={LOOKS[row.account.outcome][1]}>{OUTCOME_WORDS[row.account.outcome]}</State>{row.account.bag && <>, bag <code>{row.account.bag}</code></>}<br /><span className={run.cap}>{row.account.method}{row.account.found === false ? '. The app found nothing there to delete' : ''}</span></> : row.name === open?.name ? <State icon="now" tone="now">On the table</State> : <State icon="wait">Not called yet</State>}</td>
        <td>{row.account ? secondsOf(row.account.at) : '–'}</td>
        <td className={run.pairOfButtons}>{!row.account && row.name !== open?.name && <Button small testId={`account-choose-${index + 1}`} onPress={() => typeInStep({ copy: row.name, outcome: '', method: '', bag: '', by: '' })}>Call<span className="visually-hidden">: {row.what}</span></Button>}</td>
      </tr>
    ))}</tbody>
  </table>
);

/** What a remaining quorum could still do, said as it stands after each copy. */
const Aftermath = ({ state }: { readonly state: CeremonyState }) => {
  const what = aftermathOf(state);
  return what && (
    <Section title={`What is left of set ${what.set.setName}, and what it could still do`} end={`${what.left.length} not destroyed`}>
      <ul className={styles.after} data-testid="aftermath">{aftermathSentences(what).map((sentence) => <li key={sentence}>{sentence}</li>)}</ul>
    </Section>
  );
};

export const AccountBody = ({ snapshot, step }: { readonly snapshot: Snapshot; readonly step: AccountStep }) => {
  const { state } = snapshot;
  const chosen = useStep((draft) => draft.copy);
  const rows = copyRows(state, step);
  const open = openCopy(rows, chosen);
  const said = rows.filter((row) => row.account !== null).length;
  useEffect(() => typeInStep({ copy: '', outcome: '', method: '', bag: '', by: '' }), [said]);
  return (
    <>
      {open ? <OnTheTable state={state} step={step} row={open} /> : <p className={run.lead}>{rows.length === 0 ? 'There is no copy to account for.' : 'Every copy is accounted for.'}</p>}
      <Section title="Copies" end={`${said} of ${rows.length} accounted for`}><CopyTable rows={rows} open={open} /></Section>
      <Aftermath state={state} />
    </>
  );
};
