/** A custodian holds a sheet before the camera of the real window: what is read, what is refused, and that nothing of it is on the screen. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { emptyCamera, sheetAsCamera, symbolPicture, writeCameraFrame } from '../../scripts/drive/fake-camera.ts';
import type { EntryWindow } from '../../scripts/rehearse/entries.ts';
import { sheetsOf } from '../../scripts/rehearse/people.ts';
import { playSteps, pressPrimary } from '../../scripts/rehearse/play.ts';
import { act, type Stage } from '../../scripts/rehearse/stage.ts';
import { sheetLines, sheetSymbols } from '../support/sheet-text.ts';
import { atStep, enterFromHome, openWindowRoom, smallPlan, type WindowRoom } from '../support/window-room.ts';

const WALLET = 'bitcoin:bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq?label=not-a-share';
const dir = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'quorate-scan-'))), camera = path.join(dir, 'camera.y4m');
let room: WindowRoom, stage: Stage;

beforeAll(async () => {
  emptyCamera(camera);
  room = await openWindowRoom({ plan: smallPlan(), until: atStep('4.1'), camera });
  stage = await room.open();
  await enterFromHome(stage);
  await playSteps(stage, atStep('4.2'));
  // Prints the sheet of share 1: the next primary action is to read it back.
  await act(stage, pressPrimary(stage));
});
afterAll(async () => { await room?.close(); rmSync(dir, { recursive: true, force: true }); });
beforeEach(() => { emptyCamera(camera); });

const sheet = (): string => sheetsOf(path.join(room.dir, 'shares'), 1).at(-1)!;
const text = async (page: Page, testId: string): Promise<string> => await page.getByTestId(testId).innerText();
const cancel = async ({ page }: EntryWindow): Promise<void> => {
  const gone = page.waitForEvent('close');
  await page.getByTestId('entry-cancel').click().catch((error: unknown) => { if (!page.isClosed()) throw error; });
  await gone;
};
/** Asks for the read-back and lets one person do `hands` in the window that opens. A cancelled entry ends in a fault on the screen. */
const readBack = async (hands: (entry: EntryWindow) => Promise<void>): Promise<void> => {
  let opened = 0;
  await act(stage, pressPrimary(stage), async (entry) => {
    opened++;
    // What fails must not leave its window to the next test.
    try { await hands(entry); } catch (error) { await cancel(entry).catch(() => undefined); throw error; }
  });
  if (opened !== 1) throw new Error(`${opened} entry windows opened`);
};

/** Everything a page says: source, text, what a screen reader hears, title. */
const wholePage = async (page: Page): Promise<string> => [await page.content(), await page.innerText('body'), await page.locator('body').ariaSnapshot(), await page.title()].join('\n');
/** What a symbol reader finds in a picture of the window. */
const symbolsOnScreen = async (page: Page): Promise<string> => {
  const file = path.join(dir, 'screen.png');
  writeFileSync(file, await page.screenshot());
  try { return execFileSync('zbarimg', ['-q', '--raw', file], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }); } catch { return ''; }
};
const secrets = (): readonly string[] => [...sheetSymbols(sheet(), 150), ...sheetLines(sheet()).flatMap((line) => [line, line.replaceAll(' ', '')])];

