/** A vault in a process of its own, forked from Node: bundled on the spot, spoken to by the protocol, and killed when a test wants it. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'vite';
import { AppError } from '../../shared/errors.ts';
import type { EntryId, EntryMessageIn, EntrySpec, VaultCallName, VaultRequest, VaultResponse } from '../../shared/vault/contract.ts';
import type { FromVault, ToVault } from '../../electron/vault/protocol.ts';

export interface VaultBundle { readonly file: string; remove(): void }

/** The vault's process file, built into a folder below out/ so that it finds its packages. */
export const bundleVault = async (): Promise<VaultBundle> => {
  const root = resolve(import.meta.dirname, '../..');
  mkdirSync(join(root, 'out'), { recursive: true });
  const outDir = mkdtempSync(join(root, 'out/test-vault-'));
  await build({ root, configFile: false, logLevel: 'error', build: { ssr: 'electron/vault/main.ts', outDir, emptyOutDir: true, target: 'node20', rollupOptions: { output: { entryFileNames: 'vault.mjs' } } } });
  return { file: join(outDir, 'vault.mjs'), remove: () => { rmSync(outDir, { recursive: true, force: true }); } };
};

interface Pending { readonly resolve: (value: unknown) => void; readonly reject: (error: unknown) => void }

export interface ForkedVault {
  readonly child: ChildProcess;
  call<N extends VaultCallName>(name: N, request: VaultRequest<N>): Promise<VaultResponse<N>>;
  attachEntry(entryId: EntryId, spec: EntrySpec): Promise<{ committed: boolean }>;
  sendEntry(entryId: EntryId, message: EntryMessageIn): void;
  readonly entryMessages: FromVault[];
  kill(): Promise<void>;
}

export const forkVault = async (bundle: VaultBundle, env: Readonly<Record<string, string>>): Promise<ForkedVault> => {
  const child = fork(bundle.file, { serialization: 'advanced', env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const pending = new Map<number, Pending>();
  const entryMessages: FromVault[] = [];
  const ready = once(child, 'message');
  child.on('message', (raw) => {
    const message = raw as FromVault;
    if (message.type === 'entry-message') entryMessages.push(message);
    if (message.type !== 'answer') return;
    const waiting = pending.get(message.id);
    if (message.ok) waiting?.resolve(message.value); else waiting?.reject(new AppError(message.fault.code, message.fault.details));
    pending.delete(message.id);
  });
  child.on('exit', () => { for (const one of pending.values()) one.reject(new AppError('VAULT_GONE')); pending.clear(); });
  await ready;
  let next = 1;
  const ask = (make: (id: number) => ToVault): Promise<unknown> =>
    new Promise((resolve, reject) => { const id = next++; pending.set(id, { resolve, reject }); child.send(make(id)); });
  return {
    child, entryMessages,
    call: (name, request) => ask((id) => ({ type: 'call', id, name, request })) as Promise<never>,
    attachEntry: (entryId, spec) => ask((id) => ({ type: 'entry', id, entryId, spec })) as Promise<{ committed: boolean }>,
    sendEntry: (entryId, message) => { child.send({ type: 'entry-message', entryId, message } satisfies ToVault); },
    kill: async () => { if (child.exitCode !== null || child.signalCode !== null) return; child.kill('SIGKILL'); await once(child, 'exit'); },
  };
};
