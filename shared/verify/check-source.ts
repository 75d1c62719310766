/** The manifests of the sets that a ceremony stands on, and every share of them that the transcript says was read. */
import type { SetRef } from '../ceremony/plan-schema.ts';
import type { Manifest } from '../custody/manifest.ts';
import { findings as say } from '../text/findings.ts';
import { sourceSets } from '../ceremony/source-names.ts';
import type { Collector } from './collector.ts';
import type { Checked } from './checked.ts';
import { readManifest } from './read-manifest.ts';
import { entriesOf } from './replay.ts';
import type { KeptEntry } from './replay.ts';

export const SOURCE_FILES: readonly string[] = ['source-manifest.dsse.json', 'source-pin-manifest.dsse.json'];

const agrees = (manifest: Manifest, set: SetRef): boolean =>
  manifest.setId === set.setId && manifest.setName === set.setName && manifest.setFingerprint === set.setFingerprint && manifest.epoch === set.epoch && manifest.drill === set.drill
  && manifest.threshold === set.threshold && manifest.shares === set.shares
  && manifest.custodians.length === set.holders.length && manifest.custodians.every(({ number, person, name }, index) => { const holder = set.holders[index]!; return holder.number === number && holder.person === person && holder.name === name; });

const readSource = ({ folder, ports, out }: Checked, name: string, set: SetRef): Manifest | null => {
  const bytes = folder.files.get(name);
  if (bytes === undefined) { out.add('custody', say.fileMissing(name, `The plan stands on set ${set.setName}; it names the shares.`)); return null; }
  if (ports.chain.digest(bytes) !== set.manifestSha256) { out.add('custody', say.sourceDigest(name, set.setName)); return null; }
  const manifest = readManifest(bytes, ports);
  if (!manifest.ok) { out.add('custody', say.fileInvalid(name, `it is not a manifest that its set key signed (${String(manifest.fault.details['why'])}).`)); return null; }
  if (agrees(manifest.value, set)) return manifest.value;
  out.add('custody', say.fileInvalid(name, 'the plan says otherwise of this set, its quorum or its holders.'));
  return null;
};

/** A share that was read must be the share that was issued: same number, same person, same commitment. */
const checkReads = (manifests: readonly Manifest[], entries: readonly KeptEntry[], out: Collector): number => {
  const reads = entriesOf(entries, 'share-read');
  for (const { seq, body } of reads) {
    const manifest = manifests.find(({ setId }) => setId === body.setId);
    const row = manifest?.custodians[body.share - 1];
    if (manifest !== undefined && (row?.person !== body.person || row.commitment !== body.commitment)) out.add('custody', say.fact(seq, `share ${body.share} is not the one that the manifest names`));
  }
  return reads.length;
};

/** The PIN set of this ceremony, where its shares were read again because its change was cut off; the file itself is checked with the sets made here. */
const readAgain = ({ folder, state, ports }: Checked): readonly Manifest[] => {
  const bytes = state.pinUncertain ? folder.files.get('pin-manifest.dsse.json') : undefined, manifest = bytes && readManifest(bytes, ports);
  return manifest?.ok ? [manifest.value] : [];
};

/** Files of this kind that the plan does not ask for do not belong in the folder. */
export const checkSource = (checked: Checked): void => {
  const { folder, state, entries, out } = checked;
  const wanted = sourceSets(state.plan);
  for (const name of SOURCE_FILES) if (folder.files.has(name) && !wanted.some((one) => one.name === name)) out.add('folder', say.unknownFile(name));
  const again = readAgain(checked);
  if (wanted.length === 0) { checkReads(again, entries, out); return; }
  const manifests = wanted.flatMap(({ name, set }) => readSource(checked, name, set) ?? []);
  const reads = checkReads([...manifests, ...again], entries, out);
  const sets = wanted.map(({ set }) => set.setName).join(', ');
  out.row('custody', 'sound', reads === 0 ? `The plan stands on set ${sets}, whose manifest is signed by its set key.` : `${reads} ${reads === 1 ? 'share was' : 'shares were'} read of set ${sets}, each the one that its manifest names.`);
};
