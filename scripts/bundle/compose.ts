/** Composes a bundle from an archive that was read: copies at a level, judged again by the verifier; lists; verifiers. Same input, same bytes. */
import { nodePorts } from '../../electron/verify/node-ports.ts';
import { ceremonyFolderFrom } from '../../electron/documents/folder.ts';
import type { CeremonyFolder } from '../../electron/documents/folder.ts';
import { evidenceMarkdown } from '../../electron/documents/clauses.ts';
import { verifyMarkdown } from '../../electron/documents/verify-md.ts';
import { ARCHIVE, BUNDLE, BUNDLE_FORMAT, digestList, DIGESTS, encodeManifest, MANIFEST } from '../../shared/bundle/layout.ts';
import type { BundleManifest } from '../../shared/bundle/layout.ts';
import { foundIn } from '../../shared/bundle/read-bundle.ts';
import { writeTar } from '../../shared/bundle/tar.ts';
import { fromUtf8, utf8 } from '../../shared/bytes.ts';
import { discloseFolder } from '../../shared/disclosure/disclose.ts';
import type { Disclosure } from '../../shared/disclosure/disclose.ts';
import type { Level } from '../../shared/disclosure/levels.ts';
import { sha256Of } from '../../shared/transcript/digest.ts';
import { parseEnvelope } from '../../shared/transcript/dsse.ts';
import type { VerifyReport } from '../../shared/transcript/report.ts';
import { verifyFound } from '../../shared/verify/verify-archive.ts';
import type { ReadArchive, ReadFolder } from './read-archive.ts';
import { notProved, readmeText } from './readme.ts';

export interface BundleOptions { readonly level: Level; readonly version: string; readonly verifiers: ReadonlyMap<string, Uint8Array>; /** As it was given; it anchors the copy too. */ readonly anchor: string | null }
export interface Bundle { readonly bytes: Uint8Array; readonly manifest: BundleManifest }
interface Copy { readonly folder: ReadFolder; readonly disclosed: Disclosure; /** Null when it cannot be read far enough to print from. */ readonly ceremony: CeremonyFolder | null }

const readable = (name: string, files: ReadonlyMap<string, Uint8Array>): CeremonyFolder | null => {
  try { return ceremonyFolderFrom(name, files); } catch { return null; }
};
const copyOf = (folder: ReadFolder, level: Level): Copy => {
  const disclosed = discloseFolder(folder.files, level);
  return { folder, disclosed, ceremony: readable(folder.name, disclosed.files) };
};

/** What must be the same of an archive and of a copy of it: heads, signatures, rules, and the verdict. */
const essence = (report: VerifyReport): string => JSON.stringify({
  holds: report.holds, anchored: report.anchored,
  faults: report.findings.filter(({ level }) => level === 'fault').map(({ code, file, seq }) => [code, file, seq]),
  folders: report.folders.map(({ name, head, entries, outcome, signoffs, signedThrough, checks }) => [name, head, entries, outcome, signoffs, signedThrough, checks.map((check) => [check.name, check.result])]),
});
/** @throws Error when a copy of a sound archive is not judged as the archive is: nothing is handed out then. */
const assertSame = (archive: ReadArchive, copy: ReadonlyMap<string, Uint8Array>, anchor: string | null): void => {
  if (!archive.report.holds) return;
  const report = verifyFound({ name: ARCHIVE, path: ARCHIVE }, foundIn(copy, ARCHIVE), anchor, nodePorts);
  if (essence(report) !== essence(archive.report)) throw new Error('The copy is not judged as the archive is. No bundle was made; please report this.');
};

const recordIn = (files: ReadonlyMap<string, Uint8Array>): string | null => {
  const bytes = files.get('record.dsse.json'), envelope = bytes && parseEnvelope(fromUtf8(bytes)?.replace(/\n$/, '') ?? '');
  return envelope ? sha256Of(envelope.payload) : null;
};
const ceremonyPart = ({ folder, disclosed }: Copy, { folders }: VerifyReport): BundleManifest['ceremonies'][number] => {
  const told = folders.find(({ name }) => name === folder.name);
  return {
    folder: folder.name, title: told?.title ?? null, mode: told?.mode ?? null, outcome: told?.outcome ?? null, entries: told?.entries ?? 0, head: told?.head ?? null,
    record: recordIn(folder.files) as BundleManifest['ceremonies'][number]['record'], withheld: [...disclosed.withheld], leftOut: [...disclosed.leftOut, ...folder.unknown], inClear: [...disclosed.inClear],
  };
};
const manifestOf = (archive: ReadArchive, copies: readonly Copy[], { level, version }: BundleOptions): BundleManifest => {
  const { holds, anchored, headline } = archive.report, ceremonies = copies.map((copy) => ceremonyPart(copy, archive.report));
  return {
    format: BUNDLE_FORMAT, level, madeBy: { name: 'quorate', version }, verdict: { holds, anchored, headline }, ceremonies, others: archive.others,
    notProved: [...notProved(ceremonies, level)],
  };
};

/**
 * @returns the bytes of the .tar file, and its manifest.
 * @throws Error when the copy of a sound archive is not judged as the archive is.
 */
export const composeBundle = (archive: ReadArchive, options: BundleOptions): Bundle => {
  const copies = archive.folders.map((folder) => copyOf(folder, options.level)), files = new Map<string, Uint8Array>();
  for (const { folder, disclosed, ceremony } of copies) {
    for (const [name, bytes] of disclosed.files) files.set(`${ARCHIVE}/${folder.name}/${name}`, bytes);
    if (ceremony !== null) files.set(`${ARCHIVE}/${folder.name}/VERIFY.md`, utf8(verifyMarkdown(ceremony)));
  }
  for (const [name, bytes] of archive.timestamps) files.set(`${ARCHIVE}/timestamps/${name}`, bytes);
  assertSame(archive, files, options.anchor);
  const manifest = manifestOf(archive, copies, options);
  for (const [name, bytes] of options.verifiers) files.set(name, bytes);
  files.set('evidence-by-clause.md', utf8(evidenceMarkdown(copies.flatMap(({ ceremony }) => ceremony ?? []))));
  files.set('README.txt', utf8(readmeText(manifest, [...options.verifiers.keys()]))).set(MANIFEST, encodeManifest(manifest));
  files.set(DIGESTS, digestList(files));
  return { bytes: writeTar(new Map([...files].map(([name, bytes]) => [`${BUNDLE}/${name}`, bytes]))), manifest };
};
