/** Calls about modules and tokens. */
import { AppError } from '../../../shared/errors.ts';
import type { VaultRequest, VaultResponse } from '../../../shared/vault/contract.ts';
import type { HandlersOf, VaultContext } from '../context.ts';
import { listPublicKeys } from '../credentials/token.ts';
import { makeToken } from '../pkcs11/init-token.ts';
import { describeObject, findObjects } from '../pkcs11/objects.ts';
import { assertPinLength, withPin } from '../pin-entries.ts';

const login = (context: VaultContext, request: VaultRequest<'token.login'>): Promise<{ ok: true }> =>
  withPin(context, request.pinEntries, (pin) => {
    const token = context.modules.token(request.module, request.serial);
    assertPinLength(token, pin);
    token.login(pin);
    return { ok: true };
  });

const inventory = async (context: VaultContext, request: VaultRequest<'token.inventory'>): Promise<VaultResponse<'token.inventory'>> => {
  const token = context.modules.token(request.module, request.serial);
  const objects = await token.use((session) => findObjects(session, []).map((object) => describeObject(session, object)));
  const order = (a: (typeof objects)[number], b: (typeof objects)[number]): number => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);
  return { token: token.info(), objects: objects.sort(order) };
};

const makeRehearsalToken = (context: VaultContext, request: VaultRequest<'rehearsal.make-token'>): Promise<VaultResponse<'rehearsal.make-token'>> =>
  withPin(context, request.pinEntries, (pin) => {
    // SECURITY: never initialises a token of a device.
    if (!context.modules.info(request.module).software) throw new AppError('VAULT_STATE', { reason: 'not-software' });
    if (pin === null) throw new AppError('VAULT_ENTRY_MISSING');
    return makeToken(context.modules.library(request.module).p11, request.label, pin);
  });

export const tokenCalls = (context: VaultContext): HandlersOf<'module.open' | 'rehearsal.make-token' | 'token.login' | 'token.logout' | 'token.inventory' | 'token.public-keys'> => ({
  'module.open': async ({ path, sha256 }) => context.modules.info(path, sha256 ?? null),
  'rehearsal.make-token': (request) => makeRehearsalToken(context, request),
  'token.login': (request) => login(context, request),
  'token.logout': async ({ module, serial }) => { context.modules.token(module, serial).logout(); return { ok: true }; },
  'token.inventory': (request) => inventory(context, request),
  'token.public-keys': ({ module, serial }) => listPublicKeys(context.modules.token(module, serial)),
});
