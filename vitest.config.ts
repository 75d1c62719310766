/** The test projects, one a kind of test; `npm test -- unit vault` runs some of them. */
import { defineConfig } from 'vitest/config';

const project = (name: string, files: readonly string[], timeoutMs: number, alone: boolean) => ({
  test: {
    name, include: [...files], environment: 'node' as const, pool: 'forks' as const, testTimeout: timeoutMs, hookTimeout: timeoutMs,
    // Real tokens, windows and queues do not share a machine well: one file at a time.
    fileParallelism: !alone, ...(alone ? { maxWorkers: 1 } : {}),
  },
});

export default defineConfig({
  test: {
    projects: [
      project('unit', ['test/unit/**/*.test.ts'], 30_000, false),
      project('vault', ['test/vault/**/*.test.ts'], 120_000, true),
      project('headless', ['test/headless/**/*.test.ts', 'test/crash/**/*.test.ts'], 300_000, true),
      project('security', ['test/security/**/*.test.ts'], 120_000, true),
      project('e2e', ['test/e2e/**/*.test.ts'], 300_000, true),
    ],
  },
});
