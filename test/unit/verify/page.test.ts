/** verify.html as it is built: closed to the network, the same bytes each time, and without anything of the window or the vault in it. */
import { beforeAll, describe, expect, it } from 'vitest';
import { between as cutBetween, pageBuilder, sourceHash } from '../../support/one-file-page.ts';

const build = pageBuilder('build-verify.mjs');
let page: Buffer, html: string, made: readonly string[];
beforeAll(() => { ({ file: page, sources: made } = build('one.html')); html = page.toString(); });
const between = (start: string, end: string): string => cutBetween(html, start, end);

describe('verify.html', () => {
  it('is built of the same bytes twice', () => { expect(build('two.html').file.equals(page)).toBe(true); });
  it('allows its own script and style by their digests, and nothing else', () => {
    expect(/http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)![1]!.split('; ')).toEqual([
      "default-src 'none'", `script-src ${sourceHash(between('<script>', '</script>'))}`, `style-src ${sourceHash(between('<style>', '</style>'))}`,
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
