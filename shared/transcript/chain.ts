/**
 * The chain of a transcript: order, digests, salts, times. Says which entry was altered, not only which link is broken.
 * Judges no rule of the ceremony and no signature.
 */
import type { Sha256Hex } from '../brand.ts';
import { latin1Text } from '../bytes.ts';
import type { Entry } from './entry-schema.ts';
import { FIRST_PREV, lineDigest, parseLine, quickLine } from './line.ts';
import type { Source } from './quick-source.ts';
import { createSaltFilter } from './salt-filter.ts';

export interface ChainLine { readonly seq: number; readonly digest: Sha256Hex; readonly entry: Entry | null }
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
  /** Whole lines. */
  readonly count: number;
  /** The first and the last whole line, where they can be read. */
  readonly first: Entry | null;
  readonly last: Entry | null;
  /** In the order of their seq. */
  readonly faults: readonly ChainFault[];
  /** Seqs whose time is before that of the line before; the clock went back. */
  readonly backwards: readonly number[];
  /** Digest of the last whole line; null for an empty transcript. */
  readonly head: Sha256Hex | null;
}
export interface ReadChain extends Chain { readonly lines: readonly ChainLine[] }

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
  const broken = new Set<number>(), last = lines.length - 1;
  for (let k = 0; k < last; k++) { const next = lines[k + 1]!.entry; if (next !== null && next.prev !== lines[k]!.digest) broken.add(k); }
  if (last >= 0 && signedHead !== null && signedHead !== lines[last]!.digest) broken.add(last);
  const altered = [...broken].filter((k) => broken.has(k - 1) || !broken.has(k + 1)), first = lines[0]?.entry;
  return first && first.prev !== FIRST_PREV && !altered.includes(0) ? [0, ...altered] : altered;
};

const saltFaults = (lines: readonly ChainLine[]): readonly ChainFault[] => {
  const seen = new Map<string, number>(), faults: ChainFault[] = [];
  for (const { seq, entry } of lines) {
    if (entry === null) continue;
    const earlier = seen.get(entry.salt);
    if (earlier === undefined) seen.set(entry.salt, seq); else faults.push({ kind: 'salt', seq, earlier });
  }
  return faults;
};
interface Along { readonly numbers: readonly ChainFault[]; readonly salts: readonly ChainFault[]; readonly backwards: readonly number[] }
/** What each line says beside what those before it say: its number, its salt, its time. */
const lookAlong = (lines: readonly ChainLine[]): Along => {
  const numbers: ChainFault[] = [], backwards: number[] = [], salts = new Set<string>();
  let entries = 0, before: Entry | null = null;
  for (const { seq, entry } of lines) {
    if (entry !== null) {
      entries++;
      salts.add(entry.salt);
      if (entry.seq !== seq) numbers.push({ kind: 'number', seq, says: entry.seq });
      if (before !== null && entry.at < before.at) backwards.push(seq);
    }
    before = entry;
  }
  return { numbers, salts: salts.size === entries ? [] : saltFaults(lines), backwards };
};

/** What a program may have that does it faster than the pure part. */
export interface ChainTools {
  /** SHA-256 of a line, newline included. */
  readonly digest: (line: Uint8Array) => Sha256Hex;
  /** Text with one letter a byte. */
  readonly latin1: (bytes: Uint8Array) => string;
}
const PURE: ChainTools = { digest: lineDigest, latin1: latin1Text };

interface Cursor extends Source { /** Digest of the line before `at`. */ before: Sha256Hex }
interface ReadLine { readonly entry: Entry | null; readonly fault: { readonly reason: string; readonly where: string } | null }
const cursorOf = (bytes: Uint8Array, { latin1 }: ChainTools): Cursor => ({ bytes, text: latin1(bytes), at: 0, before: FIRST_PREV });
/** Moves past the next line where the fast reader takes it; null, and stays, where it does not. */
const quickEntry = (cursor: Cursor, { digest }: ChainTools): Entry | null => {
  const start = cursor.at, entry = quickLine(cursor, cursor.before);
  if (entry === null) cursor.at = start; else cursor.before = digest(cursor.bytes.subarray(start, cursor.at));
  return entry;
};
/** Moves past the next line. @returns null where no newline follows. */
const strictLine = (cursor: Cursor, { digest }: ChainTools): ReadLine | null => {
  const { bytes, at } = cursor, end = bytes.indexOf(0x0a, at) + 1;
  if (end === 0) return null;
  const line = bytes.subarray(at, end), read = parseLine(line);
  cursor.at = end;
  cursor.before = digest(line);
  return read.ok ? { entry: read.value, fault: null } : { entry: null, fault: { reason: String(read.fault.details['reason']), where: String(read.fault.details['where']) } };
};

