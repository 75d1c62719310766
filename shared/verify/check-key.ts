/** The public key of the ceremony, and the proof that the backup restores it. */
import type { Sha256Hex } from '../brand.ts';
import { fromBase64 } from '../bytes.ts';
import type { CeremonyState } from '../ceremony/state.ts';
import { restoreMessage } from '../custody/restore-challenge.ts';
import { checkPublicKey } from '../keys/check-public-key.ts';
import { findings as say } from '../text/findings.ts';
import { sha256Of } from '../transcript/digest.ts';
import type { Collector } from './collector.ts';
import type { VerifyPorts } from './ports.ts';
import { lastEffect } from './replay.ts';
import { keyPlan } from '../ceremony/people.ts';
import type { KeptEntry } from './replay.ts';

/** The last proof that what the shares open is this key: a restored object, or one that was destroyed again. */
const lastProof = (entries: readonly KeptEntry[]): number | null => {
  const seqs = [lastEffect(entries, 'restore')?.seq, lastEffect(entries, 'prove-restore')?.seq].filter((seq): seq is number => seq !== undefined);
  return seqs.length === 0 ? null : Math.max(...seqs);
};

const checkRestore = (state: CeremonyState, entries: readonly KeptEntry[], spki: Uint8Array, { checkKeySignature }: VerifyPorts, out: Collector): void => {
  const seq = lastProof(entries);
  const restored = state.backup?.restored;
  if (seq === null || !restored) return;
  const isGood = checkKeySignature(keyPlan(state.plan).key.profile, spki, restoreMessage(restored.challenge as Sha256Hex), fromBase64(restored.signature)!);
  if (isGood) out.row('custody', 'sound', 'The restored key signed its challenge; the signature verifies.');
  else out.add('custody', say.fact(seq, 'the signature of the restored key does not verify under the public key'));
};

/** The key is that of an earlier ceremony: the plan has it, and only what was done to it here is claimed. */
const checkPlannedKey = (state: CeremonyState, spki: Uint8Array, out: Collector): void => {
  const { key, plan, locked } = state;
  if (sha256Of(spki) !== key?.spkiSha256) out.add('key', say.fileInvalid('plan.json', 'the digest of the public key is not that of the public key.'));
  for (const { name } of checkPublicKey(spki, keyPlan(plan).key.profile).filter(({ ok }) => !ok)) out.add('key', say.fileInvalid('plan.json', `the public key fails a check for ${keyPlan(plan).key.profile}: ${name}.`));
  if (locked !== null) out.add('key', say.claims());
  out.row('key', locked === null ? 'sound' : 'claim', locked === null ? 'The public key is the one that the plan names. No key was made here.' : "The public key is the one that the plan names. What its copy's attributes say is the module's claim.");
};

/** @returns the SPKI when a key was made and its entry agrees with itself and the plan. */
export const checkKey = (state: CeremonyState, entries: readonly KeptEntry[], ports: VerifyPorts, out: Collector): Uint8Array | null => {
  const { key } = state;
  if (key === null) { out.row('key', 'not-done', 'No key was made.'); return null; }
  const spki = fromBase64(key.spki)!;
  if (state.plan.source) { checkPlannedKey(state, spki, out); checkRestore(state, entries, spki, ports, out); return spki; }
  if (sha256Of(spki) !== key.spkiSha256) out.add('key', say.fact(key.seq, 'the digest of the public key is not that of the public key'));
  for (const { name } of checkPublicKey(spki, keyPlan(state.plan).key.profile).filter(({ ok }) => !ok)) out.add('key', say.fact(key.seq, `the public key fails a check for ${keyPlan(state.plan).key.profile}: ${name}`));
  out.add('key', say.claims());
  out.row('key', 'claim', "The public key is of the planned kind. Its attributes are the module's claims.");
  checkRestore(state, entries, spki, ports, out);
  return spki;
};
