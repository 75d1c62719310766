/** What a person signs at a hold point: the place in the transcript and the sentence they saw. Signed as a DSSE payload. */
import * as v from 'valibot';
import { utf8 } from '../bytes.ts';
import { AppError } from '../errors.ts';
import { between, count, line, personId, sha256Hex, stepId } from '../schema.ts';
import { compactJson, readExact } from './strict-json.ts';

export const CHECKPOINT_TYPE = 'application/vnd.quorate.checkpoint+json';

const checkpointSchema = v.strictObject({
  number: between(1, 9999), slug: line(64), nonce: sha256Hex,
  /** Of the last line before the sign-off entry: a signature proves nothing later. */
  seq: count(999_999), head: sha256Hex,
  step: stepId, act: between(1, 99), statement: line(2000), person: personId,
});
export type Checkpoint = v.InferOutput<typeof checkpointSchema>;

/**
 * Compact JSON, keys in the order of the type; UTF-8. The same checkpoint always gives the same bytes.
 * @throws SIGNATURE_PAYLOAD when a field is outside its range.
 */
export const checkpointPayload = (checkpoint: Checkpoint): Uint8Array => {
  const read = v.safeParse(checkpointSchema, checkpoint);
  const json = read.success ? compactJson(read.output) : null;
  if (json === null) throw new AppError('SIGNATURE_PAYLOAD', { where: read.success ? 'text' : v.getDotPath(read.issues[0]) ?? '' });
  return utf8(json);
};

/** Strict; @returns null for any bytes that {@link checkpointPayload} would not give. */
export const parseCheckpoint = (bytes: Uint8Array): Checkpoint | null => {
  const read = readExact(checkpointSchema, bytes);
  return read.ok ? read.value : null;
};
