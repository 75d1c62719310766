/** How a ceremony names what went before it: the last one of its archive, or, in a merge, the last one of each archive that it joins. */
import * as v from 'valibot';
import { between, sha256Hex } from '../schema.ts';

/** A ceremony by its number, closing head, and record digest (null where it was not closed). The head alone says which one it is. */
export const linkSchema = v.strictObject({ number: between(1, 9999), head: sha256Hex, record: v.nullable(sha256Hex) });
export type Link = v.InferOutput<typeof linkSchema>;
/** What a merge joins: 2 to 8 ceremonies, each the last of its archive. */
export const parentsSchema = v.pipe(v.array(linkSchema), v.minLength(2), v.maxLength(8));
/** Of line 0: null in the first ceremony of an archive, a list in a merge. */
export const previousSchema = v.nullable(v.union([linkSchema, parentsSchema]));
export type Previous = v.InferOutput<typeof previousSchema>;

/** @returns every ceremony that was named; none in the first of an archive. */
export const linksOf = (previous: Previous): readonly Link[] => (previous === null ? [] : Array.isArray(previous) ? previous : [previous]);
export const sameLink = (a: Link, b: Link): boolean => a.number === b.number && a.head === b.head && a.record === b.record;
