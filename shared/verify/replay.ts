/** Replays the sound lines of a transcript under the rules of the ceremony and remembers what later checks need. */
import { admit } from '../ceremony/admit.ts';
import { buildScript } from '../ceremony/build-script.ts';
import { evolve, initialState } from '../ceremony/evolve.ts';
import { IN_PLACE } from '../ceremony/lists.ts';
import type { Plan } from '../ceremony/plan-schema.ts';
import type { CeremonyState } from '../ceremony/state.ts';
import { toFault } from '../errors.ts';
import type { ChainLine } from '../transcript/chain.ts';
import type { Body, Entry, Intent } from '../transcript/entry-schema.ts';

type EntryOf<T extends Entry['type']> = Extract<Entry, { type: T }>;
export interface Replay {
  readonly state: CeremonyState;
  /** The line that may not be where it is; the state is that before it. */
  readonly refused: { readonly seq: number; readonly rule: string; readonly reason: string } | null;
  /** Entries that joined the state, in order. */
  readonly entries: readonly Entry[];
}

const refusalOf = (state: CeremonyState, entry: Entry): Replay['refused'] => {
  const refusal = admit(state, entry);
  return refusal === null ? null : { seq: entry.seq, rule: refusal.fault.code, reason: String(refusal.fault.details['reason'] ?? 'it is not possible here') };
};

/** @param lines the lines before the first that is at fault. */
export const replay = (plan: Plan, lines: readonly ChainLine[]): Replay => {
  let state = initialState(plan, buildScript(plan));
  const entries: Entry[] = [];
  try {
    for (const { entry, digest } of lines) {
      if (entry === null) break;
      const refused = refusalOf(state, entry);
      if (refused !== null) return { state, refused, entries };
      state = evolve(state, entry, digest, IN_PLACE);
      entries.push(entry);
    }
    return { state, refused: null, entries };
  } catch (error) {
    // Rules and folding are pure; if they throw on a strange entry, that entry is refused like any other.
    return { state, refused: { seq: entries.length, rule: toFault(error).code, reason: 'it is not possible here' }, entries };
  }
};

export const entriesOf = <T extends Entry['type']>(entries: readonly Entry[], type: T): readonly EntryOf<T>[] =>
  entries.filter((entry): entry is EntryOf<T> => entry.type === type);

/** The intent that a result answers, with the result: the last of this kind that came to a result. */
export const lastEffect = <K extends Intent['kind']>(entries: readonly Entry[], kind: K): { readonly intent: Extract<Intent, { kind: K }>; readonly intentSeq: number; readonly result: Body<'result'>; readonly seq: number } | null => {
  const result = entriesOf(entries, 'result').findLast(({ body }) => body.outcome.kind === kind);
  const intent = result && entriesOf(entries, 'intent').find(({ body }) => body.effect === result.body.effect);
  return result && intent ? { intent: intent.body.intent as Extract<Intent, { kind: K }>, intentSeq: intent.seq, result: result.body, seq: result.seq } : null;
};
