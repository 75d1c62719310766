/**
 * The transcript of one ceremony on disk. Single writer. An append is durable before it is told; a torn last line is set aside, whole
 * lines are never removed. Judges nothing: the host asks the rules first.
 */
import path from 'node:path';
import type { Sha256Hex } from '../../shared/brand.ts';
import { toHex } from '../../shared/bytes.ts';
import { AppError } from '../../shared/errors.ts';
import { commitText } from '../../shared/transcript/commitment.ts';
import { sha256Of } from '../../shared/transcript/digest.ts';
import type { Draft, Entry } from '../../shared/transcript/entry-schema.ts';
import { splitLines } from '../../shared/transcript/chain.ts';
import { encodeLine, FIRST_PREV, lineDigest, parseLine } from '../../shared/transcript/line.ts';
import { encodeOpening, parseOpening, type Opening } from '../../shared/transcript/openings.ts';
import type { Disk } from '../ceremony/ports.ts';

export interface Written { readonly entry: Entry; readonly head: Sha256Hex }
/** What was found torn and is still to be recorded by a repair entry. */
export interface Torn { readonly tornBytes: number; readonly tornSha256: Sha256Hex; readonly sideFile: string }
export interface Journal {
  readonly entries: readonly Written[];
  readonly openings: readonly Opening[];
  readonly torn: Torn | null;
  append(draft: Draft, at: string): Promise<Written>;
}

const readEntries = (lines: readonly Uint8Array[]): Written[] => {
  let prev: string = FIRST_PREV;
  return lines.map((bytes, seq) => {
    const read = parseLine(bytes);
    if (!read.ok) throw new AppError(read.fault.code, { ...read.fault.details, seq });
    if (read.value.seq !== seq) throw new AppError('TRANSCRIPT_SEQ', { seq });
    if (read.value.prev !== prev) throw new AppError('TRANSCRIPT_PREV_MISMATCH', { seq: Math.max(0, seq - 1) });
    prev = lineDigest(bytes);
    return { entry: read.value, head: prev as Sha256Hex };
  });
};

const sideName = (seq: number): string => `torn-${seq}.bin`;

const endsWith = (bytes: Uint8Array, end: Uint8Array): boolean => end.length <= bytes.length && Buffer.compare(bytes.subarray(bytes.length - end.length), end) === 0;

/**
 * Copies the torn bytes beside the transcript, then cuts them off. Safe to repeat after a kill between the two. When the entry that was
 * to record an earlier tear is torn itself, its bytes follow the earlier ones in the same file.
 */
const setAside = async (disk: Disk, dir: string, file: string, whole: number, rest: Uint8Array, seq: number): Promise<Torn> => {
  const sideFile = path.join(dir, sideName(seq));
  const earlier = await disk.read(sideFile);
  const kept = earlier === null ? rest : endsWith(earlier, rest) ? earlier : Buffer.concat([earlier, rest]);
  if (earlier === null) await disk.create(sideFile, rest);
  else if (kept !== earlier) await disk.replace(sideFile, kept);
  await disk.truncate(file, whole);
  return { tornBytes: kept.length, tornSha256: sha256Of(kept), sideFile: sideName(seq) };
};

/** A side file that no repair entry names yet: the program was killed between the cut and the entry. Line 0 cannot be a repair entry, so that of a torn line 0 comes later. */
const unrecorded = async (disk: Disk, dir: string, entries: readonly Written[]): Promise<Torn | null> => {
  const named = new Set(entries.map(({ entry }) => (entry.type === 'repair' ? entry.body.sideFile : null)));
  for (const sideFile of new Set([sideName(0), sideName(entries.length)])) {
    const bytes = named.has(sideFile) ? null : await disk.read(path.join(dir, sideFile));
    if (bytes) return { tornBytes: bytes.length, tornSha256: sha256Of(bytes), sideFile };
  }
  return null;
};

/** Openings are written before their line; those of a line that was never written are dropped. */
const readOpenings = async (disk: Disk, file: string, count: number): Promise<Opening[]> => {
  const bytes = await disk.read(file);
  if (!bytes) return [];
  const { lines, rest } = splitLines(bytes);
  const all = lines.map((line) => parseOpening(line.subarray(0, -1)));
  const kept = all.filter((opening): opening is Opening => opening !== null && opening.seq < count);
  if (kept.length !== all.length || rest.length > 0) await disk.replace(file, Buffer.concat(kept.map((opening) => encodeOpening(opening))));
  return kept;
};

const committed = (draft: Draft, salt: string): Draft['body'] => {
  const texts = Object.entries(draft.open ?? {}).map(([field, text]) => [field, { commitment: commitText(salt, field, text) }] as const);
  return { ...draft.body, ...Object.fromEntries(texts) } as Draft['body'];
};

/**
 * Opens `dir`/transcript.jsonl, or starts it.
 * @throws TRANSCRIPT_ codes when a whole line is not as it was written: such a transcript is never continued.
 */
export const openJournal = async (disk: Disk, dir: string, random: (bytes: number) => Uint8Array): Promise<Journal> => {
  const file = path.join(dir, 'transcript.jsonl');
  const openingsFile = path.join(dir, 'openings.jsonl');
  const { lines, rest } = splitLines((await disk.read(file)) ?? new Uint8Array());
  const entries = readEntries(lines);
  const whole = lines.reduce((sum, line) => sum + line.length, 0);
  const torn = rest.length > 0 ? await setAside(disk, dir, file, whole, rest, entries.length) : await unrecorded(disk, dir, entries);
  const openings = await readOpenings(disk, openingsFile, entries.length);
  const append = async (draft: Draft, at: string): Promise<Written> => {
    const salt = toHex(random(16));
    const prev = entries.at(-1)?.head ?? FIRST_PREV;
    const entry = { seq: entries.length, at, type: draft.type, actor: draft.actor, body: committed(draft, salt), salt, prev } as Entry;
    const bytes = encodeLine(entry);
    for (const [field, text] of Object.entries(draft.open ?? {})) {
      const opening: Opening = { seq: entry.seq, field: field as Opening['field'], text };
      await disk.append(openingsFile, encodeOpening(opening));
      openings.push(opening);
    }
    await disk.append(file, bytes);
    const written = { entry, head: lineDigest(bytes) };
    entries.push(written);
    return written;
  };
  return { entries, openings, torn, append };
};
