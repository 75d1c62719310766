/** The vault's process: binds the vault to Electron's parentPort, or to the IPC channel of a forked Node process. See protocol.ts. */
import { toFault } from '../../shared/errors.ts';
import type { EntryMessageIn } from '../../shared/vault/contract.ts';
import { selfTest } from './custody/self-test.ts';
import type { EntryPort } from './entries.ts';
import { parseToVault, type FromVault, type ToVault } from './protocol.ts';
import { createVault } from './vault.ts';

/** The part of Electron's MessagePortMain and ParentPort that is used; Electron's types stay out of the vault. */
interface ElectronPort { postMessage(message: unknown): void; on(event: 'message', listener: (event: { data: unknown }) => void): void; on(event: 'close', listener: () => void): void; start(): void; close(): void }
interface ParentPort { postMessage(message: FromVault): void; on(event: 'message', listener: (event: { data: unknown; ports: readonly ElectronPort[] }) => void): void }

const vault = createVault();
// At once, so that nobody waits for it; every call that works with shares has its verdict.
selfTest().catch(() => undefined);

/** The entry ends with its port: closing is a cancel, and after the answer nothing more is read from it. */
const electronEntryPort = (port: ElectronPort): EntryPort => ({
  postMessage: (message) => { port.postMessage(message); },
  onMessage: (listener) => { port.on('message', (event) => { listener(event.data); }); port.start(); },
  onClose: (listener) => { port.on('close', listener); },
});

/** In a fork the entry's messages come through the channel; only headless drivers use this. */
const createTunnel = (send: (message: FromVault) => void) => {
  const open = new Map<string, { message: (message: EntryMessageIn) => void; close: () => void }>();
  return {
    port: (entryId: string): EntryPort => ({
      postMessage: (message) => { send({ type: 'entry-message', entryId, message }); },
      onMessage: (listener) => { open.set(entryId, { message: listener, close: open.get(entryId)?.close ?? (() => undefined) }); },
      onClose: (listener) => { open.set(entryId, { message: open.get(entryId)?.message ?? (() => undefined), close: listener }); },
    }),
    message: (entryId: string, message: EntryMessageIn): void => { open.get(entryId)?.message(message); },
    close: (entryId: string): void => { open.get(entryId)?.close(); open.delete(entryId); },
  };
};

const bind = (send: (message: FromVault) => void): ((raw: unknown, port: ElectronPort | undefined) => void) => {
  const tunnel = createTunnel(send);
  const answer = (id: number, result: Promise<unknown>): void => {
    result.then((value) => { send({ type: 'answer', id, ok: true, value }); }, (error: unknown) => { send({ type: 'answer', id, ok: false, fault: toFault(error) }); });
  };
  const handle = (message: ToVault, port: ElectronPort | undefined): void => {
    switch (message.type) {
      case 'call': answer(message.id, vault.call(message.name, message.request as never)); return;
      case 'entry': answer(message.id, vault.attachEntry(message.entryId, message.spec, port === undefined ? tunnel.port(message.entryId) : electronEntryPort(port))); return;
      case 'entry-message': tunnel.message(message.entryId, message.message); return;
      case 'entry-close': tunnel.close(message.entryId); return;
    }
  };
  return (raw, port) => {
    const message = parseToVault(raw);
    if (message !== null) handle(message, port);
  };
};

const start = (): void => {
  const parentPort = (process as { parentPort?: ParentPort }).parentPort;
  if (parentPort !== undefined) {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a process, not a window
    const send = (message: FromVault): void => { parentPort.postMessage(message); };
    const receive = bind(send);
    parentPort.on('message', (event) => { receive(event.data, event.ports[0]); });
    send({ type: 'ready' });
    return;
  }
  if (process.send === undefined) throw new Error('The vault needs a parent process.');
  const receive = bind((message) => { process.send?.(message); });
  process.on('message', (raw) => { receive(raw, undefined); });
  process.on('disconnect', () => { vault.close(); process.exit(0); });
  process.send({ type: 'ready' } satisfies FromVault);
};

// An error nobody waits for leaves a vault whose state is unknown: it ends, and main starts a new one.
process.on('uncaughtException', () => { process.exit(70); });
process.on('unhandledRejection', () => { process.exit(70); });
start();
