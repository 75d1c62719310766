/** Proves the shares, wraps and restores the key, locks every copy and wipes the vault: act 5, in the order of DESIGN section 6. */
import path from 'node:path';
import type { Base64, EffectId, KeyIdHex } from '../../../shared/brand.ts';
import { keyPlan, sourceOf, tokensOf } from '../../../shared/ceremony/people.ts';
import { proofSubsets } from '../../../shared/ceremony/select.ts';
import { AppError } from '../../../shared/errors.ts';
import { sha256Of } from '../../../shared/transcript/digest.ts';
import type { Intent } from '../../../shared/transcript/entry-schema.ts';
import { busy } from '../ask.ts';
import type { Session } from '../session.ts';
import { destroyDebris } from './generate-key.ts';
import { failUnlessGone } from './fail.ts';

export const keyOf = (session: Session): { keyId: KeyIdHex; spki: Base64; label: string } => {
  const { key } = session.state;
  if (!key) throw new AppError('RULE_PROOF_ORDER', { reason: 'no key yet', entry: 'intent' });
  return { keyId: key.keyId as KeyIdHex, spki: key.spki as Base64, label: key.label };
};
export const mediaNumbers = (session: Session): number[] => Array.from({ length: keyPlan(session.state.plan).media }, (_, index) => index + 1);
export const mediumDir = (session: Session, number: number): string => path.join(session.ports.workspace.mediaDir, String(number));
export const wrappedName = (session: Session): string => `${session.folder.name}.wrapped`;
/** Where the wrapped key that this ceremony makes lies on a medium. */
export const mediumFile = (session: Session, number: number): string => path.join(mediumDir(session, number), wrappedName(session));

/** What is on the media of the plan's source: the first whose bytes have the digest of the plan, and those before it that have not. */
export interface Wrapped { readonly file: string; readonly damaged: readonly number[] }

/** A medium that is not at hand is passed over; so is one whose bytes have rotted. @throws HSM_BLOB_DAMAGED (`why`: missing, digest) when no medium is good */
export const findWrapped = async (session: Session): Promise<Wrapped> => {
  const wrapped = sourceOf(session.state.plan).wrapped, damaged: number[] = [];
  for (const number of wrapped?.media ?? []) {
    const file = path.join(mediumDir(session, number), wrapped!.fileName), bytes = await session.ports.disk.read(file);
    if (bytes !== null && sha256Of(bytes) === wrapped!.sha256) return { file, damaged };
    if (bytes !== null) damaged.push(number);
  }
  if (damaged.length > 0) throw damagedOn(damaged[0]!);
  throw new AppError('HSM_BLOB_DAMAGED', { why: 'missing', media: [...(wrapped?.media ?? [])] });
};
const damagedOn = (medium: number): AppError => new AppError('HSM_BLOB_DAMAGED', { why: 'digest', medium });

/** Begins an effect that reads the wrapped key; each medium that was found damaged is in the record first, as a try that failed. */
export const intendFrom = async (session: Session, { damaged }: Pick<Wrapped, 'damaged'>, intent: Intent): Promise<EffectId> => {
  for (const medium of damaged) await session.fail(await session.intend(intent), damagedOn(medium), 'no');
  return session.intend(intent);
};

/** Deletes the wrapped key of this ceremony from every medium; what is gone is gone. */
export const clearMedia = async (session: Session): Promise<void> => {
  for (const number of mediaNumbers(session)) {
    await session.ports.disk.makeDir(mediumDir(session, number));
    await session.ports.disk.remove(mediumFile(session, number));
  }
};

export const rebuild = async (session: Session): Promise<void> => {
  const { set, plan } = session.state;
  const pin = set!.holds === 'pin';
  const subsets = proofSubsets(plan.quorum.threshold, plan.quorum.shares).map((subset) => [...subset]);
  const effect = await session.intend({ kind: 'rebuild', setId: set!.setId, subsets });
  try {
    const proved = await busy(session, pin ? 'rebuild-pin' : 'rebuild', pin ? 'Rebuilding the PIN secret' : 'Rebuilding the wrapping key', () => session.ports.vault.call('custody.rebuild', { subsets }));
    await session.conclude(effect, { kind: 'rebuild', subsets: proved.subsets.map((subset) => [...subset]) });
  } catch (error) { await failUnlessGone(session, effect, error, 'no'); }
};

