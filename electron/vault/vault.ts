/**
 * The vault: modules, PINs, keys and shares behind a table of calls. The same object runs in Electron's utility process, in a forked
 * Node process and in tests; it knows no window and no archive.
 */
import { AppError, refuse, toFault } from '../../shared/errors.ts';
import type { EntryId, EntrySpec, VaultCallName, VaultClient, VaultRequest, VaultResponse } from '../../shared/vault/contract.ts';
import { backupCalls } from './backup/calls.ts';
import { credentialCalls } from './calls/credential-calls.ts';
import { keyCalls } from './calls/key-calls.ts';
import { tokenCalls } from './calls/token-calls.ts';
import { cardCalls } from './cards/calls.ts';
import type { VaultContext, VaultHandlers, VaultHooks } from './context.ts';
import { custodyCalls } from './custody/calls.ts';
import { gatherCalls } from './custody/gathers.ts';
import { selfTest, type SelfTest } from './custody/self-test.ts';
import { createEntryStore, type EntryPort } from './entries.ts';
import { pinCalls } from './pins/calls.ts';
import { hsmFault } from './pkcs11/faults.ts';
import { createModuleRegistry } from './pkcs11/modules.ts';
import { createQueue } from './queue.ts';
import { printerCalls } from './sheets/calls.ts';

export type { EntryPort } from './entries.ts';

export interface Vault extends VaultClient {
  /** Gives one person's entry window to the vault; resolves when they commit or cancel. @throws VAULT_STATE when the id was used before */
  attachEntry(entryId: EntryId, spec: EntrySpec, port: EntryPort): Promise<{ committed: boolean }>;
  /** Wipes what it holds, logs out and lets the modules go. Later calls fail with VAULT_GONE. */
  close(): void;
}

const newHooks = (): VaultHooks => ({
  checkShareLine: () => refuse('VAULT_STATE', { reason: 'no-set' }),
  openCredential: () => { throw new AppError('VAULT_STATE', { reason: 'no-credentials' }); },
  custodyStatus: () => ({ setId: null, unprinted: [], readBack: [], wrappingKey: false }),
  wipers: new Set(),
});

const wipe = (context: VaultContext): void => {
  context.entries.wipe();
  for (const wiper of context.hooks.wipers) wiper();
  context.modules.logoutAll();
};

const handlersOf = (context: VaultContext): Partial<VaultHandlers> => ({
  ...tokenCalls(context), ...keyCalls(context), ...credentialCalls(context), ...custodyCalls(context), ...gatherCalls(context), ...cardCalls(context), ...backupCalls(context), ...pinCalls(context), ...printerCalls(context),
  'entry.open': async () => { throw new AppError('IPC_REQUEST', { reason: 'entry-without-port' }); },
  'vault.wipe': async () => { wipe(context); return { ok: true }; },
  'vault.status': async () => ({ ...context.hooks.custodyStatus(), loggedIn: context.modules.loggedIn() }),
});

/** Calls that work with shares or their secrets: they wait for the self-test, and are refused with its fault when it fails. */
const NEEDS_SELF_TEST: ReadonlySet<string> = new Set(['custody', 'gather', 'share', 'pin']);
const areaOf = (name: VaultCallName): string => name.split('.')[0]!;

/** Calls on one module run one after another; a token's sessions and the module's own locks are for signatures inside one call. */
const queueKey = (name: VaultCallName, request: unknown): string => {
  const { module, source } = request as { module?: unknown; source?: { module?: unknown } };
  const path = module ?? source?.module;
  return typeof path === 'string' ? `module ${path}` : areaOf(name);
};

/** An unknown error of a module or of Node becomes a fault without its message, which may hold anything. */
const asAppError = (error: unknown): AppError => {
  const known = hsmFault(error);
  if (known instanceof AppError) return known;
  const { code, details } = toFault(known);
  return new AppError(code, details, { cause: error });
};

/** @param options for tests: the clock, the machine's otherwise; and the self-test of sharing, that of this process otherwise */
export const createVault = (options: { readonly now?: () => Date; readonly selfTest?: () => Promise<SelfTest> } = {}): Vault => {
  const hooks = newHooks();
  const context: VaultContext = { modules: createModuleRegistry(), entries: createEntryStore(hooks), hooks, now: options.now ?? (() => new Date()) };
  const testSharing = options.selfTest ?? selfTest;
  const handlers: Partial<VaultHandlers> = { ...handlersOf(context), 'vault.self-test': () => testSharing() };
  const inTurn = createQueue();
  let closed = false;
  let running = 0;
  /** A module is not finalised while a thread is inside it. */
  const letGo = (): void => { if (closed && running === 0) context.modules.close(); };

  const call = async <N extends VaultCallName>(name: N, request: VaultRequest<N>): Promise<VaultResponse<N>> => {
    const handler = Object.hasOwn(handlers, name) ? handlers[name] : undefined;
    if (closed) throw new AppError('VAULT_GONE');
    if (handler === undefined) throw new AppError('IPC_UNKNOWN_CALL', { name });
    if (typeof request !== 'object' || request === null) throw new AppError('IPC_REQUEST', { name });
    running += 1;
    try {
      return await inTurn(queueKey(name, request), async () => {
        if (NEEDS_SELF_TEST.has(areaOf(name))) await testSharing();
        return handler(request);
      });
    } catch (error) { throw asAppError(error); } finally { running -= 1; letGo(); }
  };

  return {
    call,
    attachEntry: (entryId, spec, port) => (closed ? Promise.reject(new AppError('VAULT_GONE')) : context.entries.attach(entryId, spec, port)),
    close: () => {
      if (closed) return;
      closed = true;
      wipe(context);
      letGo();
    },
  };
};
