/** The real application in a real window with the sandbox on, in folders of its own. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startVirtualDisplay, type Display } from '../../scripts/drive/display.ts';
import { launchQuorate, type Launched, type LaunchOptions } from '../../scripts/drive/launch.ts';

export interface Stage {
  readonly dir: string;
  readonly display: Display;
  readonly window: Launched;
  launch(more?: Partial<LaunchOptions>): Promise<Launched>;
  close(): Promise<void>;
}

/** Ready when React has put its screen into the page. */
export const painted = async ({ page }: Launched): Promise<void> => {
  await page.waitForFunction(() => document.querySelector('#root')?.firstElementChild instanceof HTMLElement && document.body.innerText.trim().length > 20, undefined, { timeout: 30_000 });
  await page.evaluate(async () => { await new Promise((resolve) => { requestAnimationFrame(() => { requestAnimationFrame(resolve); }); }); });
};

export const openStage = async (first: Partial<LaunchOptions> = {}): Promise<Stage> => {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'quorate-stage-'));
  chmodSync(dir, 0o755);
  const display = await startVirtualDisplay();
  const open: Launched[] = [];
  const launch = async (more: Partial<LaunchOptions> = {}): Promise<Launched> => {
    const launched = await launchQuorate({ display: display.name, sandbox: true, userDataDir: path.join(dir, 'userData'), workspace: path.join(dir, 'workspace'), ...more });
    open.push(launched);
    return launched;
  };
  const close = async (): Promise<void> => {
    for (const launched of open) await launched.close();
    display.stop();
    rmSync(dir, { recursive: true, force: true });
  };
  try {
    const window = await launch(first);
    await painted(window);
    return { dir, display, window, launch, close };
  } catch (error) { await close(); throw error; }
};
