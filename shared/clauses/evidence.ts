/** After a ceremony: which entries of its transcript are evidence for which clause. Pure; judges nothing. */
import type { StepId } from '../brand.ts';
import type { Plan } from '../ceremony/plan-schema.ts';
import type { Step } from '../ceremony/script-types.ts';
import type { Entry, EntryType } from '../transcript/entry-schema.ts';
import { coverageOf } from './coverage.ts';
import type { Coverage } from './coverage.ts';

/** An entry and the step it belongs to: its own, or the one that was open. */
export interface PlacedEntry { readonly entry: Entry; readonly step: StepId | null }
export interface Evidence extends Coverage { /** By type, in the order of their first entry; seqs ascending. */ readonly entries: readonly { readonly type: EntryType; readonly seqs: readonly number[] }[] }

const byType = (entries: readonly Entry[]): Evidence['entries'] => {
  const found = new Map<EntryType, number[]>();
  for (const { type, seq } of entries) { const seqs = found.get(type); if (seqs) seqs.push(seq); else found.set(type, [seq]); }
  return [...found].map(([type, seqs]) => ({ type, seqs }));
};

/** A ceremony that was completed has done every step; one that was not has done what it says. */
const isDoneIn = (placed: readonly PlacedEntry[]): ((step: Step) => boolean) => {
  if (placed.some(({ entry }) => entry.type === 'closing' && entry.body.outcome === 'completed')) return () => true;
  const done = new Set<string>(placed.flatMap(({ entry }) => (entry.type === 'step-completed' ? [entry.body.step] : [])));
  return ({ id }) => done.has(id);
};
/** What was planned and not done is a gap, and no step that meets the clause. */
const asDone = (coverage: Coverage, isDone: (step: Step) => boolean): Coverage => {
  const undone = coverage.steps.filter((step) => !isDone(step)), steps = coverage.steps.filter(isDone);
  if (undone.length === 0) return coverage;
  return { ...coverage, steps, status: steps.length === 0 ? 'open' : 'partly', gaps: [...coverage.gaps, `Not done: ${undone.map(({ id }) => id).join(', ')}.`] };
};

/** @param placed the entries of one transcript under `plan`. @returns a row for each clause that is asked; without entries where there is no evidence. */
export const evidenceOf = (plan: Plan, placed: readonly PlacedEntry[]): readonly Evidence[] => {
  const isDone = isDoneIn(placed);
  return coverageOf(plan).map((planned) => {
    const steps = new Set<string>(planned.steps.map(({ id }) => id));
    const own = placed.filter(({ entry, step }) => planned.clause.entries.includes(entry.type) || (step !== null && steps.has(step)));
    return { ...asDone(planned, isDone), entries: byType(own.map(({ entry }) => entry)) };
  });
};

/** 3, 4, 5, 9 → "3–5, 9". */
export const seqRanges = (seqs: readonly number[]): string => {
  const ranges: [number, number][] = [];
  for (const seq of seqs) { const last = ranges.at(-1); if (last && seq === last[1] + 1) last[1] = seq; else ranges.push([seq, seq]); }
  return ranges.map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`)).join(', ');
};
