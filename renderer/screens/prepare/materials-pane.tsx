/** Prepare: what must be on the table. Each thing is called in and called out on the day; its bag is read then, by two people. */
import { MATERIAL_KINDS, type Material } from '../../../shared/ceremony/material-schema.ts';
import { materialsOf } from '../../../shared/ceremony/people.ts';
import type { Plan } from '../../../shared/ceremony/plan-schema.ts';
import { materialDifferences, withMaterialsNow, type MaterialState } from '../../../shared/register/materials.ts';
import { MATERIAL_NAMES } from '../../../shared/text/materials.ts';
import { Button } from '../../components/button.tsx';
import { Field, Select, type Option } from '../../components/field.tsx';
import { Caption, Code, Section, State } from '../../components/parts.tsx';
import { focusNext } from '../../focus.ts';
import { editPlan, usePrepare } from '../../stores/prepare-store.ts';
import { addHsms, addMaterial, bringMaterial, isFull, isKnown, lastSeen, leftOut, removeMaterial, unlistedHsms, withMaterial } from './materials-form.ts';
import type { PaneProps } from './panes.tsx';
import styles from './materials.module.css';

type Register = readonly MaterialState[];
const KINDS: readonly Option[] = MATERIAL_KINDS.map((kind) => [kind, MATERIAL_NAMES[kind]]);
const ADD = 'material-add';

/** Of a thing that the archive has seen only the words can change. */
const Row = ({ item, index, register, problem }: { readonly item: Material; readonly index: number; readonly register: Register; readonly problem: PaneProps['problem'] }) => {
  const row = index + 1, known = isKnown(item, register), name = item.what || `thing ${row}`;
  const set = (change: Parameters<typeof withMaterial>[2]): void => editPlan((draft) => withMaterial(draft, index, change));
  return (
    <tr data-testid={`material-${row}`} data-item={item.id}>
      <td><Field label={`What thing ${row} is`} hideLabel value={item.what} onChange={(what) => set({ what })} problem={problem(`materials.${index}.what`)} testId={`material-what-${row}`} maxLength={120} /></td>
      <td>{known ? MATERIAL_NAMES[item.kind] : <Select label={`Kind of ${name}`} hideLabel value={item.kind} options={KINDS} onChange={(kind) => set({ kind: kind as Material['kind'] })} testId={`material-kind-${row}`} />}</td>
      <td>{known ? (item.serial === null ? '–' : <Code wrap>{item.serial}</Code>) : <Field label={`Serial number of ${name}, if it has one`} hideLabel value={item.serial ?? ''} onChange={(serial) => set({ serial: serial === '' ? null : serial })} problem={problem(`materials.${index}.serial`)} testId={`material-serial-${row}`} code maxLength={64} />}</td>
      <td className={styles.seen}>{lastSeen(item, register)}</td>
      <td className={styles.last}><Button small onPress={() => { editPlan((draft) => removeMaterial(draft, index)); focusNext(ADD); }} testId={`material-remove-${row}`}>Remove<span className="visually-hidden"> {name}</span></Button></td>
    </tr>
  );
};

const LeftOut = ({ plan, register }: { readonly plan: Plan; readonly register: Register }) => {
  const items = leftOut(plan, register);
  if (items.length === 0) return null;
  return (
    <Section title="Known to the archive, not on the list" end={String(items.length)} level={3}>
      <ul className={styles.leftOut}>{items.map((item) => (
        <li key={item.id}>
          <span><b>{item.what}</b>{item.serial && <> <Code wrap>{item.serial}</Code></>}<br /><span className={styles.seen}>{MATERIAL_NAMES[item.kind]} · {lastSeen(item, register)}</span></span>
          <Button small onPress={() => { editPlan((draft) => bringMaterial(draft, item)); focusNext(ADD); }} blocked={isFull(plan) ? 'The list is full' : null} testId={`material-bring-${item.id}`}>Add to the list<span className="visually-hidden">: {item.what}</span></Button>
        </li>
      ))}</ul>
    </Section>
  );
};

/** A plan that was written by hand, or that is older than the last ceremony, is not frozen while it says otherwise than the archive. */
const Stale = ({ plan, register }: { readonly plan: Plan; readonly register: Register }) => {
  const ids = materialDifferences(register, plan);
  if (ids.length === 0) return null;
  const names = materialsOf(plan).filter(({ id }) => ids.includes(id)).map(({ id, what }) => what || id);
  return (
    <div className={styles.stale} data-testid="materials-stale">
      <State icon="check" tone="wait">The archive says otherwise about {names.join(', ')}</State>
      <Button small onPress={() => { editPlan((draft) => withMaterialsNow(register, draft)); focusNext(ADD); }} testId="material-take-archive">Write what the archive says</Button>
    </div>
  );
};

const Add = ({ plan, register }: { readonly plan: Plan; readonly register: Register | null }) => {
  const hsms = unlistedHsms(plan), blocked = register === null ? 'Wait: the archive is being read' : isFull(plan) ? 'The list is full' : null;
  const add = (): void => { editPlan((draft) => addMaterial(draft, register ?? [])); focusNext(`material-what-${materialsOf(plan).length + 1}`); };
  return (
    <div className={styles.add}>
      <Button small onPress={add} blocked={blocked} testId={ADD}>Add a thing</Button>
      {hsms.length > 0 && <Button small onPress={() => { editPlan((draft) => addHsms(draft, register ?? [])); focusNext(ADD); }} blocked={blocked} testId="material-add-hsms">{hsms.length === 1 ? 'Add the HSM of this plan' : 'Add the HSMs of this plan'}</Button>}
    </div>
  );
};

export const MaterialsPane = ({ plan, problem }: PaneProps) => {
  const register = usePrepare((state) => state.knownMaterials), items = materialsOf(plan);
  return (
    <div className={styles.pane}>
      {items.length === 0 ? <p>Nothing is on the list, so the room calls nothing in or out.</p> : (
        <table className={styles.things} data-testid="materials">
          <thead><tr><th scope="col">What it is</th><th scope="col">Kind</th><th scope="col">Serial number</th><th scope="col">Last seen</th><th scope="col"><span className="visually-hidden">Remove</span></th></tr></thead>
          <tbody>{items.map((item, index) => <Row key={index} item={item} index={index} register={register ?? []} problem={problem} />)}</tbody>
        </table>
      )}
      {register !== null && <Stale plan={plan} register={register} />}
      <Add plan={plan} register={register} />
      <LeftOut plan={plan} register={register ?? []} />
      <Caption>Numbers of bags are not typed here. On the day each thing is called, and two people read its bag: whoever brings it, and the witness.</Caption>
    </div>
  );
};
