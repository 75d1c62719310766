/** The recovery page as it is built: of its own sources only, closed to the network, the same bytes each time. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../../../scripts/setup/paths.mjs';

const sources = path.join(ROOT, 'build/recover'), dir = mkdtempSync(path.join(os.tmpdir(), 'quorate-page-'));
/** The file, and the sources that it is made of. */
const build = (name: string): { readonly file: Buffer; readonly sources: readonly string[] } => {
  const file = path.join(dir, name);
  const said = execFileSync(process.execPath, [path.join(ROOT, 'scripts/build-recover.mjs'), file], { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  return { file: readFileSync(file), sources: said.trim().split('\n') };
};
let page: Buffer, html: string, made: readonly string[];
beforeAll(() => { ({ file: page, sources: made } = build('one.html')); html = page.toString(); });
afterAll(() => { rmSync(dir, { recursive: true, force: true }); });

const between = (start: string, end: string): string => html.slice(html.indexOf(start) + start.length, html.indexOf(end));
const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

describe('the sources', () => {
  it('import each other and the reader of symbols, and nothing else', () => {
    const files = readdirSync(sources).filter((name) => name.endsWith('.ts')), imports = files.flatMap((name) => {
      const text = readFileSync(path.join(sources, name), 'utf8');
      return [...text.matchAll(/(?:from|import)\s*\(?\s*['"]([^'"]+)['"]|require\(\s*['"]([^'"]+)['"]/g)].map((match) => match[1] ?? match[2]!);
    });
    expect(files.length).toBeGreaterThan(10);
    const outside = [...new Set(imports.filter((name) => !/^\.\/[a-z0-9-]+\.ts$/.test(name)))];
    expect(outside.sort()).toEqual(['virtual:zxing-wasm', 'zxing-wasm/reader']);
  });
  it('are all that the script is made of', () => {
    expect(made.filter((name) => name.startsWith('build/recover/')).length).toBeGreaterThan(10);
    expect(made.filter((name) => !name.startsWith('build/recover/') && !name.startsWith('node_modules/zxing-wasm/'))).toEqual(['virtual:zxing-wasm']);
  });
});

describe('the file', () => {
  it('is built of the same bytes twice', () => { expect(build('two.html').file.equals(page)).toBe(true); });
  it('allows its own script and style by their digests, the reader\'s WebAssembly, and nothing else', () => {
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)![1]!.split('; ');
    expect(policy).toEqual([
      "default-src 'none'", `script-src ${hash(between('<script>', '</script>'))} 'wasm-unsafe-eval'`, `style-src ${hash(between('<style>', '</style>'))}`,
      "connect-src 'none'", "form-action 'none'", "base-uri 'none'", "require-trusted-types-for 'script'", "trusted-types 'none'",
    ]);
    expect(html.indexOf('Content-Security-Policy')).toBeLessThan(html.indexOf('<style>'));
  });
  it('has one script and one style, no handlers, no addresses and nothing to load', () => {
    expect(html.match(/<script/g)).toHaveLength(1);
    expect(html.match(/<style/g)).toHaveLength(1);
    const markup = html.replace(between('<script>', '</script>'), '').replace(between('<style>', '</style>'), '');
    expect(markup).not.toMatch(/\son[a-z]+=|\sstyle=|\ssrc=|\shref=|javascript:/i);
    expect(html).not.toMatch(/(https?|wss?|ftp):\/\//i);
    expect(between('<style>', '</style>')).not.toMatch(/url\(|@import/);
  });
  it('stores nothing: its script knows no storage, cookie or worker', () => {
    expect(html).not.toMatch(/localStorage|sessionStorage|indexedDB|document\.cookie|new (Shared)?Worker\(|serviceWorker|sendBeacon/);
  });
});
