/** Ceremony mode on a machine without a network: everything in in-the-room.ts, run in a network namespace where only loopback is. */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fileUrls } from '../../build/file-urls.ts';
import type { RoomReport } from './in-the-room.ts';

const root = path.resolve(import.meta.dirname, '../..');
let outDir = '';
let report: RoomReport;

beforeAll(async () => {
  mkdirSync(path.join(root, 'out'), { recursive: true });
  outDir = mkdtempSync(path.join(root, 'out/test-room-'));
  await build({
    root, configFile: false, logLevel: 'error', publicDir: false, plugins: [fileUrls()],
    build: { ssr: path.join(root, 'test/e2e/in-the-room.ts'), outDir, emptyOutDir: true, target: 'node20', rollupOptions: { output: { entryFileNames: 'room.mjs' } } },
  });
  // A sysfs of its own: the one of the machine goes on showing the machine's interfaces.
  const alone = 'mount -t sysfs none /sys && ip link set lo up && exec "$@"';
  const { stdout } = await promisify(execFile)('unshare', ['--net', '--mount', 'sh', '-c', alone, 'sh', process.execPath, path.join(outDir, 'room.mjs')], { cwd: root, maxBuffer: 16_777_216 });
  report = JSON.parse(stdout.trim().split('\n').at(-1)!) as RoomReport;
}, 300_000);
afterAll(() => { rmSync(outDir, { recursive: true, force: true }); });

describe('a ceremony on tokens that were chosen, printed to a queue, without a network', () => {
  it('ends with a folder that verifies against its head', () => {
    expect(report.faults).toEqual([]);
    expect(report.exitStatus).toBe(0);
    expect(report.mode).toBe('production');
    expect(report.planSha256).toMatch(/^[0-9a-f]{64}$/);
  });

  it('sees a machine without any way out', () => {
    const ways = report.rows.filter((row) => ['network-interfaces', 'network-addresses', 'default-routes'].includes(row.id));
    expect(ways).toHaveLength(3);
    expect(ways.filter((row) => !row.ok)).toEqual([]);
    // What this machine really is stays said: a checkout on a runtime for tests, as an exception of the witness.
    expect(report.rows.find((row) => row.id === 'program')?.ok).toBe(false);
  });

  it('takes the signatures of custodians from tokens of their own', () => { expect(report.methods).toEqual(['token']); });

  it('prints each share as a job of the queue', () => {
    expect(report.jobs).toHaveLength(2);
    for (const job of report.jobs) expect(job).toMatch(/^SHEETS-\d+$/);
  });

  it('says on every screen and on every page of the record that the token is software', () => {
    expect(report.silentSteps).toEqual([]);
    expect(report.silentPages).toEqual([]);
  });

  it('leaves no PIN and no passphrase on the machine', () => { expect(report.seen).toEqual([]); });
});
