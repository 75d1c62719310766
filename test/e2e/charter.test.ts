/** An archive is founded and its charter changed, in the window: drawn up by form, held, read at home. By keys alone, every screen on the way under axe, in light and in dark. */
import { mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyPath } from '../../electron/verify/verify.ts';
import { CHARTER_TASKS } from '../../renderer/screens/prepare/charter-view.ts';
import { startVirtualDisplay, type Display } from '../../scripts/drive/display.ts';
import { createPeople, inventKnowledge, readFromFolder } from '../../scripts/rehearse/people.ts';
import { playSteps, signTheRecord } from '../../scripts/rehearse/play.ts';
import { begin, enrolFile, finish, openTask } from '../../scripts/rehearse/prepare.ts';
import { openStage, type Stage } from '../../scripts/rehearse/stage.ts';
import type { CeremonyState } from '../../shared/ceremony/state.ts';
import { inDark } from '../support/in-dark.ts';
import { examine } from '../support/onlooker.ts';

const seen = new Map<string, readonly string[]>();
const look = async (page: Page, name: string): Promise<void> => {
  seen.set(name, await examine(page));
};
const wrong = (): Record<string, readonly string[]> => Object.fromEntries([...seen].filter(([, found]) => found.length > 0));

/** The exit status, and every fault in words. */
const verified = (folder: string, anchor: string): readonly (number | string)[] => {
  const { exitStatus, findings } = verifyPath(folder, { anchor });
  return [exitStatus, ...findings.filter(({ level }) => level === 'fault').map(({ code, text }) => `${code} ${text}`)];
};

const startFromHome = async (stage: Stage, kind: 'founding' | 'amendment'): Promise<void> => {
  await stage.hands.press(`start-${kind}`);
  await stage.page.locator(`[data-testid="prepare-kind"][data-kind="${kind}"]`).waitFor();
};
/** Everybody whose file is not made yet makes it. */
const enrolAll = async (stage: Stage): Promise<readonly string[]> => {
  await openTask(stage, 'credentials');
  const buttons = stage.page.locator('[data-testid^="enrol-file-"]');
  await buttons.first().waitFor();
  const waiting = (await buttons.evaluateAll((all) => all.filter((one) => !one.textContent.startsWith('File is made')).map((one) => one.dataset['testid'] ?? ''))).map((id) => id.replace('enrol-file-', ''));
  for (const person of waiting) await enrolFile(stage, person);
  await stage.shot('credentials');
  return waiting;
};
const hold = async (stage: Stage): Promise<{ readonly state: CeremonyState; readonly anchor: string }> => {
  await begin(stage, '2612345261');
  const { state } = await playSteps(stage);
  const anchor = await signTheRecord(stage);
  await stage.hands.press('record-done');
  await stage.at('home').waitFor();
  return { state, anchor };
};

