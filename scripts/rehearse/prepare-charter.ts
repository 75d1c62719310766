/** Prepares a rehearsal of a ceremony about the archive in the window: its founding, or a change of people and policy. */
import { USUAL_QUORUM } from './arguments.ts';
import type { RehearseOptions } from './arguments.ts';
import { enrolEveryone, finish, MORE_NAMES, openHome, openTask, reach, stepTo } from './prepare.ts';
import type { Stage } from './stage.ts';

const startOn = async (stage: Stage, what: 'founding' | 'amendment'): Promise<void> => {
  await openHome(stage);
  await stage.hands.press(`start-${what}`);
  await reach(stage, 'the tasks did not open', '[data-testid="task-ceremony"]');
  await stage.hands.write('ceremony-place', 'Practice room 4, Harbour Street 12');
  await stage.shot('prepare-ceremony');
};

/** Ids of the roster's people, in its order. */
const members = async (stage: Stage): Promise<readonly string[]> => {
  const rows = stage.page.locator('[data-testid^="member-"][data-look]');
  await rows.first().waitFor();
  return await rows.evaluateAll((all) => all.map((one) => one.dataset['testid']!.replace('member-', '')));
};
const isCustodian = async (stage: Stage, id: string): Promise<boolean> => (await stage.at(`member-${id}`).innerText()).toLowerCase().includes('custodian');
const custodians = async (stage: Stage): Promise<readonly string[]> => {
  const found: string[] = [];
  for (const id of await members(stage)) if (await isCustodian(stage, id)) found.push(id);
  return found;
};

/** @returns the id of the new person. */
const addMember = async (stage: Stage, name: string): Promise<string> => {
  await stage.hands.press('roster-add');
  const id = (await members(stage)).at(-1)!;
  await stage.hands.write(`name-${id}`, name);
  await stage.hands.press(`done-${id}`);
  return id;
};
const removeMember = async (stage: Stage, id: string): Promise<void> => { await stage.hands.press(`edit-${id}`); await stage.hands.press(`remove-${id}`); };

/** As many custodians as the quorum of the keys to come, and its threshold to change the charter. */
export const prepareFounding = async (stage: Stage, { quorum: asked }: Pick<RehearseOptions, 'quorum'>): Promise<string> => {
  const quorum = asked ?? USUAL_QUORUM;
  await startOn(stage, 'founding');
  await openTask(stage, 'roster');
  let more = 0;
  for (let have = await custodians(stage); have.length !== quorum.shares; have = await custodians(stage)) {
    if (have.length < quorum.shares) await addMember(stage, MORE_NAMES[more++]!); else await removeMember(stage, have.at(-1)!);
  }
  await stage.shot('prepare-roster');
  await openTask(stage, 'quorum');
  await stepTo(stage, 'policy-approval', quorum.threshold);
  await stage.shot('prepare-policy');
  await enrolEveryone(stage);
  return await finish(stage);
};

/** The last custodian leaves, somebody comes in their place, another gets a new key, and one number of the policy changes. */
export const prepareAmendment = async (stage: Stage): Promise<string> => {
  await startOn(stage, 'amendment');
  await openTask(stage, 'roster');
  const before = await custodians(stage), leaver = before.at(-1)!, renewed = before.at(-2)!;
  await stage.hands.press(`edit-${leaver}`);
  await stage.hands.press(`standing-${leaver}-left`);
  await stage.hands.press(`done-${leaver}`);
  await addMember(stage, 'Olga Brandt');
  await stage.shot('prepare-roster');
  await openTask(stage, 'quorum');
  await stepTo(stage, 'policy-excepted-by', 3);
  await stage.shot('prepare-policy');
  // With two custodians who approve, both are needed: neither gets a new key on that day.
  if (before.length > 3) { await openTask(stage, 'credentials'); await stage.hands.press(`replace-${renewed}`); }
  await enrolEveryone(stage);
  return await finish(stage);
};
