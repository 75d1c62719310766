/** Names every field of a valibot schema by its path, such as `people[].name`; for tests that a table over the fields is complete. */

interface Node { readonly type: string; readonly entries?: Readonly<Record<string, Node>>; readonly options?: readonly unknown[]; readonly item?: Node; readonly wrapped?: Node; readonly value?: Node }
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'type' in value && 'kind' in value && value.kind === 'schema';

const walk = (node: Node, path: string): readonly string[] => {
  if (node.wrapped) return walk(node.wrapped, path);
  if (node.entries) return Object.entries(node.entries).flatMap(([name, inner]) => walk(inner, path === '' ? name : `${path}.${name}`));
  if (node.item) return walk(node.item, `${path}[]`);
  if (node.type === 'record' && node.value) return walk(node.value, `${path}.*`);
  const options = (node.options ?? []).filter(isNode);
  return options.length > 0 ? options.flatMap((one) => walk(one, path)) : [path];
};
/** Leaves only, each once, sorted. A variant's options share the names of their fields. */
export const schemaPaths = (schema: unknown): readonly string[] => [...new Set(walk(schema as Node, ''))].sort();