describe('ceremonies about the archive, in the window and without a mouse', () => {
  const dir = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'quorate-charter-')));
  const folder = (number: string): string => path.join(dir, 'archive', readdirSync(path.join(dir, 'archive')).find((name) => name.startsWith(number))!);
  let display: Display, stage: Stage;
  beforeAll(async () => {
    display = await startVirtualDisplay();
    stage = await openStage({
      display: display.name, sandbox: false, userDataDir: path.join(dir, 'userData'), workspace: dir, screensDir: process.env['QUORATE_SCREENS'] ?? null, logsDir: path.join(dir, 'logs'), look, keyboardOnly: true,
      people: createPeople(inventKnowledge(), readFromFolder(path.join(dir, 'shares'))),
    });
    await stage.at('home').waitFor();
    await stage.page.evaluate(() => {
      document.documentElement.dataset['pointers'] = '0';
      addEventListener('pointerdown', () => { document.documentElement.dataset['pointers'] = String(Number(document.documentElement.dataset['pointers']) + 1); }, true);
    });
    await stage.hands.press('home-rehearsal');
  });
  afterAll(async () => { await stage.close(); display.stop(); rmSync(dir, { recursive: true, force: true, maxRetries: 5 }); });

  it('an archive is founded: people and policy are typed once, approved by custodians, and shown at home', async () => {
    await stage.at('found-card').waitFor();
    await stage.shot('home-unfounded');
    await inDark(stage, 'home-unfounded');
    await startFromHome(stage, 'founding');
    for (const task of CHARTER_TASKS) { await openTask(stage, task); await stage.shot(`founding-${task}`); }
    await openTask(stage, 'roster');
    await stage.hands.press('edit-ben');
    await stage.hands.write('name-ben', 'Benedikt Larsen');
    await stage.hands.tick('may-ben-crypto-officer');
    await stage.shot('founding-editor');
    await inDark(stage, 'founding-editor');
    await enrolAll(stage);
    await finish(stage);
    const { state, anchor } = await hold(stage);
    expect(state.plan.people.find(({ id }) => id === 'ben')).toMatchObject({ name: 'Benedikt Larsen', role: 'custodian' });
    expect(state.plan.charter?.members.find(({ id }) => id === 'ben')).toMatchObject({ name: 'Benedikt Larsen', roles: ['crypto-officer', 'custodian'] });
    expect(state.memberChanges).toHaveLength(8);
    expect(verified(folder('0001'), anchor)).toEqual([0]);
    await stage.page.locator(`[data-testid="charter-panel"][data-sha256="${state.charter!.sha256}"]`).waitFor();
    expect(await stage.at('found-card').count()).toBe(0);
    await stage.shot('home-founded');
    await inDark(stage, 'home-founded');
    expect(wrong()).toEqual({});
  });

  it('its charter is changed: a newcomer, another key, somebody who left, and another approval', async () => {
    await startFromHome(stage, 'amendment');
    for (const task of CHARTER_TASKS) { await openTask(stage, task); await stage.shot(`amendment-${task}`); }
    await openTask(stage, 'roster');
    await stage.hands.press('roster-add');
    await stage.hands.write('member-id', 'nils');
    await stage.hands.write('name-nils', 'Nils Aaltonen');
    await stage.hands.write('reports-nils', 'Ada Okafor');
    await stage.shot('amendment-editor');
    await stage.hands.press('done-nils');
    // The focus is not lost with the form that had it.
    await stage.page.locator('[data-testid="edit-nils"]:focus').waitFor();
    await stage.hands.press('edit-fay');
    await stage.hands.press('standing-fay-left');
    await stage.hands.press('done-fay');
    await openTask(stage, 'credentials');
    await stage.hands.press('replace-eli');
    await openTask(stage, 'quorum');
    await stage.hands.press('policy-approval-less');
    await stage.shot('amendment-policy-changed');
    await openTask(stage, 'roster');
    await stage.shot('amendment-roster-changed');
    await inDark(stage, 'amendment-roster-changed');
    await openTask(stage, 'room');
    await stage.shot('amendment-room-changed');
    expect(await Promise.all(['nils', 'eli'].map(async (id) => (await stage.at(`room-${id}`).innerText()).split('\n')[0]))).toEqual(['Candidate', 'Candidate']);
    expect([...await enrolAll(stage)].toSorted()).toEqual(['eli', 'nils']);
    await finish(stage);
    const { state, anchor } = await hold(stage);
    expect(state.memberChanges.map(({ person, change }) => `${person} ${change}`).toSorted()).toEqual(['eli credential-replaced', 'fay left', 'nils enrolled']);
    expect([state.plan.quorum.threshold, state.plan.charter?.approval]).toEqual([3, 2]);
    expect(verified(folder('0002'), anchor)).toEqual([0]);
    await stage.page.locator(`[data-testid="charter-panel"][data-sha256="${state.charter!.sha256}"]`).waitFor();
    await stage.shot('home-amended');
    await inDark(stage, 'home-amended');
    expect(wrong()).toEqual({});
  });

  it('a key generation is drawn up from its roster: people are called, and not typed', async () => {
    await stage.hands.press('start-root-key-generation');
    await stage.page.locator('[data-testid="prepare-kind"][data-kind="root-key-generation"]').waitFor();
    await openTask(stage, 'roster');
    expect(await stage.at('roster-add').count()).toBe(0);
    await stage.hands.press('remove-chi');
    await stage.at('roster-bring-chi').waitFor();
    await stage.shot('key-roster');
    await inDark(stage, 'key-roster');
    await openTask(stage, 'quorum');
    await stage.hands.press('quorum-shares-more');
    await stage.page.locator('[data-testid="quorum-shares-more"]:disabled').waitFor();
    await openTask(stage, 'credentials');
    await stage.shot('key-credentials');
    expect(await stage.page.getByText('From the roster').count()).toBe(8);
    expect(wrong()).toEqual({});
    expect(seen.size).toBeGreaterThan(40);
    expect(await stage.page.evaluate(() => document.documentElement.dataset['pointers'])).toBe('0');
  });
});
