/** What a page of ours cannot do, asked of the real window with Chromium's sandbox on. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CALL_NAMES } from '../../shared/ipc/contract.ts';
import { openStage, type Stage } from '../support/window.ts';

let stage: Stage;
beforeAll(async () => { stage = await openStage({ chromium: ['--use-fake-device-for-media-stream'] }); });
afterAll(async () => { await stage?.close(); });
const page = () => stage.window.page;

const rendererStatus = async (): Promise<string> => {
  const pid = await stage.window.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.webContents.getOSProcessId());
  return readFileSync(`/proc/${pid}/status`, 'utf8');
};

describe('the sandbox', () => {
  it('filters the system calls of the renderer (Seccomp 2) and lets it gain no privileges', async () => {
    const status = await rendererStatus();
    expect(status).toMatch(/^Seccomp:\s*2$/m);
    expect(status).toMatch(/^NoNewPrivs:\s*1$/m);
  });
  it('belongs to an unprivileged user', async () => { expect(await rendererStatus()).toMatch(/^Uid:\s*[1-9]\d*\s/m); });
  it('is what the program says of itself', async () => {
    expect(await page().evaluate(async () => await window.quorate['app.status']({}))).toMatchObject({ ok: true, value: { sandboxed: true, source: 'checkout' } });
  });
});

describe('the page', () => {
  it('has no Node and no Electron', async () => {
    expect(await page().evaluate(() => ['require', 'process', 'module', 'Buffer', 'global', 'electron', 'ipcRenderer'].filter((name) => name in window))).toEqual([]);
  });
  it('has the calls of the contract and nothing else', async () => {
    expect(await page().evaluate(() => Object.keys(window.quorate).sort())).toEqual([...CALL_NAMES, 'on'].sort());
  });
  it('cannot change what the contract exposes', async () => {
    expect(await page().evaluate(() => { try { (window.quorate as unknown as Record<string, unknown>)['on'] = null; } catch { /* refused */ } return typeof window.quorate.on; })).toBe('function');
  });
});

describe('the content security policy', () => {
  it('runs no inline script', async () => {
    expect(await page().evaluate(async () => {
      const script = document.createElement('script');
      script.textContent = 'window.__inline = true';
      document.head.append(script);
      await new Promise((resolve) => { setTimeout(resolve, 50); });
      return '__inline' in window;
    })).toBe(false);
  });
  it('evaluates no text', async () => {
    // Asked from a timer: the driver's own evaluation is exempt.
    expect(await page().evaluate(async () => await new Promise((resolve) => { setTimeout(() => { try { resolve(new Function('return 1')() as number); } catch (error) { resolve((error as Error).name); } }, 0); }))).toBe('EvalError');
  });
  it.each(['https://example.org/', 'http://127.0.0.1:9/', 'app://ui/index.html', 'file:///etc/hostname'])('fetches nothing: %s', async (address) => {
    expect(await page().evaluate(async (at) => await fetch(at).then(() => 'fetched', () => 'refused'), address)).toBe('refused');
  });
  it('loads no picture and opens no socket outside', async () => {
    expect(await page().evaluate(async () => await new Promise((resolve) => { const image = new Image(); image.onload = () => { resolve('loaded'); }; image.onerror = () => { resolve('refused'); }; image.src = 'https://example.org/x.png'; }))).toBe('refused');
    expect(await page().evaluate(() => { try { return new WebSocket('ws://127.0.0.1:9/').readyState; } catch { return 'refused'; } })).not.toBe(1);
  });
  it('is kept by our own pages: no violation while they load', async () => {
    const complaints: string[] = [];
    page().on('console', (message) => { if (/content security policy/i.test(message.text())) complaints.push(message.text()); });
    await page().reload();
    await page().waitForFunction(() => document.querySelector('#root')?.firstElementChild !== null);
    await page().waitForTimeout(300);
    expect(complaints).toEqual([]);
  });
  it('is sent with every page', async () => {
    const headers = await stage.window.app.evaluate(async ({ session }) => {
      const answer = await session.fromPartition('quorate-main').fetch('app://ui/index.html');
      return Object.fromEntries(answer.headers);
    });
    expect(headers['content-security-policy']).toMatch(/^default-src 'none'; /);
    expect(headers['content-security-policy']).not.toMatch(/unsafe|\*|https?:/);
    expect(headers['x-content-type-options']).toBe('nosniff');
  });
});

