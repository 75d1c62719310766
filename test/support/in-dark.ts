/** A picture of what the window shows in its dark theme; it is light again afterwards. */
import type { Stage } from '../../scripts/rehearse/stage.ts';

export const inDark = async (stage: Stage, name: string): Promise<void> => {
  await stage.page.emulateMedia({ colorScheme: 'dark' });
  await stage.page.locator('html[data-theme="dark"]').waitFor({ state: 'attached' });
  await stage.shot(`${name}-dark`);
  await stage.page.emulateMedia({ colorScheme: 'light' });
  await stage.page.locator('html[data-theme="light"]').waitFor({ state: 'attached' });
};
