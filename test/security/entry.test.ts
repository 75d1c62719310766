/** One person types one secret: the window that is made for it, and the vault behind it, in the real program. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openStage, type Stage } from '../support/window.ts';

const PIN_HALVES = ['correct horse', 'battery staple'] as const;
let stage: Stage;
beforeAll(async () => { stage = await openStage({ chromium: ['--use-fake-device-for-media-stream'] }); });
afterAll(async () => { await stage?.close(); });
const page = () => stage.window.page;

const setPin = async (control: object): Promise<void> => {
  await page().evaluate(async (pin) => {
    await window.quorate['draft.discard']({ mode: 'rehearsal' });
    const draft = await window.quorate['draft.get']({ mode: 'rehearsal' });
    if (!draft.ok) throw new Error(draft.fault.code);
    await window.quorate['draft.save']({ mode: 'rehearsal', text: JSON.stringify({ ...draft.value.plan, pin }, null, 2) });
  }, control);
};
/** Asks without waiting for the answer, which comes when people have typed. */
const makeTokens = (): Promise<unknown> => page().evaluate(async () => await window.quorate['draft.make-tokens']({ mode: 'rehearsal' }));
const entryWindow = async (): Promise<Page> => {
  const entry = await stage.window.app.waitForEvent('window', { timeout: 10_000 });
  await entry.getByTestId('entry-field-0').waitFor();
  return entry;
};
/** The window may be gone before the driver has heard that its click arrived. */
const press = async (entry: Page, button: string): Promise<void> => {
  await entry.getByTestId(button).click().catch((error: unknown) => { if (!entry.isClosed()) throw error; });
};
const type = async (entry: Page, values: readonly string[]): Promise<void> => {
  for (const [index, value] of values.entries()) await entry.getByTestId(`entry-field-${index}`).fill(value);
  await press(entry, 'entry-commit');
};
const windows = async (): Promise<number> => await stage.window.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);

beforeEach(async () => { await setPin({ control: 'single', person: 'ada' }); });

