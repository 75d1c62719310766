/** A step before it has its number. */
import type { Step } from './script-types.ts';

type Unnumbered<T> = T extends unknown ? Omit<T, 'id' | 'act'> : never;
export type StepDraft = Unnumbered<Step>;
export interface ActDraft { readonly title: string; readonly aim: string; readonly steps: readonly StepDraft[] }
