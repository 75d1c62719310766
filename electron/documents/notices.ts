/** Sentences that stand on every page where they are true. */
import type { Plan } from '../../shared/ceremony/plan-schema.ts';

const SOFTWARE = 'Software token: no hardware protects this key.';
const DRILL = 'Drill: its shares pass no real recovery.';
const CHECKOUT = 'Deviation: run from a source checkout, not from a signed package.';
/** @param source how the program runs; absent on a script, which is printed before it is known. */
export const noticesOf = (plan: Plan, source?: 'checkout' | 'package'): readonly string[] =>
  [...(plan.hsm?.software === true ? [SOFTWARE] : []), ...(plan.drill === true ? [DRILL] : []), ...(source === 'checkout' ? [CHECKOUT] : [])];
