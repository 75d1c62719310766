/** The manifests of the share sets that this ceremony issued, against the transcript, its people and the plan. */
import { custodiansOf, gatheredSetOf, isDrill } from '../ceremony/people.ts';
import type { SetRef } from '../ceremony/plan-schema.ts';
import { pinSetOf, wrappingSetOf } from '../ceremony/select.ts';
import type { CeremonyState, SetFacts } from '../ceremony/state.ts';
import type { Manifest } from '../custody/manifest.ts';
import { findings as say } from '../text/findings.ts';
import type { Collector } from './collector.ts';
import type { Checked } from './checked.ts';
import { readManifest } from './read-manifest.ts';
import { entriesOf } from './replay.ts';
import type { KeptEntry } from './replay.ts';

const FILES: Readonly<Record<SetRef['holds'], string>> = { 'wrapping-key': 'manifest.dsse.json', pin: 'pin-manifest.dsse.json' };
const unless = (holds: boolean, why: string): readonly string[] => (holds ? [] : [why]);

/** A set that replaces another says which; any other set says none. */
const isSuccessor = ({ previous }: Manifest, replaced: SetRef | null): boolean =>
  replaced === null ? previous === null : previous?.setId === replaced.setId && previous.epoch === replaced.epoch;

/** What in the manifest is not what the transcript and the plan say; empty when all agrees. */
const disagreements = (manifest: Manifest, set: SetFacts, state: CeremonyState): readonly string[] => {
  const { plan, opening } = state;
  const people = custodiansOf(plan);
  return [
    ...unless(manifest.setId === set.setId && manifest.setName === set.setName && manifest.setFingerprint === set.setFingerprint, 'it is of another set.'),
    ...unless(manifest.nonce === opening?.nonce, 'it is of another ceremony.'),
    ...unless(manifest.threshold === plan.quorum.threshold && manifest.shares === plan.quorum.shares, 'its quorum is not that of the plan.'),
    ...unless(manifest.drill === isDrill(plan), 'its mode is not that of the plan.'),
    ...unless(manifest.epoch === set.epoch && isSuccessor(manifest, gatheredSetOf(plan, set.holds)), 'its epoch and the set before it are not those of the plan.'),
    ...unless(manifest.custodians.every(({ number, person, name }, index) => number === index + 1 && person === people[index]?.id && name === people[index]?.name), 'its custodians are not those of the plan.'),
  ];
};

/** With no set in use the file may be that of a set that was given up. */
const checkLeftOver = (file: string, digest: string, entries: readonly KeptEntry[], out: Collector): void => {
  const isKnown = entriesOf(entries, 'result').some(({ body }) => body.outcome.kind === 'split' && body.outcome.manifestSha256 === digest);
  if (!isKnown) out.add('folder', say.unknownFile(file));
};
const seqOfSplit = (entries: readonly KeptEntry[], { setId }: SetFacts): number | null =>
  entriesOf(entries, 'result').findLast(({ body }) => body.outcome.kind === 'split' && body.outcome.setId === setId)?.seq ?? null;

/** @returns the manifest when it is the one that the transcript names and all in it agrees. */
const checkIssued = ({ folder, state, entries, ports, out }: Checked, set: SetFacts): void => {
  const file = FILES[set.holds], bytes = folder.files.get(file);
  if (bytes === undefined) { out.add('custody', say.fileMissing(file, 'Shares were issued; it names them.')); return; }
  if (ports.chain.digest(bytes) !== set.manifestSha256) { out.add('custody', say.fileDigest(file, seqOfSplit(entries, set))); return; }
  const manifest = readManifest(bytes, ports);
  if (!manifest.ok) { out.add('custody', say.fileInvalid(file, `it is not a manifest that its set key signed (${String(manifest.fault.details['why'])}).`)); return; }
  for (const why of disagreements(manifest.value, set, state)) out.add('custody', say.fileInvalid(file, why));
};

/** Sets this ceremony issued: that of the wrapping key, and that of the PIN. */
export const checkCustody = (checked: Checked): void => {
  const { folder, state, entries, ports, out } = checked;
  const sets = { 'wrapping-key': wrappingSetOf(state), pin: pinSetOf(state) } as const;
  for (const holds of ['wrapping-key', 'pin'] as const) {
    const set = sets[holds], bytes = folder.files.get(FILES[holds]);
    if (set) checkIssued(checked, set);
    else if (bytes !== undefined) checkLeftOver(FILES[holds], ports.chain.digest(bytes), entries, out);
  }
  const issued = [sets['wrapping-key'], sets.pin].filter((set): set is SetFacts => set !== null);
  if (issued.length === 0) { if (!state.plan.source) out.row('custody', 'not-done', 'No share set is in use.'); return; }
  const [first, second] = issued;
  out.row('custody', 'sound', second === undefined
    ? `The manifest of set ${first!.setName} is signed by its set key and names the custodians of the plan.`
    : `The manifests of set ${first!.setName} and of PIN set ${second.setName} are signed by their set keys and name the custodians of the plan.`);
};
