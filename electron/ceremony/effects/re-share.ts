/** What a re-share does with the key: wraps it anew out of its old backup, and proves the new one without leaving anything on a token. */
import { keyPlan, sourceOf } from '../../../shared/ceremony/people.ts';
import { busy } from '../ask.ts';
import type { Session } from '../session.ts';
import { clearMedia, findWrapped, intendFrom, keyOf, mediaNumbers, mediumDir, mediumFile, wrappedName } from './backup.ts';
import { failUnlessGone } from './fail.ts';

export const rewrap = async (session: Session): Promise<void> => {
  const { set } = session.state, plan = keyPlan(session.state.plan);
  const { keyId, spki } = keyOf(session), source = sourceOf(plan);
  const old = await findWrapped(session);
  const media = mediaNumbers(session).map((number) => ({ number, dir: mediumDir(session, number) }));
  const effect = await intendFrom(session, old, { kind: 'rewrap', setId: set!.setId, sourceSetId: source.set.setId, serial: plan.hsm.serial!, keyId, media: mediaNumbers(session) });
  try {
    await clearMedia(session);
    const made = await busy(session, 'rewrap', 'Opening the old wrapped key and wrapping it anew', () => session.ports.vault.call('backup.rewrap', {
      module: plan.hsm.module.path, serial: plan.hsm.serial!, keyId, profile: plan.key.profile, spki, gathered: source.set.setId, mediaFile: old.file, sha256: source.wrapped!.sha256, media, fileName: wrappedName(session),
    }));
    await session.conclude(effect, { kind: 'rewrap', algorithm: made.algorithm, mechanism: made.mechanism, length: made.length, sha256: made.sha256, media: made.media.map((medium) => ({ ...medium })) });
  } catch (error) {
    if (!session.broken) await clearMedia(session);
    await failUnlessGone(session, effect, error, 'undone');
  }
};

export const proveRestore = async (session: Session): Promise<void> => {
  const { set, backup } = session.state, plan = keyPlan(session.state.plan);
  const { keyId, spki } = keyOf(session), serial = plan.hsm.secondSerial!;
  const effect = await session.intend({ kind: 'prove-restore', setId: set!.setId, serial, keyId });
  try {
    const made = await busy(session, 'prove-restore', 'Opening the new wrapped key on the second HSM for one signature', () => session.ports.vault.call('backup.prove', {
      module: plan.hsm.module.path, serial, keyId, profile: plan.key.profile, spki, mediaFile: mediumFile(session, 1), sha256: backup!.sha256,
    }));
    await session.conclude(effect, { kind: 'prove-restore', spkiSha256: made.spkiSha256, challenge: made.challenge, signature: made.signature });
  } catch (error) { await failUnlessGone(session, effect, error, 'unknown'); }
};
