/** What every call handler of the vault works with: opened modules, what people typed, and the hooks of the parts that keep secrets. */
import type { PersonId } from '../../shared/brand.ts';
import type { Result } from '../../shared/errors.ts';
import type { EntrySpec, VaultCallName, VaultRequest, VaultResponse } from '../../shared/vault/contract.ts';
import type { EntryStore } from './entries.ts';
import type { ModuleRegistry } from './pkcs11/modules.ts';

export type VaultHandlers = { readonly [N in VaultCallName]: (request: VaultRequest<N>) => Promise<VaultResponse<N>> };
/** The handlers one part of the vault provides. */
export type HandlersOf<N extends VaultCallName> = Pick<VaultHandlers, N>;

export type ShareSpec = Extract<EntrySpec, { kind: 'share' }>;
export type CustodyStatus = Pick<VaultResponse<'vault.status'>, 'setId' | 'unprinted' | 'readBack' | 'wrappingKey'>;

/** Set once by the custody part when the vault is made; the defaults hold no set. */
export interface VaultHooks {
  /** Judges one typed share line (UTF-8 as typed, not normalised) the moment it is committed. Must not keep `line`. */
  checkShareLine: (index: 0 | 1 | 2 | 3, line: Buffer, spec: ShareSpec) => Result<true>;
  /** Opens a person's credential file. @returns its 32-byte seed, which takes the passphrase's place in the entry; the passphrase stays the caller's. */
  openCredential: (path: string, person: PersonId, passphrase: Buffer) => Promise<Result<Buffer>>;
  custodyStatus: () => CustodyStatus;
  /** Run by vault.wipe and when the vault closes. Each fills its secrets with zeros and forgets them; never throws. */
  readonly wipers: Set<() => void>;
}

export interface VaultContext {
  readonly modules: ModuleRegistry;
  readonly entries: EntryStore;
  readonly hooks: VaultHooks;
  readonly now: () => Date;
}
