/** What people ask of a running ceremony. Parsed at the IPC border; `decide` turns one into entries and an effect, or refuses. */
import * as v from 'valibot';
import { between, line, personId, prose, stepId } from '../schema.ts';
import { EXCEPTION_EFFECTS, EXCEPTION_KINDS } from '../transcript/entry-schema.ts';

export const commandSchema = v.variant('type', [
  /** say, and machine steps whose work is done: the named actor confirms. */
  v.strictObject({ type: v.literal('confirm'), step: stepId, by: personId }),
  v.strictObject({ type: v.literal('mark-present'), step: stepId, person: personId, present: v.boolean(), identity: v.picklist(['known', 'document', 'absent']) }),
  v.strictObject({ type: v.literal('answer'), step: stepId, by: personId, value: line(200) }),
  /** Starts the machine work of the open step, or starts it again after a fault. */
  v.strictObject({ type: v.literal('run'), step: stepId }),
  /** Opens the entry window for the PIN of a login step, then logs in. */
  v.strictObject({ type: v.literal('login'), step: stepId }),
  /** Opens the entry window of one person, signs the checkpoint and records it. */
  v.strictObject({ type: v.literal('sign'), step: stepId, person: personId }),
  v.strictObject({ type: v.literal('object'), step: stepId, person: personId, words: prose(2000) }),
  v.strictObject({ type: v.literal('print-sheet'), step: stepId }),
  v.strictObject({ type: v.literal('read-back'), step: stepId }),
  v.strictObject({ type: v.literal('destroy-sheet'), step: stepId, share: between(1, 16), attempt: between(1, 99), witness: personId }),
  v.strictObject({ type: v.literal('seal'), step: stepId, bagByCustodian: line(32), bagByWitness: line(32) }),
  /** Gives the share set up before anything was wrapped; act 4 starts again with a new set. */
  v.strictObject({ type: v.literal('void-set'), reason: v.picklist(['read-back', 'rebuild', 'person']) }),
  v.strictObject({ type: v.literal('exception'), kind: v.picklist(EXCEPTION_KINDS), what: prose(2000), done: prose(2000), effect: v.picklist(EXCEPTION_EFFECTS), noticedBy: personId }),
  v.strictObject({ type: v.literal('pause'), reason: v.picklist(['break', 'fault', 'air-gap']), text: prose(2000), stayed: v.array(personId) }),
  v.strictObject({ type: v.literal('resume'), present: v.array(personId), serial: line(64) }),
  v.strictObject({ type: v.literal('abort'), by: personId, reason: prose(2000) }),
  /** After the closing entry: one participant signs the record. */
  v.strictObject({ type: v.literal('sign-record'), person: personId }),
]);
export type Command = v.InferOutput<typeof commandSchema>;
