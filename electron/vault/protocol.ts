/**
 * Messages between main and the vault, over `utilityProcess` (parentPort) or a forked Node child (IPC, `serialization: 'advanced'`).
 * Main sends {@link ToVault} and gets {@link FromVault}. No secret is in any of them when ports are used; a fork has no ports, so a
 * headless driver sends the entry's own messages through `entry-message` (tests and benches only).
 *
 * Order: the vault says `ready` once; each `call` and each `entry` gets exactly one `answer` with its id. An entry's answer comes when
 * the person commits or cancels. Closing the entry's port, or `entry-close`, cancels it.
 */
import type { Fault } from '../../shared/errors.ts';
import type { EntryId, EntryMessageIn, EntryMessageOut, EntrySpec, VaultCallName } from '../../shared/vault/contract.ts';

export type ToVault =
  | { readonly type: 'call'; readonly id: number; readonly name: VaultCallName; readonly request: unknown }
  /** With one MessagePort beside it (utilityProcess): `child.postMessage(message, [port])`. */
  | { readonly type: 'entry'; readonly id: number; readonly entryId: EntryId; readonly spec: EntrySpec }
  | { readonly type: 'entry-message'; readonly entryId: EntryId; readonly message: EntryMessageIn }
  | { readonly type: 'entry-close'; readonly entryId: EntryId };

export type FromVault =
  | { readonly type: 'ready' }
  | { readonly type: 'answer'; readonly id: number; readonly ok: true; readonly value: unknown }
  | { readonly type: 'answer'; readonly id: number; readonly ok: false; readonly fault: Fault }
  | { readonly type: 'entry-message'; readonly entryId: EntryId; readonly message: EntryMessageOut };

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;

/** @returns null for anything that is not one of main's messages. The request itself is parsed by its call. */
export const parseToVault = (message: unknown): ToVault | null => {
  if (!isRecord(message)) return null;
  const known =
    message['type'] === 'call' ? Number.isSafeInteger(message['id']) && typeof message['name'] === 'string'
    : message['type'] === 'entry' ? Number.isSafeInteger(message['id']) && typeof message['entryId'] === 'string' && isRecord(message['spec'])
    : message['type'] === 'entry-message' ? typeof message['entryId'] === 'string'
    : message['type'] === 'entry-close' && typeof message['entryId'] === 'string';
  return known ? (message as unknown as ToVault) : null;
};
