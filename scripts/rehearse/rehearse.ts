/** The whole rehearsal, from an empty folder to a verified one. Everything is made in a folder of its own and moved to its place at the end. */
import { randomBytes, randomInt } from 'node:crypto';
import { chmodSync, cpSync, existsSync, lchownSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { findFolder } from '../../electron/archive/folders.ts';
import { verifyPath } from '../../electron/verify/verify.ts';
import type { VerifyReport } from '../../shared/transcript/report.ts';
import { findDisplay } from '../drive/display.ts';
import { account } from '../setup/unprivileged.mjs';
import { emptyCamera } from '../drive/fake-camera.ts';
import { CEREMONIES, type CeremonyName, type RehearseOptions } from './arguments.ts';
import { createPeople, inventKnowledge, readFromFolder, type People } from './people.ts';
import { playSteps, signTheRecord } from './play.ts';
import { prepareAmendment, prepareFounding } from './prepare-charter.ts';
import { prepareMerge } from './prepare-merge.ts';
import { begin, prepareByForm, prepareFromPlan, prepareOnSet, readPlayablePlan, startRehearsal } from './prepare.ts';
import { openStage, type Stage, type StageOptions } from './stage.ts';
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

/** What the invented people know, so that a later ceremony of the rehearsal can be acted by the same people. No secret of anybody real. */
const KNOWLEDGE = 'people.json';
const knowledgeOf = (out: string): { readonly seed: string } => {
  const file = path.join(out, KNOWLEDGE);
  if (!existsSync(file)) return { seed: randomBytes(16).toString('hex') };
  const { seed } = JSON.parse(readFileSync(file, 'utf8')) as { seed?: unknown };
  if (typeof seed !== 'string' || !/^[0-9a-f]{32}$/.test(seed)) throw new Error(`${file} is not what a rehearsal left.`);
  return { seed };
};

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
const copy = (from: string, to: string): void => { cpSync(from, to, { recursive: true, filter: isKept, verbatimSymlinks: true }); };
/** What lies beside the workspace: the rehearsal's own. Everything else that is left is the program's workspace. */
const BESIDE: ReadonlySet<string> = new Set(['screens', 'logs', 'userData', 'anchor.txt', 'timing.json', KNOWLEDGE]);

/** What the program left goes where the command says; of an earlier rehearsal nothing stays that the program has deleted since. */
const moveOut = (workDir: string, out: string): void => {
  mkdirSync(out, { recursive: true });
  if (existsSync(path.join(workDir, 'workspace'))) for (const item of readdirSync(out)) if (!BESIDE.has(item)) rmSync(path.join(out, item), { recursive: true });
  for (const name of ['workspace', '.']) {
    const from = path.join(workDir, name);
    if (!existsSync(from)) continue;
    for (const item of readdirSync(from)) if (item !== 'workspace') copy(path.join(from, item), path.join(out, item));
  }
  rmSync(workDir, { recursive: true, force: true });
};

/** The workspace of an earlier rehearsal, where the user who runs the window may change it. */
const bringIn = (out: string, workDir: string): void => {
  const workspace = path.join(workDir, 'workspace');
  mkdirSync(workspace);
  for (const item of readdirSync(out)) if (!BESIDE.has(item)) copy(path.join(out, item), path.join(workspace, item));
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = account();
  for (const name of ['', ...readdirSync(workspace, { recursive: true, encoding: 'utf8' })]) lchownSync(path.join(workspace, name), uid, gid);
};

/** Where the other archive of a merge lies while the window runs. */
const OTHER = 'other';
/** The other workstation's archive comes on a stick; whoever was enrolled there brings their own credential file. */
const bringOther = (other: string, workDir: string): void => {
  copy(path.join(other, 'archive'), path.join(workDir, OTHER, 'archive'));
  const own = path.join(workDir, 'workspace', 'credentials'), there = path.join(other, 'credentials');
  for (const file of existsSync(there) ? readdirSync(there) : []) if (!existsSync(path.join(own, file))) copy(path.join(there, file), path.join(own, file));
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = account();
  for (const name of readdirSync(own)) lchownSync(path.join(own, name), uid, gid);
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

/** @param other the archive that a merge joins. */
const prepare = async (stage: Stage, options: RehearseOptions, other: string): Promise<void> => {
  switch (options.ceremony) {
    case 'founding': await prepareFounding(stage, options); return;
    case 'amendment': await prepareAmendment(stage); return;
    case 'merge': await prepareMerge(stage, other); return;
    case 'root': break;
    default: await prepareOnSet(stage, CEREMONIES[options.ceremony]); return;
  }
  const isFounded = await startRehearsal(stage);
  if (options.plan === null) await prepareByForm(stage, options, isFounded); else await prepareFromPlan(stage, readFileSync(options.plan, 'utf8'));
};

/** How a test follows a rehearsal, and how it is acted. */
export type Watch = Pick<StageOptions, 'look' | 'keyboardOnly' | 'theme'>;

interface Played { readonly anchor: string; readonly times: readonly StepTime[]; readonly seccomp: number | null; readonly number: number }
const playAll = async (stage: Stage, options: RehearseOptions, other: string): Promise<Played> => {
  const seccomp = await readSeccomp(stage);
  await prepare(stage, options, other);
  await begin(stage, throwDice());
  const { folder } = await playSteps(stage);
  const anchor = await signTheRecord(stage);
  await verifyInWindow(stage, anchor);
  return { anchor, times: await stage.times(), seccomp, number: folder.number };
};

/** Where the play stopped, as far as it can still be seen. */
const photographFailure = async (stage: Stage): Promise<void> => {
  for (const [index, page] of stage.app.windows().entries()) await stage.shot(index === 0 ? 'failure' : `failure-entry-${index}`, page).catch(() => undefined);
};
const LOG_TAIL = 2_000;

const runStage = async (workDir: string, people: People, options: RehearseOptions, watch: Watch): Promise<Played> => {
  const display = await findDisplay();
  const cameraDir = mkdtempSync(path.join(os.tmpdir(), 'quorate-camera-')), camera = path.join(cameraDir, 'desk.y4m');
  chmodSync(cameraDir, 0o755);
  emptyCamera(camera);
  try {
    const stage = await openStage({
      display: display.name, sandbox: true, userDataDir: path.join(workDir, 'userData'), workspace: path.join(workDir, 'workspace'), people, camera,
      screensDir: path.join(workDir, 'screens', ...(options.ceremony === 'root' ? [] : [options.ceremony])), logsDir: path.join(workDir, 'logs'), ...watch,
    });
    try { return await playAll(stage, options, path.join(workDir, OTHER, 'archive')); } catch (error) {
      await photographFailure(stage);
      throw new Error(`${(error as Error).message}\nThe end of the log:\n${stage.output().slice(-LOG_TAIL)}`, { cause: error });
    } finally { await stage.close(); }
  } finally { rmSync(cameraDir, { recursive: true, force: true }); display.stop(); }
};

/** @throws when there is nothing to go on with, or something that a new rehearsal would overwrite. */
export const assertPlace = ({ out, existing }: Pick<RehearseOptions, 'out' | 'existing'>): void => {
  if (!existing) { assertEmpty(out); return; }
  const there = existsSync(out) ? readdirSync(out) : [];
  if (there.length > 0 && !(there.includes(KNOWLEDGE) && there.includes('archive'))) throw new Error(`${out} holds something else than an earlier rehearsal.`);
};
/** What an empty archive gets before: a key, or for a change of people its founding. */
const FIRST: Readonly<Partial<Record<CeremonyName, CeremonyName>>> = { founding: 'founding', amendment: 'founding' };
const isNew = (out: string): boolean => !existsSync(out) || readdirSync(out).length === 0;

/** Runs it all and leaves everything in `options.out`, also when it fails. @throws with the step at which it failed. */
export const rehearse = async (options: RehearseOptions, watch: Watch = {}): Promise<Rehearsal> => {
  assertPlace(options);
  if (options.plan !== null) readPlayablePlan(readFileSync(options.plan, 'utf8'));
  const first = FIRST[options.ceremony] ?? 'root';
  if (first !== options.ceremony && isNew(options.out)) await rehearse({ ...options, ceremony: first }, watch);
  const start = performance.now();
  const knowledge = knowledgeOf(options.out), workDir = makeWorkDir(), sharesDir = path.join(workDir, 'workspace', 'shares');
  if (!isNew(options.out)) bringIn(options.out, workDir);
  if (options.with !== null) bringOther(options.with, workDir);
  const people = createPeople(inventKnowledge(knowledge.seed), readFromFolder(sharesDir), {}, sharesDir);
  let played: Played;
  try { played = await runStage(workDir, people, options, watch); } finally {
    rmSync(path.join(workDir, OTHER), { recursive: true, force: true });
    moveOut(workDir, options.out);
    writeFileSync(path.join(options.out, KNOWLEDGE), `${JSON.stringify({ note: 'What the invented people of this rehearsal know is derived from this seed.', ...knowledge }, null, 2)}\n`);
  }
  const { anchor, times, seccomp, number } = played;
  writeFileSync(path.join(options.out, 'anchor.txt'), `${anchor}\n`);
  const [machineMs, entryMs] = [sum(times, 'machineMs'), sum(times, 'entryMs')];
  const wallMs = Math.round(performance.now() - start);
  writeFileSync(path.join(options.out, 'timing.json'), `${JSON.stringify({ machineMs, entryMs, wallMs, steps: times }, null, 2)}\n`);
  const folder = (await findFolder(path.join(options.out, 'archive'), number)).path;
  return { folder, anchor, report: verifyPath(folder, { anchor }), machineMs, entryMs, wallMs, seccomp, people };
};
