/** Separation of duties in the window: a rule that is broken is shown and excepted in Prepare; at the roll call a deputy stands in, and the rules are judged for who is here. */
import { afterEach, describe, expect, it } from 'vitest';
import { mustSnapshot, playSteps, pressPrimary } from '../../scripts/rehearse/play.ts';
import { loadPlan, openTask } from '../../scripts/rehearse/prepare.ts';
import { act, type Stage } from '../../scripts/rehearse/stage.ts';
import { encodePlan } from '../../shared/ceremony/parse-plan.ts';
import type { Person, Plan } from '../../shared/ceremony/plan-schema.ts';
import { stepOf } from '../../shared/ceremony/select.ts';
import type { Snapshot } from '../../shared/ipc/snapshot.ts';
import { deputies, id, roomPlan } from '../support/sample-duties.ts';
import { samplePeople } from '../support/sample-people.ts';
import { enterFromHome, openWindowRoom, smallPlan, type WindowRoom } from '../support/window-room.ts';
import { examine } from '../support/onlooker.ts';

const rooms: WindowRoom[] = [];
afterEach(async () => { for (const room of rooms.splice(0)) await room.close(); });
const screensDir = process.env['QUORATE_TEST_SCREENS'] ?? null;

/** Bruno reports to Ada: two of two shares in one line, excepted by those who watch. */
const inOneLine = (changes: Readonly<Record<string, Partial<Person>>> = {}): Partial<Plan> => smallPlan({
  format: 'quorate-plan/2', people: [...samplePeople(2), ...deputies()].map((person) => ({ ...person, ...(person.id === 'bruno' ? { reportsTo: 'Ada Okafor' } : {}), ...changes[person.id] })),
  waivers: [{ rule: 'custodian-reporting-line', people: ['ada', 'bruno'].map(id), reason: 'The team has no other members', by: ['walter', 'xenia'].map(id) }],
});
const isRollCall = ({ state }: Snapshot): boolean => stepOf(state)?.kind === 'roll-call';
const atRollCall = async (plan: Partial<Plan>): Promise<Stage> => {
  const room = await openWindowRoom({ plan, until: isRollCall, ...(screensDir === null ? {} : { screensDir }) });
  rooms.push(room);
  const stage = await room.open();
  await enterFromHome(stage);
  return stage;
};
const call = async (stage: Stage, absent: readonly string[]): Promise<void> => {
  for (const { id: person } of (await mustSnapshot(stage)).state.plan.people) await act(stage, async () => { await stage.hands.press(`${absent.includes(person) ? 'absent' : 'present'}-${person}`); });
};
const standIn = async (stage: Stage, deputy: string, reason: string): Promise<void> => {
  await stage.hands.write(`deputise-reason-${deputy}`, reason);
  await act(stage, async () => { await stage.hands.press(`deputise-${deputy}`); });
};
/** A picture, and a look by axe. */
const seen = async (stage: Stage, name: string): Promise<void> => {
  await stage.shot(name);
  expect(await examine(stage.page), name).toEqual([]);
};
const openDuties = async (stage: Stage): Promise<string | null> => await stage.at('duties-now').getAttribute('data-open');

