/** Sentences that stand on every page where they are true. */
import type { Plan } from '../../shared/ceremony/plan-schema.ts';
import { day, shortClock, stamp } from './format.ts';
import { modeWords } from './kind-words.ts';
import { localOf, zoneWords } from './zone.ts';

const SOFTWARE = 'Software token: no hardware protects this key.';
const DRILL = 'Drill: its shares pass no real recovery.';
const CHECKOUT = 'Deviation: run from a source checkout, not from a signed package.';
const ENDS = { completed: [], aborted: ['Aborted: the ceremony was ended before its last step.'], postponed: ['Postponed: nothing was done to a key or a card.'] } as const;
/** @param outcome how the ceremony ended; absent before that. @param source how the program runs; absent on a script, which is printed before it is known. */
export const noticesOf = (plan: Plan, source?: 'checkout' | 'package', outcome: keyof typeof ENDS = 'completed'): readonly string[] =>
  [...ENDS[outcome], ...(plan.hsm?.software === true ? [SOFTWARE] : []), ...(plan.drill === true ? [DRILL] : []), ...(source === 'checkout' ? [CHECKOUT] : []), ...zoneWords()];

/** The two lines in the foot of each page: mode, and when it was printed. */
export const footOf = (plan: Plan, printedAt: string): readonly [string, string] => {
  const local = localOf(printedAt);
  return local === null ? [modeWords(plan), `Printed ${stamp(printedAt)}`] : [`${modeWords(plan)}, printed`, `${day(printedAt)} ${shortClock(printedAt)} UTC`];
};
