/** The open application as the people in the room have it before them: its window, the entry windows, a camera and a stopwatch. */
import { appendFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import type { ElectronApplication, Locator, Page } from 'playwright-core';
import type { Snapshot } from '../../shared/ipc/snapshot.ts';
import { sessionName } from '../../shared/text/session.ts';
import { launchQuorate, type Launched, type LaunchOptions } from '../drive/launch.ts';
import { keyboardHands, mouseHands, type Hands } from './hands.ts';
import { emptyCamera, sheetAsCamera, testPageAsCamera } from '../drive/fake-camera.ts';
import { chooseTyping, commit, scanWith, typeInto, watchEntries, type Entries, type EntryWindow } from './entries.ts';
import type { People } from './people.ts';
import { readStopwatch, startStopwatch, untilSettled, type StepTime } from './stopwatch.ts';

export interface Stage {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly people: People;
  readonly entries: Entries;
  readonly hands: Hands;
  /** The part of the screen with this test id. */
  at(testId: string): Locator;
  /** A picture of the window, kept under this name. */
  shot(name: string, page?: Page): Promise<void>;
  /** Shows the window to whoever follows the play, without a picture. */
  show(name: string, page: Page): Promise<void>;
  times(): Promise<readonly StepTime[]>;
  /** What main projects of the open ceremony: what the room sees, as data. Null without one. */
  snapshot(): Promise<Snapshot | null>;
  /** The file that plays the camera; null without one. */
  readonly camera: string | null;
  /** Everything main and the window wrote. */
  output(): string;
  close(): Promise<void>;
}

export interface StageOptions extends LaunchOptions {
  readonly people: People;
  /** Where pictures go; null: none are made. */
  readonly screensDir: string | null;
  /** Where the log of main and window goes as it is written. */
  readonly logsDir: string;
  /** Without a mouse: everything by keys. */
  readonly keyboardOnly?: boolean;
  /** Told at each moment of which a picture would be made, and of every entry window when all is typed. */
  readonly look?: (page: Page, name: string, app: ElectronApplication) => Promise<void>;
}

/** Longest time anything may take before a test gives up; making an RSA-4096 key needs the most. */
const PATIENCE_MS = 90_000;
const SIZE = { x: 0, y: 0, width: 1920, height: 1080 };

const logTo = (launched: Launched, logsDir: string): (() => string) => {
  mkdirSync(logsDir, { recursive: true });
  const windowLog = path.join(logsDir, 'window.log');
  const mainLog = path.join(logsDir, 'main.log');
  let windowText = '';
  const keep = (line: string): void => { windowText += `${line}\n`; appendFileSync(windowLog, `${line}\n`); };
  launched.page.on('console', (message) => { keep(`${message.type()}: ${message.text()}`); });
  launched.page.on('pageerror', (error) => { keep(`error: ${error.message}`); });
  appendFileSync(mainLog, launched.output());
  for (const stream of [launched.app.process().stdout, launched.app.process().stderr]) stream?.on('data', (bytes: Buffer) => { appendFileSync(mainLog, bytes); });
  return () => `${launched.output()}${windowText}`;
};

const readSnapshot = async (page: Page): Promise<Snapshot | null> => {
  const answer = await page.evaluate(async () => await (window as unknown as { quorate: Record<string, (request: object) => Promise<{ ok: boolean; value?: unknown }>> }).quorate['ceremony.snapshot']!({}));
  return answer.ok ? answer.value as Snapshot | null : null;
};

export const openStage = async (options: StageOptions): Promise<Stage> => {
  const launched = await launchQuorate(options);
  const { app, page } = launched;
  const output = logTo(launched, options.logsDir);
  page.setDefaultTimeout(PATIENCE_MS);
  const entries = watchEntries(app);
  // There is no window manager on a virtual display to make the window as large as it asks to be.
  await app.evaluate(({ BrowserWindow }, bounds) => { BrowserWindow.getAllWindows()[0]?.setBounds(bounds); }, SIZE);
  await startStopwatch(page);
  const show = async (name: string, of: Page): Promise<void> => { await options.look?.(of, name, app); };
  const shot = async (name: string, of: Page = page): Promise<void> => {
    await show(name, of);
    if (options.screensDir === null) return;
    mkdirSync(options.screensDir, { recursive: true });
    await of.screenshot({ path: path.join(options.screensDir, `${name}.png`), animations: 'disabled' });
  };
  return {
    app, page, people: options.people, entries, hands: options.keyboardOnly === true ? keyboardHands(page) : mouseHands(page), at: (testId) => page.getByTestId(testId), shot, show, times: async () => await readStopwatch(page),
    snapshot: async () => await readSnapshot(page), camera: options.camera ?? null, output, close: async () => { await launched.close(); },
  };
};

/** Answers every entry window that opens while `work` goes on, as the person it is for. */
export const answering = async (stage: Stage, work: Promise<void>, answer?: (entry: EntryWindow) => Promise<void>): Promise<void> => {
  const reply = answer ?? (async (entry: EntryWindow): Promise<void> => { await answerEntry(stage, entry); });
  const end = work.then(() => null);
  // A failure is told by the race below; it must not also count as unhandled while an entry is being typed.
  end.catch(() => undefined);
  const next = async (): Promise<EntryWindow | null> => await Promise.race([stage.entries.next(), end]);
  for (let entry = await next(); entry !== null; entry = await next()) await reply(entry);
  stage.entries.forget();
  await end;
};

const EACH_KIND_ONCE = new WeakMap<Stage, Set<string>>();
/** One picture of each kind of entry window, with everything typed; all of them are shown. */
const shotOfEntry = async (stage: Stage, entry: EntryWindow, state = ''): Promise<void> => {
  const done = EACH_KIND_ONCE.get(stage) ?? new Set(), name = `entry-${entry.asked.kind}${state}`;
  EACH_KIND_ONCE.set(stage, done);
  if (done.has(name)) { await stage.show(name, entry.page); return; }
  done.add(name);
  await stage.shot(name, entry.page);
};

/** Share 1 is always typed, so that both ways are used; the others are held under the camera where there is one. */
const isScanned = (stage: Stage, { kind, share }: EntryWindow['asked']): boolean => stage.camera !== null && (kind === 'test-symbol' || (kind === 'share' && share !== '1'));
/** @returns false when this entry is to be typed. @throws when the window refused what it saw */
const scanned = async (stage: Stage, entry: EntryWindow, people: People): Promise<boolean> => {
  const { camera } = stage;
  if (camera === null || !isScanned(stage, entry.asked)) return false;
  const sheet = people.sheet(entry.asked);
  if (sheet === null) return false;
  emptyCamera(camera);
  await shotOfEntry(stage, entry);
  const code = entry.asked.blind === 'true' ? people.diceCode(entry.asked.person) : null;
  const taken = await scanWith(entry, () => { (entry.asked.kind === 'test-symbol' ? testPageAsCamera : sheetAsCamera)(sheet, camera); }, code, async () => { await shotOfEntry(stage, entry, '-code'); });
  emptyCamera(camera);
  if (!taken) throw new Error(`the entry window refused what ${entry.asked.person} held before the camera: ${await entry.page.getByTestId('entry-error').innerText()}`);
  return true;
};

/** Nobody types into a window that does not name the session of the room. */
const assertSession = async (stage: Stage, entry: EntryWindow): Promise<void> => {
  const opening = (await stage.snapshot())?.state.opening;
  if (opening === null || opening === undefined) return;
  const shown = await entry.page.getByTestId('entry-session').innerText();
  if (!shown.startsWith(`${sessionName(opening)}.`)) throw new Error(`the entry window is of another session: ${shown}`);
};

/** @param people whose knowledge is typed; a test has people who know the wrong thing. @throws when the window refuses it. */
export const answerEntry = async (stage: Stage, entry: EntryWindow, people: People = stage.people): Promise<void> => {
  await assertSession(stage, entry);
  if (await scanned(stage, entry, people)) return;
  if (entry.asked.kind === 'share') await chooseTyping(entry);
  await typeInto(entry, await people.answer(entry.asked));
  await shotOfEntry(stage, entry);
  if (!await commit(entry)) throw new Error(`the entry window refused what ${entry.asked.person} typed: ${await entry.page.getByTestId('entry-error').innerText()}`);
};

/** Presses, answers whatever entry windows open, and comes back when the application is at rest. */
export const act = async (stage: Stage, press: () => Promise<void>, answer?: (entry: EntryWindow) => Promise<void>): Promise<void> => {
  await answering(stage, untilSettled(stage.page, press), answer);
};