describe('in Prepare', () => {
  it('a broken rule is named with the people it is about, and excepted by two others with a reason', async () => {
    const room = await openWindowRoom(screensDir === null ? {} : { screensDir });
    rooms.push(room);
    const stage = await room.open();
    await stage.at('home-rehearsal').click();
    await stage.at('home-start').click();
    await stage.at('task-ceremony').waitFor();
    await loadPlan(stage, encodePlan(roomPlan({ chen: { reportsTo: 'Ada Okafor' } })));
    await stage.page.getByRole('heading', { name: 'Review and freeze' }).waitFor();
    await openTask(stage, 'roster');
    expect(await stage.at('duties').innerText()).toContain('14 of 14 rules kept');
    await stage.hands.write('reports-bruno', 'Ada Okafor');
    const broken = stage.page.locator('[data-testid="duties"] li[data-rule="custodian-reporting-line"]');
    await broken.waitFor();
    expect(await broken.innerText()).toContain('Bruno Keller and Chen Wei report to Ada Okafor');
    await stage.page.locator('li:has([data-testid="task-roster"]):has-text("There is a problem")').waitFor();
    await broken.locator('summary').click();
    await stage.hands.write('duty-0-reason', 'The team has no other members');
    for (const person of ['walter', 'xenia']) await stage.hands.tick(`duty-0-by-${person}`);
    await stage.at('duty-0-commit').scrollIntoViewIfNeeded();
    await seen(stage, 'duties-prepare');
    await stage.hands.press('duty-0-commit');
    await stage.at('waiver-remove-0').waitFor();
    await stage.page.locator('li:has([data-testid="task-roster"]):has-text("Completed")').waitFor();
    await stage.at('waiver-remove-0').scrollIntoViewIfNeeded();
    await seen(stage, 'duties-excepted');
    await stage.hands.press('prepare-review');
    expect(await stage.at('waivers').innerText()).toContain('Excepted by Walter Brandt and Xenia Petrou: The team has no other members');
    await stage.at('waivers').scrollIntoViewIfNeeded();
    await seen(stage, 'duties-review');
  });
});

describe('at the roll call', () => {
  it('shows what the plan excepts, lets a deputy stand in for who is absent, and the deputy acts in the steps that follow', async () => {
    const stage = await atRollCall(inOneLine());
    await call(stage, ['ada']);
    expect(await openDuties(stage)).toBe('0');
    await seen(stage, 'duties-roll-call');
    await standIn(stage, 'goran', 'Her train was cancelled.');
    expect((await mustSnapshot(stage)).state.plan.people.find((person) => person.id === 'goran')?.role).toBe('custodian');
    await act(stage, pressPrimary(stage));
    const { state } = await playSteps(stage, (snapshot) => stepOf(snapshot.state)?.kind === 'sign');
    const step = stepOf(state);
    expect(step?.kind === 'sign' && step.actors).toEqual(['goran', 'bruno']);
  });
  it('does not end where a deputy breaks a rule that nobody excepted, and says which', async () => {
    const stage = await atRollCall(inOneLine({ goran: { ...deputies()[1], reportsTo: 'Bruno Keller' } }));
    await call(stage, ['ada']);
    await standIn(stage, 'goran', 'Her train was cancelled.');
    expect(await openDuties(stage)).toBe('1');
    await stage.at('duties-now').scrollIntoViewIfNeeded();
    await seen(stage, 'duties-broken');
    expect(await stage.at('run-primary').isDisabled()).toBe(true);
    expect(await stage.at('run-primary').innerText()).toContain('Separation of duties is not kept: custodian reporting line');
    await act(stage, async () => { await stage.hands.press('absent-bruno'); });
    expect(await openDuties(stage)).toBe('0');
  });
  it('the administrator’s deputy stands in while the ceremony is paused', async () => {
    const stage = await atRollCall(inOneLine());
    await call(stage, []);
    await act(stage, pressPrimary(stage));
    await stage.page.keyboard.press('F8');
    await stage.at('pause-text').waitFor();
    await stage.hands.write('pause-text', 'The administrator is unwell.');
    for (const person of ['walter', 'xenia']) await stage.hands.tick(`pause-stayed-${person}`);
    await stage.hands.press('pause-commit');
    await stage.at('paused').locator('summary').click();
    await stage.at('stand-in-farah').waitFor();
    await stage.at('stand-in-farah').scrollIntoViewIfNeeded();
    await seen(stage, 'duties-paused');
    await standIn(stage, 'farah', 'She went home.');
    expect((await mustSnapshot(stage)).state.plan.people.find((person) => person.role === 'administrator')?.id).toBe('farah');
    await seen(stage, 'duties-paused-after');
  });
});
