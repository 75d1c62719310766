/**
 * Every screen, dialog and entry window at each moment of a whole ceremony: under axe, and searched for what has been typed into entry
 * windows so far; and a whole rehearsal without a mouse.
 */
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyPath } from '../../electron/verify/verify.ts';
import { startVirtualDisplay, type Display } from '../../scripts/drive/display.ts';
import { createPeople, inventKnowledge, readFromFolder, type People } from '../../scripts/rehearse/people.ts';
import { mustSnapshot, playSteps, pressPrimary, signTheRecord } from '../../scripts/rehearse/play.ts';
import { begin, loadPlan, openTask, prepareByForm, startRehearsal } from '../../scripts/rehearse/prepare.ts';
import { act, openStage, type Stage } from '../../scripts/rehearse/stage.ts';
import { keyPlan } from '../../shared/ceremony/people.ts';
import { PREPARE_TASKS } from '../../shared/ceremony/plan-findings.ts';
import { everythingOn, examine } from '../support/onlooker.ts';
import { MATERIALS } from '../support/room-plan.ts';
import { atStep, enterFromHome, openWindowRoom, smallPlan, sampleKnowledge, type WindowRoom } from '../support/window-room.ts';

const seen = new Map<string, readonly string[]>();
const typed = new Set<string>();
const betrayed: string[] = [];

/** Remembers what its people type. */
const overheard = (people: People): People => ({
  ...people,
  answer: async (asked) => {
    const values = await people.answer(asked);
    for (const value of values) typed.add(value);
    return values;
  },
});

const look = async (page: Page, name: string): Promise<void> => {
  const shown = (await everythingOn(page)).join('\n').replaceAll(/\s/g, '');
  for (const secret of typed) if (shown.includes(secret.replaceAll(/\s/g, ''))) betrayed.push(name);
  seen.set(name, await examine(page));
};
const wrong = (): Record<string, readonly string[]> => Object.fromEntries([...seen].filter(([, found]) => found.length > 0));

