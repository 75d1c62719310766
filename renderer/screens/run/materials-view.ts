/** The primary action while materials are called in or out, and what is on the table. Pure. */
import type { PersonId } from '../../../shared/brand.ts';
import type { Material } from '../../../shared/ceremony/material-schema.ts';
import { materialsLeft } from '../../../shared/ceremony/materials.ts';
import { administratorOf } from '../../../shared/ceremony/people.ts';
import type { MaterialsStep } from '../../../shared/ceremony/script-types.ts';
import type { CeremonyState } from '../../../shared/ceremony/state.ts';
import type { StepDraft } from '../../stores/step-store.ts';
import { confirm, go, wait, type Primary } from './primary-parts.ts';

/** How a thing is found: in a bag whose seal is whole or broken, in no bag, or not at all. */
export type Seal = 'intact' | 'broken' | 'none' | 'absent';
export const SEALS: Readonly<Record<MaterialsStep['when'], readonly (readonly [Seal, string])[]>> = {
  in: [['intact', 'In a bag, seal intact'], ['broken', 'In a bag, seal broken'], ['none', 'In no bag'], ['absent', 'Is not here']],
  out: [['intact', 'Goes into a new bag'], ['none', 'Goes without a bag'], ['absent', 'Is not here']],
};
export const isBagged = (seal: StepDraft['seal']): boolean => seal === 'intact' || seal === 'broken';
/** The thing on the table: the one that was chosen, or the next of the plan; null when all are called. */
export const onTheTable = (state: CeremonyState, step: MaterialsStep, chosen: string): Material | null => {
  const left = materialsLeft(state, step);
  return left.find(({ id }) => id === chosen) ?? left[0] ?? null;
};
export const holderOf = (state: CeremonyState, draft: Pick<StepDraft, 'by'>): PersonId => (draft.by === '' ? administratorOf(state.plan) : draft.by as PersonId);

export const materials = (state: CeremonyState, step: MaterialsStep, draft: StepDraft): Primary => {
  const item = onTheTable(state, step, draft.material);
  if (item === null) return confirm(state, step, step.when === 'in' ? 'Everything is called in' : 'Everything is called out', administratorOf(state.plan));
  const { seal } = draft;
  if (seal === '') return wait(`${item.what}: say how it is found`);
  const [holder, witness] = [draft.bagByCustodian.trim(), draft.bagByWitness.trim()], bagged = isBagged(seal);
  if (bagged && (holder === '' || witness === '')) return wait(`${item.what}: bag number twice`);
  if (bagged && holder !== witness) return wait('The two bag numbers differ');
  return go(`Record ${item.what}`, {
    type: 'material', step: step.id, item: item.id, present: seal !== 'absent', bagByHolder: bagged ? holder : null, bagByWitness: bagged ? witness : null,
    intact: step.when === 'in' && bagged ? seal === 'intact' : null, by: holderOf(state, draft),
  }, 'material-record');
};
