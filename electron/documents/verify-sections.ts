/** Parts of VERIFY.md about the key and the share sets; each is there only where the ceremony has what it checks. */
import { gatheredSetOf, keyPlan } from '../../shared/ceremony/people.ts';
import { pinSetOf, wrappingSetOf } from '../../shared/ceremony/select.ts';
import type { SetFacts } from '../../shared/ceremony/state.ts';
import type { Outcome } from '../../shared/transcript/entry-schema.ts';
import type { CeremonyFolder } from './folder.ts';
import { section } from './verify-section.ts';
import type { Section } from './verify-section.ts';
import * as shell from './verify-shell.ts';

const seqOfOutcome = ({ entries }: CeremonyFolder, kind: Outcome['kind']): number | null =>
  entries.findLast(({ entry }) => entry.type === 'result' && entry.body.outcome.kind === kind)?.entry.seq ?? null;
/** Seq of the entry whose head the proof of possession carries; its `prev` successor names it. */
const placeOfPossession = ({ entries }: CeremonyFolder): number | null => {
  const intent = entries.findLast(({ entry }) => entry.type === 'intent' && entry.body.intent.kind === 'sign-pop')?.entry;
  const head = intent?.type === 'intent' && intent.body.intent.kind === 'sign-pop' ? intent.body.intent.head : null;
  const next = head === null ? undefined : entries.find(({ entry }) => entry.prev === head)?.entry;
  return next ? next.seq - 1 : null;
};
const seqOfSplit = ({ entries }: CeremonyFolder, set: SetFacts): number | null =>
  entries.findLast(({ entry }) => entry.type === 'result' && entry.body.outcome.kind === 'split' && entry.body.outcome.setId === set.setId)?.entry.seq ?? null;

/** The key that was made here with its certificate, or the key that the plan names. */
export const keySections = (folder: CeremonyFolder): readonly Section[] => {
  if (folder.plan.source) return [section('The key of the plan', shell.PLAN_KEY, 'The plan names this public key and its SHA-256. That it is the key of the earlier ceremony, the folder of that ceremony tells.')];
  const made = seqOfOutcome(folder, 'generate-key'), signed = seqOfOutcome(folder, 'sign-certificate'), pop = seqOfOutcome(folder, 'sign-pop'), place = placeOfPossession(folder);
  return [
    ...(made === null || signed === null ? [] : [section('The key and its certificate', shell.certificateCommands(made, signed), 'The certificate is signed by the key that the transcript says was made. That it was made inside an HSM is the module’s claim; no\ncommand can show it.')]),
    ...(pop === null || place === null ? [] : [section('Proof of possession', shell.possessionCommands(place, pop), 'The key signed a request that carries the head at that moment: whoever held the key knew the transcript up to there.')]),
  ];
};

const SOURCE_FILES = { 'wrapping-key': 'source-manifest.dsse.json', pin: 'source-pin-manifest.dsse.json' } as const;
const ISSUED_FILES = { 'wrapping-key': 'manifest.dsse.json', pin: 'pin-manifest.dsse.json' } as const;
/** Entries that say a share of this set was read. */
const seqsRead = ({ entries }: CeremonyFolder, setId: string): readonly number[] => entries.flatMap(({ entry }) => (entry.type === 'share-read' && entry.body.setId === setId ? [entry.seq] : []));
const sourceSection = (folder: CeremonyFolder, holds: 'wrapping-key' | 'pin'): readonly Section[] => {
  const set = gatheredSetOf(folder.plan, holds);
  if (set === null) return [];
  return [section(holds === 'pin' ? 'The PIN set this ceremony used' : 'The share set this ceremony stands on', shell.sourceManifestCommands(SOURCE_FILES[holds], seqsRead(folder, set.setId)),
    'The plan names this manifest by its SHA-256, one set key signed it, and every share that the transcript says was read is in it by\ncommitment. That it is the manifest of the earlier ceremony, the folder of that ceremony tells.')];
};
const issuedSection = (folder: CeremonyFolder, set: SetFacts | null): readonly Section[] => {
  const split = set === null ? null : seqOfSplit(folder, set);
  return set === null || split === null ? [] : [section(set.holds === 'pin' ? 'The PIN set' : folder.plan.source ? 'The new share set' : 'The share set', shell.issuedManifestCommands(ISSUED_FILES[set.holds], split),
    'One set key signed the whole list of shares and custodians, and the transcript names that set. The manifest holds commitments; it\nsays nothing about where the shares are now.')];
};
const restoreSection = (folder: CeremonyFolder): readonly Section[] => {
  const seq = folder.state.backup?.restored ? seqOfOutcome(folder, 'prove-restore') ?? seqOfOutcome(folder, 'restore') : null, { kind } = folder.plan.ceremony;
  const proves = kind === 'root-key-generation' ? 'A key equal to the first, restored from the wrapped key on the second token, says the record, signed the challenge. The signature\nitself does not tell which of the two tokens made it.'
    : 'The key of the plan signed the challenge. That it did so after it came out of the wrapped key, and on which token, the record says; the\nsignature itself does not.';
  return seq === null ? [] : [section(kind === 're-share' ? 'The proof of the new backup' : 'The restore', shell.restoreCommands(seq, keyPlan(folder.plan).key.profile), proves)];
};

/** Sets that the ceremony stands on, sets that it issued, and the signature of the restored key. */
export const custodySections = (folder: CeremonyFolder): readonly Section[] => [
  ...sourceSection(folder, 'wrapping-key'), ...sourceSection(folder, 'pin'), ...issuedSection(folder, wrappingSetOf(folder.state)), ...issuedSection(folder, pinSetOf(folder.state)), ...restoreSection(folder),
];
