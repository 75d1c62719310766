/**
 * verify.html in a real Chromium from file://: on the whole corpus it gives the verdict, the code, the file and the entry that the command line
 * gives; it asks for nothing, and people can use it.
 */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { verifyPath } from '../../electron/verify/verify.ts';
import { ROOT } from '../../scripts/setup/paths.mjs';
import { writeFiles } from '../support/archive-edits.ts';
import { caseFiles, casesOf, CORPUS, headsOf } from '../support/archive-corpus.ts';
import { openRecoverWindow, type RecoverWindow } from '../support/recover-window.ts';

const cases = casesOf(), head = headsOf()['custody']!['0003-example-root-2026']!;
let window: RecoverWindow, dir: string;
beforeAll(async () => { window = await openRecoverWindow([], path.join(ROOT, 'out/verify.html')); });
afterAll(async () => { await window.close(); });
afterEach(() => { if (dir) rmSync(dir, { recursive: true, force: true }); });
const page = () => window.page;
/** The browser runs as another user, with its sandbox on. */
const freshDir = (): string => { const made = mkdtempSync(path.join(os.tmpdir(), 'quorate-page-')); chmodSync(made, 0o755); return made; };

interface Said { readonly exit: number; readonly headline: string; readonly findings: readonly { readonly code: string; readonly file: string | null; readonly seq: number | null }[] }
const pressVerify = async (anchor: string | null): Promise<void> => {
  await page().locator('#picked:not(:empty), #fault:not([hidden])').first().waitFor();
  await page().waitForFunction(() => !document.querySelector<HTMLButtonElement>('#verify')!.disabled);
  await page().locator('#anchor').fill(anchor ?? '');
  await page().locator('#verify').click();
  await page().locator('#part-result:not([hidden]), #fault:not([hidden])').first().waitFor({ timeout: 60_000 });
};
const said = (): Promise<Said> => page().evaluate(() => ({
  exit: Number(document.querySelector<HTMLElement>('#headline')!.dataset['exit']), headline: document.querySelector('#headline')!.textContent,
  findings: [...document.querySelectorAll<HTMLElement>('#findings li')].map(({ dataset }) => ({ code: dataset['code']!, file: dataset['file'] === '' ? null : dataset['file']!, seq: dataset['seq'] === '' ? null : Number(dataset['seq']) })),
}));
const pickFolder = async (folder: string): Promise<void> => { await page().reload(); await page().locator('#folder').setInputFiles(folder); };
const byKey = (a: { code: string; file: string | null; seq: number | null }): string => `${a.code} ${a.file} ${a.seq}`;

describe('the corpus', () => {
  it.each(cases.map((one) => [one.name, one] as const))('%s', async (_, one) => {
    const { name, files, anchor } = caseFiles(one);
    dir = freshDir();
    writeFiles(path.join(dir, name), files);
    await pickFolder(path.join(dir, name));
    await pressVerify(anchor);
    if (one.expect.exit === 2) { expect(await page().locator('#fault').innerText()).toContain('neither 64 hex digits nor 32 words'); return; }
    const report = verifyPath(path.join(dir, name), { anchor }), shown = await said();
    expect(shown.exit).toBe(one.expect.exit);
    if (one.expect.code !== null) expect(shown.findings[0]).toEqual({ code: one.expect.code, file: one.expect.file, seq: one.expect.seq });
    if (one.expect.code !== 'FOLDER_NOT_CEREMONY') expect(shown.headline).toBe(report.headline);
    expect(shown.findings.map(byKey).sort()).toEqual(report.findings.map(({ code, file, seq }) => byKey({ code, file, seq })).sort());
  });
});

describe('the page', () => {
  it('reads a bundle, one tar file, and refuses one that is damaged', async () => {
    dir = freshDir();
    const file = path.join(dir, 'bundle.tar');
    execFileSync(process.execPath, [path.join(ROOT, 'out/tools/bundle/bundle.js'), path.join(CORPUS, 'custody'), '--out', file, '--level', 'restricted', '--anchor', head], { cwd: ROOT, stdio: ['ignore', 'ignore', 'pipe'] });
    chmodSync(file, 0o644);
    await page().reload();
    await page().locator('#bundle').setInputFiles(file);
    await pressVerify(head);
    expect(await said()).toMatchObject({ exit: 0, headline: 'Sound, and anchored.' });
    expect(await page().locator('#picked').innerText()).toContain('A copy at level restricted');
    const damaged = path.join(dir, 'damaged.tar');
    writeFileSync(damaged, Buffer.alloc(1024, 'x'));
    await page().locator('#bundle').setInputFiles(damaged);
    await page().locator('#fault:not([hidden])').waitFor();
    expect(await page().locator('#fault').innerText()).toContain('cannot be read as a bundle');
    expect(await page().locator('#verify').isDisabled()).toBe(true);
  });
  it('takes the head as words, and says each ceremony with its checks and what is not proved', async () => {
    await pickFolder(path.join(CORPUS, 'custody'));
    await pressVerify(head.toUpperCase().match(/.{8}/g)!.join(' '));
    expect((await said()).exit).toBe(0);
    expect(await page().locator('.ceremony').count()).toBe(3);
    expect(await page().locator('.ceremony').first().locator('tbody tr').count()).toBe(11);
    expect(await page().locator('#limits li').count()).toBe(5);
    expect(await page().locator('#rehearsal-band').isVisible()).toBe(true);
    expect(await page().evaluate(() => document.activeElement?.id)).toBe('headline');
  });
  it('can be used by keyboard alone, and has no fault that axe finds', async () => {
    await pickFolder(path.join(CORPUS, 'no-backup'));
    await page().waitForFunction(() => !document.querySelector<HTMLButtonElement>('#verify')!.disabled);
    await page().locator('#folder').focus();
    for (let tabs = 0; tabs < 6 && await page().evaluate(() => document.activeElement?.id) !== 'verify'; tabs++) await page().keyboard.press('Tab');
    await page().keyboard.press('Enter');
    await page().locator('#part-result:not([hidden])').waitFor();
    const { violations } = await new AxeBuilder({ page: page() }).setLegacyMode().analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);
  });
  it('asked for nothing but itself', async () => {
    expect((await window.requests()).filter((address) => !address.startsWith('file:') && !address.startsWith('devtools:'))).toEqual([]);
  });
});