describe('the app protocol', () => {
  it.each(['app://ui/../main/main.js', 'app://ui/%2e%2e/main/main.js', 'app://ui/..%2fmain%2fmain.js', 'app://ui//etc/hostname', 'app://ui/index.html/', 'app://ui/', 'app://entry/entry.html', 'app://UI.example/index.html'])('has no %s for the main window', async (address) => {
    const status = await stage.window.app.evaluate(async ({ session }, at) => await session.fromPartition('quorate-main').fetch(at).then((answer) => answer.status, () => 0), address);
    expect([0, 404]).toContain(status);
  });
});

describe('leaving', () => {
  it.each(['https://example.org/', 'app://entry/entry.html', 'file:///etc/passwd', 'data:text/html,gone', 'about:blank'])('to %s does not happen', async (address) => {
    await page().evaluate((at) => { window.location.href = at; }, address);
    await page().waitForTimeout(200);
    // about:blank cannot be refused, only replaced: by then our page is back.
    await expect.poll(() => page().url()).toBe('app://ui/index.html');
    await page().waitForFunction(() => typeof window.quorate === 'object' && document.querySelector('#root')?.firstElementChild !== null);
  });
  it('opens no second window', async () => {
    expect(await page().evaluate(() => window.open('app://ui/index.html'))).toBeNull();
    expect(await stage.window.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  });
  it('embeds no other page', async () => {
    expect(await page().evaluate(async () => {
      const frame = document.createElement('iframe');
      frame.src = 'app://ui/index.html';
      document.body.append(frame);
      await new Promise((resolve) => { setTimeout(resolve, 200); });
      const reachable = (() => { try { return frame.contentDocument?.querySelector('#root') !== null && frame.contentDocument !== null; } catch { return false; } })();
      frame.remove();
      return reachable;
    })).toBe(false);
  });
});

describe('permissions', () => {
  it('are denied: camera, notifications, location, clipboard', async () => {
    const asked = await page().evaluate(async () => {
      const camera = await navigator.mediaDevices.getUserMedia({ video: true }).then(() => 'granted', (error: Error) => error.name);
      const notification = await Notification.requestPermission();
      const location = await new Promise((resolve) => { navigator.geolocation.getCurrentPosition(() => { resolve('granted'); }, (error) => { resolve(error.code); }); });
      const clipboard = await navigator.clipboard.readText().then(() => 'granted', (error: Error) => error.name);
      return { camera, notification, location, clipboard };
    });
    expect(asked).toEqual({ camera: 'NotAllowedError', notification: 'denied', location: 1, clipboard: 'NotAllowedError' });
  });
  it('reach no device', async () => {
    expect(await page().evaluate(async () => {
      const usb = (navigator as unknown as { usb?: { getDevices(): Promise<unknown[]> } }).usb;
      return usb === undefined ? 0 : (await usb.getDevices().catch(() => [])).length;
    })).toBe(0);
  });
});

describe('a renderer that dies', () => {
  it('is started again with our page', async () => {
    const look = async (): Promise<{ pid: number; crashed: boolean; loading: boolean; url: string }> => await stage.window.app.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]!.webContents;
      return { pid: contents.getOSProcessId(), crashed: contents.isCrashed(), loading: contents.isLoading(), url: contents.getURL() };
    });
    const before = await look();
    process.kill(before.pid, 'SIGKILL');
    await expect.poll(async () => { const now = await look(); return now.pid === before.pid ? null : now; }, { timeout: 10_000 }).toMatchObject({ crashed: false, loading: false, url: 'app://ui/index.html' });
    const after = await look();
    expect(after.pid).toBeGreaterThan(0);
    expect(after.pid).not.toBe(before.pid);
    expect(await stage.window.app.evaluate(async ({ BrowserWindow }) => await BrowserWindow.getAllWindows()[0]!.webContents.executeJavaScript('typeof window.quorate') as unknown)).toBe('object');
  });
});
