/** The archive file of a bundle: what it is made of, that common programs read it, and that the reader takes one form only. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { utf8 } from '../../../shared/bytes.ts';
import { BLOCK, readTar, writeTar } from '../../../shared/bundle/tar.ts';

const LONG = `bundle/archive/0001-${'a'.repeat(64)}/people/${'b'.repeat(32)}.pem`;
const files = new Map<string, Uint8Array>([['b/two.txt', utf8('two')], ['a', utf8('')], ['b/one.bin', new Uint8Array(1024).fill(7)], [LONG, utf8('long')], ['b/full', new Uint8Array(512)]]);
const tar = writeTar(files);
const rewritten = (at: number, bytes: Uint8Array, from: Uint8Array = tar): Uint8Array => { const out = new Uint8Array(from); out.set(bytes, at); return out; };
/** Mends the check sum of the header at `at`, so that only the change itself can be what is refused. */
const summed = (bytes: Uint8Array, at: number): Uint8Array => {
  const out = rewritten(at + 148, utf8('        '), bytes), sum = out.subarray(at, at + BLOCK).reduce((total, byte) => total + byte, 0);
  return rewritten(at + 148, utf8(`${sum.toString(8).padStart(6, '0')}\0 `), out);
};
const faultOf = (bytes: Uint8Array): string => { const read = readTar(bytes); return read.ok ? 'none' : read.fault; };

describe('a bundle file', () => {
  it('gives the same bytes whatever the order of its files was', () => {
    expect(writeTar(new Map([...files].reverse()))).toEqual(tar);
    expect(tar.length % BLOCK).toBe(0);
  });
  it('is listed and unpacked by tar, with mode, owner and time fixed', () => {
    const dir = mkdtempSync(join(tmpdir(), 'quorate-tar-'));
    writeFileSync(join(dir, 'x.tar'), tar);
    const listed = execFileSync('tar', ['--utc', '--full-time', '--numeric-owner', '-tvf', 'x.tar'], { cwd: dir, encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } }).trim().split('\n');
    expect(listed.map((line) => line.split(/\s+/).at(-1))).toEqual([...files.keys()].sort());
    for (const line of listed) expect(line).toMatch(/^-rw-r--r-- 0\/0 +\d+ 1980-01-01 00:00:00 /);
    const said = execFileSync('tar', ['-xf', 'x.tar'], { cwd: dir, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
    expect(said).toBe('');
    for (const [name, bytes] of files) expect(new Uint8Array(readFileSync(join(dir, name)))).toEqual(new Uint8Array(bytes));
    expect(statSync(join(dir, 'b/two.txt')).mtimeMs).toBe(Date.UTC(1980, 0, 1));
  });
  it('reads back what it wrote, for any files', () => {
    const part = fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9._-]{0,20}$/);
    const name = fc.array(part, { minLength: 1, maxLength: 8 }).map((parts) => parts.join('/'));
    fc.assert(fc.property(fc.array(fc.tuple(name, fc.uint8Array({ maxLength: 1200 })), { maxLength: 6 }), (list) => {
      const given = new Map(list), read = readTar(writeTar(given));
      expect(read.ok).toBe(true);
      if (read.ok) expect([...read.files].map(([key, bytes]) => [key, [...bytes]])).toEqual([...given].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, bytes]) => [key, [...bytes]]));
    }), { numRuns: 60 });
  });
  it.each(['../up', '/root', 'a/../b', 'a//b', '.hidden', 'a/.git', '-rf', 'a b', 'ä', '', 'a/', 'x'.repeat(101)])('does not write the name %j', (name) => {
    expect(() => writeTar(new Map([[name, utf8('x')]]))).toThrow(RangeError);
  });
});

describe('the strict reader of a bundle file', () => {
  const firstName = [...files.keys()].sort()[0]!;
  it('refuses every change of a header byte', () => {
    const small = writeTar(new Map([['a/b', utf8('x')]]));
    for (let at = 0; at < BLOCK; at++) expect(readTar(rewritten(at, Uint8Array.of(small[at]! ^ 1), small)).ok, String(at)).toBe(false);
  });
  it.each([
    ['another mode', 100, '0000755\0'], ['another owner', 108, '0001750\0'], ['another time', 136, '14720000000\0'], ['a link', 156, '2'], ['a folder', 156, '5'],
    ['an owner by name', 265, 'root'], ['a GNU header', 257, 'ustar  \0'], ['a long-name entry', 156, 'L'],
  ])('refuses %s with a right check sum', (_what, at, text) => { expect(faultOf(summed(rewritten(at, utf8(text)), 0))).toBe('header'); });
  it.each(['../a', '/a', '.a'])('refuses the name %s', (name) => {
    const block = writeTar(new Map([['x'.repeat(name.length), utf8('')]]));
    expect(faultOf(summed(rewritten(0, utf8(name), block), 0))).toBe('name');
  });
  it('refuses a name that stands in the prefix although it is short', () => {
    const block = writeTar(new Map([['b', utf8('')]]));
    expect(faultOf(summed(rewritten(345, utf8('a'), block), 0))).toBe('header');
  });
  it('refuses a name twice, and names out of order', () => {
    const one = writeTar(new Map([['b', utf8('1')]])).subarray(0, 2 * BLOCK), other = writeTar(new Map([['a', utf8('2')]]));
    const joined = (...parts: Uint8Array[]): Uint8Array => Uint8Array.from(parts.flatMap((part) => [...part]));
    expect(faultOf(joined(one, writeTar(new Map([['b', utf8('3')]]))))).toBe('order');
    expect(faultOf(joined(one, other))).toBe('order');
  });
  it('refuses fill that is not zero, a missing or longer end, and a cut', () => {
    expect(firstName).toBe('a');
    const small = writeTar(new Map([['a', utf8('x')]]));
    expect(faultOf(rewritten(BLOCK + 1, Uint8Array.of(1), small))).toBe('length');
    expect(faultOf(rewritten(small.length - 1, Uint8Array.of(1), small))).toBe('end');
    expect(faultOf(Uint8Array.from([...small, ...new Uint8Array(BLOCK)]))).toBe('header');
    expect(faultOf(small.subarray(0, small.length - BLOCK))).toBe('length');
    expect(faultOf(small.subarray(0, small.length - 1))).toBe('length');
    expect(faultOf(new Uint8Array())).toBe('length');
  });
});
