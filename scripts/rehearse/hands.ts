/** How people reach for what is on the screen: with a mouse, or with the keyboard alone. */
import type { Page } from 'playwright-core';

export interface Hands {
  /** Presses a button. */
  press(testId: string): Promise<void>;
  /** Writes into a field, over what was there. */
  write(testId: string, text: string): Promise<void>;
  /** Chooses one value of a list. */
  choose(testId: string, value: string): Promise<void>;
  /** Ticks a box or chooses one of a few. */
  tick(testId: string): Promise<void>;
}

export const mouseHands = (page: Page): Hands => {
  const at = (testId: string) => page.getByTestId(testId).first();
  return {
    press: async (testId) => { await at(testId).click(); },
    write: async (testId, text) => { await at(testId).click(); await page.keyboard.press('Control+a'); await page.keyboard.type(text); },
    choose: async (testId, value) => { await at(testId).selectOption(value); },
    tick: async (testId) => { await at(testId).check(); },
  };
};

/** More stops than any screen has. */
const MOST_TABS = 400;

/** Uses Tab, arrows, Space and Enter, as somebody does who has no mouse. */
export const keyboardHands = (page: Page): Hands => {
  const focused = async (): Promise<string | undefined> => await page.evaluate(() => (document.activeElement instanceof HTMLElement ? document.activeElement.dataset['testid'] : undefined));
  const reach = async (testId: string): Promise<void> => {
    await page.getByTestId(testId).first().waitFor();
    for (let tabs = 0; tabs < MOST_TABS; tabs++) {
      if (await focused() === testId) return;
      await page.keyboard.press('Tab');
    }
    throw new Error(`"${testId}" cannot be reached with Tab`);
  };
  const value = async (testId: string): Promise<string> => await page.getByTestId(testId).inputValue();
  return {
    press: async (testId) => { await reach(testId); await page.keyboard.press('Enter'); },
    write: async (testId, text) => { await reach(testId); await page.keyboard.press('Control+a'); await page.keyboard.type(text); },
    choose: async (testId, wanted) => {
      await reach(testId);
      await page.keyboard.press('Home');
      for (let before: string | null = null; await value(testId) !== wanted;) {
        if (before === await value(testId)) throw new Error(`"${wanted}" cannot be chosen with the arrows`);
        before = await value(testId);
        await page.keyboard.press('ArrowDown');
      }
    },
    tick: async (testId) => {
      if (await page.getByTestId(testId).isChecked()) return;
      // Of the radio buttons of one question Tab reaches one; the arrows go on from there.
      const group = await page.getByTestId(testId).getAttribute('name');
      if (group === null) { await reach(testId); await page.keyboard.press('Space'); return; }
      const inGroup = async (): Promise<boolean> => await page.evaluate((name) => document.activeElement instanceof HTMLInputElement && document.activeElement.name === name, group);
      for (let tabs = 0; tabs < MOST_TABS && !await inGroup(); tabs++) await page.keyboard.press('Tab');
      for (let arrows = 0; arrows < MOST_TABS && await focused() !== testId; arrows++) await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Space');
    },
  };
};
