/** Things are called one by one. Two people read each bag; the number last recorded is not shown before both have. */
import { useEffect } from 'react';
import type { Material } from '../../../shared/ceremony/material-schema.ts';
import { isWrong, materialSaid } from '../../../shared/ceremony/materials.ts';
import { materialsOf, witnessOf } from '../../../shared/ceremony/people.ts';
import type { MaterialsStep } from '../../../shared/ceremony/script-types.ts';
import { isPresent, personOf } from '../../../shared/ceremony/select.ts';
import type { CeremonyState } from '../../../shared/ceremony/state.ts';
import type { Snapshot } from '../../../shared/ipc/snapshot.ts';
import { MATERIAL_NAMES, materialFound } from '../../../shared/text/materials.ts';
import { Button } from '../../components/button.tsx';
import { Choices, Field, Select } from '../../components/field.tsx';
import { Section, State } from '../../components/parts.tsx';
import { typeInStep, useStep } from '../../stores/step-store.ts';
import { secondsOf } from '../../text/time.ts';
import { holderOf, isBagged, onTheTable, SEALS, type Seal } from './materials-view.ts';
import run from './run.module.css';
import styles from './custody.module.css';

const OnTheTable = ({ state, step, item }: { readonly state: CeremonyState; readonly step: MaterialsStep; readonly item: Material }) => {
  const draft = useStep();
  const witness = witnessOf(state.plan), people = state.plan.people.filter(({ id }) => isPresent(state, id) && id !== witness);
  const nameOf = (id: string): string => personOf(state, id)?.name ?? id;
  return (
    <section className={styles.table} aria-label="The thing on the table" data-testid="material-open" data-item={item.id}>
      <h2>{item.what}{item.serial ? <>, serial <code>{item.serial}</code></> : ''}</h2>
      <div className={styles.three}>
        <Choices legend={step.when === 'in' ? 'How it is found' : 'How it goes'} value={draft.seal === '' ? null : draft.seal} options={SEALS[step.when]} onChange={(seal) => typeInStep({ seal: seal as Seal })} testId={(seal) => `material-${seal}`} />
        <div className={run.stack}>
          <Select label={step.when === 'in' ? 'Brought by' : 'Taken by'} value={holderOf(state, draft)} options={people.map((person) => [person.id, person.name])} onChange={(by) => typeInStep({ by })} testId="material-by" />
          {isBagged(draft.seal) && <Field label={`Bag number as read by ${nameOf(holderOf(state, draft))}`} value={draft.bagByCustodian} onChange={(value) => typeInStep({ bagByCustodian: value })} testId="material-bag-holder" code maxLength={32} />}
          {isBagged(draft.seal) && <Field label={`Bag number as read by ${nameOf(witness)}`} hint={step.when === 'in' ? 'Compared with the number last recorded after both' : undefined} value={draft.bagByWitness} onChange={(value) => typeInStep({ bagByWitness: value })} testId="material-bag-witness" code maxLength={32} />}
        </div>
      </div>
    </section>
  );
};

const Row = ({ state, step, item, open, index }: { readonly state: CeremonyState; readonly step: MaterialsStep; readonly item: Material; readonly open: boolean; readonly index: number }) => {
  const said = materialSaid(state, item.id, step.when);
  return (
    <tr data-testid={`material-row-${index + 1}`} data-item={item.id}>
      <td><b>{item.what}</b><br /><span className={run.cap}>{MATERIAL_NAMES[item.kind]}</span></td><td>{item.serial ? <code>{item.serial}</code> : '–'}</td>
      <td>{said ? <State icon={isWrong(said) ? 'check' : 'done'} tone={isWrong(said) ? 'wait' : 'done'}>{materialFound(said)}</State> : open ? <State icon="now" tone="now">On the table</State> : <State icon="wait">Not called yet</State>}</td>
      <td>{said ? secondsOf(said.at) : '–'}</td>
      <td className={run.pairOfButtons}>{!said && !open && <Button small testId={`material-choose-${index + 1}`} onPress={() => typeInStep({ material: item.id, seal: '', bagByCustodian: '', bagByWitness: '', by: '' })}>Call<span className="visually-hidden">: {item.what}</span></Button>}</td>
    </tr>
  );
};

export const MaterialsBody = ({ snapshot, step }: { readonly snapshot: Snapshot; readonly step: MaterialsStep }) => {
  const { state } = snapshot;
  const chosen = useStep((draft) => draft.material);
  const item = onTheTable(state, step, chosen), items = materialsOf(state.plan);
  const said = items.filter(({ id }) => materialSaid(state, id, step.when) !== null).length;
  const wrong = state.materials.filter((one) => one.step === step.id && isWrong(one)).length;
  useEffect(() => typeInStep({ material: '', seal: '', bagByCustodian: '', bagByWitness: '', by: '' }), [said]);
  return (
    <>
      <p className={run.lead}>{step.text}</p>
      {item && <OnTheTable state={state} step={step} item={item} />}
      {wrong > 0 && <p className={run.plain} role="status">{wrong} not as last recorded. Record an exception (F9) for each to go on, or end the ceremony.</p>}
      <Section title={step.when === 'in' ? 'Materials, coming in' : 'Materials, going out'} end={`${said} of ${items.length} called`}>
        <table className={styles.copies}>
          <thead><tr><th scope="col">Thing</th><th scope="col">Serial</th><th scope="col">How it was found</th><th scope="col">UTC</th><th scope="col"><span className="visually-hidden">Choose</span></th></tr></thead>
          <tbody>{items.map((one, index) => <Row key={one.id} state={state} step={step} item={one} open={one.id === item?.id} index={index} />)}</tbody>
        </table>
      </Section>
    </>
  );
};