describe('the entry window', () => {
  it('has no calls to main, no Node, and its own origin', async () => {
    const next = entryWindow();
    const made = makeTokens();
    const entry = await next;
    expect(entry.url()).toBe('app://entry/entry.html');
    expect(await entry.evaluate(() => ['quorate', 'require', 'process', 'electron'].filter((name) => name in window))).toEqual([]);
    await press(entry, 'entry-cancel');
    expect(await made).toMatchObject({ ok: false, fault: { code: 'VAULT_ENTRY_CANCELLED' } });
  });
  it('for a PIN has no camera, no microphone and nothing to fetch; only its own worker and compiled modules may run', async () => {
    const next = entryWindow();
    const made = makeTokens();
    const entry = await next;
    const tried = await entry.evaluate(async () => {
      const media = async (what: MediaStreamConstraints): Promise<string> => await navigator.mediaDevices.getUserMedia(what).then(() => 'granted', (error: Error) => error.name);
      // Asked from a timer: the driver's own evaluation is exempt.
      const text = await new Promise((resolve) => { setTimeout(() => { try { resolve(new Function('return 1')()); } catch (error) { resolve((error as Error).name); } }, 0); });
      const worker = await new Promise((resolve) => { try { const foreign = new Worker('data:text/javascript,postMessage(1)'); foreign.onerror = () => { resolve('refused'); }; foreign.onmessage = () => { resolve('ran'); }; } catch { resolve('refused'); } });
      const wasm = await WebAssembly.compile(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0)).then(() => 'compiled', (error: Error) => error.name);
      return { camera: await media({ video: true }), microphone: await media({ audio: true }), both: await media({ audio: true, video: true }), text, worker, wasm, fetched: await fetch('app://entry/entry.html').then(() => 'fetched', () => 'refused') };
    });
    expect(tried).toEqual({ camera: 'NotAllowedError', microphone: 'NotAllowedError', both: 'NotAllowedError', text: 'EvalError', worker: 'refused', wasm: 'compiled', fetched: 'refused' });
    await press(entry, 'entry-cancel');
    await made;
  });
  it('is alone with the camera and with WebAssembly: other pages may not even ask', async () => {
    const headers = async (partition: string, address: string): Promise<Record<string, string>> => await stage.window.app.evaluate(async ({ session }, [of, at]) => Object.fromEntries((await session.fromPartition(of!).fetch(at!)).headers), [partition, address]);
    const ours = await headers('quorate-entry', 'app://entry/entry.html'), main = await headers('quorate-main', 'app://ui/index.html');
    expect(ours['content-security-policy']).toMatch(/^default-src 'none'; .*script-src 'self' 'wasm-unsafe-eval'; worker-src 'self';.*connect-src 'none'/);
    expect(ours['content-security-policy']).not.toMatch(/'unsafe-|\*|https?:|blob:|data:/);
    expect(ours['permissions-policy']).toMatch(/^camera=\(self\), microphone=\(\)/);
    expect(main['content-security-policy']).not.toMatch(/wasm|worker/);
    expect(main['permissions-policy']).toMatch(/^camera=\(\)/);
  });
  it('that is closed counts as cancelled, and is gone', async () => {
    const next = entryWindow();
    const made = makeTokens();
    await next;
    await stage.window.app.evaluate(({ BrowserWindow }) => { BrowserWindow.getAllWindows().find((window) => window.webContents.getURL().startsWith('app://entry/'))!.close(); });
    expect(await made).toMatchObject({ ok: false, fault: { code: 'VAULT_ENTRY_CANCELLED' } });
    expect(await windows()).toBe(1);
  });
  it('is cancelled from the main window', async () => {
    const next = entryWindow();
    const made = makeTokens();
    await next;
    await page().evaluate(async () => await window.quorate['entry.cancel']({}));
    expect(await made).toMatchObject({ ok: false, fault: { code: 'VAULT_ENTRY_CANCELLED' } });
  });
  it('keeps asking while what was typed cannot be, and says no length', async () => {
    const next = entryWindow();
    const made = makeTokens();
    const entry = await next;
    await type(entry, ['1234', '1234']);
    await entry.getByTestId('entry-error').waitFor();
    expect(await entry.getByTestId('entry-error').textContent()).not.toMatch(/\b4 characters you\b|1234/);
    await press(entry, 'entry-cancel');
    await made;
  });
  it('of a vault that dies ends the call (VAULT_GONE)', async () => {
    const next = entryWindow();
    const made = makeTokens();
    await next;
    const pid = await stage.window.app.evaluate(({ app }) => app.getAppMetrics().find((process) => [process.name, process.serviceName].includes('quorate-vault'))!.pid);
    process.kill(pid, 'SIGKILL');
    expect(await made).toMatchObject({ ok: false, fault: { code: 'VAULT_GONE' } });
    await expect.poll(windows).toBe(1);
  });
  it('takes the halves of a PIN from two people, one window each, and the tokens are made', async () => {
    await setPin({ control: 'halves', first: 'ada', second: 'gus' });
    const first = entryWindow();
    const made = makeTokens();
    let next = first;
    for (const [index, half] of [0, 1, 0, 1].entries()) {
      const entry = await next;
      expect(await entry.locator('h1').textContent()).toContain(half === 0 ? 'Ada Okafor' : 'Gus Halloran');
      if (index < 3) next = entryWindow();
      await type(entry, [PIN_HALVES[half]!, PIN_HALVES[half]!]);
    }
    const result = await made as { ok: boolean; value: { plan: { hsm: { serial: string; secondSerial: string; module: { sha256: string } } } } };
    expect(result.ok).toBe(true);
    const { serial, secondSerial, module } = result.value.plan.hsm;
    expect(serial).toMatch(/^[0-9a-f]{16}$/);
    expect(secondSerial).not.toBe(serial);
    expect(module.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(await windows()).toBe(1);
    expect(stage.window.output()).not.toMatch(/correct horse|battery staple/);
  });
});
