/** The form of a rule: one reason why an entry may not be, in the state it would join. */
import type { Draft } from '../transcript/entry-schema.ts';
import type { CeremonyState } from './state.ts';

type Bare<D> = D extends unknown ? Omit<D, 'open'> : never;
/** An entry without its place in the chain: what a rule may look at. */
export type Fact = Bare<Draft>;
export interface Rule {
  /** RULE_ and the id are the error code; the id names the file. */
  readonly id: string;
  /** The rule as a sentence, for ASSURANCE.md and for people. */
  readonly says: string;
  /** @returns what is wrong, in words that hold no secret; null when the rule has nothing against the fact. */
  readonly check: (state: CeremonyState, fact: Fact) => string | null;
}
/** The step an entry belongs to, where it names one. */
export const stepOfFact = (fact: Fact): string | null => ('step' in fact.body ? fact.body.step : null);
