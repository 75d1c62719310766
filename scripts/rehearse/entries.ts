/** The entry windows as they open: who is asked for what, and a hand that types it. */
import type { ElectronApplication, Page } from 'playwright-core';
import type { Asked } from './people.ts';

/** Same as electron/window/origins.ts; what another window shows is not an entry. */
const ENTRY_URL = 'app://entry/';

export interface EntryWindow { readonly page: Page; readonly asked: Asked }
export interface Entries {
  /** The next entry window that opens, or opened since the last call. */
  next(): Promise<EntryWindow>;
  /** Takes a call of {@link next} back that nobody waits for any more. */
  forget(): void;
}

const readAsked = async (page: Page): Promise<Asked> => {
  const root = page.getByTestId('entry');
  await root.waitFor();
  const read = async (name: string): Promise<string> => (await root.getAttribute(`data-${name}`)) ?? '';
  const [kind, person, token, half, share, of, set, blind] = await Promise.all(['kind', 'person', 'token', 'half', 'share', 'of', 'set', 'blind'].map(read));
  return { kind: kind!, person: person!, token: token!, half: half!, share: share!, of: of!, set: set!, blind: blind! };
};

/** Listens from now on. */
export const watchEntries = (app: ElectronApplication): Entries => {
  const opened: Page[] = [];
  let waiting: ((page: Page) => void) | null = null;
  const seen = new WeakSet<Page>();
  const take = (page: Page): void => {
    if (seen.has(page) || !page.url().startsWith(ENTRY_URL)) return;
    seen.add(page);
    if (waiting === null) opened.push(page); else { waiting(page); waiting = null; }
  };
  app.on('window', (page) => {
    page.on('framenavigated', () => { take(page); });
    take(page);
  });
  return {
    next: async () => {
      const there = opened.shift();
      const page = there ?? await new Promise<Page>((resolve) => { waiting = resolve; });
      return { page, asked: await readAsked(page) };
    },
    forget: () => { waiting = null; },
  };
};

/** Types one value a field, moving on with Tab as people do, and leaves the commit to the caller. The first field has the focus already. */
export const typeInto = async ({ page }: EntryWindow, values: readonly string[]): Promise<void> => {
  for (const [index, value] of values.entries()) {
    await page.locator(`[data-testid="entry-field-${index}"]:focus`).waitFor();
    await page.keyboard.press('Control+a');
    await page.keyboard.type(value);
    if (index < values.length - 1) await page.keyboard.press('Tab');
  }
};

const BY_SCAN = '[data-testid="entry"][data-way="scan"]';
const MOST_WAYS = 3;
/** Chooses typing where the window begins with the camera, and goes to the first line: arrows among the ways, then Tab. */
export const chooseTyping = async ({ page }: EntryWindow): Promise<void> => {
  await page.locator('[data-testid="entry"][data-way]:not([data-way=""])').waitFor();
  const way = async (): Promise<string | null> => await page.getByTestId('entry').getAttribute('data-way');
  if (await way() === 'type') return;
  await page.locator('[data-testid^="entry-way-"]:focus').waitFor();
  for (let presses = 0; await way() !== 'type'; presses++) {
    if (presses === MOST_WAYS) throw new Error('typing cannot be chosen with the arrows');
    await page.keyboard.press('ArrowDown');
  }
  await page.keyboard.press('Tab');
};
/** Waits for the camera; then types the dice code of a blind sheet, once its symbol was read. @returns whether what was scanned was taken */
/** @param typed told when the code stands in its field */
export const scanWith = async (entry: EntryWindow, hold: () => void, code: string | null, typed: () => Promise<void>): Promise<boolean> => {
  const { page } = entry;
  await page.locator(BY_SCAN).waitFor();
  const gone = page.isClosed() ? Promise.resolve(true) : answered(page);
  hold();
  if (code === null) return await gone;
  const field = page.getByTestId('entry-field-4');
  await page.locator('[data-testid="entry-field-4"]:focus').waitFor();
  await field.pressSequentially(code);
  await typed();
  return await commit(entry);
};

/** The vault may have a passphrase to stretch or a token to ask before it answers. */
const ANSWER_MS = 90_000;

/** Waits until the window is gone (true) or says why it was refused (false). */
const answered = async (page: Page): Promise<boolean> => {
  const gone = page.isClosed() ? Promise.resolve(true) : page.waitForEvent('close', { timeout: ANSWER_MS }).then(() => true);
  const refused = page.locator('[data-testid="entry-error"]:not(:empty)').waitFor({ timeout: ANSWER_MS }).then(() => false, async () => await gone);
  return await Promise.race([gone, refused]);
};

/** @returns whether what was typed was taken; the window says why not and stays open. */
export const commit = async ({ page }: EntryWindow): Promise<boolean> => {
  // The window may be gone before the key has come up: that is an answer too.
  await page.keyboard.press('Enter').catch((error: unknown) => { if (!page.isClosed()) throw error; });
  return await answered(page);
};

/** Closes the window with nothing taken over. */
export const closeEntry = async ({ page }: EntryWindow): Promise<void> => {
  const gone = page.waitForEvent('close', { timeout: ANSWER_MS });
  await page.keyboard.press('Escape').catch((error: unknown) => { if (!page.isClosed()) throw error; });
  await gone;
};