describe('the camera', () => {
  it('is the first way when there is one; an address or a wallet is refused, and nothing of it is shown', async () => {
    await readBack(async (entry) => {
      const { page } = entry;
      await page.locator('[data-testid="entry"][data-way="scan"]').waitFor();
      await page.locator('[data-testid="scan-advice"]:has-text("Hold the sheet")').waitFor();
      writeCameraFrame(symbolPicture(WALLET), camera);
      await page.locator('[data-testid="entry-error"]:has-text("This is not a key share")').waitFor();
      await page.locator('[data-testid="entry-scan"] polygon:not([points=""])').waitFor({ state: 'attached' });
      expect(await text(page, 'scan-distance')).toBe('Good');
      // The camera is lent, nothing else is.
      expect(await page.evaluate(async () => await navigator.mediaDevices.getUserMedia({ audio: true, video: true }).then(() => 'granted', (error: Error) => error.name))).toBe('NotAllowedError');
      expect(await wholePage(page)).not.toMatch(/bitcoin|bc1q|not-a-share/i);
      await cancel(entry);
    });
  });

  it('shows no picture: no video, no canvas, no image, and no symbol in a picture of the window', async () => {
    await readBack(async (entry) => {
      const { page } = entry;
      writeCameraFrame(symbolPicture('A'.repeat(600)), camera);
      await page.locator('[data-testid="entry-error"]:not(:empty)').waitFor();
      expect(await page.locator('video, canvas, img, picture, object, iframe').count()).toBe(0);
      expect(await symbolsOnScreen(page)).toBe('');
      await cancel(entry);
    });
  });

  it('can be left for typing and for a picture file by keys alone, and the window is accessible in each way', async () => {
    await readBack(async (entry) => {
      const { page } = entry;
      await page.locator('[data-testid="entry-way-scan"]:focus').waitFor();
      const wrong: string[] = [];
      const look = async (): Promise<void> => { const { violations } = await new AxeBuilder({ page: page as never }).setLegacyMode(true).analyze(); wrong.push(...violations.map(({ id }) => id)); };
      await look();
      const way = async (): Promise<string | null> => await page.getByTestId('entry').getAttribute('data-way');
      const passed: (string | null)[] = [];
      await page.getByTestId('entry-way-scan').focus();
      for (let turn = 0; turn < 2; turn++) { await page.keyboard.press('ArrowRight'); passed.push(await way()); await look(); await page.locator('input[name="way"]:checked').focus(); }
      expect(passed.sort()).toEqual(['image', 'type']);
      while (await way() !== 'type') await page.keyboard.press('ArrowRight');
      await page.keyboard.press('Tab');
      await page.locator('[data-testid="entry-field-0"]:focus').waitFor();
      await look();
      expect(wrong).toEqual([]);
      expect(await page.getByTestId('entry-scan').isVisible()).toBe(false);
      await cancel(entry);
    });
  });

  it('takes a picture file that holds no share for what it is', async () => {
    const text = path.join(dir, 'not-a-picture.png');
    writeFileSync(text, 'GIF89a or whatever');
    await readBack(async (entry) => {
      const { page } = entry;
      await page.getByTestId('entry-way-image').check();
      await page.getByTestId('entry-file').setInputFiles(text);
      await page.locator('[data-testid="entry-error"]:has-text("This is not a key share")').waitFor();
      await cancel(entry);
    });
  });

  it('reads the sheet, the vault takes it, and no word of it was on any page or in any log', async () => {
    const seen: string[] = [];
    await readBack(async ({ page }) => {
      page.on('console', (message) => { seen.push(message.text()); });
      await page.locator('[data-testid="scan-advice"]:has-text("Hold the sheet")').waitFor();
      const gone = page.waitForEvent('close');
      sheetAsCamera(sheet(), camera);
      while (!page.isClosed()) { const now = await wholePage(page).catch(() => ''); seen.push(now); if (now === '') await gone; }
    });
    const { state } = (await stage.snapshot())!;
    expect(state.set?.shares[0]).toMatchObject({ status: 'read-back' });
    seen.push(await wholePage(stage.page), stage.output(), room.transcript().toString('utf8'));
    for (const secret of secrets()) expect(seen.filter((one) => one.includes(secret))).toEqual([]);
    expect(JSON.parse(room.transcript().toString('utf8').trim().split('\n').findLast((line) => line.includes('"read-back"'))!)).toMatchObject({ type: 'read-back', body: { how: 'scanned' } });
  });
});

it('a picture file of the sheet is read as well, by the same worker, and leaves neither picture nor name', async () => {
  await playSteps(stage, atStep('4.3'));
  await act(stage, pressPrimary(stage));
  const pdf = sheetsOf(path.join(room.dir, 'shares'), 2).at(-1)!, png = path.join(dir, 'my-scan');
  execFileSync('pdftoppm', ['-png', '-r', '150', '-f', '1', '-l', '1', '-singlefile', pdf, png]);
  await readBack(async ({ page }) => {
    await page.getByTestId('entry-way-image').check();
    const gone = page.waitForEvent('close');
    await page.getByTestId('entry-file').setInputFiles(`${png}.png`);
    if (!page.isClosed()) expect(await wholePage(page).catch(() => '')).not.toMatch(/my-scan/);
    await gone;
  });
  expect((await stage.snapshot())!.state.set?.shares[1]).toMatchObject({ status: 'read-back' });
  expect(JSON.parse(room.transcript().toString('utf8').trim().split('\n').findLast((line) => line.includes('"read-back"'))!)).toMatchObject({ type: 'read-back', body: { share: 2, how: 'image' } });
});

it('would be found: the search sees a share in a page, and a symbol in a picture of a window', async () => {
  const [symbol] = secrets(), png = path.join(dir, 'page');
  execFileSync('pdftoppm', ['-png', '-r', '110', '-f', '1', '-l', '1', '-singlefile', sheet(), png]);
  await stage.page.evaluate(async ({ text, picture }) => {
    const image = document.createElement('img');
    Object.assign(image, { src: picture, alt: text });
    image.style.cssText = 'position: fixed; inset: 0; z-index: 9999';
    document.body.append(image);
    await image.decode();
  }, { text: symbol!, picture: `data:image/png;base64,${readFileSync(`${png}.png`).toString('base64')}` });
  expect(await wholePage(stage.page)).toContain(symbol);
  expect(await symbolsOnScreen(stage.page)).toContain(symbol);
});
