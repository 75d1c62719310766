import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { main } from '../../../scripts/verify.ts';
import { buildFolder, writeFolder } from '../../support/ceremony-folder.ts';

const built = buildFolder();
const path = writeFolder(mkdtempSync(join(tmpdir(), 'quorate-cli-')), built);
const run = async (...argv: string[]): Promise<{ status: number; out: string; err: string }> => {
  let out = '', err = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => { out += String(text); return true; });
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => { err += String(text); return true; });
  const status = await main(argv);
  vi.restoreAllMocks();
  return { status, out, err };
};
afterEach(() => { vi.restoreAllMocks(); });

describe('the verify command', () => {
  test.each([[[]], [['a', 'b']], [['--anchor']], [['a', '--anchor']], [['a', '--what']], [['--json']], [['a', '--anchor', 'x', '--anchor', 'y']]])('prints its usage to standard error and exits 2 for %j', async (argv) => {
    const { status, out, err } = await run(...argv);
    expect(status).toBe(2);
    expect(out).toBe('');
    expect(err).toMatch(/^Usage: verify FOLDER\|ARCHIVE/);
  });
  test('prints JSON with three keys and nothing else', async () => {
    const { status, out, err } = await run(path, '--anchor', built.head, '--json');
    expect([status, err]).toEqual([0, '']);
    const report = JSON.parse(out) as Record<string, unknown> & { findings: Record<string, unknown>[] };
    expect(Object.keys(report)).toEqual(['holds', 'anchored', 'findings']);
    expect(report).toMatchObject({ holds: true, anchored: true });
    for (const finding of report.findings) expect(Object.keys(finding)).toEqual(['code', 'file', 'seq', 'text']);
  });
  test('takes --anchor=HEAD and options before the folder', async () => {
    expect((await run(`--anchor=${built.head}`, path)).status).toBe(0);
  });
  test('says "Consistent, but not anchored" first and exits 3', async () => {
    const { status, out } = await run(path);
    expect(status).toBe(3);
    expect(out).toMatch(/^Consistent, but not anchored\.\n/);
  });
  test('exits 1 and says first what does not hold', async () => {
    const { status, out } = await run(writeFolder(mkdtempSync(join(tmpdir(), 'quorate-cli-')), built, { 'root.pem': new Uint8Array([1]) }), '--anchor', built.head);
    expect(status).toBe(1);
    expect(out).toMatch(/^Does not hold: root\.pem does not hold/);
  });
  test('exits 2 for a path that is not there and for half an anchor', async () => {
    expect((await run('/nowhere')).status).toBe(2);
    expect((await run(path, '--anchor', built.head.slice(0, 32))).status).toBe(2);
  });
});
