/** The form of a rule of the separation of duties, and what such a rule may look at. Rules are data: one file a rule in rules/, listed in duties.ts. */
import type { PersonId } from '../brand.ts';
import type { Policy } from '../charter/charter-schema.ts';
import type { Plan, Source } from '../ceremony/plan-schema.ts';
import type { Step } from '../ceremony/script-types.ts';

export interface DutyView {
  /** On the day: the plan as it stands, with deputies in the places of those they stand in for. */
  readonly plan: Plan;
  /** Ids of the people in the room; null while the ceremony is prepared: everybody who is planned. */
  readonly present: ReadonlySet<string> | null;
  /** Who has held or read which shares of the set that the ceremony stands on; empty where it stands on none. */
  readonly history: Source['history'];
  /** That of the charter in force; null without a charter. */
  readonly policy: Policy | null;
  /** The open step; null while the ceremony is prepared. */
  readonly step: Step | null;
}

export interface Violation {
  /** Whom it is about, the first of them first; empty where it is about the plan or the room as a whole. */
  readonly people: readonly PersonId[];
  /** One sentence, for people. */
  readonly text: string;
}

export interface Duty {
  /** Names its file in rules/. */
  readonly id: string;
  /** The rule as a sentence, for people. */
  readonly says: string;
  /** Where it comes from. */
  readonly clause: string;
  /** False: the clause could not be read in the original when this was written. Every output marks it. */
  readonly verified: boolean;
  /** Place in a plan that mends a violation: a dotted path, or with a leading dot a field of the first person it is about ("." for the person). */
  readonly place: string;
  readonly judge: (view: DutyView) => readonly Violation[];
}
