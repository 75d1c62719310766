/**
 * Opens a window for one person to type one secret, joined to the vault by a MessagePort. Main makes the window and sees only that it
 * was committed or cancelled: the values pass on the port.
 */
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { BrowserWindow, MessageChannelMain } from 'electron';
import { AppError } from '../../shared/errors.ts';
import type { EntryId, EntrySpec } from '../../shared/vault/contract.ts';
import type { EntryDesk } from '../ceremony/ports.ts';
import { ENTRY_CHANNEL } from '../ipc/channels.ts';
import type { ElectronVaultHouse } from '../process/vault-house.ts';
import { lendCamera } from './harden-session.ts';
import { ENTRY_ORIGIN, ENTRY_URL } from './origins.ts';
import { webPreferences } from './web-preferences.ts';

export const ENTRY_PARTITION = 'quorate-entry';

export interface EntryDeskOptions {
  readonly vault: () => ElectronVaultHouse;
  readonly preloadDir: string;
  readonly packaged: boolean;
  readonly parent: () => BrowserWindow | null;
  /** What the person is called on the screen, where the plan knows it. */
  readonly nameOf: (person: string) => string | null;
  /** What else the page shows: the mode and whether the token is software. */
  readonly facts: () => Readonly<Record<string, unknown>>;
}

const openWindow = (options: EntryDeskOptions): BrowserWindow => {
  const parent = options.parent();
  const window = new BrowserWindow({
    title: 'Quorate · entry', width: 760, height: 780, show: false, center: true, resizable: true, minimizable: false, maximizable: false, fullscreenable: false,
    alwaysOnTop: true, autoHideMenuBar: true, backgroundColor: '#ffffff', ...(parent === null ? {} : { parent }),
    webPreferences: webPreferences({ preload: path.join(options.preloadDir, 'entry.cjs'), partition: ENTRY_PARTITION, packaged: options.packaged, javascript: true }),
  });
  // SECURITY: SCR-1 where the system can, the window is kept out of recordings and shared screens.
  window.setContentProtection(true);
  window.once('ready-to-show', () => { window.show(); window.focus(); });
  return window;
};

const scans = (spec: EntrySpec): boolean => 'ways' in spec && spec.ways.some((way) => way === 'scan');

const question = (options: EntryDeskOptions, spec: EntrySpec, session: string | undefined): object => ({
  spec, session: session ?? null, personName: spec.person === null ? null : options.nameOf(spec.person) ?? spec.person, ...options.facts(),
});

class Desk implements EntryDesk {
  private readonly options: EntryDeskOptions;
  private open: BrowserWindow | null = null;
  private cancels = 0;

  constructor(options: EntryDeskOptions) { this.options = options; }

  async ask(spec: EntrySpec, session?: string): Promise<EntryId | null> {
    if (this.open !== null) throw new AppError('VAULT_STATE', { busy: 'entry' });
    const window = openWindow(this.options);
    this.open = window;
    const takeBack = scans(spec) ? lendCamera(window.webContents.session, window.webContents, ENTRY_ORIGIN) : () => undefined;
    try { return await this.join(window, spec, session); } finally {
      this.open = null;
      takeBack();
      if (!window.isDestroyed()) window.destroy();
    }
  }

  cancel(): void { this.cancels += 1; this.open?.destroy(); }
  cancelled(): number { return this.cancels; }

  private async join(window: BrowserWindow, spec: EntrySpec, session: string | undefined): Promise<EntryId | null> {
    const entryId = randomUUID();
    const { port1, port2 } = new MessageChannelMain();
    // Closing the window closes its end of the port, which the vault takes as "cancel"; before it has the port, main closes it.
    const closed = new Promise<null>((resolve) => { window.once('closed', () => { port2.close(); resolve(null); }); });
    const answered = this.options.vault().openEntry(entryId, spec, port1);
    // A vault that dies while the window is being loaded is reported below, not as an unhandled rejection.
    answered.catch(() => undefined);
    const asked = window.loadURL(ENTRY_URL).then(() => { window.webContents.postMessage(ENTRY_CHANNEL, question(this.options, spec, session), [port2]); });
    await Promise.race([asked.catch((error: unknown) => { if (!window.isDestroyed()) throw error; }), closed, answered]);
    const answer = await Promise.race([answered, closed]);
    return answer?.committed === true ? entryId : null;
  }
}

export const createEntryDesk = (options: EntryDeskOptions): EntryDesk => new Desk(options);
