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

export interface MainWindow { readonly contents: () => WebContents | null; readonly setMode: (mode: Mode | null) => void; readonly focus: () => void }

export const openMainWindow = async (preloadDir: string, packaged: boolean): Promise<MainWindow> => {
  const preload = path.join(preloadDir, 'main.cjs');
  const window = new BrowserWindow({
    title: 'Quorate', width: 1600, height: 1000, minWidth: 1024, minHeight: 640, show: false, backgroundColor: '#ffffff', autoHideMenuBar: true,
    webPreferences: webPreferences({ preload, partition: MAIN_PARTITION, packaged, javascript: true }),
  });
  let mode: Mode | null = null;
  let page = 'Quorate';
  const paintTitle = (): void => { if (!window.isDestroyed()) window.setTitle(titleFor(mode, page)); };
  window.on('page-title-updated', (event, title) => { event.preventDefault(); page = title === '' ? 'Quorate' : title; paintTitle(); });
  window.once('ready-to-show', () => { window.maximize(); window.show(); });
  await window.loadURL(MAIN_URL);
  return {
    contents: () => (window.isDestroyed() ? null : window.webContents),
    setMode: (next) => { mode = next; paintTitle(); },
    focus: () => { if (window.isMinimized()) window.restore(); window.focus(); },
  };
};
