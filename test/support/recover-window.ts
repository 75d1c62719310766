/** The recovery page in a real Chromium with its sandbox on, opened from file://, and the hands of the person before it. */
import { chmodSync, copyFileSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { startVirtualDisplay } from '../../scripts/drive/display.ts';
import { launchQuorate } from '../../scripts/drive/launch.ts';
import { ROOT } from '../../scripts/setup/paths.mjs';

export const RECOVER_PAGE = path.join(ROOT, 'out/recover.html');

export interface RecoverWindow {
  readonly page: Page;
  /** Every address that was asked for since the start. */
  requests(): Promise<readonly string[]>;
  /** Presses the button and gives what was saved, and under which name. */
  saved(id: string): Promise<{ readonly name: string; readonly bytes: Buffer }>;
  close(): Promise<void>;
}

/** @param chromium switches of Chromium, such as those of a camera that plays a file. @param file another page than the built one. */
export const openRecoverWindow = async (chromium: readonly string[] = [], file: string = RECOVER_PAGE): Promise<RecoverWindow> => {
  if (!existsSync(file)) throw new Error('out/recover.html is not there: npm run build makes it');
  const dir = mkdtempSync(path.join(os.tmpdir(), 'quorate-recover-')), pageFile = path.join(dir, 'recover.html'), appDir = path.join(dir, 'app');
  chmodSync(dir, 0o755);
  copyFileSync(file, pageFile);
  cpSync(path.join(import.meta.dirname, '../recover-app'), appDir, { recursive: true });
  const display = await startVirtualDisplay();
  const launched = await launchQuorate({ display: display.name, sandbox: true, userDataDir: path.join(dir, 'data'), workspace: path.join(dir, 'saved'), appDir, chromium, args: [`--page=${pageFile}`] })
    .catch((error: unknown) => { display.stop(); rmSync(dir, { recursive: true, force: true }); throw error; });
  const { app, page } = launched;
  await page.waitForLoadState('load');
  const savedFiles = () => app.evaluate(() => (globalThis as unknown as { saved: { file: string; state: string }[] }).saved);
  return {
    page,
    requests: () => app.evaluate(() => (globalThis as unknown as { requests: string[] }).requests),
    saved: async (id) => {
      const before = (await savedFiles()).length;
      await page.locator(`#${id}`).click();
      for (;;) {
        const one = (await savedFiles())[before];
        if (one !== undefined) { if (one.state !== 'completed') throw new Error(one.state); return { name: path.basename(one.file), bytes: readFileSync(one.file) }; }
        await page.waitForTimeout(50);
      }
    },
    close: async () => { await launched.close(); display.stop(); rmSync(dir, { recursive: true, force: true }); },
  };
};

/** The code of the fault that a part shows, or "" when it shows none. */
export const faultOf = async (page: Page, part: 'set' | 'share' | 'rebuild' | 'open' | 'key' | 'pin'): Promise<string> =>
  await page.locator(`#${part}-fault`).getAttribute('data-code') ?? '';

export interface GivenSet { readonly manifest?: string; readonly fingerprint?: string; readonly drill?: boolean; /** Ticks that the fingerprint was compared. */ readonly compared?: boolean }
/** Reloads the page and says which set is to be opened. */
export const giveSet = async (page: Page, set: GivenSet): Promise<void> => {
  await page.reload();
  await page.locator('#understood').check();
  if (set.drill === true) await page.locator('#drill').check();
  if (set.manifest !== undefined) {
    await page.locator('#manifest').setInputFiles({ name: 'manifest.dsse.json', mimeType: 'application/json', buffer: Buffer.from(set.manifest) });
    await page.locator('#manifest-facts dd, #set-fault:not([hidden])').first().waitFor();
    if (set.compared !== false && await page.locator('#compared-row').isVisible()) await page.locator('#compared').check();
  } else {
    await page.locator('#by-fingerprint').check();
    await page.locator('#fingerprint').fill(set.fingerprint ?? '');
  }
  await page.locator('#set-go').click();
};

export interface GivenShare { readonly lines?: readonly string[]; readonly text?: string; readonly picture?: Buffer; readonly code?: string }
/** Gives one share, waits for the verdict, and tells it: the code of a fault, or "" when it was taken. */
export const giveShare = async (page: Page, share: GivenShare): Promise<string> => {
  await page.locator(share.lines ? '#way-lines' : share.picture ? '#way-picture' : '#way-text').check();
  await page.locator('#blind').setChecked(share.code !== undefined);
  if (share.code !== undefined) await page.locator('#code').fill(share.code);
  for (const [index, line] of (share.lines ?? []).entries()) await page.locator(`#line-${index + 1}`).fill(line);
  if (share.text !== undefined) await page.locator('#symbol').fill(share.text);
  if (share.picture !== undefined) await page.locator('#picture').setInputFiles({ name: 'sheet.png', mimeType: 'image/png', buffer: share.picture });
  const before = await page.locator('#taken li').count();
  await page.locator('#take').click();
  await page.waitForFunction((count) => document.querySelectorAll('#taken li').length > count || document.querySelector<HTMLElement>('#share-fault')?.hidden === false, before);
  return await faultOf(page, 'share');
};

/** Rebuilds, and opens a wrapped key file. The code of the fault, or "". */
export const openWrapped = async (page: Page, wrapped: Uint8Array, algorithm: 'rfc5649' | 'cbc' = 'rfc5649'): Promise<string> => {
  if (await page.locator('#rebuild').isEnabled()) await page.locator('#rebuild').click();
  await page.locator('#wrapped').setInputFiles({ name: 'key.wrapped', mimeType: 'application/octet-stream', buffer: Buffer.from(wrapped) });
  await page.locator('#wrapped-facts dd').first().waitFor();
  await page.locator(`#${algorithm}`).check();
  await page.locator('#digest-compared').check();
  await page.locator('#open').click();
  await page.locator('#part-key:not([hidden]) #key-facts dd, #open-fault:not([hidden])').first().waitFor();
  return await faultOf(page, 'open');
};
