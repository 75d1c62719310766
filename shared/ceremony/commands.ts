/** What people ask of a running ceremony. Parsed at the IPC border; `decide` turns one into entries and an effect, or refuses. */
import * as v from 'valibot';
import { materialId } from './material-schema.ts';
import { copySchema } from './plan-schema.ts';
import { between, isoDate, line, personId, prose, stepId } from '../schema.ts';
import { COPY_OUTCOMES, EXCEPTION_EFFECTS, EXCEPTION_KINDS, UNPROVED } from '../transcript/entry-schema.ts';

const bags = v.pipe(v.array(line(32)), v.minLength(1), v.maxLength(16));
export const commandSchema = v.variant('type', [
  /** say, and machine steps whose work is done: the named actor confirms. */
  v.strictObject({ type: v.literal('confirm'), step: stepId, by: personId }),
  v.strictObject({ type: v.literal('mark-present'), step: stepId, person: personId, present: v.boolean(), identity: v.picklist(['known', 'document', 'absent']) }),
  /** A deputy takes the place of somebody who is absent. */
  v.strictObject({ type: v.literal('deputise'), step: stepId, for: personId, by: personId, reason: prose(2000) }),
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
  /** With paper and a card each goes into a bag of its own. */
  v.strictObject({ type: v.literal('seal'), step: stepId, bagByCustodian: line(32), bagByWitness: line(32), cardBag: v.optional(v.nullable(line(32))) }),
  /** Writes the share of the handover step to its custodian's card. */
  v.strictObject({ type: v.literal('write-card'), step: stepId }),
  /** Reads the share back from the card, after it was taken out and put in again. */
  v.strictObject({ type: v.literal('read-card-back'), step: stepId }),
  /** A share of an existing set is read in a gather or prove step. `holder` differs from `presenter` only where the room lets one person bring another's share. */
  v.strictObject({ type: v.literal('read-share'), step: stepId, presenter: personId, holder: personId, carrier: v.picklist(['paper', 'card']) }),
  /** In a prove step: the share is not proved today, and why. */
  v.strictObject({ type: v.literal('unproved'), step: stepId, reason: v.picklist(UNPROVED) }),
  /** Accounts for one copy. `destroyed` of a card or a medium also deletes what the app finds there. */
  v.strictObject({ type: v.literal('account'), step: stepId, copy: copySchema, outcome: v.picklist(COPY_OUTCOMES), method: line(120), bag: v.nullable(line(32)), by: personId }),
  /** Gives the share set up before anything was wrapped; act 4 starts again with a new set. */
  v.strictObject({ type: v.literal('void-set'), reason: v.picklist(['read-back', 'rebuild', 'person']) }),
  v.strictObject({ type: v.literal('exception'), kind: v.picklist(EXCEPTION_KINDS), what: prose(2000), done: prose(2000), effect: v.picklist(EXCEPTION_EFFECTS), noticedBy: personId, expected: v.optional(prose(2000)), decidedBy: v.optional(personId) }),
  v.strictObject({ type: v.literal('pause'), reason: v.picklist(['break', 'fault', 'air-gap']), text: prose(2000), stayed: v.array(personId), sealed: v.optional(bags) }),
  v.strictObject({ type: v.literal('resume'), present: v.array(personId), serial: line(64), heads: v.optional(between(1, 99)), bags: v.optional(bags) }),
  v.strictObject({ type: v.literal('abort'), by: personId, reason: prose(2000) }),
  /** A material is called: the number of its bag as its holder and the witness each read it. */
  v.strictObject({ type: v.literal('material'), step: stepId, item: materialId, present: v.boolean(), bagByHolder: v.nullable(line(32)), bagByWitness: v.nullable(line(32)), intact: v.nullable(v.boolean()), by: personId }),
  /** Not today: before anything was done to a key or a card. */
  v.strictObject({ type: v.literal('postpone'), by: personId, reason: prose(2000), until: v.nullable(isoDate) }),
  /** After the closing entry: one participant signs the record. */
  v.strictObject({ type: v.literal('sign-record'), person: personId }),
]);
export type Command = v.InferOutput<typeof commandSchema>;
