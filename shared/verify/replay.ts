/** Replays the sound lines of a transcript under the rules of the ceremony and remembers what later checks need. */
import type { Sha256Hex } from '../brand.ts';
import { admit } from '../ceremony/admit.ts';
import { buildScript } from '../ceremony/build-script.ts';
import { evolve, initialState } from '../ceremony/evolve.ts';
import { IN_PLACE } from '../ceremony/lists.ts';
import type { Plan } from '../ceremony/plan-schema.ts';
import type { CeremonyState } from '../ceremony/state.ts';
import { toFault } from '../errors.ts';
import type { ChainLine } from '../transcript/chain.ts';
import { countCommitted } from '../transcript/committed-fields.ts';
import type { Body, Entry, Intent } from '../transcript/entry-schema.ts';

type EntryOf<T extends Entry['type']> = Extract<Entry, { type: T }>;
/** Types of entry that checks look at after the replay. All others live on in the state only, so that a long transcript need not be held. */
const KEPT = ['signoff', 'intent', 'result', 'repair', 'share-read'] as const satisfies readonly Entry['type'][];
type Kept = (typeof KEPT)[number];
export type KeptEntry = EntryOf<Kept>;
const KEPT_TYPES: ReadonlySet<string> = new Set(KEPT);

export interface Replay {
  readonly state: CeremonyState;
  /** The line that may not be where it is; the state is that before it. */
  readonly refused: { readonly seq: number; readonly rule: string; readonly reason: string } | null;
  /** Of the entries that joined the state those of the types above, in order. */
  readonly entries: readonly KeptEntry[];
  readonly commitments: Commitments;
}
/** Commitments to texts, of all entries that joined the state. */
export interface Commitments {
  readonly count: number;
  /** Of the texts that are there: the entry of this seq, where there is one. */
  readonly entryOf: (seq: number) => Entry | undefined;
}

const refusalOf = (state: CeremonyState, entry: Entry): Replay['refused'] => {
  const refusal = admit(state, entry);
  return refusal === null ? null : { seq: entry.seq, rule: refusal.fault.code, reason: String(refusal.fault.details['reason'] ?? 'it is not possible here') };
};

export interface Replaying {
  /** Asks the rules, and folds. False where an entry may not be; nothing may follow it. */
  readonly see: (entry: Entry, digest: Sha256Hex) => boolean;
  readonly done: () => Replay;
}
/** @param texts seqs of the entries of which a text is there. */
export const startReplay = (plan: Plan, texts: ReadonlySet<number>): Replaying => {
  const entries: KeptEntry[] = [], withTexts = new Map<number, Entry>();
  let state = initialState(plan, buildScript(plan)), refused: Replay['refused'] = null, count = 0;
  return {
    see: (entry, digest) => {
      try {
        refused = refusalOf(state, entry);
        if (refused !== null) return false;
        state = evolve(state, entry, digest, IN_PLACE);
      } catch (error) {
        // Rules and folding are pure; if they throw on a strange entry, that entry is refused like any other.
        refused = { seq: entry.seq, rule: toFault(error).code, reason: 'it is not possible here' };
        return false;
      }
      if (KEPT_TYPES.has(entry.type)) entries.push(entry as KeptEntry);
      count += countCommitted(entry);
      if (texts.has(entry.seq)) withTexts.set(entry.seq, entry);
      return true;
    },
    done: () => ({ state, refused, entries, commitments: { count, entryOf: (seq) => withTexts.get(seq) } }),
  };
};
/** @param lines the lines before the first that is at fault. */
export const replay = (plan: Plan, lines: readonly ChainLine[], texts: ReadonlySet<number>): Replay => {
  const replaying = startReplay(plan, texts);
  for (const { entry, digest } of lines) if (entry === null || !replaying.see(entry, digest)) break;
  return replaying.done();
};

export const entriesOf = <T extends Kept>(entries: readonly KeptEntry[], type: T): readonly EntryOf<T>[] =>
  entries.filter((entry): entry is EntryOf<T> & KeptEntry => entry.type === type);

/** The intent that a result answers, with the result: the last of this kind that came to a result. */
export const lastEffect = <K extends Intent['kind']>(entries: readonly KeptEntry[], kind: K): { readonly intent: Extract<Intent, { kind: K }>; readonly intentSeq: number; readonly result: Body<'result'>; readonly seq: number } | null => {
  const result = entriesOf(entries, 'result').findLast(({ body }) => body.outcome.kind === kind);
  const intent = result && entriesOf(entries, 'intent').find(({ body }) => body.effect === result.body.effect);
  return result && intent ? { intent: intent.body.intent as Extract<Intent, { kind: K }>, intentSeq: intent.seq, result: result.body, seq: result.seq } : null;
};
