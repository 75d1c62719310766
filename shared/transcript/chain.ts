/**
 * The chain of a transcript: order, digests, salts, times. Says which entry was altered, not only which link is broken.
 * Judges no rule of the ceremony and no signature.
 */
import type { Sha256Hex } from '../brand.ts';
import { asciiText } from '../bytes.ts';
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
  const altered: number[] = lines[0]?.entry && lines[0].entry.prev !== FIRST_PREV ? [0] : [];
  const isBroken = (k: number): boolean => {
    const line = lines[k];
    if (line === undefined) return false;
    const said = k + 1 < lines.length ? lines[k + 1]!.entry?.prev ?? null : signedHead;
    return said !== null && said !== line.digest;
  };
  for (let k = 0; k < lines.length; k++) if (isBroken(k) && (isBroken(k - 1) || !isBroken(k + 1)) && !altered.includes(k)) altered.push(k);
  return altered;
};

const repeatedSalts = (lines: readonly ChainLine[]): readonly ChainFault[] => {
  const seen = new Map<string, number>(), faults: ChainFault[] = [];
  for (const { seq, entry } of lines) {
    if (entry === null) continue;
    const earlier = seen.get(entry.salt);
    if (earlier === undefined) seen.set(entry.salt, seq); else faults.push({ kind: 'salt', seq, earlier });
  }
  return faults;
};
const wrongNumbers = (lines: readonly ChainLine[]): readonly ChainFault[] => {
  const faults: ChainFault[] = [];
  for (const { seq, entry } of lines) if (entry !== null && entry.seq !== seq) faults.push({ kind: 'number', seq, says: entry.seq });
  return faults;
};
const backwardsIn = (lines: readonly ChainLine[]): readonly number[] => {
  const found: number[] = [];
  for (let k = 1; k < lines.length; k++) { const { entry } = lines[k]!, before = lines[k - 1]!.entry; if (entry && before && entry.at < before.at) found.push(lines[k]!.seq); }
  return found;
};

/** What a program may have that does it faster than the pure part. */
export interface ChainTools {
  /** SHA-256 of a line, newline included. */
  readonly digest: (line: Uint8Array) => Sha256Hex;
  /** Text of bytes that are all ASCII; null when one is not. */
  readonly ascii: (bytes: Uint8Array) => string | null;
}
const PURE: ChainTools = { digest: lineDigest, ascii: asciiText };

const parseAll = (bytes: Uint8Array, { digest, ascii }: ChainTools): { readonly lines: readonly ChainLine[]; readonly faults: readonly ChainFault[] } => {
  const faults: ChainFault[] = [], read: ChainLine[] = [];
  // In one piece where every byte is one letter: a line's text is then cut out of it at no cost.
  const text = ascii(bytes);
  let from = 0;
  for (let seq = 0, end = bytes.indexOf(0x0a); end >= 0; seq++, from = end + 1, end = bytes.indexOf(0x0a, from)) {
    const line = bytes.subarray(from, end + 1), parsed = text === null ? parseLine(line) : parseLine(line, text.slice(from, end));
    if (!parsed.ok) faults.push({ kind: 'line', seq, reason: String(parsed.fault.details['reason']), where: String(parsed.fault.details['where']) });
    read.push({ seq, bytes: line, digest: digest(line), entry: parsed.ok ? parsed.value : null });
  }
  if (from < bytes.length) faults.push({ kind: 'torn', seq: read.length, bytes: bytes.length - from });
  return { lines: read, faults };
};

/** One fault a line, the first that was found for it; a number that is off is told once and only when no line before it is at fault. */
const inOrder = (faults: readonly ChainFault[]): readonly ChainFault[] => {
  const perLine = [...faults].sort((a, b) => a.seq - b.seq).filter((fault, index, all) => all[index - 1]?.seq !== fault.seq);
  return perLine.filter((fault, index) => fault.kind !== 'number' || index === 0);
};

/**
 * Reads transcript.jsonl.
 * @param tools the pure part's own, or faster ones. @param signedHeadFor given the digest of the last line, says which head signatures vouch for, to tell whether the last line was
 *   altered; null when nothing does, or when the head is known to be right.
 */
export const readChain = (bytes: Uint8Array, signedHeadFor: (head: Sha256Hex) => Sha256Hex | null = () => null, tools: ChainTools = PURE): Chain => {
  const { lines, faults } = parseAll(bytes, tools);
  const last = lines.at(-1);
  const signedHead = last === undefined ? null : signedHeadFor(last.digest);
  const numbers = wrongNumbers(lines);
  const isWhole = faults.every(({ kind }) => kind !== 'torn');
  // Where the next line says another number, lines are missing or moved there; the line before it is not at fault for that.
  const altered = alteredLines(lines, isWhole ? signedHead : null).filter((seq) => numbers[0]?.seq !== seq + 1).map((seq): ChainFault => ({ kind: 'altered', seq }));
  return { lines, faults: inOrder([...faults, ...numbers, ...altered, ...repeatedSalts(lines)]), backwards: backwardsIn(lines), head: last?.digest ?? null };
};
