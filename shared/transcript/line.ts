/**
 * One line of transcript.jsonl: compact JSON and a newline, hashed as written. There is one byte form of an entry and parsing is never
 * repair. Checks a line for itself; order and chain are checked in chain.ts. Form: docs/FORMATS.md, "Transcript".
 */
import * as v from 'valibot';
import type { Sha256Hex } from '../brand.ts';
import { utf8 } from '../bytes.ts';
import { AppError, accept, refuse } from '../errors.ts';
import type { Result } from '../errors.ts';
import { count, sha256Hex, utcInstant } from '../schema.ts';
import { sha256Of } from './digest.ts';
import { actorSchema, bodySchemas, ENTRY_TYPES } from './entry-schema.ts';
import type { Entry, EntryType } from './entry-schema.ts';
import { quickRead } from './quick-read.ts';
import { follows, hexReader, isAt, NO, wordReader } from './quick-source.ts';
import type { QuickRead, Source } from './quick-source.ts';
import { compactJson, readExact } from './strict-json.ts';

/** Longest line that is read, newline included. */
export const MAX_LINE_BYTES = 1_048_576;
/** `prev` of line 0. */
export const FIRST_PREV = '0'.repeat(64) as Sha256Hex;

const salt = v.custom<string>((value) => typeof value === 'string' && /^[0-9a-f]{32}$/.test(value));
const lineOf = <T extends EntryType>(type: T) =>
  v.strictObject({ seq: count(999_999), at: utcInstant, type: v.literal(type), actor: actorSchema, body: bodySchemas[type], salt, prev: sha256Hex });
const lineSchemas = new Map<string, v.GenericSchema>(ENTRY_TYPES.map((type) => [type, lineOf(type)]));
const typeOf = (raw: unknown): string => (typeof raw === 'object' && raw !== null && 'type' in raw && typeof raw.type === 'string' ? raw.type : '');
/** Picks the schema by `type`, in one pass over one alternative. */
const lineSchema = v.lazy((raw): v.GenericSchema => lineSchemas.get(typeOf(raw)) ?? v.never());

/**
 * The bytes of an entry, newline included; body keys are put in the schema's order.
 * @throws TRANSCRIPT_LINE when the entry does not fit its schema: such a line could not be read again.
 */
export const encodeLine = (entry: Entry): Uint8Array => {
  const read = v.safeParse(lineSchema, entry);
  const json = read.success ? compactJson(read.output) : null;
  if (!read.success) throw new AppError('TRANSCRIPT_LINE', { seq: entry.seq, type: entry.type, where: v.getDotPath(read.issues[0]) ?? '' });
  if (json === null) throw new AppError('TRANSCRIPT_LINE', { seq: entry.seq, type: entry.type, where: 'text' });
  return utf8(`${json}\n`);
};

/**
 * Strict reading of one line with its newline.
 * Refuses with TRANSCRIPT_LINE; `reason` is 'newline', 'length', 'utf8', 'json', 'schema' or 'form', `where` the field.
 */
export const parseLine = (bytes: Uint8Array): Result<Entry> => {
  if (bytes.length > MAX_LINE_BYTES) return refuse('TRANSCRIPT_LINE', { reason: 'length', where: '' });
  if (bytes.length === 0 || bytes.at(-1) !== 0x0a || bytes.indexOf(0x0a) !== bytes.length - 1) return refuse('TRANSCRIPT_LINE', { reason: 'newline', where: '' });
  const read = readExact(lineSchema, bytes.subarray(0, -1));
  return read.ok ? accept(read.value as Entry) : refuse('TRANSCRIPT_LINE', { reason: read.reason, where: read.where });
};

const LEADS = { seq: utf8('{"seq":'), at: utf8(',"at":'), type: utf8(',"type":'), actor: utf8(',"actor":'), body: utf8(',"body":'), salt: utf8(',"salt":'), prev: utf8(',"prev":'), end: utf8('}\n') };
const readSeq = quickRead(count(999_999)), readAt = quickRead(utcInstant), readActor = quickRead(actorSchema), readSalt = hexReader(32), readPrev = quickRead(sha256Hex);
const QUOTE = 0x22;
const BODIES: ReadonlyMap<string, QuickRead> = new Map(ENTRY_TYPES.map((type) => [type as string, quickRead<v.GenericSchema>(bodySchemas[type])]));
const readType = wordReader((value) => BODIES.has(value));
const readPrevAfter = (from: Source, before: string): string | typeof NO => {
  if (!follows(from, LEADS.prev)) return NO;
  const { at, bytes } = from;
  if (bytes[at] !== QUOTE || bytes[at + 65] !== QUOTE || !isAt(before, bytes, at + 1, at + 65)) return readPrev(from);
  from.at = at + 66;
  return before;
};
const after = <T>(from: Source, lead: Uint8Array, read: QuickRead<T>): T | typeof NO => (follows(from, lead) ? read(from) : NO);

/**
 * Reads the line at `from.at` with its newline, and moves past it. An entry means that {@link parseLine} gives the same of these bytes.
 * @param before what `prev` is if nothing was altered: a digest. It only saves time.
 * @returns null for a line that is not in its form, and for a few that are: parseLine tells them apart.
 */
export const quickLine = (from: Source, before: Sha256Hex): Entry | null => {
  const start = from.at;
  const seq = after(from, LEADS.seq, readSeq);
  if (seq === NO) return null;
  const at = after(from, LEADS.at, readAt);
  if (at === NO) return null;
  const type = after(from, LEADS.type, readType);
  if (type === NO) return null;
  const actor = after(from, LEADS.actor, readActor);
  if (actor === NO) return null;
  const body = after(from, LEADS.body, BODIES.get(type)!);
  if (body === NO) return null;
  const salt = after(from, LEADS.salt, readSalt);
  if (salt === NO) return null;
  const prev = readPrevAfter(from, before);
  if (prev === NO || !follows(from, LEADS.end) || from.at - start > MAX_LINE_BYTES) return null;
  return { seq, at, type, actor, body, salt, prev } as Entry;
};

/** SHA-256 over the line's bytes, newline included: the next line's `prev`. */
export const lineDigest = (bytes: Uint8Array): Sha256Hex => sha256Of(bytes);
