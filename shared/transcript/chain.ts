/**
 * The chain of a transcript: order, digests, salts, times. Says which entry was altered, not only which link is broken.
 * Judges no rule of the ceremony and no signature.
 */
import type { Sha256Hex } from '../brand.ts';
import type { Entry } from './entry-schema.ts';
import { FIRST_PREV, lineDigest, parseLine } from './line.ts';

export interface ChainLine { readonly seq: number; readonly bytes: Uint8Array; readonly digest: Sha256Hex; readonly entry: Entry | null }
export type ChainFault =
  /** Not a line in its one form; `where` is a field, '' for the whole. */
  | { readonly kind: 'line'; readonly seq: number; readonly reason: string; readonly where: string }
  /** Bytes after the last newline. */
  | { readonly kind: 'torn'; readonly seq: number; readonly bytes: number }
  | { readonly kind: 'number'; readonly seq: number; readonly says: number }
  /** The bytes of this line are not those that its neighbours were written with. */
  | { readonly kind: 'altered'; readonly seq: number }
  | { readonly kind: 'salt'; readonly seq: number; readonly earlier: number };
export interface Chain {
  readonly lines: readonly ChainLine[];
  /** In the order of their seq. */
  readonly faults: readonly ChainFault[];
  /** Seqs whose time is before that of the line before; the clock went back. */
  readonly backwards: readonly number[];
  /** Digest of the last whole line; null for an empty transcript. */
  readonly head: Sha256Hex | null;
}

/** Cuts after each newline; `rest` is what follows the last one. */
export const splitLines = (bytes: Uint8Array): { readonly lines: readonly Uint8Array[]; readonly rest: Uint8Array } => {
  const lines: Uint8Array[] = [];
  let from = 0;
  for (let to = bytes.indexOf(0x0a); to >= 0; to = bytes.indexOf(0x0a, from)) { lines.push(bytes.subarray(from, to + 1)); from = to + 1; }
  return { lines, rest: bytes.subarray(from) };
};

/**
 * Link k joins line k to what is said of it: the `prev` of line k+1, or for the last line the signed head. One broken link means that
 * the line before it was altered; two in a row, that the line between them was (its own `prev` is part of its bytes).
 */
const alteredLines = (lines: readonly ChainLine[], signedHead: string | null): readonly number[] => {
  const broken = lines.map(({ digest }, k) => {
    const said = k + 1 < lines.length ? lines[k + 1]!.entry?.prev ?? null : signedHead;
    return said !== null && said !== digest;
  });
  const firstBroken = lines[0]?.entry && lines[0].entry.prev !== FIRST_PREV ? [0] : [];
  const altered = broken.flatMap((isBroken, k) => (isBroken && (broken[k - 1] || !broken[k + 1]) ? [k] : []));
  return [...new Set([...firstBroken, ...altered])];
};

const repeatedSalts = (lines: readonly ChainLine[]): readonly ChainFault[] => {
  const seen = new Map<string, number>();
  return lines.flatMap(({ seq, entry }): readonly ChainFault[] => {
    if (entry === null) return [];
    const earlier = seen.get(entry.salt);
    seen.set(entry.salt, earlier ?? seq);
    return earlier === undefined ? [] : [{ kind: 'salt', seq, earlier }];
  });
};

const parseAll = (bytes: Uint8Array, digestOf: (line: Uint8Array) => Sha256Hex): { readonly lines: readonly ChainLine[]; readonly faults: readonly ChainFault[] } => {
  const faults: ChainFault[] = [];
  const { lines, rest } = splitLines(bytes);
  const read = lines.map((line, seq): ChainLine => {
    const parsed = parseLine(line);
    if (!parsed.ok) faults.push({ kind: 'line', seq, reason: String(parsed.fault.details['reason']), where: String(parsed.fault.details['where']) });
    return { seq, bytes: line, digest: digestOf(line), entry: parsed.ok ? parsed.value : null };
  });
  if (rest.length > 0) faults.push({ kind: 'torn', seq: lines.length, bytes: rest.length });
  return { lines: read, faults };
};

/** One fault a line, the first that was found for it; a number that is off is told once and only when no line before it is at fault. */
const inOrder = (faults: readonly ChainFault[]): readonly ChainFault[] => {
  const perLine = [...faults].sort((a, b) => a.seq - b.seq).filter((fault, index, all) => all[index - 1]?.seq !== fault.seq);
  return perLine.filter((fault, index) => fault.kind !== 'number' || index === 0);
};

/**
 * Reads transcript.jsonl.
 * @param digestOf SHA-256; another implementation may be faster. @param signedHeadFor given the digest of the last line, says which head signatures vouch for, to tell whether the last line was
 *   altered; null when nothing does, or when the head is known to be right.
 */
export const readChain = (bytes: Uint8Array, signedHeadFor: (head: Sha256Hex) => Sha256Hex | null = () => null, digestOf: (line: Uint8Array) => Sha256Hex = lineDigest): Chain => {
  const { lines, faults } = parseAll(bytes, digestOf);
  const last = lines.at(-1);
  const signedHead = last === undefined ? null : signedHeadFor(last.digest);
  const numbers = lines.flatMap(({ seq, entry }): readonly ChainFault[] => (entry !== null && entry.seq !== seq ? [{ kind: 'number', seq, says: entry.seq }] : []));
  const isWhole = faults.every(({ kind }) => kind !== 'torn');
  // Where the next line says another number, lines are missing or moved there; the line before it is not at fault for that.
  const altered = alteredLines(lines, isWhole ? signedHead : null).filter((seq) => numbers[0]?.seq !== seq + 1).map((seq): ChainFault => ({ kind: 'altered', seq }));
  const backwards = lines.flatMap(({ seq, entry }, k) => { const before = lines[k - 1]?.entry; return entry && before && entry.at < before.at ? [seq] : []; });
  return { lines, faults: inOrder([...faults, ...numbers, ...altered, ...repeatedSalts(lines)]), backwards, head: last?.digest ?? null };
};
