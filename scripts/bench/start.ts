/**
 * From the start of the process until the first button can be pressed, beside an Electron application that shows one button and nothing
 * else. The same runtime, user, sandbox and display; each start with data of its own, as on a first day.
 */
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { findDisplay } from '../drive/display.ts';
import { launchQuorate } from '../drive/launch.ts';
import { inPairs, type Bench } from './measure.ts';

const RUNS = 7;

/** The least an Electron application can be and still be pressed. Contents of its main file. */
const EMPTY_MAIN = `
const { app, BrowserWindow } = require('electron');
app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1280, height: 800, webPreferences: { sandbox: true, contextIsolation: true } });
  return window.loadFile(require('node:path').join(__dirname, 'index.html'));
});
app.on('window-all-closed', () => app.quit());
`;
const EMPTY_PAGE = '<!doctype html><meta charset="utf-8"><title>Empty</title><button data-testid="home-start">Start</button>';

const makeEmptyApp = (dir: string): string => {
  const appDir = path.join(dir, 'empty-app');
  mkdirSync(appDir);
  writeFileSync(path.join(appDir, 'package.json'), JSON.stringify({ name: 'empty', version: '1.0.0', main: 'main.js' }));
  writeFileSync(path.join(appDir, 'main.js'), EMPTY_MAIN);
  writeFileSync(path.join(appDir, 'index.html'), EMPTY_PAGE);
  return appDir;
};

export const start: Bench = {
  name: 'start',
  run: async () => {
    const dir = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'quorate-start-')));
    chmodSync(dir, 0o755);
    const display = await findDisplay();
    const emptyApp = makeEmptyApp(dir);
    let count = 0;
    const open = async (appDir: string | null): Promise<number> => {
      const data = path.join(dir, `data-${count++}`);
      const { app, page, close } = await launchQuorate({ display: display.name, sandbox: true, userDataDir: data, ...(appDir === null ? { workspace: path.join(dir, `workspace-${count}`) } : { appDir }) });
      try {
        await page.getByTestId('home-start').click({ trial: true });
        const pressable = Date.now();
        // What came before the process, such as the change of the user, is not part of the application.
        const born = await app.evaluate(() => process.getCreationTime());
        if (born === null) throw new Error('the process does not know when it was made');
        return pressable - born;
      } finally { await close(); }
    };
    try {
      const pair = await inPairs(RUNS, { ours: () => open(null), peer: () => open(emptyApp) });
      return { name: 'start', ours: pair.ours, peer: pair.peer, unit: 'ms', ratio: pair.ratio, runs: RUNS, mustReach: 1.5 };
    } finally { display.stop(); rmSync(dir, { recursive: true, force: true }); }
  },
};
