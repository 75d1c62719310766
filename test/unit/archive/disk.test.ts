/** Durable writes on a real file system: exclusive, whole, and with a code that says what went wrong. */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDisk, TEMPORARY_PREFIX } from '../../../electron/archive/disk.ts';

const disk = createDisk();
let dir: string;
beforeEach(() => { dir = mkdtempSync(path.join(tmpdir(), 'quorate-disk-')); });
afterEach(() => { chmodSync(dir, 0o755); rmSync(dir, { recursive: true, force: true }); });
const at = (name: string): string => path.join(dir, name);
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('append', () => {
  it('makes the file, then adds to its end', async () => {
    await disk.append(at('log'), bytes('one\n'));
    await disk.append(at('log'), bytes('two\n'));
    expect(readFileSync(at('log'), 'utf8')).toBe('one\ntwo\n');
  });
  it('does not follow a symbolic link out of the folder (STORAGE_IO)', async () => {
    writeFileSync(at('elsewhere'), '');
    symlinkSync(at('elsewhere'), at('log'));
    await expect(disk.append(at('log'), bytes('x'))).rejects.toMatchObject({ code: 'STORAGE_IO' });
    expect(readFileSync(at('elsewhere'), 'utf8')).toBe('');
  });
});

describe('create', () => {
  it('writes the final bytes and leaves nothing beside them', async () => {
    await disk.create(at('plan.json'), bytes('{}'));
    expect(readdirSync(dir)).toEqual(['plan.json']);
    expect(readFileSync(at('plan.json'), 'utf8')).toBe('{}');
  });
  it('never replaces a file (FOLDER_EXISTS), and leaves it as it was', async () => {
    writeFileSync(at('plan.json'), 'first');
    await expect(disk.create(at('plan.json'), bytes('second'))).rejects.toMatchObject({ code: 'FOLDER_EXISTS', details: { file: 'plan.json' } });
    expect(readFileSync(at('plan.json'), 'utf8')).toBe('first');
    expect(readdirSync(dir)).toEqual(['plan.json']);
  });
  it('takes no notice of the half-written file of a kill', async () => {
    writeFileSync(at(`${TEMPORARY_PREFIX}plan.json`), 'half');
    await disk.create(at('plan.json'), bytes('whole'));
    expect(readdirSync(dir)).toEqual(['plan.json']);
    expect(readFileSync(at('plan.json'), 'utf8')).toBe('whole');
  });
});

describe('replace, truncate, remove, read', () => {
  it('replace gives new bytes to a file that exists, or makes it', async () => {
    await disk.replace(at('a'), bytes('1'));
    await disk.replace(at('a'), bytes('22'));
    expect(readFileSync(at('a'), 'utf8')).toBe('22');
    expect(readdirSync(dir)).toEqual(['a']);
  });
  it('truncate cuts to a length', async () => {
    await disk.append(at('a'), bytes('abcdef'));
    await disk.truncate(at('a'), 2);
    expect(readFileSync(at('a'), 'utf8')).toBe('ab');
  });
  it('remove is content when the file is gone', async () => {
    await disk.append(at('a'), bytes('x'));
    await disk.remove(at('a'));
    await disk.remove(at('a'));
    expect(readdirSync(dir)).toEqual([]);
  });
  it('read gives null for a file that is not there', async () => {
    expect(await disk.read(at('a'))).toBeNull();
    await disk.append(at('a'), bytes('x'));
    expect(await disk.read(at('a'))).toEqual(bytes('x'));
  });
});

const isRoot = process.getuid?.() === 0;
/** A file system of 64 KiB, or null where this user cannot make one. */
const smallFileSystem = (): boolean => {
  if (!isRoot) return false;
  try { execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', dir], { stdio: 'ignore' }); return true; } catch { return false; }
};

describe('a file system that refuses', () => {
  it('full: says STORAGE_FULL, and what was whole before still is', async (context) => {
    if (!smallFileSystem()) return context.skip();
    try {
      await disk.append(at('log'), bytes('kept\n'));
      await disk.create(at('filler'), new Uint8Array(48 * 1024));
      await expect(disk.append(at('log'), new Uint8Array(64 * 1024))).rejects.toMatchObject({ code: 'STORAGE_FULL', details: { file: 'log' } });
      await expect(disk.create(at('more'), new Uint8Array(64 * 1024))).rejects.toMatchObject({ code: 'STORAGE_FULL' });
      expect(readFileSync(at('log'), 'utf8').startsWith('kept\n')).toBe(true);
      expect(readdirSync(dir).sort()).toEqual(['filler', 'log']);
    } finally { execFileSync('umount', ['-l', dir]); }
  });
  it('read-only: says STORAGE_READ_ONLY', async (context) => {
    if (isRoot) {
      if (!smallFileSystem()) return context.skip();
      execFileSync('mount', ['-o', 'remount,ro', dir]);
    } else chmodSync(dir, 0o555);
    try { await expect(disk.create(at('a'), bytes('x'))).rejects.toMatchObject({ code: 'STORAGE_READ_ONLY' }); } finally { if (isRoot) execFileSync('umount', ['-l', dir]); }
  });
  it('a folder that is missing: says STORAGE_IO', async () => {
    await expect(disk.append(at('no/such'), bytes('x'))).rejects.toMatchObject({ code: 'STORAGE_IO', details: { errno: 'ENOENT' } });
    mkdirSync(at('no'));
    await disk.append(at('no/such'), bytes('x'));
    expect(readFileSync(at('no/such'), 'utf8')).toBe('x');
  });
});
