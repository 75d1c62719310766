/**
 * A schema as one function that reads the compact JSON of a value from its bytes, in one pass: much faster than to parse, to check and to
 * write again. A value means that the schema fits and that its output is written as exactly these bytes. After NO the strict reader is asked.
 */
import { utf8 } from '../bytes.ts';
import type * as v from 'valibot';
import { effectId, sha256Hex, utcInstant } from '../schema.ts';
import { quickCheck } from './quick-check.ts';
import type { Shape } from './quick-check.ts';
import { follows, hexReader, literalReader, NO, readInstant, readNumber, readString, wordReader } from './quick-source.ts';
import type { QuickRead } from './quick-source.ts';

const LONGEST_LIST = 512, NOTHING = new Uint8Array();
const COMMA = 0x2c, OPEN = 0x5b, CLOSE = 0x5d, END = 0x7d;
const never: QuickRead = () => NO;

/** The first of some readers that takes the value. */
const firstOf = (reads: readonly QuickRead[]): QuickRead => (from) => {
  const { at } = from;
  for (const read of reads) {
    from.at = at;
    const value = read(from);
    if (value !== NO) return value;
  }
  return NO;
};
const checked = (read: QuickRead, check: (value: unknown) => boolean): QuickRead => (from) => {
  const value = read(from);
  return value !== NO && check(value) ? value : NO;
};
const isArrayOfWords = (values: readonly unknown[]): boolean => values.every((value) => typeof value === 'string');
/** A list of words that was there just before, such as who is here, is not read again. */
const listOf = (read: QuickRead): QuickRead => {
  let written: Uint8Array = NOTHING, known: readonly unknown[] = [];
  return (from) => {
    if (written.length > 0 && follows(from, written)) return [...known];
    const { at } = from, values = read(from);
    if (values !== NO && from.at - at <= LONGEST_LIST && isArrayOfWords(values as readonly unknown[])) { written = from.bytes.slice(at, from.at); known = [...values as readonly unknown[]]; }
    return values;
  };
};
const arrayOf = (item: QuickRead): QuickRead => (from) => {
  const { bytes } = from, values: unknown[] = [];
  if (bytes[from.at] !== OPEN) return NO;
  if (bytes[from.at + 1] === CLOSE) { from.at += 2; return values; }
  do {
    from.at++;
    const value = item(from);
    if (value === NO) return NO;
    values.push(value);
  } while (bytes[from.at] === COMMA);
  return bytes[from.at++] === CLOSE ? values : NO;
};

/** `lead`: what stands before the value, with the comma. */
interface Field { readonly key: string; readonly lead: Uint8Array; readonly read: QuickRead; readonly isOptional: boolean }
const fieldsOf = (entries: Readonly<Record<string, Shape>>): readonly Field[] => Object.entries(entries).map(([key, shape], index) =>
  ({ key, lead: utf8(`${index === 0 ? '{' : ','}${JSON.stringify(key)}:`), read: compile(shape), isOptional: shape.type === 'optional' }));
const objectOf = (fields: readonly Field[]): QuickRead => (from) => {
  const value: Record<string, unknown> = {};
  for (const { key, lead, read, isOptional } of fields) {
    if (!follows(from, lead)) { if (isOptional) continue; return NO; }
    const one = read(from);
    if (one === NO) return NO;
    value[key] = one;
  }
  return from.bytes[from.at++] === END ? value : NO;
};
/** An object of which the first key says which one it is. */
const variantOf = (key: string, options: readonly Shape[]): QuickRead => {
  const lead = utf8(`{${JSON.stringify(key)}:`), reads = new Map<unknown, QuickRead>(options.map((option) => [option.entries?.[key]?.literal, compile(option)]));
  const readTag = wordReader((tag) => reads.has(tag));
  return (from) => {
    const { at } = from, read = follows(from, lead) ? reads.get(readTag(from)) : undefined;
    from.at = at;
    return read === undefined ? NO : read(from);
  };
};

/** Checks of strings that are hardly ever the same twice. */
const OWN: ReadonlyMap<unknown, QuickRead> = new Map<unknown, QuickRead>([
  [sha256Hex, hexReader(64)], [utcInstant, readInstant], [effectId, checked(readString, effectId.check)],
]);
const isText = (options: readonly unknown[]): options is readonly string[] => options.every((option) => typeof option === 'string');
const oneOf = (options: readonly unknown[]): QuickRead => {
  if (!isText(options)) return firstOf(options.map(literalReader));
  const texts = new Set<string>(options);
  return wordReader((value) => texts.has(value));
};
const plain = (shape: Shape): QuickRead => {
  const { type, options } = shape;
  switch (type) {
    case 'strict_object': return objectOf(fieldsOf(shape.entries!));
    case 'variant': return variantOf(shape.key as string, options as readonly Shape[]);
    case 'union': return firstOf((options as readonly Shape[]).map(compile));
    case 'array': return listOf(arrayOf(compile(shape.item!)));
    case 'optional': return shape.default === undefined ? compile(shape.wrapped!) : never;
    case 'nullable': return shape.default === undefined ? firstOf([literalReader(null), compile(shape.wrapped!)]) : never;
    case 'literal': return literalReader(shape.literal);
    case 'picklist': return oneOf(options!);
    case 'custom': return wordReader(shape.check!);
    case 'string': return readString;
    case 'number': return readNumber;
    case 'boolean': return firstOf([literalReader(true), literalReader(false)]);
    default: return never;
  }
};
const compile = (shape: Shape): QuickRead =>
  OWN.get(shape) ?? (shape.pipe === undefined ? plain(shape) : checked(compile(shape.pipe[0]!), quickCheck(shape as unknown as v.GenericSchema)));

/** @param schema as for quickCheck. Parts that are not known here, such as records, are left to the strict reader. */
export const quickRead = <S extends v.GenericSchema>(schema: S): QuickRead<v.InferOutput<S>> => compile(schema as unknown as Shape);
