/** The charter of an archive: who may act in its ceremonies, with which key, and under which policy. Enacted by a founding, changed by an amendment. */
import * as v from 'valibot';
import { ROLES, credentialSchema } from '../ceremony/person-schema.ts';
import { between, line, personId } from '../schema.ts';

/** `left`: acts no more. `revoked`: the key is not trusted any more (lost, or in other hands). Both stay on the roster, so that an id is never another person's. */
export const STANDINGS = ['active', 'left', 'revoked'] as const;
export type Standing = (typeof STANDINGS)[number];

const memberSchema = v.strictObject({
  id: personId, name: line(64), organisation: line(64),
  /** The name of the person this one reports to; null: nobody who could come to a ceremony. */
  reportsTo: v.nullable(line(64)),
  /** What this person may be in a ceremony. */
  roles: v.pipe(v.array(v.picklist(ROLES)), v.minLength(1), v.maxLength(ROLES.length)),
  credential: credentialSchema,
  standing: v.picklist(STANDINGS),
});
export type Member = v.InferOutput<typeof memberSchema>;

/** What every ceremony of the archive keeps to. */
export const policySchema = v.strictObject({
  /** The smallest quorum of a ceremony about a key. */
  quorum: v.strictObject({ threshold: between(2, 16), shares: between(2, 16) }),
  /** Fewest people in the room: at every step, and at a step that cannot be undone. */
  headCount: v.strictObject({ always: between(2, 16), irreversible: between(2, 16) }),
  /** Which credentials are enough at a hold point, and on the record. */
  credentials: v.strictObject({
    holdPoint: v.pipe(v.array(v.picklist(['file', 'token'])), v.minLength(1), v.maxLength(2)),
    record: v.pipe(v.array(v.picklist(['file', 'token', 'paper'])), v.minLength(1), v.maxLength(3)),
  }),
  /** Separation rules that named people may except, each time with a reason; every other rule refuses. */
  exceptable: v.pipe(v.array(line(48)), v.maxLength(32)),
  /** How many people it takes to except one. */
  exceptedBy: between(1, 8),
});
export type Policy = v.InferOutput<typeof policySchema>;

export const charterSchema = v.strictObject({
  format: v.literal('quorate-charter/1'),
  organisation: line(64),
  members: v.pipe(v.array(memberSchema), v.minLength(4), v.maxLength(64)),
  /** How many custodians of the roster it takes to change this charter. */
  approval: between(2, 16),
  policy: policySchema,
});
export type Charter = v.InferOutput<typeof charterSchema>;
