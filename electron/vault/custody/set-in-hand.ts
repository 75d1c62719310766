/** The one share set that a vault holds, and the secrets of sets lent for one piece of work. */
import { AppError } from '../../../shared/errors.ts';
import type { Sha256Hex } from '../../../shared/brand.ts';
import type { SetPurpose } from '../../../shared/vault/contract.ts';
import type { VaultContext } from '../context.ts';
import { gatherOf } from './gathers.ts';
import type { ShareSet } from './share-set.ts';

const sets = new WeakMap<VaultContext, ShareSet>();

/** The set this vault holds. @throws VAULT_STATE (no-set) */
export const shareSetOf = (context: VaultContext): ShareSet => {
  const set = sets.get(context);
  if (set === undefined) throw new AppError('VAULT_STATE', { reason: 'no-set' });
  return set;
};

export const setInHand = (context: VaultContext): ShareSet | null => sets.get(context) ?? null;
export const forgetSet = (context: VaultContext): void => { sets.get(context)?.wipe(); sets.delete(context); };
export const keepSet = (context: VaultContext, set: ShareSet): void => { forgetSet(context); sets.set(context, set); };

/** Works on a copy, so that a wipe in the middle never makes the work go on with zeros; the copy is wiped after. */
const lend = async <T>(secret: Buffer, work: (secret: Buffer) => Promise<T>): Promise<T> => {
  const copy = Buffer.allocUnsafeSlow(secret.length);
  secret.copy(copy);
  try { return await work(copy); } finally { copy.fill(0); }
};

/** Lends the rebuilt secret of the set in hand. @throws VAULT_STATE (no-set, holds, not-rebuilt) */
export const withSecretInHand = async <T>(context: VaultContext, purpose: SetPurpose, work: (secret: Buffer) => Promise<T>): Promise<T> =>
  lend(shareSetOf(context).secret(purpose), work);

/** Lends the combined secret of a gathered set. @throws VAULT_STATE (no-gather, not-combined) */
export const withGatheredSecret = async <T>(context: VaultContext, setId: Sha256Hex, work: (secret: Buffer) => Promise<T>): Promise<T> =>
  lend(gatherOf(context, setId).secret(), work);
