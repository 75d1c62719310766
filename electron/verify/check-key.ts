/** The public key of the ceremony, and the proof that the backup restores it. */
import type { Sha256Hex } from '../../shared/brand.ts';
import { fromBase64 } from '../../shared/bytes.ts';
import type { CeremonyState } from '../../shared/ceremony/state.ts';
import { restoreMessage } from '../../shared/custody/restore-challenge.ts';
import { checkPublicKey } from '../../shared/keys/check-public-key.ts';
import { findings as say } from '../../shared/text/findings.ts';
import { sha256Of } from '../../shared/transcript/digest.ts';
import type { Entry } from '../../shared/transcript/entry-schema.ts';
import { checkKeySignature } from './check-signature.ts';
import type { Collector } from './collector.ts';
import { lastEffect } from './replay.ts';

const checkRestore = (state: CeremonyState, entries: readonly Entry[], spki: Uint8Array, out: Collector): void => {
  const effect = lastEffect(entries, 'restore');
  const restored = state.backup?.restored;
  if (effect === null || !restored) return;
  const isGood = checkKeySignature(state.plan.key.profile, spki, restoreMessage(restored.challenge as Sha256Hex), fromBase64(restored.signature)!);
  if (isGood) out.row('custody', 'sound', 'The restored key signed its challenge; the signature verifies.');
  else out.add('custody', say.fact(effect.seq, 'the signature of the restored key does not verify under the public key'));
};

/** @returns the SPKI when a key was made and its entry agrees with itself and the plan. */
export const checkKey = (state: CeremonyState, entries: readonly Entry[], out: Collector): Uint8Array | null => {
  const { key } = state;
  if (key === null) { out.row('key', 'not-done', 'No key was made.'); return null; }
  const spki = fromBase64(key.spki)!;
  if (sha256Of(spki) !== key.spkiSha256) out.add('key', say.fact(key.seq, 'the digest of the public key is not that of the public key'));
  for (const { name } of checkPublicKey(spki, state.plan.key.profile).filter(({ ok }) => !ok)) out.add('key', say.fact(key.seq, `the public key fails a check for ${state.plan.key.profile}: ${name}`));
  out.add('key', say.claims());
  out.row('key', 'claim', "The public key is of the planned kind. Its attributes are the module's claims.");
  checkRestore(state, entries, spki, out);
  return spki;
};
