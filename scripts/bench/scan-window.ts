/** Frames a second of the whole scanner in the real window: camera, worker, drawing; at 1280 × 720, with nothing to find, which is the most work. */
import { chmodSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { stepOf } from '../../shared/ceremony/select.ts';
import type { Snapshot } from '../../shared/ipc/snapshot.ts';
import { findDisplay } from '../drive/display.ts';
import { emptyCamera } from '../drive/fake-camera.ts';
import { closeEntry, type EntryWindow } from '../rehearse/entries.ts';
import { createPeople, inventKnowledge, readFromFolder } from '../rehearse/people.ts';
import { playSteps, pressPrimary } from '../rehearse/play.ts';
import { begin, prepareByForm, startRehearsal } from '../rehearse/prepare.ts';
import { act, openStage, type Stage } from '../rehearse/stage.ts';
import { median, type Bench } from './measure.ts';

const LIMIT = 15, SAMPLES = 12, EVERY_MS = 250, WARM_UP_MS = 2000;

const handsOver = ({ state }: Snapshot): boolean => stepOf(state)?.kind === 'handover';
const sleep = (ms: number): Promise<void> => new Promise((resolve) => { setTimeout(resolve, ms); });

const sample = async (entry: EntryWindow): Promise<number> => {
  const finder = entry.page.getByTestId('entry-scan'), rates: number[] = [];
  await entry.page.locator('[data-testid="entry-scan"][data-per-second]').waitFor();
  await sleep(WARM_UP_MS);
  for (let turn = 0; turn < SAMPLES; turn++) { rates.push(Number(await finder.getAttribute('data-per-second'))); await sleep(EVERY_MS); }
  await closeEntry(entry);
  return median(rates);
};

const measure = async (stage: Stage): Promise<number> => {
  await startRehearsal(stage);
  await prepareByForm(stage, { quorum: { threshold: 2, shares: 2 }, key: 'ec-p256' });
  await begin(stage, '3142536');
  await playSteps(stage, handsOver);
  await act(stage, pressPrimary(stage));
  let rate = Number.NaN;
  await act(stage, pressPrimary(stage), async (entry) => { rate = await sample(entry); });
  return rate;
};

export const scanWindow: Bench = {
  name: 'scan-window',
  run: async () => {
    const display = await findDisplay(), dir = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'quorate-scan-'))), camera = path.join(dir, 'camera.y4m');
    chmodSync(dir, 0o755);
    emptyCamera(camera);
    const workspace = path.join(dir, 'workspace'), people = createPeople(inventKnowledge(), readFromFolder(path.join(workspace, 'shares')));
    try {
      const stage = await openStage({ display: display.name, sandbox: true, userDataDir: path.join(dir, 'userData'), workspace, people, camera, screensDir: null, logsDir: path.join(dir, 'logs') });
      try {
        const ours = await measure(stage);
        return { name: 'scan-window', ours, limit: LIMIT, unit: 'per second', ratio: Number((ours / LIMIT).toFixed(2)), runs: SAMPLES, mustReach: 1 };
      } finally { await stage.close(); }
    } finally { display.stop(); rmSync(dir, { recursive: true, force: true }); }
  },
};
