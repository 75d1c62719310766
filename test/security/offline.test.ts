/** Nothing calls out: the kernel's own list of connections, from the first instruction to ten seconds after the window was painted. */
import { readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openStage } from '../support/window.ts';

const IDLE_MS = 10_000;
const CALLS = 'trace=connect,sendto,sendmsg,sendmmsg';
/** Lines of strace that name an internet address. A datagram to nowhere is one too. */
const outward = (trace: string): readonly string[] => trace.split('\n').filter((line) => /sa_family=AF_INET6?\b/.test(line));

describe('the program with its sandbox on', () => {
  it('makes no connection to any internet address while it starts and idles', async () => {
    const file = path.join(os.tmpdir(), `quorate-connects-${process.pid}.txt`);
    const stage = await openStage({ before: ['strace', '-f', '-qq', '-s', '64', '-e', CALLS, '-o', file], timeoutMs: 90_000 });
    try {
      await stage.window.page.waitForTimeout(IDLE_MS);
      const status = await stage.window.page.evaluate(async () => await window.quorate['app.status']({}));
      expect(status).toMatchObject({ ok: true, value: { sandboxed: true } });
    } finally { await stage.close(); }
    const trace = readFileSync(file, 'utf8');
    // The trace saw the program: it connects to its display.
    expect(trace).toContain('sa_family=AF_UNIX');
    expect(outward(trace)).toEqual([]);
  });
});
