/** The digests in the closing entry, the texts in openings.jsonl, and side files of repairs. */
import { pinSetOf, wrappingSetOf } from '../ceremony/select.ts';
import type { CeremonyState } from '../ceremony/state.ts';
import { findings as say } from '../text/findings.ts';
import { splitLines } from '../transcript/chain.ts';
import { commitText } from '../transcript/commitment.ts';
import { commitmentIn, committedFields } from '../transcript/committed-fields.ts';
import type { Entry } from '../transcript/entry-schema.ts';
import { parseOpening } from '../transcript/openings.ts';
import { sourceSets } from '../ceremony/source-names.ts';
import type { Collector } from './collector.ts';
import type { FolderFiles } from './folder-files.ts';
import type { VerifyPorts } from './ports.ts';
import { entriesOf } from './replay.ts';

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

const commitmentsIn = (entries: readonly Entry[]): number => {
  let count = 0;
  for (const entry of entries) count += committedFields(entry).length;
  return count;
};

/**
 * Every text that is there must open its commitment; a text that is not there was withheld, which is allowed and said.
 * @param entries the whole replay: each at the place of its seq.
 */
export const checkOpenings = (folder: FolderFiles, entries: readonly Entry[], out: Collector): void => {
  const seen = new Set<string>();
  let opened = 0;
  const { lines, rest } = splitLines(folder.files.get('openings.jsonl') ?? new Uint8Array());
  for (const [index, bytes] of [...lines, ...(rest.length > 0 ? [rest] : [])].entries()) {
    const opening = index < lines.length ? parseOpening(bytes.subarray(0, -1)) : null;
    if (opening === null) { out.add('folder', say.openingLine(index + 1)); continue; }
    const place = `${opening.seq} ${opening.field}`, isSecond = seen.has(place);
    const entry = entries[opening.seq], commitment = entry === undefined ? null : commitmentIn(entry, opening.field);
    if (commitment === null || isSecond || commitText(entry!.salt, opening.field, opening.text) !== commitment) out.add('folder', say.opening(opening.seq, opening.field));
    if (commitment !== null && !isSecond) opened++;
    seen.add(place);
  }
  const withheld = commitmentsIn(entries) - opened;
  if (withheld > 0) out.add('folder', say.withheld(withheld));
};

/** Torn bytes are kept beside the transcript; each side file is named by one repair entry, and the other way round. */
export const checkSideFiles = (folder: FolderFiles, entries: readonly Entry[], { chain }: VerifyPorts, out: Collector): void => {
  const repairs = entriesOf(entries, 'repair');
  for (const { seq, body } of repairs) {
    const bytes = folder.files.get(body.sideFile);
    if (bytes === undefined) out.add('folder', say.fileMissing(body.sideFile, `Entry ${seq} keeps torn bytes there.`));
    else if (bytes.length !== body.tornBytes || chain.digest(bytes) !== body.tornSha256) out.add('folder', say.fileDigest(body.sideFile, seq));
  }
  for (const name of folder.files.keys()) if (name.startsWith('torn-') && !repairs.some(({ body }) => body.sideFile === name)) out.add('folder', say.unknownFile(name));
};

