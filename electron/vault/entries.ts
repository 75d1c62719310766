/**
 * What people type reaches the vault here, straight from their entry window, and stays until one call takes it.
 * Holds Buffers only; whoever takes them fills them with zeros. Not a store of PINs: each entry can be taken once.
 */
import { accept, AppError, refuse, toFault, type Result } from '../../shared/errors.ts';
import type { PersonId } from '../../shared/brand.ts';
import type { EntryId, EntryMessageOut, EntrySpec, ShareWay } from '../../shared/vault/contract.ts';
import type { VaultHooks } from './context.ts';
import { checkValues, isDiceCode, valuesKept, withoutSpaces } from './entry-rules.ts';

/** One end of the entry's MessagePort. */
export interface EntryPort {
  postMessage(message: EntryMessageOut): void;
  onMessage(listener: (message: unknown) => void): void;
  onClose(listener: () => void): void;
}

/**
 * What one person committed. A share is one value (its symbol's text) or four (its lines, when `way` is 'type'), then the dice code when
 * the sheet is blind, without spaces; everything else is one value. `way` is null for kinds that have none.
 */
export interface Taken { readonly spec: EntrySpec; readonly values: Buffer[]; readonly way: ShareWay | null }

export interface EntryStore {
  /** Waits until the person commits (true) or cancels or closes the window (false). @throws VAULT_STATE when the id was used before. */
  attach(entryId: EntryId, spec: EntrySpec, port: EntryPort): Promise<{ committed: boolean }>;
  /**
   * Gives the committed values and forgets them; the caller wipes them.
   * @throws VAULT_ENTRY_MISSING when nothing was committed under this id, or it was taken before.
   */
  take(entryId: EntryId): Taken;
  /** Joins the values of one or two PIN entries, in the order given. The caller wipes the result. @throws VAULT_ENTRY_MISSING, VAULT_STATE */
  takeJoined(entryIds: readonly EntryId[]): Buffer;
  /** Wipes everything that waits and cancels what is open. */
  wipe(): void;
}

/** Fills every buffer with zeros. */
export const wipeAll = (buffers: readonly (Uint8Array | null | undefined)[]): void => {
  for (const buffer of buffers) buffer?.fill(0);
};

interface Open { readonly spec: EntrySpec; readonly settle: (committed: boolean) => void; /** A commit is being checked; others wait for its answer. */ checking: boolean }

/** Copies into memory of its own (not Node's pool) and wipes the clone the port delivered. */
const ownBytes = (value: Uint8Array): Buffer => {
  const own = Buffer.allocUnsafeSlow(value.byteLength);
  own.set(value);
  value.fill(0);
  return own;
};

type Message = { type: 'line'; index: 0 | 1 | 2 | 3; value: Buffer } | { type: 'commit'; values: Buffer[]; way: ShareWay | null } | { type: 'cancel' };

const wipeMessage = (message: Message): void => {
  if (message.type === 'commit') wipeAll(message.values);
  if (message.type === 'line') message.value.fill(0);
};

const LINES = 4;
/** Four share lines and a code. */
const MAX_VALUES = LINES + 1;
const WAYS: readonly unknown[] = ['scan', 'image', 'type', undefined];

/** @returns null when the message is not one of EntryMessageIn. */
const parseMessage = (message: unknown): Message | null => {
  if (typeof message !== 'object' || message === null) return null;
  const { type, index, value, values, way } = message as Record<string, unknown>;
  if (type === 'cancel') return { type };
  if (type === 'line' && (index === 0 || index === 1 || index === 2 || index === 3) && value instanceof Uint8Array) return { type, index, value: ownBytes(value) };
  if (type === 'commit' && Array.isArray(values) && values.length <= MAX_VALUES && WAYS.includes(way) && values.every((one): one is Uint8Array => one instanceof Uint8Array)) {
    return { type, values: values.map(ownBytes), way: (way ?? null) as ShareWay | null };
  }
  return null;
};

class Entries implements EntryStore {
  readonly #open = new Map<EntryId, Open>();
  readonly #waiting = new Map<EntryId, Taken>();
  readonly #hooks: VaultHooks;

