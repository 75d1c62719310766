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
 * Strict reading of one line with its newline. @param text the line without it as text, where that is known.
 * Refuses with TRANSCRIPT_LINE; `reason` is 'newline', 'length', 'utf8', 'json', 'schema' or 'form', `where` the field.
 */
export const parseLine = (bytes: Uint8Array, text?: string | null): Result<Entry> => {
  if (bytes.length > MAX_LINE_BYTES) return refuse('TRANSCRIPT_LINE', { reason: 'length', where: '' });
  if (bytes.length === 0 || bytes.at(-1) !== 0x0a || bytes.indexOf(0x0a) !== bytes.length - 1) return refuse('TRANSCRIPT_LINE', { reason: 'newline', where: '' });
  const read = readExact(lineSchema, bytes.subarray(0, -1), text);
  return read.ok ? accept(read.value as Entry) : refuse('TRANSCRIPT_LINE', { reason: read.reason, where: read.where });
};

/** SHA-256 over the line's bytes, newline included: the next line's `prev`. */
export const lineDigest = (bytes: Uint8Array): Sha256Hex => sha256Of(bytes);
