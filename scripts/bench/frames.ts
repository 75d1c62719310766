/** Whether the window stays alive while the HSM makes an RSA-4096 key: the gaps between animation frames of the run window meanwhile. */
import { chmodSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { stepOf } from '../../shared/ceremony/select.ts';
import type { Snapshot } from '../../shared/ipc/snapshot.ts';
import { findDisplay } from '../drive/display.ts';
import { createPeople, inventKnowledge, readFromFolder } from '../rehearse/people.ts';
import { playSteps, pressPrimary } from '../rehearse/play.ts';
import { begin, prepareByForm, startRehearsal } from '../rehearse/prepare.ts';
import { act, openStage, type Stage } from '../rehearse/stage.ts';
import { median, percentile, type Bench } from './measure.ts';

const LIMIT_MS = 100, RUNS = 3;

declare global { interface Window { quorateFrames?: number[] } }

const record = (page: Page): Promise<void> => page.evaluate(() => {
  const gaps: number[] = [];
  window.quorateFrames = gaps;
  let last = performance.now();
  const frame = (now: number): void => { gaps.push(now - last); last = now; if (window.quorateFrames === gaps) requestAnimationFrame(frame); };
  requestAnimationFrame(frame);
});
const stop = (page: Page): Promise<number[]> => page.evaluate(() => { const gaps = window.quorateFrames ?? []; delete window.quorateFrames; return gaps; });

const makesKey = ({ state }: Snapshot): boolean => { const step = stepOf(state); return step?.kind === 'machine' && step.operation === 'generate-key'; };

const measure = async (stage: Stage): Promise<number> => {
  await startRehearsal(stage);
  await prepareByForm(stage, { quorum: { threshold: 2, shares: 2 }, key: 'rsa-4096' });
  await begin(stage, '3142536');
  await playSteps(stage, makesKey);
  await record(stage.page);
  await act(stage, pressPrimary(stage));
  const gaps = await stop(stage.page);
  if ((await stage.snapshot())?.state.key === null) throw new Error('no key was made');
  return percentile(gaps, 0.95);
};

const runOnce = async (display: string): Promise<number> => {
  const dir = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'quorate-frames-')));
  chmodSync(dir, 0o755);
  const workspace = path.join(dir, 'workspace');
  const people = createPeople(inventKnowledge(), readFromFolder(path.join(workspace, 'shares')));
  const stage = await openStage({ display, sandbox: true, userDataDir: path.join(dir, 'userData'), workspace, people, screensDir: null, logsDir: path.join(dir, 'logs') });
  try { return await measure(stage); } finally { await stage.close(); rmSync(dir, { recursive: true, force: true }); }
};

export const frames: Bench = {
  name: 'frames',
  run: async () => {
    const display = await findDisplay();
    try {
      const values: number[] = [];
      for (let run = 0; run < RUNS; run++) values.push(await runOnce(display.name));
      const ours = Number(median(values).toFixed(1));
      return { name: 'frames', ours, limit: LIMIT_MS, unit: 'ms', ratio: Number((ours / LIMIT_MS).toFixed(3)), runs: RUNS, mustReach: 1 };
    } finally { display.stop(); }
  },
};
