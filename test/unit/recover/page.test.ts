/** The recovery page as it is built: of its own sources only, closed to the network, the same bytes each time. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../../../scripts/setup/paths.mjs';
import { between as cutBetween, pageBuilder, sourceHash } from '../../support/one-file-page.ts';

const sources = path.join(ROOT, 'build/recover'), build = pageBuilder('build-recover.mjs');
let page: Buffer, html: string, made: readonly string[];
beforeAll(() => { ({ file: page, sources: made } = build('one.html')); html = page.toString(); });

const between = (start: string, end: string): string => cutBetween(html, start, end);

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
      "default-src 'none'", `script-src ${sourceHash(between('<script>', '</script>'))} 'wasm-unsafe-eval'`, `style-src ${sourceHash(between('<style>', '</style>'))}`,
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
