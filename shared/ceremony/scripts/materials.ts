/** The steps in which materials are called in and out; none where the plan lists none. */
import { callIn, callOut } from '../../text/materials.ts';
import { administratorOf, materialsOf, witnessOf } from '../people.ts';
import type { Plan } from '../plan-schema.ts';
import type { StepDraft } from '../step-draft.ts';

const MINUTES_EACH = 1;
export const materials = (plan: Plan, when: 'in' | 'out'): readonly StepDraft[] => {
  const { length } = materialsOf(plan);
  return length === 0 ? [] : [{ kind: 'materials', when, ...(when === 'in' ? callIn() : callOut()), actors: [administratorOf(plan), witnessOf(plan)], irreversible: false, expectedMinutes: MINUTES_EACH * length }];
};
