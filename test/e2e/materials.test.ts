/** The things on the table, drawn up in the window: as the archive saw them last, with what is new to it and the HSMs of the plan; under axe and by keys. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadPlan, openTask } from '../../scripts/rehearse/prepare.ts';
import type { Stage } from '../../scripts/rehearse/stage.ts';
import { encodePlan, parsePlan } from '../../shared/ceremony/parse-plan.ts';
import type { Plan } from '../../shared/ceremony/plan-schema.ts';
import { MATERIALS } from '../support/room-plan.ts';
import { openWindowRoom, smallPlan, type WindowRoom } from '../support/window-room.ts';
import { examine } from '../support/onlooker.ts';

const screensDir = process.env['QUORATE_TEST_SCREENS'] ?? null;
const seen = async (stage: Stage, name: string): Promise<void> => {
  await stage.shot(name);
  expect(await examine(stage.page), name).toEqual([]);
};
const status = (stage: Stage, word: string): Promise<void> => stage.page.locator(`li:has([data-testid="task-materials"]):has-text("${word}")`).waitFor();
const focused = (stage: Stage): Promise<string | null> => stage.page.evaluate(() => (document.activeElement as HTMLElement | null)?.dataset['testid'] ?? null);
const rows = (stage: Stage): Promise<readonly string[]> => stage.page.locator('[data-testid="materials"] tbody tr').evaluateAll((all) => all.map((row) => row.dataset['item'] ?? ''));
/** The draft as it lies on disk, once it holds so many things. */
const kept = async (room: WindowRoom, stage: Stage, things: number): Promise<Plan> => {
  await status(stage, 'Completed');
  let plan: Plan | null = null;
  await expect.poll(() => { plan = parsePlan(readFileSync(path.join(room.dir, 'drafts', 'rehearsal.json'), 'utf8'), { draft: true }).plan; return plan?.materials?.length; }).toBe(things);
  return plan!;
};

describe('materials in Prepare', () => {
  let room: WindowRoom, stage: Stage;
  beforeAll(async () => {
    room = await openWindowRoom({ plan: smallPlan({ materials: MATERIALS }), until: ({ state }) => state.closing !== null, ...(screensDir === null ? {} : { screensDir }) });
    stage = await room.open();
    await stage.at('home-rehearsal').click();
    await stage.at('home-start').click();
    await stage.at('task-ceremony').waitFor();
  });
  afterAll(async () => { await room.close(); });

  it('come with the bag in which the archive saw them last, and go off the list and back', async () => {
    await openTask(stage, 'materials');
    await stage.at('materials').waitFor();
    expect(await rows(stage)).toEqual(MATERIALS.map(({ id }) => id));
    expect(await stage.at('material-1').innerText()).toMatch(/Bag \S+, ceremony 0001/);
    expect([await stage.at('material-kind-1').count(), await stage.at('material-serial-1').count()]).toEqual([0, 0]);
    await seen(stage, 'materials-known');
    await stage.hands.press('material-remove-1');
    await stage.at('material-bring-hsm').waitFor();
    await expect.poll(() => focused(stage)).toBe('material-add');
    await seen(stage, 'materials-left-out');
    await kept(room, stage, 1);
    await stage.hands.press('material-bring-hsm');
    const { materials } = await kept(room, stage, 2);
    expect(materials?.find(({ id }) => id === 'hsm')).toMatchObject({ from: 1, serial: MATERIALS[0]!.serial });
  });

  it('take a new thing, by keys alone', async () => {
    const { keyboard } = stage.page;
    await stage.at('material-add').focus();
    await keyboard.press('Enter');
    await expect.poll(() => focused(stage)).toBe('material-what-3');
    await status(stage, 'There is a problem');
    await seen(stage, 'materials-not-finished');
    await keyboard.type('Safe deposit book');
    await keyboard.press('Tab');
    await expect.poll(() => focused(stage)).toBe('material-kind-3');
    await keyboard.type('Document');
    await keyboard.press('Tab');
    await expect.poll(() => focused(stage)).toBe('material-serial-3');
    await keyboard.type('B-17');
    expect((await kept(room, stage, 3)).materials?.[2]).toEqual({ id: 'thing-1', kind: 'document', what: 'Safe deposit book', serial: 'B-17', bag: null, from: null });
  });

  it('take the HSMs of the plan', async () => {
    const plan = parsePlan(readFileSync(path.join(room.folder(), 'plan.json'), 'utf8'), { draft: false }).plan!;
    await loadPlan(stage, encodePlan({ ...plan, materials: [{ ...MATERIALS[1]!, from: 1 }] }));
    await stage.page.getByRole('heading', { name: 'Review and freeze' }).waitFor();
    await openTask(stage, 'materials');
    expect(await stage.at('materials-stale').innerText()).toContain('otherwise about Ceremony computer');
    await seen(stage, 'materials-stale');
    await stage.hands.press('material-take-archive');
    await expect.poll(() => stage.at('material-1').innerText()).toMatch(/Bag \S+, ceremony 0001/);
    expect(await stage.at('materials-stale').count()).toBe(0);
    await stage.hands.press('material-add-hsms');
    const { materials } = await kept(room, stage, 3);
    expect(materials?.slice(1).map(({ kind, serial }) => [kind, serial])).toEqual([['hsm', plan.hsm!.serial], ['hsm', plan.hsm!.secondSerial]]);
    expect(await stage.at('material-add-hsms').count()).toBe(0);
    await seen(stage, 'materials-hsms');
    await stage.page.emulateMedia({ colorScheme: 'dark' });
    await stage.page.locator('html[data-theme="dark"]').waitFor({ state: 'attached' });
    await seen(stage, 'materials-dark');
    await stage.hands.press('prepare-review');
    const row = stage.page.getByRole('row', { name: `Second HSM, serial ${plan.hsm!.secondSerial}` });
    await row.scrollIntoViewIfNeeded();
    expect(await row.innerText()).toMatch(/^Materials\s+Ceremony computer\s+HSM, serial/);
    await seen(stage, 'materials-review');
    await stage.page.emulateMedia({ colorScheme: 'light' });
  });

  it('are a task of a ceremony about the archive too', async () => {
    await stage.hands.press('prepare-home');
    await stage.hands.press('start-founding');
    await stage.hands.press('draft-replace');
    await stage.page.locator('[data-testid="prepare-kind"][data-kind="founding"]').waitFor();
    await openTask(stage, 'materials');
    await stage.at('materials').waitFor();
    // A founding opens no HSM, so its draft leaves that in the safe.
    expect(await rows(stage)).toEqual(['computer']);
    await stage.hands.press('material-bring-hsm');
    const { ceremony, materials } = await kept(room, stage, 2);
    expect([ceremony.kind, materials?.[1]?.id]).toEqual(['founding', 'hsm']);
    await seen(stage, 'materials-founding');
  });
});
