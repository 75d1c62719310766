/** A vault's context without the vault around it, for calls into one of its parts. */
import { createEntryStore } from '../../electron/vault/entries.ts';
import type { VaultContext, VaultHooks } from '../../electron/vault/context.ts';
import { createModuleRegistry } from '../../electron/vault/pkcs11/modules.ts';
import type { Vault } from '../../electron/vault/vault.ts';
import { accept, AppError } from '../../shared/errors.ts';

/** `attachEntry` makes it a vault to {@link typeInto}. */
export type BareContext = VaultContext & Pick<Vault, 'attachEntry'>;

export const bareContext = (): BareContext => {
  const hooks: VaultHooks = {
    checkShareLine: () => accept(true), openCredential: () => { throw new AppError('VAULT_STATE'); },
    custodyStatus: () => ({ setId: null, unprinted: [], readBack: [], wrappingKey: false }), wipers: new Set(),
  };
  const entries = createEntryStore(hooks);
  return { modules: createModuleRegistry(), entries, hooks, now: () => new Date(), attachEntry: (id, spec, port) => entries.attach(id, spec, port) };
};
