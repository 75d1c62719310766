/** Starts, replaces and talks to the vault process. It knows no secret: requests name entries, never their values. */
import { utilityProcess, type MessagePortMain, type UtilityProcess } from 'electron';
import { AppError } from '../../shared/errors.ts';
import type { EntryId, EntrySpec, VaultCallName, VaultRequest, VaultResponse } from '../../shared/vault/contract.ts';
import type { VaultHouse } from '../ceremony/ports.ts';
import type { FromVault, ToVault } from '../vault/protocol.ts';

const READY_TIMEOUT_MS = 20_000;

interface Waiting { readonly resolve: (value: unknown) => void; readonly reject: (error: AppError) => void }
interface Running { readonly child: UtilityProcess; readonly ready: Promise<void>; readonly waiting: Map<number, Waiting>; readonly gone: Promise<void> }

export interface ElectronVaultHouse extends VaultHouse {
  /** Hands one person's entry window to the vault. Resolves when the person commits or cancels; a vault that dies rejects with VAULT_GONE. */
  openEntry(entryId: EntryId, spec: EntrySpec, port: MessagePortMain): Promise<{ committed: boolean }>;
  /** Ends the process for good. */
  close(): Promise<void>;
}

export interface VaultHouseOptions {
  /** The bundled entry of the vault. */
  readonly modulePath: string;
  /** The environment of the vault: PKCS#11 modules read their configuration from it. */
  readonly env: () => Readonly<Record<string, string>>;
}

const settle = (waiting: Map<number, Waiting>, message: FromVault): void => {
  if (message.type !== 'answer') return;
  const call = waiting.get(message.id);
  waiting.delete(message.id);
  if (message.ok) call?.resolve(message.value);
  else call?.reject(new AppError(message.fault.code, message.fault.details));
};

const start = (options: VaultHouseOptions): Running => {
  const child = utilityProcess.fork(options.modulePath, [], { serviceName: 'quorate-vault', env: { ...options.env() }, stdio: 'inherit' });
  const waiting = new Map<number, Waiting>();
  const gone = new Promise<void>((resolve) => { child.once('exit', () => { resolve(); }); });
  const ready = new Promise<void>((resolve, reject) => {
    const late = setTimeout(() => { reject(new AppError('VAULT_GONE', { during: 'start' })); }, READY_TIMEOUT_MS);
    child.on('message', (message: FromVault) => {
      if (message.type === 'ready') { clearTimeout(late); resolve(); } else settle(waiting, message);
    });
    child.once('exit', () => { clearTimeout(late); reject(new AppError('VAULT_GONE', { during: 'start' })); });
  });
  // Whoever calls learns of a failed start; without a caller nobody needs to.
  ready.catch(() => undefined);
  return { child, ready, waiting, gone };
};

const abandon = (running: Running): void => {
  for (const call of running.waiting.values()) call.reject(new AppError('VAULT_GONE', {}));
  running.waiting.clear();
};

class House implements ElectronVaultHouse {
  private readonly options: VaultHouseOptions;
  private running: Running | null = null;
  private count = 0;
  private lastId = 0;
  private closed = false;
  private readonly listeners: (() => void)[] = [];

  constructor(options: VaultHouseOptions) { this.options = options; }

  get generation(): number { return this.count; }
  onGone(listener: () => void): void { this.listeners.push(listener); }

  async call<N extends VaultCallName>(name: N, request: VaultRequest<N>): Promise<VaultResponse<N>> {
    // The contract's types are those of the vault's own table; its answers are not parsed again.
    return await this.send((id) => ({ type: 'call', id, name, request }), []) as VaultResponse<N>;
  }

  async openEntry(entryId: EntryId, spec: EntrySpec, port: MessagePortMain): Promise<{ committed: boolean }> {
    return await this.send((id) => ({ type: 'entry', id, entryId, spec }), [port]) as { committed: boolean };
  }

  async restart(): Promise<void> {
    await this.stop();
    if (!this.closed) await this.live().ready;
  }

  async close(): Promise<void> { this.closed = true; await this.stop(); }

  private live(): Running {
    if (this.closed) throw new AppError('VAULT_GONE', { during: 'close' });
    if (this.running !== null) return this.running;
    const fresh = start(this.options);
    this.running = fresh;
    this.count += 1;
    void fresh.gone.then(() => { this.onExit(fresh); });
    return fresh;
  }

  /** A vault that ends without being asked to is replaced by the next call; the host hears of it and goes on from the transcript. */
  private onExit(gone: Running): void {
    abandon(gone);
    if (this.running !== gone) return;
    this.running = null;
    for (const listener of this.listeners) listener();
  }

  private async send(message: (id: number) => ToVault, ports: MessagePortMain[]): Promise<unknown> {
    const vault = this.live();
    await vault.ready;
    if (this.running !== vault) throw new AppError('VAULT_GONE', {});
    const id = (this.lastId += 1);
    return await new Promise((resolve, reject) => {
      vault.waiting.set(id, { resolve, reject });
      vault.child.postMessage(message(id), ports);
    });
  }

  private async stop(): Promise<void> {
    const old = this.running;
    if (old === null) return;
    this.running = null;
    old.child.kill();
    await old.gone;
    abandon(old);
  }
}

/** The process is started by the first call. */
export const createVaultHouse = (options: VaultHouseOptions): ElectronVaultHouse => new House(options);
