/** A page of one file, built into a folder of the test's own, and its parts. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll } from 'vitest';
import { ROOT } from '../../scripts/setup/paths.mjs';

/** The file, and the sources that it is made of. */
export interface BuiltPage { readonly file: Buffer; readonly sources: readonly string[] }
/** @param script the build script below `scripts/`; it takes the file to write and prints the sources, one a line */
export const pageBuilder = (script: string): ((name: string) => BuiltPage) => {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'quorate-page-'));
  afterAll(() => { rmSync(dir, { recursive: true, force: true }); });
  return (name) => {
    const file = path.join(dir, name);
    const said = execFileSync(process.execPath, [path.join(ROOT, 'scripts', script), file], { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    return { file: readFileSync(file), sources: said.trim().split('\n') };
  };
};
export const between = (html: string, start: string, end: string): string => html.slice(html.indexOf(start) + start.length, html.indexOf(end));
/** A digest as a content security policy names it. */
export const sourceHash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
