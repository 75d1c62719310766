/** Which fields of a body are commitments to a text (docs/FORMATS.md, "Commitments"), by the schemas. */
import { bodySchemas, ENTRY_TYPES } from './entry-schema.ts';
import type { Entry, EntryType } from './entry-schema.ts';

/** A text that need not be there is a commitment where it is. */
const unwrapped = (schema: object): object => ('type' in schema && schema.type === 'optional' && 'wrapped' in schema ? schema.wrapped as object : schema);
const isCommitment = (schema: object): boolean => 'entries' in schema && typeof schema.entries === 'object' && schema.entries !== null && 'commitment' in schema.entries;
const FIELDS: ReadonlyMap<EntryType, readonly string[]> = new Map(ENTRY_TYPES.map((type) => [type, Object.entries(bodySchemas[type].entries).flatMap(([field, schema]) => (isCommitment(unwrapped(schema)) ? [field] : []))]));

export const committedFields = (type: EntryType): readonly string[] => FIELDS.get(type) ?? [];
/** @returns null where the field is no commitment, or is not there. */
export const commitmentIn = ({ type, body }: Entry, field: string): string | null =>
  (committedFields(type).includes(field) ? (body as unknown as Readonly<Record<string, { readonly commitment: string } | undefined>>)[field]?.commitment ?? null : null);
/** @returns how many texts the entry committed to. */
export const commitmentsOf = (entry: Entry): number => committedFields(entry.type).filter((field) => Object.hasOwn(entry.body, field)).length;
