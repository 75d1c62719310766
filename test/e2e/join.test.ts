/** Two archives that went their own ways are joined in the window, and their merge is prepared: what they contradict each other in is asked. By keys alone, under axe, in light and in dark. */
import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startVirtualDisplay, type Display } from '../../scripts/drive/display.ts';
import { createPeople, inventKnowledge, readFromFolder } from '../../scripts/rehearse/people.ts';
import { openTask, reach } from '../../scripts/rehearse/prepare.ts';
import { openStage, type Stage } from '../../scripts/rehearse/stage.ts';
import type { Charter } from '../../shared/charter/charter-schema.ts';
import { buildFolder, writeFolder, type BuiltFolder } from '../support/ceremony-folder.ts';
import { inDark } from '../support/in-dark.ts';
import { examine } from '../support/onlooker.ts';
import { changeMember, foundingPlan, sampleCharter } from '../support/sample-charter.ts';

const base = sampleCharter();
const founding = buildFolder({ plan: foundingPlan(), slug: 'founding' });
const amendment = (charter: Charter, slug: string, later: number): BuiltFolder => buildFolder({
  number: 2, previous: founding.link, slug, later,
  plan: foundingPlan({ ceremony: { ...foundingPlan().ceremony, kind: 'amendment', title: 'Change of people or policy' }, charter, before: [{ ceremony: 1, head: founding.head, charter: base }],
    people: charter.members.filter(({ standing }) => standing !== 'revoked').map(({ id, name, organisation, roles, credential }) => ({ id, name, organisation, role: roles[0]!, credential })), quorum: { threshold: 3, shares: charter.members.filter(({ standing, roles }) => standing === 'active' && roles.includes('custodian')).length } }),
});
/** Here Emil’s key is not trusted any more; there more people are in the room; each has another name for Ada. */
const here = amendment(changeMember(changeMember(base, 'emil', { standing: 'revoked' }), 'ada', { name: 'Ada Okafor-Lind' }), 'here', 0);
const there = amendment({ ...changeMember(base, 'ada', { name: 'Ada Lind' }), policy: { ...base.policy, headCount: { always: 3, irreversible: 5 } } }, 'there', 30);
const QUESTION = 'The name of Ada Okafor-Lind: one archive says “Ada Lind”, another “Ada Okafor-Lind”. The draft has “Ada Lind”; settle which is right.';

describe('two archives, in the window and without a mouse', () => {
  const dir = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'quorate-joined-'))), other = path.join(dir, 'stick', 'archive'), seen: Record<string, readonly string[]> = {};
  let display: Display, stage: Stage;
  beforeAll(async () => {
    for (const place of [path.join(dir, 'archive'), other]) mkdirSync(place, { recursive: true });
    for (const folder of [founding, here]) writeFolder(path.join(dir, 'archive'), folder);
    for (const folder of [founding, there]) writeFolder(other, folder);
    display = await startVirtualDisplay();
    stage = await openStage({
      display: display.name, sandbox: false, userDataDir: path.join(dir, 'userData'), workspace: dir, screensDir: process.env['QUORATE_SCREENS'] ?? null, logsDir: path.join(dir, 'logs'), keyboardOnly: true,
      look: async (page, name) => { seen[name] = await examine(page); }, people: createPeople(inventKnowledge(), readFromFolder(path.join(dir, 'shares'))),
    });
    await stage.at('home').waitFor();
    await stage.hands.press('home-rehearsal');
  });
  afterAll(async () => { await stage.close(); display.stop(); rmSync(dir, { recursive: true, force: true, maxRetries: 5 }); });

  it('what is no archive is refused with a sentence, and nothing is copied', async () => {
    await stage.hands.press('home-join');
    await stage.hands.write('join-from', path.join(dir, 'nowhere'));
    await stage.hands.press('join-see');
    await stage.at('fault').waitFor();
    await stage.shot('join-refused');
    expect(readdirSync(path.join(dir, 'archive'))).toHaveLength(2);
  });
  it('a look says what would come, and joining brings it and says that a merge is next', async () => {
    await stage.hands.write('join-from', other);
    await stage.hands.press('join-see');
    await reach(stage, 'the look was refused', '[data-testid="join-look"][data-done="false"]');
    await stage.shot('join-look');
    await inDark(stage, 'join-look');
    expect(readdirSync(path.join(dir, 'archive'))).toHaveLength(2);
    await stage.hands.press('join-do');
    await stage.page.locator('[data-testid="join-look"][data-done="true"]').waitFor();
    await stage.shot('join-done');
    expect(readdirSync(path.join(dir, 'archive')).toSorted()).toEqual([founding.name, here.name, there.name].toSorted());
    await stage.hands.press('join-close');
    await stage.at('home-ends').waitFor();
    await stage.shot('home-ends');
    await inDark(stage, 'home-ends');
  });
  it('the merge is drawn up: gravest standing, stricter policy, and what neither settles is asked where it is typed', async () => {
    await stage.hands.press('home-merge');
    await stage.page.locator('[data-testid="prepare-kind"][data-kind="merge"]').waitFor();
    await stage.hands.press('prepare-review');
    await stage.at('review-questions').waitFor();
    await stage.shot('merge-review');
    await inDark(stage, 'merge-review');
    // It could be frozen as it is: what is open is for people, not for the form.
    expect(await stage.at('plan-sha256').innerText()).toMatch(/^[0-9a-f]{64}$/);
    expect(await stage.at('review-questions').locator('li').allInnerTexts()).toEqual([`Roster: ${QUESTION}`]);
    expect(await stage.page.getByTestId('review-difference').count()).toBe(2);
    expect(await stage.page.getByTestId('review-difference').allInnerTexts()).toEqual([expect.stringContaining('3 at every step, 5 where'), expect.stringContaining('Key revoked')]);
    await openTask(stage, 'roster');
    await stage.shot('merge-roster');
    expect(await stage.page.getByRole('list', { name: 'Where the archives contradict each other' }).innerText()).toContain(QUESTION);
    expect(await stage.at('member-emil').getAttribute('data-look')).toBe('Key revoked');
    await openTask(stage, 'quorum');
    await stage.shot('merge-policy');
    expect(await stage.page.getByRole('list', { name: 'Where the archives contradict each other' }).count()).toBe(0);
    await openTask(stage, 'room');
    await stage.shot('merge-room');
    expect(await stage.at('room-emil').count()).toBe(0);
  });
  it('the answer is what people approve', async () => {
    await openTask(stage, 'roster');
    await stage.hands.press('edit-ada');
    await stage.hands.write('name-ada', 'Ada Okafor-Lind');
    await stage.hands.press('done-ada');
    await stage.hands.press('prepare-review');
    await stage.at('review-questions').waitFor();
    const [ofHere, ofThere] = await stage.page.getByTestId('review-difference').allInnerTexts();
    expect([ofHere!.includes('Ada'), ofThere!.includes('Ada Okafor-Lind: name')]).toEqual([false, true]);
  });
  it('no screen on the way had a finding of axe', () => {
    expect(Object.keys(seen).length).toBeGreaterThan(8);
    expect(Object.fromEntries(Object.entries(seen).filter(([, found]) => found.length > 0))).toEqual({});
  });
});
