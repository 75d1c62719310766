/** The one window the room looks at. */
import path from 'node:path';
import { app, BrowserWindow, type WebContents } from 'electron';
import { MAIN_ORIGIN, MAIN_URL, originOf } from './origins.ts';
import { webPreferences } from './web-preferences.ts';
import type { Mode } from '../../shared/ceremony/plan-schema.ts';

export const MAIN_PARTITION = 'quorate-main';
const MODE_WORDS: Readonly<Record<Mode, string>> = { rehearsal: 'REHEARSAL', production: 'CEREMONY' };

/** "REHEARSAL · Quorate": who sees only the task bar must not take one for the other. */
export const titleFor = (mode: Mode | null, page: string): string => (mode === null ? page : `${MODE_WORDS[mode]} · ${page}`);

export interface MainWindow {
  readonly window: () => BrowserWindow | null;
  readonly contents: () => WebContents | null;
  readonly setMode: (mode: Mode | null) => void;
  readonly load: () => Promise<void>;
  readonly bringForward: () => void;
  /** Closes the window without asking. */
  readonly close: () => void;
}

const loadPage = async (window: BrowserWindow): Promise<void> => {
  // A load that a newer load overtakes is no fault.
  await window.loadURL(MAIN_URL).catch((error: unknown) => { if (!window.isDestroyed() && window.webContents.getURL() !== MAIN_URL) throw error; });
};

// SECURITY: NET-1 about:blank escapes the navigation events that can be refused; the page that got there is replaced by ours.
const keepLoaded = (window: BrowserWindow): void => {
  const contents = window.webContents;
  contents.on('did-navigate', (_event, address) => { if (originOf(address) !== MAIN_ORIGIN) void loadPage(window); });
  // The screen is a mirror of what main knows: a renderer that died is started again and shows the same.
  contents.on('render-process-gone', (_event, { reason }) => {
    // Not from inside the event: the dead process is still being taken down.
    if (reason !== 'clean-exit') setImmediate(() => { if (!window.isDestroyed()) void loadPage(window); });
  });
};

/** `ask` shows the question on the screen. It is asked only while `running` says that a ceremony is not finished. */
export interface CloseAsker { readonly running: () => boolean; readonly ask: () => void }

/** A hand that slips must not end a ceremony's sitting. The system's own end (a log-out, a signal) is not held up. @returns a call after which nothing is asked */
const askBeforeClose = (window: BrowserWindow, { running, ask }: CloseAsker): (() => void) => {
  let asked = true;
  app.once('before-quit', () => { asked = false; });
  window.on('close', (event) => {
    if (!asked || !running() || window.webContents.isCrashed()) return;
    event.preventDefault();
    ask();
  });
  return () => { asked = false; };
};

/** Made before it is loaded, so that whoever answers its calls is there first. */
export const createMainWindow = (preloadDir: string, packaged: boolean, asks: CloseAsker, onClosed: () => void): MainWindow => {
  const window = new BrowserWindow({
    title: 'Quorate', width: 1600, height: 1000, minWidth: 1024, minHeight: 640, show: false, backgroundColor: '#ffffff', autoHideMenuBar: true,
    webPreferences: webPreferences({ preload: path.join(preloadDir, 'main.cjs'), partition: MAIN_PARTITION, packaged, javascript: true }),
  });
  let mode: Mode | null = null;
  let page = 'Quorate';
  const paintTitle = (): void => { if (!window.isDestroyed()) window.setTitle(titleFor(mode, page)); };
  window.on('page-title-updated', (event, title) => { event.preventDefault(); page = title === '' ? 'Quorate' : title; paintTitle(); });
  window.once('ready-to-show', () => { window.maximize(); window.show(); });
  keepLoaded(window);
  window.once('closed', onClosed);
  const leave = askBeforeClose(window, asks);
  const there = (): BrowserWindow | null => (window.isDestroyed() ? null : window);
  return {
    window: there, contents: () => there()?.webContents ?? null, load: async () => { await loadPage(window); },
    setMode: (next) => { mode = next; paintTitle(); },
    close: () => { leave(); window.close(); },
    bringForward: () => { if (window.isMinimized()) window.restore(); window.focus(); },
  };
};
