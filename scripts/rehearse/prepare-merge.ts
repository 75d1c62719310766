/** Prepares the rehearsal of a merge in the window: the other archive is joined on the home screen, then the merge is planned from there. */
import { finish, openHome, openTask, reach } from './prepare.ts';
import type { Stage } from './stage.ts';

/** @param archive the full path of the other archive. @returns the digest of the frozen plan. */
export const prepareMerge = async (stage: Stage, archive: string): Promise<string> => {
  await openHome(stage);
  await stage.hands.press('home-join');
  await stage.hands.write('join-from', archive);
  await stage.hands.press('join-see');
  await reach(stage, 'the archives were not looked at', '[data-testid="join-look"]');
  await stage.shot('join-look');
  await stage.hands.press('join-do');
  await reach(stage, 'the archives were not joined', '[data-testid="join-look"][data-done="true"]');
  await stage.shot('join-done');
  await stage.hands.press('join-close');
  await reach(stage, 'the home screen does not say that the archive has several ends', '[data-testid="home-ends"]');
  await stage.shot('home-ends');
  await stage.hands.press('home-merge');
  const dialog = stage.at('draft-replace'), task = stage.at('task-ceremony');
  await dialog.or(task).first().waitFor();
  if (await dialog.isVisible()) await stage.hands.press('draft-replace');
  await reach(stage, 'the tasks did not open', '[data-testid="task-ceremony"]');
  await openTask(stage, 'ceremony');
  await stage.shot('prepare-ceremony');
  return await finish(stage);
};
