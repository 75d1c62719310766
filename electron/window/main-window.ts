/** The one window the room looks at. */
import path from 'node:path';
import { BrowserWindow, type WebContents } from 'electron';
import { MAIN_URL } from './origins.ts';
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
}

/** Made before it is loaded, so that whoever answers its calls is there first. */
export const createMainWindow = (preloadDir: string, packaged: boolean, onClosed: () => void): MainWindow => {
  const window = new BrowserWindow({
    title: 'Quorate', width: 1600, height: 1000, minWidth: 1024, minHeight: 640, show: false, backgroundColor: '#ffffff', autoHideMenuBar: true,
    webPreferences: webPreferences({ preload: path.join(preloadDir, 'main.cjs'), partition: MAIN_PARTITION, packaged, javascript: true }),
  });
  let mode: Mode | null = null;
  let page = 'Quorate';
  const paintTitle = (): void => { if (!window.isDestroyed()) window.setTitle(titleFor(mode, page)); };
  window.on('page-title-updated', (event, title) => { event.preventDefault(); page = title === '' ? 'Quorate' : title; paintTitle(); });
  window.once('ready-to-show', () => { window.maximize(); window.show(); });
  window.once('closed', onClosed);
  const there = (): BrowserWindow | null => (window.isDestroyed() ? null : window);
  return {
    window: there, contents: () => there()?.webContents ?? null, load: async () => { await window.loadURL(MAIN_URL); },
    setMode: (next) => { mode = next; paintTitle(); },
    bringForward: () => { if (window.isMinimized()) window.restore(); window.focus(); },
  };
};
