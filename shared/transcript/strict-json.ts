/** Reading of JSON that has exactly one byte form. Used by lines, checkpoints and openings. */
import * as v from 'valibot';
import { fromUtf8 } from '../bytes.ts';
import { quickCheck } from './quick-check.ts';

/** A lone surrogate, as JSON.stringify writes it; escaped backslashes are taken out first. */
const hasLoneSurrogate = (json: string): boolean => json.includes('\\ud') && /\\ud[89a-f]/.test(json.replaceAll('\\\\', ''));

/** Compact JSON of a value that is well-formed text throughout. @returns null when a string holds half a surrogate pair. */
export const compactJson = (value: unknown): string | null => {
  const json = JSON.stringify(value);
  return hasLoneSurrogate(json) ? null : json;
};

/**
 * Parses bytes whose only form is the compact JSON of the schema's output, keys in the schema's order. Spaces, escapes that are not
 * needed, duplicate or unknown keys, other number forms and invalid UTF-8 all differ from that form and are refused.
 * @returns the value, or a word for what is wrong: 'utf8', 'json', 'schema' (with the dotted path) or 'form'.
 */
export const readExact = <S extends v.GenericSchema>(schema: S, bytes: Uint8Array):
  { readonly ok: true; readonly value: v.InferOutput<S> } | { readonly ok: false; readonly reason: 'utf8' | 'json' | 'schema' | 'form'; readonly where: string } => {
  const text = fromUtf8(bytes);
  if (text === null) return { ok: false, reason: 'utf8', where: '' };
  let raw: unknown;
  try { raw = JSON.parse(text) as unknown; } catch { return { ok: false, reason: 'json', where: '' }; }
  if (quickCheck(schema)(raw) && compactJson(raw) === text) return { ok: true, value: raw as v.InferOutput<S> };
  const read = v.safeParse(schema, raw);
  if (!read.success) return { ok: false, reason: 'schema', where: v.getDotPath(read.issues[0]) ?? '' };
  const again = compactJson(read.output);
  // Strict UTF-8 has one byte string a text, so that equal texts are equal bytes.
  if (again === null || again !== text) return { ok: false, reason: 'form', where: '' };
  return { ok: true, value: read.output };
};
