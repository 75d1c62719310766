/** Planted secrets after a ceremony with everything that can go wrong for them: a wrong PIN, a refused share, a void set, a dead vault. */
import { rmSync } from 'node:fs';
import { afterAll, expect, it } from 'vitest';
import { AppError } from '../../shared/errors.ts';
import { freezeAndEnter, nextCommand, openHeadlessRoom, play, readSheet, SECRETS, valuesFor, type HeadlessRoom } from '../support/headless-room.ts';
import { search, type Secret } from '../support/secrets-search.ts';
import { prepareTokenRoom } from '../support/token-room.ts';

const WRONG = 'mistaken-harbour-pin';
let room: HeadlessRoom | null = null;
afterAll(() => { room?.close(); if (room) rmSync(room.dir, { recursive: true, force: true }); });
const secret = (name: string, text: string): Secret => ({ name, bytes: Buffer.from(text) });

it('no PIN and no share is in the workspace outside the sheets, whatever went wrong', { timeout: 120_000 }, async () => {
  let wrongPin = true;
  let old: string[] | null = null;
  const here = room = await openHeadlessRoom({
    dir: await prepareTokenRoom(),
    type: (workspace) => (spec) => (spec.kind === 'pin-half' && wrongPin ? [WRONG] : spec.kind === 'share' && old ? old : valuesFor(workspace, spec)),
  });
  const fails = async (code: RegExp): Promise<void> => { await expect(here.host.command(nextCommand((await here.host.snapshot())!)!)).rejects.toSatisfy((error: unknown) => error instanceof AppError && code.test(error.code)); };
  const sheets: string[][] = [];
  await freezeAndEnter(here);
  await play(here, await here.host.begin('1'), (snapshot) => nextCommand(snapshot)?.type === 'login');
  await fails(/^HSM_PIN_INCORRECT$/);
  wrongPin = false;
  await play(here, (await here.host.snapshot())!, (snapshot) => nextCommand(snapshot)?.type === 'read-back');
  sheets.push(readSheet(here.workspace, 1));
  await here.killVault();
  await play(here, (await here.host.snapshot())!, (snapshot) => nextCommand(snapshot)?.type === 'read-back');
  old = sheets[0]!;
  await fails(/^SHARE_/);
  old = null;
  const end = await play(here, (await here.host.snapshot())!);
  expect(end.state.closing?.outcome).toBe('completed');
  sheets.push(readSheet(here.workspace, 1), readSheet(here.workspace, 2));
  const secrets = [
    secret('PIN', `${SECRETS.pinFirst}${SECRETS.pinSecond}`), secret('first half', SECRETS.pinFirst), secret('second half', SECRETS.pinSecond), secret('wrong PIN', WRONG),
    ...sheets.flatMap((lines, sheet) => lines.map((line, index) => secret(`line ${index + 1} of sheet ${sheet}`, line.slice(0, 18)))),
  ];
  expect(search(here.dir, secrets, ['shares'])).toEqual([]);
  // The search itself finds what is there.
  expect(search(here.dir, [secret('a name', here.plan.people[0]!.name)], []).length).toBeGreaterThan(0);
});
