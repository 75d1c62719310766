/**
 * A copy of a ceremony folder at a level: texts of people above it are withheld, and what was made from them is left out. Everything that
 * is hashed or signed stays byte for byte, so that the copy has the same heads and signatures. It does not verify; the verifier does.
 */
import { concatBytes, fromUtf8 } from '../bytes.ts';
import { splitLines } from '../transcript/chain.ts';
import type { Entry } from '../transcript/entry-schema.ts';
import { parseLine } from '../transcript/line.ts';
import { parseOpening } from '../transcript/openings.ts';
import { levelOf, levelOfText } from './fields.ts';
import type { FieldGroup } from './fields.ts';
import { isShown } from './levels.ts';
import type { Level } from './levels.ts';

/** The text of `field` of entry `seq`. `type` is null when the entry cannot be read. */
export interface WithheldText { readonly seq: number; readonly type: string | null; readonly field: string; readonly level: Level }
export interface Disclosure {
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly withheld: readonly WithheldText[];
  /** Files that are not in the copy because of its level, or because they are to be made anew. */
  readonly leftOut: readonly string[];
  /** Fields above the level that this folder has in clear, as `group path`: they are in what is signed and cannot be withheld. */
  readonly inClear: readonly string[];
}

/** Made from the other files, texts of people among them. VERIFY.md is made anew for the copy. */
const SHOWS_TEXTS = 'record.pdf', MADE_ANEW = 'VERIFY.md', OPENINGS = 'openings.jsonl';

const entriesIn = (files: ReadonlyMap<string, Uint8Array>): readonly (Entry | null)[] =>
  splitLines(files.get('transcript.jsonl') ?? new Uint8Array()).lines.map((line) => { const read = parseLine(line); return read.ok ? read.value : null; });

interface Openings { readonly kept: readonly Uint8Array[]; readonly withheld: readonly WithheldText[] }
const sortOpenings = (bytes: Uint8Array, entries: readonly (Entry | null)[], level: Level): Openings => {
  const kept: Uint8Array[] = [], withheld: WithheldText[] = [];
  const { lines, rest } = splitLines(bytes);
  for (const line of rest.length > 0 ? [...lines, rest] : lines) {
    const opening = parseOpening(line.at(-1) === 10 ? line.subarray(0, -1) : line), type = opening && (entries[opening.seq]?.type ?? null);
    // What is in no known form may hold anything.
    const own = opening === null || type === null ? 'confidential' : levelOfText(type, opening.field);
    if (isShown(own, level)) kept.push(line);
    else withheld.push({ seq: opening?.seq ?? -1, type, field: opening?.field ?? '', level: own });
  }
  return { kept, withheld };
};

/** Paths of all values in `value`; a record's own names are given as `*` when the table says so. */
const pathsIn = (group: FieldGroup, value: unknown, path = ''): readonly string[] => {
  if (Array.isArray(value)) return value.flatMap((one) => pathsIn(group, one, `${path}[]`));
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([name, inner]) => pathsIn(group, inner, levelOf(group, `${path}.*`) === null ? (path === '' ? name : `${path}.${name}`) : `${path}.*`));
};
const planIn = (files: ReadonlyMap<string, Uint8Array>): unknown => {
  const bytes = files.get('plan.json'), text = bytes === undefined ? null : fromUtf8(bytes);
  try { return text === null ? null : (JSON.parse(text) as unknown); } catch { return null; }
};
const clearAbove = (files: ReadonlyMap<string, Uint8Array>, entries: readonly (Entry | null)[], level: Level): readonly string[] => {
  const plan = planIn(files), found = new Set<string>();
  const look = (group: FieldGroup, value: unknown): void => {
    for (const path of pathsIn(group, value)) { const own = levelOf(group, path); if (own !== null && !isShown(own, level)) found.add(`${group} ${path}`); }
  };
  if (typeof plan === 'object' && plan !== null) look('plan', plan);
  for (const entry of entries) if (entry !== null) look(entry.type, entry.body);
  return [...found].sort();
};

/**
 * @param files the known files of a ceremony folder, by name. @param level of the copy.
 * @returns the copy's files without VERIFY.md, which is made anew from them. At `confidential` nothing else is missing.
 */
export const discloseFolder = (files: ReadonlyMap<string, Uint8Array>, level: Level): Disclosure => {
  const entries = entriesIn(files), { kept, withheld } = sortOpenings(files.get(OPENINGS) ?? new Uint8Array(), entries, level);
  const copy = new Map<string, Uint8Array>(), leftOut: string[] = [];
  for (const [name, bytes] of files) {
    if (name === MADE_ANEW) continue;
    if (name === OPENINGS) { if (kept.length > 0) copy.set(name, concatBytes(...kept)); else leftOut.push(name); continue; }
    if (name === SHOWS_TEXTS && !isShown('confidential', level)) leftOut.push(name);
    else copy.set(name, bytes);
  }
  return { files: copy, withheld, leftOut, inClear: clearAbove(files, entries, level) };
};