export const wrap = async (session: Session): Promise<void> => {
  const { set } = session.state, plan = keyPlan(session.state.plan);
  const { keyId } = keyOf(session);
  const media = mediaNumbers(session).map((number) => ({ number, dir: mediumDir(session, number) }));
  const effect = await session.intend({ kind: 'wrap', setId: set!.setId, serial: plan.hsm.serial!, keyId, media: mediaNumbers(session) });
  try {
    await clearMedia(session);
    const made = await busy(session, 'wrap', 'Wrapping the key and writing the media', () =>
      session.ports.vault.call('backup.wrap', { module: plan.hsm.module.path, serial: plan.hsm.serial!, keyId, media, fileName: wrappedName(session) }));
    await session.conclude(effect, { kind: 'wrap', algorithm: made.algorithm, mechanism: made.mechanism, length: made.length, sha256: made.sha256, media: made.media.map((medium) => ({ ...medium })) });
  } catch (error) {
    if (!session.broken) await clearMedia(session);
    await failUnlessGone(session, effect, error, 'undone');
  }
};

/** A copy on the second token that no result explains was left by an interruption; it is removed before another try. */
const removeUnprovedCopy = async (session: Session, serial: string, keyId: KeyIdHex): Promise<void> => {
  const { hsm, key } = keyPlan(session.state.plan);
  const presence = await session.ports.vault.call('key.look', { module: hsm.module.path, serial, keyId, profile: key.profile });
  if (presence.found !== 'none') await destroyDebris(session, serial, keyId);
};

/** A generation restores what it just wrapped, on the second token; a recovery what the plan names, on its own token. */
const restoreFrom = async (session: Session) => {
  const { set, backup } = session.state, plan = keyPlan(session.state.plan);
  if (plan.ceremony.kind !== 'recovery') return { setId: set!.setId, serial: plan.hsm.secondSerial!, mediaFile: mediumFile(session, 1), damaged: [], sha256: backup!.sha256, gathered: {} };
  const source = sourceOf(plan), { file, damaged } = await findWrapped(session);
  return { setId: source.set.setId, serial: plan.hsm.serial!, mediaFile: file, damaged, sha256: source.wrapped!.sha256, gathered: { gathered: source.set.setId } };
};

export const restore = async (session: Session): Promise<void> => {
  const plan = keyPlan(session.state.plan);
  const { keyId, spki, label } = keyOf(session);
  const { setId, serial, mediaFile, damaged, sha256, gathered } = await restoreFrom(session);
  await removeUnprovedCopy(session, serial, keyId);
  const effect = await intendFrom(session, { damaged }, { kind: 'restore', setId, serial, keyId, label });
  try {
    const made = await busy(session, 'restore', `Restoring on HSM ${serial}`, () =>
      session.ports.vault.call('backup.restore', { module: plan.hsm.module.path, serial, keyId, label, profile: plan.key.profile, spki, mediaFile, sha256, ...gathered }));
    await session.conclude(effect, { kind: 'restore', spkiSha256: made.spkiSha256, challenge: made.challenge, signature: made.signature, claims: made.claims });
  } catch (error) { await failUnlessGone(session, effect, error, 'unknown'); }
};

const runLock = async (session: Session, effect: EffectId): Promise<void> => {
  const plan = keyPlan(session.state.plan);
  const { tokens } = await busy(session, 'lock', 'Locking every copy', () =>
    session.ports.vault.call('key.lock', { module: plan.hsm.module.path, serials: tokensOf(plan), keyId: keyOf(session).keyId }));
  await session.conclude(effect, { kind: 'lock', tokens: tokens.map((token) => ({ ...token })) });
};

/** A lock may be done again: setting false to false changes nothing. So an open lock is simply finished. */
export const lock = async (session: Session): Promise<void> => {
  const open = session.state.openEffect;
  const effect = open?.intent.kind === 'lock' ? open.effect : await session.intend({ kind: 'lock', serials: [...tokensOf(session.state.plan)], keyId: keyOf(session).keyId });
  try { await runLock(session, effect); } catch (error) { await failUnlessGone(session, effect, error, 'unknown'); }
};

/** Ends the vault process: the one erasure that can be relied on. */
export const wipe = async (session: Session): Promise<void> => {
  const open = session.state.openEffect;
  const effect = open?.intent.kind === 'wipe' ? open.effect : await session.intend({ kind: 'wipe' });
  await busy(session, 'wipe', 'Wiping and replacing the vault', async () => {
    await session.ports.vault.call('vault.wipe', {});
    await session.ports.vault.restart();
  });
  await session.conclude(effect, { kind: 'wipe', vaultRestarted: true });
};
