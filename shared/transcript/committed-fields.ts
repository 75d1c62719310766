/** Which fields of a body are commitments to a text (docs/FORMATS.md, "Commitments"), by the schemas. */
import { bodySchemas, ENTRY_TYPES } from './entry-schema.ts';
import type { Entry, EntryType } from './entry-schema.ts';

/** An optional field may hold a commitment too. */
const inner = (schema: object): object => ('wrapped' in schema && typeof schema.wrapped === 'object' && schema.wrapped !== null ? inner(schema.wrapped) : schema);
const isCommitment = (schema: object): boolean => { const own = inner(schema); return 'entries' in own && typeof own.entries === 'object' && own.entries !== null && 'commitment' in own.entries; };
const FIELDS: ReadonlyMap<EntryType, readonly string[]> = new Map(ENTRY_TYPES.map((type) => [type, Object.entries(bodySchemas[type].entries).flatMap(([field, schema]) => (isCommitment(schema) ? [field] : []))]));

type Committed = Readonly<Partial<Record<string, { readonly commitment: string }>>>;
/** The commitments of an entry, in the order of its schema; an optional one that is absent is none. */
export const committedFields = ({ type, body }: Entry): readonly string[] => (FIELDS.get(type) ?? []).filter((field) => (body as unknown as Committed)[field] !== undefined);
/** How many they are. */
export const countCommitted = ({ type, body }: Entry): number => {
  let count = 0;
  for (const field of FIELDS.get(type) ?? []) if ((body as unknown as Committed)[field] !== undefined) count++;
  return count;
};
/** @returns null where the field is no commitment. */
export const commitmentIn = (entry: Entry, field: string): string | null =>
  (committedFields(entry).includes(field) ? (entry.body as unknown as Committed)[field]!.commitment : null);
