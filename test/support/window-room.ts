/**
 * A room with the real window: the workspace is prepared by the headless room of the same program, up to the point from which a test
 * wants to go on in the window. Runs as the caller, so that a test can kill it; the sandbox has tests of its own.
 */
import { chmodSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { startVirtualDisplay, type Display } from '../../scripts/drive/display.ts';
import { createPeople, readFromFolder, type People } from '../../scripts/rehearse/people.ts';
import { openStage, type Stage, type StageOptions } from '../../scripts/rehearse/stage.ts';
import type { Plan } from '../../shared/ceremony/plan-schema.ts';
import type { Snapshot } from '../../shared/ipc/snapshot.ts';
import { freezeAndEnter, makeWorkspaceDir, openHeadlessRoom, play, SECRETS } from './headless-room.ts';
import { samplePeople } from './sample-people.ts';

export interface WindowRoom {
  readonly dir: string;
  readonly people: People;
  /** The ceremony folder of the room. */
  folder(): string;
  transcript(): Buffer;
  /** Starts the program on the workspace; what was open before must be closed or dead. */
  open(people?: People): Promise<Stage>;
  close(): Promise<void>;
}

/** A small ceremony: 2 of 2, P-256, one medium. */
export const smallPlan = (changes: Partial<Plan> = {}): Partial<Plan> => ({
  format: 'quorate-plan/2',
  people: samplePeople(2), quorum: { threshold: 2, shares: 2 }, key: { label: 'small-root', profile: 'ec-p256', backup: { kind: 'split' } }, media: 1, ...changes,
});

/** The people of the headless room, in front of the window. */
export const sampleKnowledge = (dir: string, changes: { readonly pinFirst?: string; readonly passphrase?: string } = {}): People => createPeople(
  { pinFirst: changes.pinFirst ?? SECRETS.pinFirst, pinSecond: SECRETS.pinSecond, passphrase: (person) => changes.passphrase ?? SECRETS.passphrase(person), cardPin: () => `${SECRETS.pinFirst}${SECRETS.pinSecond}`, diceCode: () => SECRETS.diceCode, made: () => [] }, readFromFolder(path.join(dir, 'shares')), {}, path.join(dir, 'shares'),
);

export interface WindowRoomOptions {
  readonly dir?: string;
  readonly plan?: Partial<Plan>;
  /** Plays without a window until this says true; without it the plan is frozen and nothing has begun. */
  readonly until?: (snapshot: Snapshot) => boolean;
  readonly screensDir?: string;
  /** Chromium's own files; in the workspace unless named. */
  readonly userDataDir?: string;
  readonly look?: NonNullable<StageOptions['look']>;
  /** A y4m file that plays the camera. */
  readonly camera?: string;
}
export const atStep = (step: string) => (snapshot: Snapshot): boolean => snapshot.state.current === step;

const prepare = async (options: WindowRoomOptions, dir: string): Promise<void> => {
  const room = await openHeadlessRoom({ dir, plan: options.plan ?? smallPlan() });
  try {
    await freezeAndEnter(room);
    if (options.until) await play(room, await room.host.begin('3142536125'), options.until);
  } finally { room.close(); }
};

export const openWindowRoom = async (options: WindowRoomOptions = {}): Promise<WindowRoom> => {
  const dir = options.dir ?? makeWorkspaceDir();
  chmodSync(dir, 0o755);
  await prepare(options, dir);
  const people = sampleKnowledge(dir);
  const display: Display = await startVirtualDisplay();
  const open: Stage[] = [];
  const folder = (): string => path.join(dir, 'archive', readdirSync(path.join(dir, 'archive')).find((name) => name.startsWith('0001-'))!);
  return {
    dir, people, folder, transcript: () => readFileSync(path.join(folder(), 'transcript.jsonl')),
    open: async (as = people) => {
      const stage = await openStage({ display: display.name, sandbox: false, userDataDir: options.userDataDir ?? path.join(dir, 'userData'), workspace: dir, people: as, screensDir: options.screensDir ?? null, logsDir: path.join(options.userDataDir ?? dir, 'logs'), ...(options.look ? { look: options.look } : {}), camera: options.camera ?? null });
      open.push(stage);
      return stage;
    },
    close: async () => {
      for (const stage of open) await stage.close();
      display.stop();
      // A folder that a test brought along is its own to take away.
      if (options.dir === undefined) rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
};

/** Opens the ceremony that waits, from the home screen. */
export const enterFromHome = async (stage: Stage): Promise<void> => {
  await stage.at('home-rehearsal').click();
  await stage.at('home-resume').click();
  await stage.at('run').or(stage.at('begin-start')).first().waitFor();
};

const childrenOf = (pid: number): readonly number[] => readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number).filter((one) => {
  try { return Number(/^PPid:\s*(\d+)$/m.exec(readFileSync(`/proc/${one}/status`, 'utf8'))?.[1]) === pid; } catch { return false; }
});
const treeOf = (pid: number): readonly number[] => [pid, ...childrenOf(pid).flatMap(treeOf)];

/** The power goes: every process of the program ends at once, without a word. */
export const killAll = async (stage: Stage): Promise<void> => {
  const child = stage.app.process();
  const gone = new Promise<void>((resolve) => { if (child.exitCode !== null || child.signalCode !== null) resolve(); else child.once('exit', () => { resolve(); }); });
  for (const pid of treeOf(child.pid!)) try { process.kill(pid, 'SIGKILL'); } catch { /* It has gone with its parent. */ }
  await gone;
};
