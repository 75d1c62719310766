/** The things a ceremony needs on the table, as a plan lists them: each is called in and called out, with its bag (FORMATS.md, 2.2). */
import * as v from 'valibot';
import { between, line } from '../schema.ts';

export const MATERIAL_KINDS = ['hsm', 'token', 'card', 'workstation', 'boot-medium', 'medium', 'bag', 'printer', 'document', 'other'] as const;
export const MOST_MATERIALS = 64;
export const materialId = v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]{0,31}$/));
export const materialSchema = v.strictObject({
  /** Names the thing in this archive for ever; same form as a person's id. */
  id: materialId, kind: v.picklist(MATERIAL_KINDS), what: line(120), serial: v.nullable(line(64)),
  /** The bag in which the archive saw it last, and the ceremony that recorded it; both null for what is new to the archive or lies in no bag. */
  bag: v.nullable(line(32)), from: v.nullable(between(1, 9999)),
});
export type Material = v.InferOutput<typeof materialSchema>;
