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
  /** One of a few is one stop of Tab: whichever of them has it, arrows go on to the others, and choose them. */
  const pick = async (testId: string): Promise<void> => {
    const name = await page.getByTestId(testId).first().getAttribute('name');
    const isIn = async (): Promise<boolean> => await page.evaluate((group) => document.activeElement instanceof HTMLInputElement && document.activeElement.name === group, name);
    for (let tabs = 0; !await isIn(); tabs++) {
      if (tabs === MOST_TABS) throw new Error(`"${testId}" cannot be reached with Tab`);
      await page.keyboard.press('Tab');
    }
    if (await focused() === testId) await page.keyboard.press('Space');
    for (let arrows = 0; !await page.getByTestId(testId).first().isChecked(); arrows++) {
      if (arrows === MOST_TABS) throw new Error(`"${testId}" cannot be chosen with the arrows`);
      await page.keyboard.press('ArrowDown');
    }
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
      const box = page.getByTestId(testId).first();
      if (await box.isChecked()) return;
      if (await box.getAttribute('type') === 'radio') { await pick(testId); return; }
      await reach(testId);
      await page.keyboard.press('Space');
    },
  };
};
