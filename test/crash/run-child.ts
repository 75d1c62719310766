/** Bundles the child once and runs it as a process of its own. */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'vite';
import { fileUrls } from '../../build/file-urls.ts';
import type { Ending, Orders } from './child.ts';

export interface ChildBundle { readonly file: string; remove(): void }

export const bundleChild = async (): Promise<ChildBundle> => {
  const root = resolve(import.meta.dirname, '../..');
  // Where its packages are found, and where no build cleans up.
  mkdirSync(join(root, 'node_modules/.cache'), { recursive: true });
  const outDir = mkdtempSync(join(root, 'node_modules/.cache/quorate-crash-'));
  await build({
    root, configFile: false, logLevel: 'error', publicDir: false, plugins: [fileUrls()], ssr: { noExternal: true, external: ['pkcs11js', 'pdfkit'] },
    build: { ssr: 'test/crash/child.ts', outDir, emptyOutDir: true, target: 'node20', rollupOptions: { output: { entryFileNames: 'child.mjs' } } },
  });
  return { file: join(outDir, 'child.mjs'), remove: () => { rmSync(outDir, { recursive: true, force: true }); } };
};

export interface ChildRun { readonly code: number | null; readonly signal: string | null; readonly ending: Ending | null; readonly stderr: string }

/** @param env what is added to the environment of the process. */
export const runChild = (bundle: ChildBundle, orders: Orders, env: Readonly<Record<string, string>> = {}): Promise<ChildRun> => {
  const ordersFile = `${orders.acknowledgedFile}.orders.json`;
  writeFileSync(ordersFile, JSON.stringify(orders));
  const child = spawn(process.execPath, [bundle.file, ordersFile], { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } });
  let stdout = '', stderr = '';
  child.stdout.on('data', (text: Buffer) => { stdout += String(text); });
  child.stderr.on('data', (text: Buffer) => { stderr += String(text); });
  return new Promise((done) => { child.on('close', (code, signal) => { done({ code, signal, stderr, ending: code === 0 ? (JSON.parse(stdout) as Ending) : null }); }); });
};
