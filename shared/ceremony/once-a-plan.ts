/** What is derived from a plan alone is derived once: a replay asks for it at every entry. A plan never changes. */
import type { Plan } from './plan-schema.ts';

export const onceAPlan = <T>(derive: (plan: Plan) => T): ((plan: Plan) => T) => {
  const made = new WeakMap<Plan, { readonly value: T }>();
  return (plan) => {
    const before = made.get(plan), one = before ?? { value: derive(plan) };
    if (before === undefined) made.set(plan, one);
    return one.value;
  };
};
