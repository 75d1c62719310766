/**
 * What a clause of a standard is here: a short paraphrase, and which steps, rules and entries of which kinds of ceremony meet it. It is a map
 * for people who audit, not a judgement: whether a clause is met is for them to say, with its text in hand.
 */
import type { CeremonyKind } from '../ceremony/plan-schema.ts';
import type { AccountStep, CheckStep, Operation, StepKind } from '../ceremony/script-types.ts';
import type { EntryType } from '../transcript/entry-schema.ts';
import type { NeedId } from './needs.ts';

export type StepRef = Exclude<StepKind, 'check' | 'machine' | 'account'> | `check:${CheckStep['check']}` | `machine:${Operation}` | `account:${AccountStep['about']}`;
/** One of the refs is enough. */
export type StepNeed = readonly [StepRef, ...StepRef[]];

export const STANDARDS = ['CA/B TLS BR', 'WebTrust for CAs', 'ETSI EN 319 411-1', 'NIST SP 800-57 Part 1'] as const;
export type Standard = (typeof STANDARDS)[number];

export interface Clause {
  readonly id: string;
  readonly standard: Standard;
  /** Number as the standard has it, as far as we know. */
  readonly number: string;
  /** Ours, not the standard's words. */
  readonly says: string;
  /** False: the original could not be read when this was written. Every output marks it. */
  readonly verified: boolean;
  /** By kind of ceremony: every one of these is needed in the script. A kind that is not here is not asked. */
  readonly steps: Readonly<Partial<Record<CeremonyKind, readonly StepNeed[]>>>;
  /** What the plan must say. */
  readonly needs: readonly NeedId[];
  /** Ids of rules in shared/ceremony/rules that refuse what would break it. */
  readonly rules: readonly string[];
  /** Types of entries that are evidence wherever they stand, beside all entries of its steps. */
  readonly entries: readonly EntryType[];
  /** What no program shows and stays with the organisation; null where nothing does. */
  readonly outside: string | null;
}

/** The same steps for every kind named. */
export const forKinds = (kinds: readonly CeremonyKind[], ...steps: readonly StepNeed[]): Clause['steps'] => Object.fromEntries(kinds.map((kind) => [kind, steps]));