const parseAll = (bytes: Uint8Array, tools: ChainTools): { readonly lines: readonly ChainLine[]; readonly faults: readonly ChainFault[] } => {
  const faults: ChainFault[] = [], lines: ChainLine[] = [], cursor = cursorOf(bytes, tools);
  while (cursor.at < bytes.length) {
    const seq = lines.length, quick = quickEntry(cursor, tools), read = quick === null ? strictLine(cursor, tools) : { entry: quick, fault: null };
    if (read === null) { faults.push({ kind: 'torn', seq, bytes: bytes.length - cursor.at }); break; }
    if (read.fault !== null) faults.push({ kind: 'line', seq, ...read.fault });
    lines.push({ seq, digest: cursor.before, entry: read.entry });
  }
  return { lines, faults };
};

/** Where the time of a line begins, after `{"seq":`, its number and `,"at":"`. */
const instantAt = (line: number, seq: number): number => {
  let digits = 1;
  for (let rest = seq; rest >= 10; rest = Math.floor(rest / 10)) digits++;
  return line + 7 + digits + 7;
};
const INSTANT = 24;
/** Whether the instant at `one` is before that at `other`: in their bytes, since engines compare parts of a long text slowly. */
const isEarlier = (bytes: Uint8Array, one: number, other: number): boolean => {
  for (let place = 0; place < INSTANT; place++) if (bytes[one + place] !== bytes[other + place]) return bytes[one + place]! < bytes[other + place]!;
  return false;
};

/** Bytes of a line from its salt on, which are the same in each: 32 digits, `","prev":"`, 64 digits, `"}` and the newline. */
const SALT_BEFORE_END = 32 + 10 + 64 + 3;
/**
 * Goes along a transcript in which nothing is at fault, and keeps nothing of it: fast, and for as long a one as there is.
 * @param see is given each entry, in order, with the digest of its line; false where it is not to be. An entry is known to be unaltered only once
 *   all is done, and then only if a signature or a link says the same head.
 * @returns null at the first line that does not hold or is not to be, and for an empty transcript: {@link readChain} tells why.
 */
export const walkChain = (bytes: Uint8Array, see: (entry: Entry, digest: Sha256Hex) => boolean, tools: ChainTools = PURE): Chain | null => {
  const cursor = cursorOf(bytes, tools), salts = createSaltFilter(), backwards: number[] = [];
  let count = 0, first: Entry | null = null, last: Entry | null = null, lastInstant = 0;
  while (cursor.at < bytes.length) {
    const { at: line, before } = cursor, entry = quickEntry(cursor, tools) ?? strictLine(cursor, tools)?.entry ?? null;
    if (entry === null || entry.seq !== count || entry.prev !== before || !see(entry, cursor.before)) return null;
    const instant = instantAt(line, count);
    if (last !== null && isEarlier(bytes, instant, lastInstant)) backwards.push(count);
    if (!salts.isNew(bytes, cursor.at - SALT_BEFORE_END)) return null;
    first ??= entry;
    last = entry;
    lastInstant = instant;
    count++;
  }
  return count > 0 ? { count, first, last, faults: [], backwards, head: cursor.before } : null;
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
export const readChain = (bytes: Uint8Array, signedHeadFor: (head: Sha256Hex) => Sha256Hex | null = () => null, tools: ChainTools = PURE): ReadChain => {
  const { lines, faults } = parseAll(bytes, tools);
  const last = lines.at(-1);
  const signedHead = last === undefined ? null : signedHeadFor(last.digest);
  const { numbers, salts, backwards } = lookAlong(lines);
  const isWhole = faults.every(({ kind }) => kind !== 'torn');
  // Where the next line says another number, lines are missing or moved there; the line before it is not at fault for that.
  const altered = alteredLines(lines, isWhole ? signedHead : null).filter((seq) => numbers[0]?.seq !== seq + 1).map((seq): ChainFault => ({ kind: 'altered', seq }));
  return { lines, count: lines.length, first: lines[0]?.entry ?? null, last: last?.entry ?? null, faults: inOrder([...faults, ...numbers, ...altered, ...salts]), backwards, head: last?.digest ?? null };
};
