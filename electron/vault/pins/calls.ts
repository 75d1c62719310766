/** The pin.* calls: PINs that nobody knows, derived from the secret of a PIN set. */
import { fromHex } from '../../../shared/bytes.ts';
import type { VaultRequest } from '../../../shared/vault/contract.ts';
import type { HandlersOf, VaultContext } from '../context.ts';
import { withGatheredSecret } from '../custody/set-in-hand.ts';
import { changePins } from './change.ts';
import { userPinOf } from './derive.ts';

/**
 * The gate of a quorum: logs in with the PIN derived from a gathered set.
 * @throws VAULT_STATE (no-gather, not-combined), HSM_PIN_INCORRECT (the set is not this token's), HSM_PIN_LAST_TRY, HSM_PIN_LOCKED, HSM_PIN_FORMAT
 */
const open = (context: VaultContext, { module, serial, setId }: VaultRequest<'pin.open'>): Promise<{ ok: true }> =>
  withGatheredSecret(context, setId, async (secret) => {
    const token = context.modules.token(module, serial), pin = userPinOf({ secret, setId: fromHex(setId)! }, token.info());
    try { token.login(pin); return { ok: true }; } finally { pin.fill(0); }
  });

export const pinCalls = (context: VaultContext): HandlersOf<'pin.change' | 'pin.open'> => ({
  'pin.change': (request) => changePins(context, request),
  'pin.open': (request) => open(context, request),
});