describe('axe', () => {
  let room: WindowRoom, stage: Stage;
  beforeAll(async () => {
    room = await openWindowRoom({ look, plan: smallPlan({ materials: MATERIALS }) });
    stage = await room.open(overheard(sampleKnowledge(room.dir)));
    await stage.at('home-rehearsal').click();
    await stage.at('home-resume').waitFor();
  });
  afterAll(async () => { await room.close(); });

  it('finds nothing on home, help, verify and the tasks, in light and in dark', async () => {
    await look(stage.page, 'home');
    await stage.page.keyboard.press('F1');
    await stage.page.getByRole('dialog').waitFor();
    await look(stage.page, 'help');
    await stage.page.keyboard.press('Escape');
    await stage.at('home-verify').click();
    await look(stage.page, 'verify asked');
    await stage.at('verify-run').click();
    await stage.at('verify-headline').waitFor();
    await look(stage.page, 'verify answered');
    await stage.at('verify-home').click();
    await stage.at('home-start').click();
    for (const task of PREPARE_TASKS) { await openTask(stage, task); await look(stage.page, `task ${task}`); }
    await openTask(stage, 'hsm');
    await stage.at('module-path').fill('/no/such/module.so');
    await stage.at('module-open').click();
    await stage.at('fault').waitFor();
    await look(stage.page, 'fault');
    await stage.at('prepare-review').click();
    await look(stage.page, 'review with findings');
    await stage.page.emulateMedia({ colorScheme: 'dark' });
    await stage.page.locator('html[data-theme="dark"]').waitFor({ state: 'attached' });
    await look(stage.page, 'review, dark');
    await loadPlan(stage, '{}');
    await stage.at('prepare-discard').waitFor();
    await look(stage.page, 'unreadable plan, dark');
    await stage.page.emulateMedia({ colorScheme: 'light' });
    await stage.at('prepare-home').click();
    expect(wrong()).toEqual({});
  });

  it('would find something: a button without a name', async () => {
    await stage.page.evaluate(() => { const button = document.createElement('button'); button.id = 'nameless'; document.querySelector('main')?.append(button); });
    await look(stage.page, 'spoilt');
    await stage.page.evaluate(() => { document.querySelector('#nameless')?.remove(); });
    expect(seen.get('spoilt')).toEqual([expect.stringContaining('button-name')]);
    seen.delete('spoilt');
  });

  it('finds nothing in any step, dialog or entry window of a ceremony', async () => {
    await enterFromHome(stage);
    await begin(stage, '12345612345');
    await playSteps(stage, atStep('3.1'));
    const custodian = (await mustSnapshot(stage)).state.plan.people.find((person) => person.role === 'custodian')!.id;
    await stage.at(`sign-${custodian}`).click();
    await stage.at('signoff-object').click();
    await stage.at('objection-words').waitFor();
    await look(stage.page, 'objection');
    await stage.page.keyboard.press('Escape');
    await stage.page.keyboard.press('F8');
    await stage.at('pause-text').fill('A break of ten minutes.');
    const people = (await mustSnapshot(stage)).state.plan.people;
    for (const person of people.slice(0, 2)) await stage.at(`pause-stayed-${person.id}`).check();
    await look(stage.page, 'pause');
    await stage.at('pause-commit').click();
    await stage.at('paused').waitFor();
    await look(stage.page, 'paused');
    await stage.at('run-abort').click();
    await stage.at('abort-reason').waitFor();
    await look(stage.page, 'abort');
    await stage.page.keyboard.press('Escape');
    for (const person of people) await stage.at(`resume-present-${person.id}`).check();
    await stage.at('resume-heads').fill(String(people.length));
    await stage.at('resume-serial').fill(keyPlan((await mustSnapshot(stage)).state.plan).hsm.serial!);
    await act(stage, async () => { await stage.at('resume-commit').click(); });
    await stage.at('run-people').click();
    await stage.at(`absent-${custodian}`).click();
    await stage.at(`absent-${custodian}`).and(stage.page.locator('[aria-pressed="true"]')).waitFor();
    await look(stage.page, 'who is here');
    await stage.at(`present-${custodian}`).click();
    await stage.at(`present-${custodian}`).and(stage.page.locator('[aria-pressed="true"]')).waitFor();
    expect((await mustSnapshot(stage)).state.present[custodian]?.present).toBe(true);
    await stage.at('people-done').click();
    await playSteps(stage, atStep('4.2'));
    await act(stage, pressPrimary(stage));
    await look(stage.page, 'sheet printed');
    await stage.at('run-void').click();
    await stage.at('void-commit').waitFor();
    await look(stage.page, 'void');
    await stage.page.keyboard.press('Escape');
    await playSteps(stage);
    await signTheRecord(stage);
    expect(wrong()).toEqual({});
    expect([...seen.keys()].filter((name) => name.startsWith('entry-')).sort()).toEqual(['entry-passphrase', 'entry-pin-half', 'entry-share']);
    expect(seen.size).toBeGreaterThan(50);
  });

  it('no page showed or said anything that was typed into an entry window, while it was typed or later', async () => {
    // Two halves of a PIN, two passphrases at least, and two times four lines.
    expect(typed.size).toBeGreaterThanOrEqual(2 + 2 + 8);
    expect(betrayed).toEqual([]);
    await stage.page.evaluate((secret) => { document.body.append(document.createTextNode(secret)); }, [...typed][0]!);
    await look(stage.page, 'spoilt');
    expect(betrayed).toEqual(['spoilt']);
  });
});

describe('without a mouse', () => {
  const dir = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'quorate-keys-')));
  let display: Display;
  beforeAll(async () => { display = await startVirtualDisplay(); });
  afterAll(() => { display.stop(); rmSync(dir, { recursive: true, force: true }); });

  it('a whole rehearsal is prepared, held, signed and closed by keys alone', async () => {
    const stage = await openStage({
      display: display.name, sandbox: false, userDataDir: path.join(dir, 'userData'), workspace: dir, screensDir: null, logsDir: path.join(dir, 'logs'), keyboardOnly: true,
      people: createPeople(inventKnowledge(), readFromFolder(path.join(dir, 'shares'))),
    });
    try {
      await stage.page.evaluate(() => {
        document.documentElement.dataset['pointers'] = '0';
        addEventListener('pointerdown', () => { document.documentElement.dataset['pointers'] = String(Number(document.documentElement.dataset['pointers']) + 1); }, true);
      });
      await startRehearsal(stage);
      await prepareByForm(stage, { quorum: { threshold: 2, shares: 2 }, key: 'ec-p256' });
      await begin(stage, '2612345');
      await playSteps(stage);
      const anchor = await signTheRecord(stage);
      expect(verifyPath(path.join(dir, 'archive', '0001-example-root'), { anchor }).exitStatus).toBe(0);
      expect(await stage.page.evaluate(() => document.documentElement.dataset['pointers'])).toBe('0');
      await stage.hands.press('record-done');
      await stage.at('home').waitFor();
    } finally { await stage.close(); }
  });
});
