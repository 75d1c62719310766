/** What was said of the plan's materials, and what is wrong with one. Pure. */
import type { Material } from './material-schema.ts';
import { materialsOf } from './people.ts';
import type { MaterialsStep } from './script-types.ts';
import type { CeremonyState, MaterialFacts } from './state.ts';

export const materialSaid = (state: CeremonyState, item: string, when: 'in' | 'out'): MaterialFacts | null => state.materials.find((one) => one.item === item && one.when === when) ?? null;
/** The items that a step has not called yet, in the order of the plan. */
export const materialsLeft = (state: CeremonyState, { when }: MaterialsStep): readonly Material[] => materialsOf(state.plan).filter(({ id }) => materialSaid(state, id, when) === null);
/** Absent, in another bag than last recorded, or in one that is not whole: each needs an exception. */
export const isWrong = ({ present, matches, intact }: Pick<MaterialFacts, 'present' | 'matches' | 'intact'>): boolean => !present || matches === false || intact === false;
/** Whether the bag is the one the archive saw the thing in last; null where there is nothing to compare. */
export const bagMatches = ({ bag }: Material, when: 'in' | 'out', present: boolean, read: string | null): boolean | null => (when === 'out' || !present || bag === null ? null : bag === read);