  constructor(hooks: VaultHooks) { this.#hooks = hooks; }

  attach(entryId: EntryId, spec: EntrySpec, port: EntryPort): Promise<{ committed: boolean }> {
    if (this.#open.has(entryId) || this.#waiting.has(entryId)) return Promise.reject(new AppError('VAULT_STATE', { reason: 'entry-id-used' }));
    return new Promise((resolve) => {
      this.#open.set(entryId, { spec, checking: false, settle: (committed) => { this.#open.delete(entryId); resolve({ committed }); } });
      port.onClose(() => this.#open.get(entryId)?.settle(false));
      port.onMessage((raw) => {
        const message = parseMessage(raw);
        if (message === null) port.postMessage({ type: 'refused', code: 'IPC_REQUEST', details: { reason: 'message' } });
        else this.#receive(entryId, message, port);
      });
    });
  }

  take(entryId: EntryId): Taken {
    const entry = this.#waiting.get(entryId);
    if (entry === undefined) throw new AppError('VAULT_ENTRY_MISSING');
    this.#waiting.delete(entryId);
    return entry;
  }

  takeJoined(entryIds: readonly EntryId[]): Buffer {
    const taken: Buffer[] = [];
    try {
      for (const id of entryIds) taken.push(...this.take(id).values);
      const joined = Buffer.allocUnsafeSlow(taken.reduce((sum, part) => sum + part.length, 0));
      let at = 0;
      for (const part of taken) { joined.set(part, at); at += part.length; }
      return joined;
    } finally { wipeAll(taken); }
  }

  wipe(): void {
    for (const entry of this.#open.values()) entry.settle(false);
    for (const entry of this.#waiting.values()) wipeAll(entry.values);
    this.#waiting.clear();
  }

  #receive(entryId: EntryId, message: Message, port: EntryPort): void {
    const entry = this.#open.get(entryId);
    if (entry === undefined || (entry.checking && message.type !== 'cancel')) { wipeMessage(message); return; }
    if (message.type === 'cancel') { entry.settle(false); return; }
    if (message.type === 'line') {
      const { ok } = this.#checkLine(entry.spec, message.index, message.value);
      message.value.fill(0);
      port.postMessage({ type: 'line-checked', index: message.index, ok });
      return;
    }
    this.#commit(entryId, entry, message, port);
  }

  #commit(entryId: EntryId, entry: Open, { values, way }: Extract<Message, { type: 'commit' }>, port: EntryPort): void {
    const { spec } = entry;
    const answer = (verdict: Result<true>): void => {
      port.postMessage(verdict.ok ? { type: 'accepted' } : { type: 'refused', code: verdict.fault.code, details: verdict.fault.details });
      if (verdict.ok) entry.settle(true);
    };
    for (const [index, value] of values.entries()) if (isDiceCode(spec, way, index)) { values[index] = withoutSpaces(value); value.fill(0); }
    const verdict = this.#judge(spec, values, way);
    if (!verdict.ok) { wipeAll(values); answer(verdict); return; }
    if (spec.kind === 'passphrase' && spec.path !== undefined) void this.#openFile(entryId, entry, spec.path, spec.person, values).then(answer);
    else { this.#keep(entryId, spec, values, way); answer(verdict); }
  }

  /** A share is kept whole; a new secret was typed twice and is kept once. */
  #keep(entryId: EntryId, spec: EntrySpec, values: Buffer[], way: ShareWay | null): void {
    const kept = values.slice(0, valuesKept(spec, way));
    wipeAll(values.slice(kept.length));
    this.#waiting.set(entryId, { spec, values: kept, way });
  }

  /** Opens the person's credential file while they are at the desk; its seed takes the passphrase's place. Never rejects. */
  async #openFile(entryId: EntryId, entry: Open, path: string, person: PersonId, values: Buffer[]): Promise<Result<true>> {
    entry.checking = true;
    try {
      const seed = await this.#hooks.openCredential(path, person, values[0]!);
      if (!seed.ok) return seed;
      // The person may have closed the window meanwhile.
      if (!this.#open.has(entryId)) { seed.value.fill(0); return refuse('VAULT_ENTRY_CANCELLED'); }
      this.#waiting.set(entryId, { spec: entry.spec, values: [seed.value], way: null });
      return accept(true);
    } catch (error) { return { ok: false, fault: toFault(error) }; } finally { entry.checking = false; wipeAll(values); }
  }

  #judge(spec: EntrySpec, values: readonly Buffer[], way: ShareWay | null): Result<true> {
    const all = checkValues(spec, values, way);
    if (!all.ok || way !== 'type') return all;
    for (const [index, value] of values.slice(0, LINES).entries()) {
      const one = this.#checkLine(spec, index as 0 | 1 | 2 | 3, value);
      if (!one.ok) return one;
    }
    return accept(true);
  }

  #checkLine(spec: EntrySpec, index: 0 | 1 | 2 | 3, value: Buffer): Result<true> {
    return spec.kind === 'share' && spec.ways.includes('type') ? this.#hooks.checkShareLine(index, value, spec) : refuse('IPC_REQUEST', { reason: 'line' });
  }
}

/** @param hooks judge share lines line by line. */
export const createEntryStore = (hooks: VaultHooks): EntryStore => new Entries(hooks);
