/** The digests in the closing entry, and side files of repairs. */
import { pinSetOf, wrappingSetOf } from '../ceremony/select.ts';
import type { CeremonyState } from '../ceremony/state.ts';
import { findings as say } from '../text/findings.ts';
import { sourceSets } from '../ceremony/source-names.ts';
import type { Collector } from './collector.ts';
import type { FolderFiles } from './folder-files.ts';
import type { VerifyPorts } from './ports.ts';
import { entriesOf } from './replay.ts';
import type { KeptEntry } from './replay.ts';

/** Files whose digest a closing entry must have. root.pem may be there too: it is root.crt again. */
export const closingNames = (state: CeremonyState): readonly string[] => [
  'plan.json',
  ...state.plan.people.flatMap(({ id, credential }) => (credential.kind === 'paper' ? [] : [`people/${id}.pem`])),
  ...sourceSets(state.plan).map(({ name }) => name),
  ...(wrappingSetOf(state) === null ? [] : ['manifest.dsse.json']),
  ...(pinSetOf(state) === null ? [] : ['pin-manifest.dsse.json']),
  ...(state.certificate === null ? [] : ['root.crt']),
  ...(state.certificate?.popSha256 ? ['pop.csr'] : []),
];

/** Compares every file that the closing entry lists; a file that another check has named already is not named twice. */
export const checkClosingFiles = (folder: FolderFiles, state: CeremonyState, { chain }: VerifyPorts, out: Collector): void => {
  const { closing } = state;
  if (closing === null) return;
  const seq = state.count - 1;
  const named = new Set(out.findings.filter(({ level }) => level === 'fault').map(({ file }) => file));
  const needed = closingNames(state);
  for (const name of needed) if (!Object.hasOwn(closing.files, name)) out.add('folder', say.closingFiles(seq, name, false));
  for (const [name, digest] of Object.entries(closing.files)) {
    const bytes = folder.files.get(name);
    const isAllowed = needed.includes(name) || (name === 'root.pem' && state.certificate !== null) || name === 'manifest.dsse.json' || name === 'pin-manifest.dsse.json';
    if (!isAllowed) out.add('folder', say.closingFiles(seq, name, true));
    else if (named.has(name)) continue;
    else if (bytes === undefined) out.add('folder', say.fileMissing(name, `Entry ${seq} has its digest.`));
    else if (chain.digest(bytes) !== digest) out.add('folder', say.fileDigest(name, seq));
  }
};

/** Torn bytes are kept beside the transcript; each side file is named by one repair entry, and the other way round. */
export const checkSideFiles = (folder: FolderFiles, entries: readonly KeptEntry[], { chain }: VerifyPorts, out: Collector): void => {
  const repairs = entriesOf(entries, 'repair');
  for (const { seq, body } of repairs) {
    const bytes = folder.files.get(body.sideFile);
    if (bytes === undefined) out.add('folder', say.fileMissing(body.sideFile, `Entry ${seq} keeps torn bytes there.`));
    else if (bytes.length !== body.tornBytes || chain.digest(bytes) !== body.tornSha256) out.add('folder', say.fileDigest(body.sideFile, seq));
  }
  for (const name of folder.files.keys()) if (name.startsWith('torn-') && !repairs.some(({ body }) => body.sideFile === name)) out.add('folder', say.unknownFile(name));
};

