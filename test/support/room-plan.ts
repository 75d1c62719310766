/** Plans of format 2: with the room protocol. */
import type { Material } from '../../shared/ceremony/material-schema.ts';
import type { KeyPlan } from '../../shared/ceremony/plan-schema.ts';
import { samplePlan } from './sample-plan.ts';

export const roomPlan = (changes: Partial<KeyPlan> = {}): KeyPlan => samplePlan({ format: 'quorate-plan/2', ...changes });
/** One thing that the archive has seen in a bag, and one that is new to it. */
export const MATERIALS: Material[] = [
  { id: 'hsm', kind: 'hsm', what: 'HSM of the root', serial: '8f2c41d09be3a776', bag: '0048117', from: null },
  { id: 'computer', kind: 'workstation', what: 'Ceremony computer', serial: null, bag: null, from: null },
];
