/** Starts the real application under Playwright: as the caller, or with the sandbox on as an unprivileged user when the caller is root. */
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { _electron, errors, type ElectronApplication, type Page } from 'playwright-core';
import type { QuorateApi } from '../../shared/ipc/contract.ts';
import { ROOT } from '../setup/paths.mjs';
import { findRuntime } from '../setup/runtime.mjs';
import { prepareUser } from '../setup/unprivileged.mjs';

declare global {
  interface Window { readonly quorate: QuorateApi }
}

export interface LaunchOptions {
  readonly display: string;
  /** Chromium's sandbox. Root can have it only through the unprivileged user, who must be able to reach the folders below. */
  readonly sandbox: boolean;
  /** The application's data; made, and given to the user that runs the window. */
  readonly userDataDir: string;
  readonly workspace?: string;
  readonly args?: readonly string[];
  /** Chromium's own switches. */
  readonly chromium?: readonly string[];
  /** A y4m file that plays the camera (fake-camera.ts); without one the window has the cameras of this computer. */
  readonly camera?: string | null;
  /** What the desktop is set to; light without it. */
  readonly theme?: 'light' | 'dark';
  readonly env?: Readonly<Record<string, string>>;
  /** A program put before Electron, such as `strace -f -o FILE`. */
  readonly before?: readonly string[];
  readonly timeoutMs?: number;
  /** Another application than Quorate, for comparison. */
  readonly appDir?: string;
}
export interface Launched { readonly app: ElectronApplication; readonly page: Page; /** Everything main wrote so far. */ readonly output: () => string; close(): Promise<void> }

const quote = (word: string): string => `'${word.replaceAll("'", `'\\''`)}'`;

interface Runner { readonly executablePath: string; readonly appDir: string; readonly env: Readonly<Record<string, string>>; readonly dispose: () => void }

/** Playwright starts one file; this one changes the user, clears the environment and puts programs in front. */
const wrapper = (words: readonly string[]): { readonly file: string; readonly dispose: () => void } => {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'quorate-launch-'));
  chmodSync(dir, 0o755);
  const file = path.join(dir, 'electron');
  writeFileSync(file, `#!/bin/sh\nexec ${words.map(quote).join(' ')} "$@"\n`, { mode: 0o755 });
  return { file, dispose: () => { rmSync(dir, { recursive: true, force: true }); } };
};

const give = (dir: string, uid: number, gid: number): void => { mkdirSync(dir, { recursive: true, mode: 0o755 }); chownSync(dir, uid, gid); };

const asUser = (options: LaunchOptions, runtimeDir: string): Runner => {
  const user = prepareUser({ runtimeDir, display: options.display });
  for (const dir of [options.userDataDir, options.workspace]) if (dir !== undefined) give(dir, user.uid, user.gid);
  const env = { PATH: process.env['PATH'] ?? '/usr/bin:/bin', LANG: 'C.UTF-8', DISPLAY: options.display, ...user.env, ...options.env };
  const words = [...(options.before ?? []), 'runuser', '-u', user.user, '--', 'env', '-i', ...Object.entries(env).map(([name, value]) => `${name}=${value}`), user.electron];
  const { file, dispose } = wrapper(words);
  return { executablePath: file, appDir: user.appDir, env: { PATH: env.PATH }, dispose };
};

const asSelf = (options: LaunchOptions, electron: string): Runner => {
  for (const dir of [options.userDataDir, options.workspace]) if (dir !== undefined) mkdirSync(dir, { recursive: true });
  const inherited = Object.fromEntries(Object.entries(process.env).filter((pair): pair is [string, string] => pair[1] !== undefined));
  const env = { ...inherited, DISPLAY: options.display, ...options.env };
  const { file, dispose } = wrapper([...(options.before ?? []), electron]);
  return { executablePath: file, appDir: ROOT, env, dispose };
};

const cameraSwitches = (file: string | null | undefined): readonly string[] => (file === null || file === undefined ? [] : ['--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${file}`]);

const DEFAULT_TIMEOUT_MS = 60_000;
/** Seldom, on a busy machine, a runtime stands still while its debugger attaches, before it has run anything of ours. It is ended, and started once more. */
const FIRST_TIMEOUT_MS = 40_000;

/** @throws when the window does not open in time; what main wrote is in the error. */
export const launchQuorate = async (options: LaunchOptions): Promise<Launched> => {
  const runtime = findRuntime();
  if (runtime === null) throw new Error('There is no Electron runtime: run this through its npm command.');
  const root = process.getuid?.() === 0;
  const runner = root && options.sandbox ? asUser(options, runtime.dir) : asSelf(options, runtime.electron);
  const own = options.workspace === undefined ? [] : [`--workspace=${options.workspace}`];
  const start = (timeout: number): Promise<ElectronApplication> => _electron.launch({
    executablePath: runner.executablePath, chromiumSandbox: options.sandbox, env: { ...runner.env }, cwd: path.parse(runner.appDir).root, timeout, colorScheme: options.theme ?? 'light',
    args: [`--user-data-dir=${options.userDataDir}`, ...cameraSwitches(options.camera), ...(options.chromium ?? []), options.appDir ?? runner.appDir, ...own, ...(options.args ?? [])],
  });
  const app = options.timeoutMs === undefined ? await start(FIRST_TIMEOUT_MS).catch(async (error: unknown) => { if (error instanceof errors.TimeoutError) return await start(DEFAULT_TIMEOUT_MS); throw error; }) : await start(options.timeoutMs);
  let written = '';
  const keep = (bytes: Buffer): void => { written += bytes.toString(); };
  app.process().stdout?.on('data', keep);
  app.process().stderr?.on('data', keep);
  const close = async (): Promise<void> => { await app.close().catch(() => undefined); runner.dispose(); };
  try {
    const page = await app.firstWindow({ timeout: options.timeoutMs ?? DEFAULT_TIMEOUT_MS });
    return { app, page, output: () => written, close };
  } catch (error) {
    await close();
    throw new Error(`the window did not open; main wrote:\n${written}`, { cause: error });
  }
};
