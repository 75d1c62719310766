/** verify.html as it is built: closed to the network, the same bytes each time, and without anything of the window or the vault in it. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../../../scripts/setup/paths.mjs';

const dir = mkdtempSync(path.join(os.tmpdir(), 'quorate-page-'));
const build = (name: string): { readonly file: Buffer; readonly sources: readonly string[] } => {
  const file = path.join(dir, name);
  const said = execFileSync(process.execPath, [path.join(ROOT, 'scripts/build-verify.mjs'), file], { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  return { file: readFileSync(file), sources: said.trim().split('\n') };
};
let page: Buffer, html: string, made: readonly string[];
beforeAll(() => { ({ file: page, sources: made } = build('one.html')); html = page.toString(); });
afterAll(() => { rmSync(dir, { recursive: true, force: true }); });
const between = (start: string, end: string): string => html.slice(html.indexOf(start) + start.length, html.indexOf(end));
const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

describe('verify.html', () => {
  it('is built of the same bytes twice', () => { expect(build('two.html').file.equals(page)).toBe(true); });
  it('allows its own script and style by their digests, and nothing else', () => {
    expect(/http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)![1]!.split('; ')).toEqual([
      "default-src 'none'", `script-src ${hash(between('<script>', '</script>'))}`, `style-src ${hash(between('<style>', '</style>'))}`,
      "connect-src 'none'", "form-action 'none'", "base-uri 'none'", "require-trusted-types-for 'script'", "trusted-types 'none'",
    ]);
  });
  it('has one script, no handlers, no addresses and nothing to load, and stores nothing', () => {
    const markup = html.replace(between('<script>', '</script>'), '').replace(between('<style>', '</style>'), '');
    expect(markup).not.toMatch(/\son[a-z]+=|\sstyle=|\ssrc=|\shref=|javascript:/i);
    expect(html).not.toMatch(/(https?|wss?|ftp):\/\//i);
    expect(html).not.toMatch(/localStorage|sessionStorage|indexedDB|document\.cookie|new (Shared)?Worker\(|serviceWorker|sendBeacon|XMLHttpRequest|\bfetch\(/);
  });
  it('is made of the pure part, its own sources, and packages for hashes, curves and schemas', () => {
    const parts = new Set(made.map((name) => (name.startsWith('node_modules/') ? /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(name)![1]! : name.split('/').slice(0, 2).join('/'))));
    expect([...parts].filter((name) => !name.startsWith('shared/') && name !== 'build/verify').sort()).toEqual(['@noble/curves', '@noble/hashes', 'jsonc-parser', 'valibot']);
  });
});
