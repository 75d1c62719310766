/** Somebody who looks at every window at every moment of a play, and keeps all that is shown or said there, and what the clipboard holds. */
import { AxeBuilder } from '@axe-core/playwright';
import type { CDPSession, ElectronApplication, Page } from 'playwright-core';
import type { Finder } from './secrets-search.ts';

export interface Onlooker {
  readonly look: (page: Page, name: string, app: ElectronApplication) => Promise<void>;
  /** Names the ceremony that is looked at from now on. */
  follow(ceremony: string): void;
  /** Where something shown holds a secret, also with its letters in groups. */
  sightings(find: Finder): readonly string[];
  /** What axe found, by the moment; empty when nothing. */
  wrong(): Readonly<Record<string, readonly string[]>>;
  /** Moments that were looked at, as "ceremony name". */
  moments(): readonly string[];
  /** How many screens axe looked at: each that has something no screen before it had in this theme. */
  examined(): number;
}

const listening = new WeakMap<Page, Promise<CDPSession>>();
/** One ear a page, as long as it is open: a tree that is made and taken down at every look makes Chromium stumble now and then. */
const earAt = (page: Page): Promise<CDPSession> => {
  const there = listening.get(page) ?? page.context().newCDPSession(page).then(async (session) => { await session.send('Accessibility.enable'); return session; });
  listening.set(page, there);
  return there;
};

/** What a page says: its markup and text, what is in its fields, and what a screen reader is told. A field of an entry window holds what is typed there. */
export const everythingOn = async (page: Page): Promise<readonly string[]> => {
  const values = page.url().startsWith('app://entry/') ? [] : await page.locator('input, textarea').evaluateAll((fields) => fields.map((field) => (field as HTMLInputElement).value));
  const { nodes } = await (await earAt(page)).send('Accessibility.getFullAXTree');
  if (nodes.length < 5) throw new Error('there is no accessibility tree');
  return [await page.content(), await page.locator('body').innerText(), JSON.stringify(nodes), await page.title(), ...values];
};

type Read = (type: 'clipboard' | 'selection') => string | Promise<string>;
/** Both clipboards of the desktop and the titles of all windows. Electron has read the clipboard at once in some versions and later in others. */
const aroundIt = async (app: ElectronApplication): Promise<readonly string[]> => await app.evaluate(async ({ BrowserWindow, clipboard }) => {
  const { readText, readHTML } = clipboard as unknown as { readonly readText: Read; readonly readHTML: Read };
  const read = await Promise.all((['clipboard', 'selection'] as const).flatMap((type) => [readText(type), readHTML(type)]));
  return [...read, ...BrowserWindow.getAllWindows().map((window) => window.getTitle())];
});

/** Which kinds of elements in which states a page of this theme is made of. A page without a new one says what others said, in other words. */
const kindsOn = async (page: Page): Promise<readonly string[]> => await page.evaluate(() => {
  const kind = (one: Element): string => `${one.tagName} ${(one.getAttribute('class') ?? '').replaceAll(/react-aria-\S+/g, '')} ${one.getAttribute('role') ?? ''} ${[...one.attributes].filter(({ name }) => /^(aria-|data-(?!testid|step|person|share|set|token|per-second|react|rac|key|collection)|disabled|type|hidden)/.test(name)).map(({ name, value }) => (/label|describ|controls|owns|details|id$|key/.test(name) ? name : `${name}=${value.replaceAll(/\d/g, '#')}`)).join()}`;
  return [...new Set([...document.querySelectorAll('*')].map((one) => `${document.documentElement.dataset['theme'] ?? ''} ${kind(one)}`))];
});

/** What axe finds wrong with a page. */
export const examine = async (page: Page): Promise<readonly string[]> => {
  const { violations, passes } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  // A page on which nothing was checked has not been looked at.
  if (passes.length <= 5) throw new Error('axe saw nothing');
  return violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.html.slice(0, 160)} ${node.failureSummary?.split('\n')[1] ?? ''}`));
};

export const makeOnlooker = (): Onlooker => {
  const shown = new Map<string, string>(), known = new Set<string>(), moments: string[] = [], faults = new Map<string, readonly string[]>();
  let ceremony = '', examined = 0;
  const look: Onlooker['look'] = async (page, name, app) => {
    const moment = `${ceremony} ${name}`;
    moments.push(moment);
    for (const text of [...await everythingOn(page), ...await aroundIt(app)]) if (!shown.has(text)) shown.set(text, moment);
    const kinds = await kindsOn(page);
    if (kinds.every((kind) => known.has(kind))) return;
    for (const kind of kinds) known.add(kind);
    examined++;
    const found = await examine(page);
    if (found.length > 0) faults.set(moment, found);
  };
  return {
    look, follow: (name) => { ceremony = name; },
    sightings: (find) => [...shown].flatMap(([text, moment]) => [text, text.replaceAll(/\s/g, '')].flatMap((form) => find(Buffer.from(form)).map(({ secret, encoding }) => `${moment}: ${secret} as ${encoding}`))),
    wrong: () => Object.fromEntries(faults), moments: () => moments, examined: () => examined,
  };
};
