/** Cases of the plan rules about materials: a sound plan, one that breaks the rule, and where. */
import { MATERIALS } from '../../support/room-plan.ts';
import type { PlanCase } from './custody-plan-cases.ts';

const room = { format: 'quorate-plan/2' as const }, [hsm, computer] = MATERIALS as [(typeof MATERIALS)[number], (typeof MATERIALS)[number]];
export const MATERIAL_PLAN_CASES: Readonly<Record<string, readonly PlanCase[]>> = {
  'materials-in-room-protocol': [[{ ...room, materials: MATERIALS }, { materials: MATERIALS }, 'materials']],
  'material-once': [
    [{ ...room, materials: MATERIALS }, { ...room, materials: [hsm, { ...computer, id: hsm.id }] }, 'materials.1.id'],
    [{ ...room, materials: MATERIALS }, { ...room, materials: [hsm, { ...hsm, id: 'second' }] }, 'materials.1.serial'],
  ],
  'material-bag-once': [[{ ...room, materials: [{ ...computer, id: 'bag', kind: 'bag', bag: '17' }] }, { ...room, materials: [{ ...computer, id: 'bag', kind: 'bag', bag: '17' }, { ...computer, bag: '17' }] }, 'materials.1.bag']],
};
