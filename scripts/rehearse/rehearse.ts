/** The whole rehearsal, from an empty folder to a verified one. Everything is made in a folder of its own and moved to its place at the end. */
import { randomInt } from 'node:crypto';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { findFolder } from '../../electron/archive/folders.ts';
import { verifyPath } from '../../electron/verify/verify.ts';
import type { VerifyReport } from '../../shared/transcript/report.ts';
import { findDisplay } from '../drive/display.ts';
import type { RehearseOptions } from './arguments.ts';
import { createPeople, inventKnowledge, readFromFolder, type People } from './people.ts';
import { playSteps, signTheRecord } from './play.ts';
import { begin, prepareByForm, prepareFromPlan, readPlayablePlan, startRehearsal } from './prepare.ts';
import { openStage, type Stage } from './stage.ts';
import type { StepTime } from './stopwatch.ts';

export interface Rehearsal {
  readonly folder: string;
  readonly anchor: string;
  readonly report: VerifyReport;
  readonly machineMs: number;
  readonly entryMs: number;
  readonly wallMs: number;
  /** Of the renderer's process: 2 is Chromium's filter. */
  readonly seccomp: number | null;
  readonly people: People;
}

const DICE_THROWS = 100;
const throwDice = (): string => Array.from({ length: DICE_THROWS }, () => String(randomInt(1, 7))).join('');

/** @throws when the folder holds something already: nothing is overwritten. */
export const assertEmpty = (dir: string): void => {
  if (existsSync(dir) && readdirSync(dir).length > 0) throw new Error(`${dir} is not empty. Name a new folder.`);
};

/** A folder that the user who runs the window can reach, wherever the result is to be. */
const makeWorkDir = (): string => {
  const dir = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'quorate-rehearse-')));
  chmodSync(dir, 0o755);
  return dir;
};

/** Sockets and locks of a program that has ended are no result. */
const isKept = (source: string): boolean => !path.basename(source).startsWith('Singleton');
const moveOut = (workDir: string, out: string): void => {
  mkdirSync(out, { recursive: true });
  for (const name of ['workspace', '.']) {
    const from = path.join(workDir, name);
    if (!existsSync(from)) continue;
    for (const item of readdirSync(from)) if (item !== 'workspace') cpSync(path.join(from, item), path.join(out, item), { recursive: true, filter: isKept, verbatimSymlinks: true });
  }
  rmSync(workDir, { recursive: true, force: true });
};

const sum = (times: readonly StepTime[], field: Exclude<keyof StepTime, 'id'>): number => times.reduce((total, time) => total + time[field], 0);

/** "Seccomp: 2" of the process that draws the window. */
export const readSeccomp = async (stage: Stage): Promise<number | null> => {
  const pid = await stage.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId() ?? 0);
  const digit = /^Seccomp:\s*(\d)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return digit === undefined ? null : Number(digit);
};

const verifyInWindow = async (stage: Stage, anchor: string): Promise<void> => {
  await stage.hands.press('record-done');
  await stage.at('home').waitFor();
  await stage.shot('home-after');
  await stage.hands.press('home-verify');
  await stage.hands.choose('verify-source', 'archive');
  await stage.hands.write('verify-anchor', anchor);
  await stage.hands.press('verify-run');
  await stage.at('verify-headline').waitFor();
  await stage.shot('verify');
};

interface Played { readonly anchor: string; readonly times: readonly StepTime[]; readonly seccomp: number | null; readonly number: number }
const playAll = async (stage: Stage, options: RehearseOptions): Promise<Played> => {
  const seccomp = await readSeccomp(stage);
  await startRehearsal(stage);
  if (options.plan === null) await prepareByForm(stage, options.quorum, options.key); else await prepareFromPlan(stage, readFileSync(options.plan, 'utf8'));
  await begin(stage, throwDice());
  const { folder } = await playSteps(stage);
  const anchor = await signTheRecord(stage);
  await verifyInWindow(stage, anchor);
  return { anchor, times: await stage.times(), seccomp, number: folder.number };
};

/** Where the play stopped, as far as it can still be seen. */
const photographFailure = async (stage: Stage): Promise<void> => { await stage.shot('failure').catch(() => undefined); };
const LOG_TAIL = 2_000;

const runStage = async (workDir: string, people: People, options: RehearseOptions): Promise<Played> => {
  const display = await findDisplay();
  try {
    const stage = await openStage({
      display: display.name, sandbox: true, userDataDir: path.join(workDir, 'userData'), workspace: path.join(workDir, 'workspace'), people,
      screensDir: path.join(workDir, 'screens'), logsDir: path.join(workDir, 'logs'),
    });
    try { return await playAll(stage, options); } catch (error) {
      await photographFailure(stage);
      throw new Error(`${(error as Error).message}\nThe end of the log:\n${stage.output().slice(-LOG_TAIL)}`, { cause: error });
    } finally { await stage.close(); }
  } finally { display.stop(); }
};

/** Runs it all and leaves everything in `options.out`, also when it fails. @throws with the step at which it failed. */
export const rehearse = async (options: RehearseOptions): Promise<Rehearsal> => {
  assertEmpty(options.out);
  if (options.plan !== null) readPlayablePlan(readFileSync(options.plan, 'utf8'));
  const start = performance.now();
  const workDir = makeWorkDir();
  const people = createPeople(inventKnowledge(), readFromFolder(path.join(workDir, 'workspace', 'shares')));
  let played: Played;
  try { played = await runStage(workDir, people, options); } finally { moveOut(workDir, options.out); }
  const { anchor, times, seccomp, number } = played;
  writeFileSync(path.join(options.out, 'anchor.txt'), `${anchor}\n`);
  const [machineMs, entryMs] = [sum(times, 'machineMs'), sum(times, 'entryMs')];
  const wallMs = Math.round(performance.now() - start);
  writeFileSync(path.join(options.out, 'timing.json'), `${JSON.stringify({ machineMs, entryMs, wallMs, steps: times }, null, 2)}\n`);
  const folder = (await findFolder(path.join(options.out, 'archive'), number)).path;
  return { folder, anchor, report: verifyPath(folder, { anchor }), machineMs, entryMs, wallMs, seccomp, people };
};
