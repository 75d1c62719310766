/** Makes the key pair, and after a fault or a restart asks the token what there is instead of trying blindly (DESIGN section 1). */
import type { EffectId, KeyIdHex } from '../../../shared/brand.ts';
import { fromBase64, toHex } from '../../../shared/bytes.ts';
import { keyPlan } from '../../../shared/ceremony/people.ts';
import { AppError, toFault } from '../../../shared/errors.ts';
import { sha256Of } from '../../../shared/transcript/digest.ts';
import type { Intent } from '../../../shared/transcript/entry-schema.ts';
import type { KeyPresence, VaultResponse } from '../../../shared/vault/contract.ts';
import { busy } from '../ask.ts';
import type { Session } from '../session.ts';

type Generate = Extract<Intent, { kind: 'generate-key' }>;
const keyRef = (session: Session, serial: string, keyId: KeyIdHex) => ({ module: keyPlan(session.state.plan).hsm.module.path, serial, keyId });

const conclude = (session: Session, effect: EffectId, made: Pick<VaultResponse<'key.generate'>, 'spki' | 'claims' | 'checks' | 'durationMs'>): Promise<void> =>
  session.conclude(effect, { kind: 'generate-key', spki: made.spki, spkiSha256: sha256Of(fromBase64(made.spki)!), claims: made.claims, checks: [...made.checks], durationMs: made.durationMs });

/** Removes what an interrupted step left under `keyId`, under an intent of its own. */
export const destroyDebris = async (session: Session, serial: string, keyId: KeyIdHex): Promise<void> => {
  const effect = await session.intend({ kind: 'destroy-debris', serial, keyId });
  await finishDestroy(session, effect, serial, keyId);
};
export const finishDestroy = async (session: Session, effect: EffectId, serial: string, keyId: KeyIdHex): Promise<void> => {
  const { destroyed } = await session.ports.vault.call('key.destroy', keyRef(session, serial, keyId));
  await session.conclude(effect, { kind: 'destroy-debris', destroyed: [...destroyed] });
};

const look = (session: Session, intent: Generate): Promise<KeyPresence> =>
  session.ports.vault.call('key.look', { ...keyRef(session, intent.serial, intent.keyId), profile: keyPlan(session.state.plan).key.profile });

/** Asks the token: a complete key is the result; anything less is removed and the step can run again with a new id. */
export const reconcileGenerate = async (session: Session, effect: EffectId, intent: Generate, fault: unknown): Promise<void> => {
  const presence = await look(session, intent);
  if (presence.found === 'complete') {
    const checked = ['found after an interruption: one private and one public object, matching, signature verified'];
    await conclude(session, effect, { spki: presence.spki, claims: presence.claims, checks: checked, durationMs: 0 });
    return;
  }
  await session.fail(effect, fault, presence.found === 'none' ? 'no' : 'unknown');
  if (presence.found === 'debris') await destroyDebris(session, intent.serial, intent.keyId);
};

export const generateKey = async (session: Session): Promise<void> => {
  const plan = keyPlan(session.state.plan);
  const keyId = toHex(session.ports.random(16)) as KeyIdHex;
  const intent: Generate = { kind: 'generate-key', serial: plan.hsm.serial!, label: plan.key.label, keyId, profile: plan.key.profile, extractable: plan.key.backup.kind === 'split' };
  const effect = await session.intend(intent);
  try {
    const made = await busy(session, 'generate-key', 'The HSM makes the key pair', () =>
      session.ports.vault.call('key.generate', { ...keyRef(session, intent.serial, keyId), label: intent.label, profile: plan.key.profile, extractable: intent.extractable }));
    await conclude(session, effect, made);
  } catch (error) {
    if (session.broken || toFault(error).code === 'VAULT_GONE') throw error;
    await reconcileGenerate(session, effect, intent, error);
    throw error instanceof AppError ? error : new AppError('HSM_CALL_FAILED', {}, { cause: error });
  }
};
