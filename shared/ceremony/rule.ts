/** The form of a rule: one reason why an entry may not be, in the state it would join. */
import type { Draft, EntryType } from '../transcript/entry-schema.ts';
import type { CeremonyState } from './state.ts';

type Bare<D> = D extends unknown ? Omit<D, 'open'> : never;
/** An entry without its place in the chain: what a rule may look at. */
export type Fact = Bare<Draft>;
export type FactOf<T extends EntryType> = Extract<Fact, { type: T }>;
export interface Rule {
  /** RULE_ and the id are the error code; the id names the file. */
  readonly id: string;
  /** The rule as a sentence, for ASSURANCE.md and for people. */
  readonly says: string;
  /** The types of entry that the rule can have something against; it is not asked about others. Absent: every type. */
  readonly about?: readonly EntryType[];
  /** @returns what is wrong, in words that hold no secret; null when the rule has nothing against the fact. */
  check(state: CeremonyState, fact: Fact): string | null;
}
/** A rule that looks at entries of some types only: what it is given is of these, so that one that looks at more does not compile. */
export interface RuleAbout<T extends EntryType> extends Rule {
  readonly about: readonly T[];
  check(state: CeremonyState, fact: FactOf<T>): string | null;
}
/** The step an entry belongs to, where it names one. */
export const stepOfFact = (fact: Fact): string | null => ('step' in fact.body ? fact.body.step : null);
