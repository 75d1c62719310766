/**
 * A schema as one function that only says yes or no: much faster than a parser that gathers issues and makes a copy. A yes means that the
 * value fits and that its keys stand in the schema's order; after a no the schema itself is asked, and gives the reason.
 */
import type * as v from 'valibot';

export type QuickCheck = (value: unknown) => boolean;
/** What a schema of the kinds used here looks like inside. */
export interface Shape {
  readonly kind: string; readonly type: string; readonly pipe?: readonly Shape[]; readonly entries?: Readonly<Record<string, Shape>>; readonly item?: Shape; readonly wrapped?: Shape;
  readonly key?: Shape | string; readonly value?: Shape; readonly options?: readonly unknown[]; readonly literal?: unknown; readonly default?: unknown; readonly requirement?: unknown;
  readonly check?: (value: unknown) => boolean; readonly getter?: (value: unknown) => Shape;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
/** A parser leaves these out of a record. */
const UNSAFE = new Set(['__proto__', 'prototype', 'constructor']);

const objectCheck = (entries: Readonly<Record<string, Shape>>): QuickCheck => {
  const keys = Object.keys(entries), optional = keys.map((key) => entries[key]!.type === 'optional'), checks = keys.map((key) => compile(entries[key]!));
  return (value) => {
    if (!isObject(value)) return false;
    let at = 0;
    // What JSON gives has no inherited keys.
    for (const key in value) {
      while (at < keys.length && keys[at] !== key && optional[at] === true) at++;
      if (keys[at] !== key || !checks[at]!(value[key])) return false;
      at++;
    }
    while (at < keys.length && optional[at] === true) at++;
    return at === keys.length;
  };
};
const variantCheck = (key: string, options: readonly Shape[]): QuickCheck => {
  const checks = new Map<unknown, QuickCheck>(options.map((option) => [option.entries?.[key]?.literal, compile(option)]));
  return (value) => isObject(value) && (checks.get(value[key])?.(value) ?? false);
};
const recordCheck = (key: QuickCheck, item: QuickCheck): QuickCheck => (value) =>
  isObject(value) && Object.keys(value).every((name) => !UNSAFE.has(name) && key(name) && item(value[name]));
const unionCheck = (checks: readonly QuickCheck[]): QuickCheck => (value) => checks.some((check) => check(value));
const arrayCheck = (item: QuickCheck): QuickCheck => (value) => Array.isArray(value) && value.every(item);
const lazyCheck = (getter: (value: unknown) => Shape): QuickCheck => {
  const known = new Map<Shape, QuickCheck>();
  return (value) => {
    const shape = getter(value), before = known.get(shape), check = before ?? compile(shape);
    if (before === undefined) known.set(shape, check);
    return check(value);
  };
};

const actionCheck = ({ type, requirement }: Shape): QuickCheck | null => {
  const most = requirement as number;
  switch (type) {
    case 'integer': return Number.isInteger;
    case 'min_value': return (value) => (value as number) >= most;
    case 'max_value': return (value) => (value as number) <= most;
    case 'min_length': return (value) => (value as string).length >= most;
    case 'max_length': return (value) => (value as string).length <= most;
    case 'regex': return (value) => (requirement as RegExp).test(value as string);
    default: return null;
  }
};
const never: QuickCheck = () => false;
const plainCheck = (shape: Shape): QuickCheck => {
  const { type, options } = shape;
  switch (type) {
    case 'strict_object': return objectCheck(shape.entries!);
    case 'variant': return variantCheck(shape.key as string, options as readonly Shape[]);
    case 'record': return recordCheck(compile(shape.key as Shape), compile(shape.value!));
    case 'union': return unionCheck((options as readonly Shape[]).map(compile));
    case 'array': return arrayCheck(compile(shape.item!));
    case 'lazy': return lazyCheck(shape.getter!);
    case 'optional': return compile(shape.wrapped!);
    case 'nullable': { const inner = compile(shape.wrapped!); return (value) => value === null || inner(value); }
    case 'literal': return (value) => value === shape.literal;
    case 'picklist': { const set = new Set(options); return (value) => set.has(value); }
    case 'custom': return shape.check!;
    case 'string': case 'boolean': return (value) => typeof value === type;
    case 'number': return (value) => typeof value === 'number' && !Number.isNaN(value);
    case 'null': return (value) => value === null;
    default: return never;
  }
};
const pipeCheck = ([first, ...rest]: readonly Shape[]): QuickCheck => {
  const checks = [compile(first!), ...rest.map((part) => (part.kind === 'validation' ? actionCheck(part) ?? never : never))];
  return (value) => { for (const check of checks) if (!check(value)) return false; return true; };
};
const compile = (shape: Shape): QuickCheck => (shape.pipe === undefined ? plainCheck(shape) : pipeCheck(shape.pipe));

const compiled = new WeakMap<object, QuickCheck>();
/** @param schema of parts that change nothing: objects, variants, lists and checks. Parts that are not known here always say no. */
export const quickCheck = (schema: v.GenericSchema): QuickCheck => {
  const before = compiled.get(schema), check = before ?? compile(schema as unknown as Shape);
  if (before === undefined) compiled.set(schema, check);
  return check;
};
