/** What lies where in an auditor bundle, and the two lists in it: MANIFEST.sha256 for sha256sum, manifest.json for people and programs. */
import * as v from 'valibot';
import { utf8 } from '../bytes.ts';
import { LEVELS } from '../disclosure/levels.ts';
import { sha256Hex } from '../schema.ts';
import { sha256Of } from '../transcript/digest.ts';

/** The one folder that a bundle unpacks to; every name in it begins with this. */
export const BUNDLE = 'quorate-bundle';
export const ARCHIVE = 'archive';
export const DIGESTS = 'MANIFEST.sha256', MANIFEST = 'manifest.json';
export const BUNDLE_FORMAT = 'quorate-bundle/1';

const text = v.string(), count = v.pipe(v.number(), v.integer(), v.minValue(0));
export const manifestSchema = v.strictObject({
  format: v.literal(BUNDLE_FORMAT),
  level: v.picklist(LEVELS),
  madeBy: v.strictObject({ name: v.literal('quorate'), version: text }),
  /** What the verifier said of the archive that the copy was made of. */
  verdict: v.strictObject({ holds: v.boolean(), anchored: v.boolean(), headline: text }),
  ceremonies: v.array(v.strictObject({
    folder: text, title: v.nullable(text), mode: v.nullable(v.picklist(['rehearsal', 'production'])), outcome: v.nullable(v.picklist(['completed', 'aborted', 'postponed'])),
    entries: count, head: v.nullable(sha256Hex), record: v.nullable(sha256Hex),
    /** Texts that are in the archive and not in the copy. `seq` is −1 for a line that could not be placed. */
    withheld: v.array(v.strictObject({ seq: v.pipe(v.number(), v.integer(), v.minValue(-1)), type: v.nullable(text), field: text, level: v.picklist(LEVELS) })),
    /** Files of the folder that are not in the copy as they were. */
    leftOut: v.array(text),
    /** Fields above the level that are in clear in what is signed. */
    inClear: v.array(text),
  })),
  /** Entries of the archive that are no ceremony folder: not looked at, and not in the copy. */
  others: count,
  notProved: v.array(text),
});
export type BundleManifest = v.InferOutput<typeof manifestSchema>;

/** Two spaces and a newline: the one form of manifest.json. */
export const encodeManifest = (manifest: BundleManifest): Uint8Array => utf8(`${JSON.stringify(manifest, null, 2)}\n`);
/** As `sha256sum` writes it. @param files by name inside the bundle's folder, without the list itself. */
export const digestList = (files: ReadonlyMap<string, Uint8Array>): Uint8Array =>
  utf8([...files].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, bytes]) => `${sha256Of(bytes)}  ${name}\n`).join(''));
