/** Closing the window: asked while a ceremony is not finished, at once otherwise; and the mode a run is bound to. */
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { startVirtualDisplay } from '../../scripts/drive/display.ts';
import { launchQuorate } from '../../scripts/drive/launch.ts';
import type { Stage } from '../../scripts/rehearse/stage.ts';
import { atStep, enterFromHome, openWindowRoom, smallPlan, type WindowRoom } from '../support/window-room.ts';

let room: WindowRoom | null = null;
afterEach(async () => { await room?.close(); room = null; });

const pressClose = async (stage: Stage): Promise<void> => { await stage.app.evaluate(({ BrowserWindow }) => { BrowserWindow.getAllWindows()[0]?.close(); }); };
const ended = (stage: Stage): Promise<number | null> => new Promise((resolve) => { stage.app.process().once('exit', (code) => { resolve(code); }); });

it('asks before a ceremony is left, stays when told to, and closes when told to; the ceremony goes on later', async () => {
  room = await openWindowRoom({ plan: smallPlan(), until: atStep('2.2') });
  const stage = await room.open();
  await enterFromHome(stage);
  await pressClose(stage);
  await stage.at('leave-stay').click();
  await stage.at('leave-stay').waitFor({ state: 'detached' });
  expect((await stage.snapshot())?.state.current).toBe('2.2');
  const lines = room.transcript();
  await pressClose(stage);
  const end = ended(stage);
  await stage.at('leave-close').click({ noWaitAfter: true });
  expect(await end).toBe(0);
  expect(room.transcript()).toEqual(lines);
  const again = await room.open();
  await enterFromHome(again);
  expect((await again.snapshot())?.state.current).toBe('2.2');
});

it('closes at once while no ceremony is open', async () => {
  room = await openWindowRoom({ plan: smallPlan(), until: atStep('2.2') });
  const stage = await room.open();
  await stage.at('home').waitFor();
  const end = ended(stage);
  await pressClose(stage).catch(() => undefined);
  expect(await end).toBe(0);
});

it('starts on the mode that a run is bound to', async () => {
  const dir = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'quorate-mode-'))), display = await startVirtualDisplay();
  const launched = await launchQuorate({ display: display.name, sandbox: false, userDataDir: path.join(dir, 'data'), workspace: path.join(dir, 'workspace'), args: ['--mode=production'] });
  try {
    await launched.page.locator('[data-testid="home-ceremony"][aria-pressed="true"]').waitFor();
    expect(await launched.page.title()).not.toContain('REHEARSAL');
  } finally { await launched.close(); display.stop(); rmSync(dir, { recursive: true, force: true }); }
});
