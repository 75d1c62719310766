/** Where each material of an archive is now: a fold of what its closed ceremonies recorded, and what a plan must say of it. */
import type { Material } from '../ceremony/material-schema.ts';
import { materialsOf } from '../ceremony/people.ts';
import type { Plan } from '../ceremony/plan-schema.ts';
import type { ToldCeremony } from './issued-set.ts';
import { isTold } from './custody.ts';
import { createSayings, gravest } from './sayings.ts';
import { toldLineage } from './told-lineage.ts';

/** `bag`: where it lies; null in no bag. `from`: the ceremony that said so last. `missing`: it was not there when it was called last. */
export interface MaterialState extends Material { readonly from: number; readonly at: string; readonly missing: boolean }

/** The last word of a ceremony on a thing: called out, or only called in where the ceremony ended early. */
const after = ({ number, state }: ToldCeremony, item: Material): readonly MaterialState[] => {
  const last = state.materials.findLast((one) => one.item === item.id);
  if (last === undefined) return [];
  return [{ ...item, bag: last.present ? last.bag : item.bag, from: number, at: last.at, missing: !last.present }];
};

/** @param ceremonies whole replays, in any order: their links order them; those that are not closed are left out. @returns each thing once, in the order in which the archive met it. */
export const materialRegister = (ceremonies: readonly ToldCeremony[]): readonly MaterialState[] => {
  const known = new Map<string, MaterialState>();
  const lineage = toldLineage(ceremonies), sayings = createSayings(lineage.precedes);
  for (const by of lineage.order.filter((index) => isTold(ceremonies[index]!))) {
    const one = ceremonies[by]!;
    // Of archives that were joined what one of them missed is missing.
    for (const item of materialsOf(one.state.plan)) for (const state of after(one, item)) known.set(state.id, gravest(sayings.hear(state.id, { by, value: state }).standing, ({ missing }) => (missing ? 1 : 0)));
  }
  return [...known.values()];
};

/** The materials of the next plan, as the archive saw them last. */
export const materialsNow = (register: readonly MaterialState[]): Material[] => register.map(({ id, kind, what, serial, bag, from }) => ({ id, kind, what, serial, bag, from }));

/** @returns the ids of materials of which the plan says otherwise than the archive: another bag, another ceremony, another thing. */
export const materialDifferences = (register: readonly MaterialState[], plan: Plan): readonly string[] => materialsOf(plan).filter((item) => {
  const known = register.find(({ id }) => id === item.id);
  if (known === undefined) return item.from !== null;
  return known.bag !== item.bag || known.from !== item.from || known.kind !== item.kind || known.serial !== item.serial;
}).map(({ id }) => id);

/** The plan with each thing that the archive knows as the archive saw it last; the same plan where it says so already. */
export const withMaterialsNow = (register: readonly MaterialState[], plan: Plan): Plan => {
  if (materialDifferences(register, plan).length === 0) return plan;
  const now = materialsNow(register);
  return { ...plan, materials: materialsOf(plan).map((item) => now.find(({ id }) => id === item.id) ?? { ...item, from: null }) };
};
