/** openings.jsonl: the texts behind the commitments of a transcript, one a line. Outside what is signed; may be withheld or erased. */
import * as v from 'valibot';
import { utf8 } from '../bytes.ts';
import { AppError } from '../errors.ts';
import { count, prose } from '../schema.ts';
import { compactJson, readExact } from './strict-json.ts';

const openingSchema = v.strictObject({ seq: count(999_999), field: v.picklist(['what', 'done', 'text', 'words', 'reason', 'expected']), text: prose(2000) });
/** The text of `body[field]` of entry `seq`. */
export type Opening = v.InferOutput<typeof openingSchema>;

/**
 * One line, newline included.
 * @throws TRANSCRIPT_COMMITMENT when the text is not prose of 1 to 2000 characters.
 */
export const encodeOpening = (opening: Opening): Uint8Array => {
  const read = v.safeParse(openingSchema, opening);
  const json = read.success ? compactJson(read.output) : null;
  if (json === null) throw new AppError('TRANSCRIPT_COMMITMENT', { seq: opening.seq, field: opening.field });
  return utf8(`${json}\n`);
};
/** @param line without its newline. @returns null for anything encodeOpening would not give. */
export const parseOpening = (line: Uint8Array): Opening | null => {
  const read = readExact(openingSchema, line);
  return read.ok ? read.value : null;
};
