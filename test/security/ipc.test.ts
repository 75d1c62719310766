/** The border between the window and main, in the real program. */
import { spawnSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inRoot } from '../../scripts/setup/paths.mjs';
import { openStage, painted, type Stage } from '../support/window.ts';

let stage: Stage;
beforeAll(async () => { stage = await openStage(); });
afterAll(async () => { await stage?.close(); });
const ask = async (name: string, request: unknown): Promise<unknown> =>
  await stage.window.page.evaluate(async ([call, body]) => await (window.quorate as unknown as Record<string, (body: unknown) => Promise<unknown>>)[call as string]!(body), [name, request] as const);
const code = (result: unknown): unknown => (result as { fault?: { code: string } }).fault?.code;

describe('a call from the window', () => {
  it.each([['draft.save', { mode: 'rehearsal' }], ['draft.get', { mode: 'demo' }], ['module.open', { mode: 'rehearsal', path: 'relative.so' }], ['ceremony.begin', { dice: '7' }], ['app.status', []], ['ceremony.command', { command: { type: 'format-disk' } }], ['app.status', { extra: true }]])('%s %j is refused by its parser (IPC_REQUEST)', async (name, request) => {
    expect(code(await ask(name, request))).toBe('IPC_REQUEST');
  });
  it('that parses is answered', async () => { expect(await ask('ceremony.snapshot', {})).toEqual({ ok: true, value: null }); });
  it('about a module that is not one is a fault with a code', async () => {
    expect(code(await ask('module.open', { mode: 'rehearsal', path: '/etc/hostname' }))).toBe('HSM_MODULE_NOT_PKCS11');
    expect(code(await ask('module.open', { mode: 'rehearsal', path: '/no/such/library.so' }))).toBe('HSM_MODULE_MISSING');
  });
});

describe('a foreign sender', () => {
  it.each(['app://entry/entry.html', 'about:blank', 'data:text/html,<p>x'])('at %s with our preload is refused (IPC_SENDER)', async (address) => {
    const result = await stage.window.app.evaluate(async ({ BrowserWindow, app }, at) => {
      const window = new BrowserWindow({ show: false, webPreferences: { sandbox: true, contextIsolation: true, preload: `${app.getAppPath()}/out/preload/main.cjs`, partition: 'quorate-entry' } });
      try {
        await window.loadURL(at);
        return await window.webContents.executeJavaScript("window.quorate['app.status']({})") as unknown;
      } finally { window.destroy(); }
    }, address);
    expect(code(result)).toBe('IPC_SENDER');
  });
});

describe('the vault', () => {
  const vaultPid = async (): Promise<number | null> => await stage.window.app.evaluate(({ app }) => app.getAppMetrics().find((process) => process.type === 'Utility' && (process.serviceName ?? process.name) !== undefined && [process.name, process.serviceName].includes('quorate-vault'))?.pid ?? null);
  it('that is killed is replaced, and the window lives on', async () => {
    const module = { mode: 'rehearsal', path: '/usr/lib/softhsm/libsofthsm2.so' };
    expect(code(await ask('module.open', module))).toBeUndefined();
    const pid = await vaultPid();
    expect(pid).not.toBeNull();
    process.kill(pid!, 'SIGKILL');
    await expect.poll(vaultPid).not.toBe(pid);
    expect(code(await ask('module.open', module))).toBeUndefined();
    expect(await vaultPid()).not.toBe(pid);
  });
});

describe('a second program', () => {
  it('with the same data ends and says so', async () => {
    await expect(stage.launch({ timeoutMs: 15_000 })).rejects.toThrow();
  });
  it('with the same workspace may not use it (FOLDER_LOCKED)', async () => {
    expect(code(await ask('archive.list', { mode: 'rehearsal' }))).toBeUndefined();
    const other = await stage.launch({ userDataDir: path.join(stage.dir, 'other') });
    await painted(other);
    expect(code(await other.page.evaluate(async () => await window.quorate['archive.list']({ mode: 'rehearsal' })))).toBe('FOLDER_LOCKED');
    await other.close();
  });
  it('may not mix rehearsals and ceremonies in one folder (PLAN_RULE)', async () => {
    cpSync(inRoot('test/golden/v1/archive'), path.join(stage.dir, 'workspace', 'archive'), { recursive: true });
    expect(code(await ask('archive.list', { mode: 'production' }))).toBe('PLAN_RULE');
  });
});

describe('the command line', () => {
  it('without a display names the rehearsal, and opens nothing', () => {
    const { DISPLAY: _display, WAYLAND_DISPLAY: _wayland, ...env } = process.env;
    const answer = spawnSync(process.execPath, [inRoot('scripts/start.mjs')], { encoding: 'utf8', env });
    expect(answer.status).toBe(1);
    expect(answer.stderr).toContain('npm run rehearse');
    expect(answer.stderr).not.toContain('at file:');
  });
  it('refuses a flag it does not know, with a sentence', () => {
    const answer = spawnSync(process.execPath, [inRoot('scripts/start.mjs'), '--workspce=/tmp/x', `--user-data-dir=${path.join(stage.dir, 'third')}`], { encoding: 'utf8', env: { ...process.env, DISPLAY: stage.display.name }, timeout: 30_000 });
    expect(answer.status).toBe(2);
    expect(answer.stderr).toContain('--workspce is not a flag of Quorate');
  });
});

describe('an error nobody expected', () => {
  it('ends the program with status 1, without its message', async () => {
    const doomed = await stage.launch({ userDataDir: path.join(stage.dir, 'doomed'), workspace: path.join(stage.dir, 'doomed-workspace') });
    const ended = new Promise<number | null>((resolve) => { doomed.app.process().once('exit', (status) => { resolve(status); }); });
    await doomed.app.evaluate(() => { setTimeout(() => { throw new RangeError('the PIN is 12345678'); }, 10); });
    expect(await ended).toBe(1);
    expect(doomed.output()).toContain('uncaught exception: RangeError');
    expect(doomed.output()).not.toContain('12345678');
  });
});
