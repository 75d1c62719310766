/** Prepares a rehearsal in the window, as its administrator does: the plan by form or from a file, tokens, credentials, freeze. */
import { parsePlan } from '../../shared/ceremony/parse-plan.ts';
import { isKeyPlan } from '../../shared/ceremony/people.ts';
import type { Plan } from '../../shared/ceremony/plan-schema.ts';
import { USUAL_QUORUM } from './arguments.ts';
import type { CEREMONIES, CeremonyName, Quorum, RehearseOptions } from './arguments.ts';
import { shownFault } from './play.ts';
import { answering, type Stage } from './stage.ts';

const fill = async (stage: Stage, testId: string, value: string): Promise<void> => { await stage.hands.write(testId, value); };
export const openTask = async (stage: Stage, task: string): Promise<void> => { await stage.hands.press(`task-${task}`); };

/** Waits for `wanted`. Fails with what the window says when it shows a refusal instead of `wanted`. */
export const reach = async (stage: Stage, what: string, wanted: string): Promise<void> => {
  const there = stage.page.locator(wanted).first();
  await there.or(stage.at('fault')).first().waitFor();
  if (!await there.isVisible()) throw new Error(`prepare: ${what}. The window says: ${await shownFault(stage) ?? 'nothing'}`);
};

export const openHome = async (stage: Stage): Promise<void> => {
  await stage.at('home').waitFor();
  await stage.hands.press('home-rehearsal');
  await stage.page.locator('[data-testid="home-rehearsal"][aria-pressed="true"]').waitFor();
  await stage.shot('home');
};
/** @returns whether the archive has a charter, whose roster the people of the plan come from. */
export const startRehearsal = async (stage: Stage): Promise<boolean> => {
  await openHome(stage);
  const isFounded = await stage.at('charter-panel').count() > 0;
  await stage.hands.press('home-start');
  await reach(stage, 'the tasks did not open', '[data-testid="task-ceremony"]');
  return isFounded;
};

/** Presses a number up or down until it is `wanted`. @throws when the window does not let it go that far. */
export const stepTo = async (stage: Stage, testId: string, wanted: number): Promise<void> => {
  const shown = async (): Promise<number> => Number(await stage.at(testId).innerText());
  for (let now = await shown(); now !== wanted; now = await shown()) {
    const button = `${testId}-${now < wanted ? 'more' : 'less'}`;
    if (await stage.at(button).isDisabled()) throw new Error(`prepare: ${testId} cannot be ${wanted}, the window stops at ${now}`);
    await stage.hands.press(button);
  }
};

const setQuorum = async (stage: Stage, wanted: Quorum): Promise<void> => {
  await openTask(stage, 'quorum');
  await stepTo(stage, 'quorum-shares', wanted.shares);
  await stepTo(stage, 'quorum-threshold', wanted.threshold);
  await stage.shot('prepare-quorum');
};

/** Names for custodians whom the starting plan does not have. */
export const MORE_NAMES = ['Iris Lindholm', 'Jonas Petit', 'Kira Novak', 'Luis Ferreira', 'Mina Haddad'];
const fillRoster = async (stage: Stage): Promise<void> => {
  await openTask(stage, 'roster');
  const fields = stage.page.locator('input[data-testid^="name-"]');
  await fields.first().waitFor();
  let more = 0;
  for (const field of await fields.all()) if (await field.inputValue() === '') await stage.hands.write((await field.getAttribute('data-testid'))!, MORE_NAMES[more++]!);
  await stage.shot('prepare-roster');
};

const fillForms = async (stage: Stage, { quorum, key }: FormChoices, isFounded: boolean): Promise<void> => {
  await openTask(stage, 'ceremony');
  await fill(stage, 'ceremony-title', 'Example Root');
  await fill(stage, 'ceremony-place', 'Practice room 4, Harbour Street 12');
  await stage.shot('prepare-ceremony');
  // In a founded archive the roster says who there is, and how many shares there can be.
  if (quorum !== null || !isFounded) await setQuorum(stage, quorum ?? USUAL_QUORUM);
  if (!isFounded) await fillRoster(stage);
  await openTask(stage, 'key');
  await fill(stage, 'key-label', 'example-root');
  await stage.hands.choose('key-profile', key);
  await stage.shot('prepare-key');
  await openTask(stage, 'certificate');
  await fill(stage, 'certificate-cn', 'Example Root CA');
  await fill(stage, 'certificate-o', 'Example Trust');
  await stage.shot('prepare-certificate');
  await openTask(stage, 'sheets');
  await stage.hands.tick('printer-folder');
  await stage.shot('prepare-sheets');
};

/** A task whose state is "Completed". */
const completed = (task: string): string => `li:has([data-testid="task-${task}"]):has-text("Completed")`;

const makeTokens = async (stage: Stage): Promise<void> => {
  await openTask(stage, 'hsm');
  // A rehearsal that did not come to its end has left its draft, and its people know the PINs.
  if (await stage.page.locator(completed('hsm')).count() > 0) return;
  await answering(stage, (async () => {
    await stage.hands.press('prepare-make-tokens');
    await reach(stage, 'the tokens were not made', completed('hsm'));
  })());
  await stage.shot('prepare-hsm');
};

export const enrolFile = async (stage: Stage, person: string): Promise<void> => {
  await answering(stage, (async () => {
    await stage.hands.press(`enrol-file-${person}`);
    await reach(stage, `${person} was not enrolled`, `[data-testid="enrol-file-${person}"]:has-text("File is made")`);
  })());
};

/** Makes every credential file that is not made yet. */
export const enrolEveryone = async (stage: Stage): Promise<void> => {
  await openTask(stage, 'credentials');
  const buttons = stage.page.locator('[data-testid^="enrol-file-"]');
  await buttons.first().waitFor();
  const people = (await buttons.evaluateAll((all) => all.map((one) => one.dataset['testid'] ?? ''))).map((id) => id.replace('enrol-file-', ''));
  for (const person of people) if (!(await stage.at(`enrol-file-${person}`).innerText()).startsWith('File is made')) await enrolFile(stage, person);
  await stage.shot('prepare-credentials');
};

/** Why this program cannot act a plan, or null: it holds no key and no PIN that others made, and it reads sheets from a folder only. */
export const whyNotPlayable = (plan: Plan): string | null => {
  if (plan.mode !== 'rehearsal') return 'the plan is for a ceremony, and this command rehearses';
  if (!isKeyPlan(plan)) return 'the plan is about the archive itself, and this command rehearses ceremonies about a key';
  if (plan.hsm.serial !== null || plan.hsm.secondSerial !== null) return 'the plan names tokens whose PIN nobody here knows: write null, and tokens are made';
  if (plan.sheets.printer.kind !== 'folder') return 'the plan prints to a queue, and nobody here can read that paper: write "folder"';
  const held = plan.people.find(({ credential }) => credential.kind !== 'paper' && (credential.kind === 'token' || credential.publicKey !== null));
  return held === undefined ? null : `${held.id} has a key that is not held here: write a file credential with publicKey null, and it is made`;
};

/** @throws with a sentence when the text is no plan that can be rehearsed. */
export const readPlayablePlan = (text: string): Plan => {
  const { plan, findings } = parsePlan(text, { draft: true });
  if (plan === null || findings.length > 0) throw new Error(`The plan is not in order. ${findings.map((finding) => `${finding.where}: ${finding.text}`).join(' ')}`);
  const reason = whyNotPlayable(plan);
  if (reason !== null) throw new Error(`The plan cannot be rehearsed: ${reason}.`);
  return plan;
};

/** Loads a plan with the control that people use, from its text. */
export const loadPlan = async (stage: Stage, text: string): Promise<void> => {
  await stage.at('prepare-load').setInputFiles({ name: 'plan.json', mimeType: 'application/json', buffer: Buffer.from(text) });
};

/** From the tasks to the frozen plan: what is left null is made, the review is looked at, the plan is frozen. @returns its SHA-256. */
export const finish = async (stage: Stage): Promise<string> => {
  await stage.hands.press('prepare-review');
  await reach(stage, 'the plan has findings', '[data-testid="plan-sha256"]');
  await stage.shot('prepare-review');
  const digest = (await stage.at('plan-sha256').innerText()).trim();
  await stage.page.keyboard.press('Control+Enter');
  await reach(stage, 'the plan was not frozen', '[data-testid="begin-start"]');
  return digest;
};

/** On what each custodian carries a share away: all alike, or one of each. */
const MIXED = [['paper', 'standard'], ['card', null], ['both', 'blind'], ['paper', 'large'], ['paper', 'blind']] as const;
const chooseCarriers = async (stage: Stage, custody: RehearseOptions['custody']): Promise<void> => {
  if (custody === 'paper') return;
  await openTask(stage, 'sheets');
  const rows = stage.page.locator('[data-testid^="carrier-"]');
  await rows.first().waitFor();
  const people = (await rows.evaluateAll((all) => all.map((one) => one.dataset['testid'] ?? ''))).map((id) => id.replace('carrier-', ''));
  for (const [index, person] of people.entries()) {
    const [carrier, sheet] = custody === 'card' ? ['card', null] as const : MIXED[index % MIXED.length]!;
    await stage.hands.choose(`carrier-${person}`, carrier);
    if (sheet !== null) await stage.hands.choose(`sheet-${person}`, sheet);
  }
  if (custody === 'mixed') await stage.hands.tick('printer-test');
  await makeCards(stage);
  await stage.shot('prepare-carriers');
};
const makeCards = async (stage: Stage): Promise<void> => {
  const button = stage.at('prepare-make-cards');
  // A ceremony that issues no share prints none.
  if (await stage.at('task-sheets').count() === 0) return;
  await openTask(stage, 'sheets');
  if (await button.count() === 0 || (await button.innerText()).startsWith('The cards are made')) return;
  await answering(stage, (async () => {
    await stage.hands.press('prepare-make-cards');
    await reach(stage, 'the cards were not made', '[data-testid="prepare-make-cards"]:has-text("The cards are made")');
  })());
};

const giveToQuorum = async (stage: Stage): Promise<void> => {
  await openTask(stage, 'hsm');
  await stage.hands.tick('pin-quorum');
  await stage.shot('prepare-pin');
};

/** What is filled in; the rest is as the window proposes it. */
export type FormChoices = Pick<RehearseOptions, 'quorum' | 'key'> & Partial<Pick<RehearseOptions, 'custody' | 'pin'>>;
export const prepareByForm = async (stage: Stage, choices: FormChoices, isFounded = false): Promise<string> => {
  await fillForms(stage, choices, isFounded);
  await chooseCarriers(stage, choices.custody ?? 'paper');
  if (choices.pin === 'quorum') await giveToQuorum(stage);
  await makeTokens(stage);
  await enrolEveryone(stage);
  return await finish(stage);
};

/** In a founded archive whoever left the roster stays away already; every other custodian of the roster comes and gets a share. */
const callFromRoster = async (stage: Stage): Promise<void> => {
  const waiting = stage.page.locator('[data-testid^="roster-bring-"]', { hasText: 'Comes as custodian' });
  for (let more = await waiting.count(); more > 0; more = await waiting.count()) await stage.hands.press((await waiting.first().getAttribute('data-testid'))!);
  await stage.shot('prepare-people');
};
/** Who leaves in a re-share, and who comes: the last custodian of the old set, and a new one. */
const changePeople = async (stage: Stage): Promise<void> => {
  await openTask(stage, 'roster');
  const roles = stage.page.locator('select[data-testid^="role-"]');
  await roles.first().waitFor();
  if (await stage.at('roster-add').count() === 0) { await callFromRoster(stage); return; }
  const custodians = (await roles.evaluateAll((all) => all.map((one) => [one.dataset['testid'] ?? '', (one as HTMLSelectElement).value]))).filter(([, role]) => role === 'custodian').map(([id]) => id!);
  await stage.hands.choose(custodians.at(-1)!, 'holder');
  await stage.hands.press('roster-add');
  for (const field of await stage.page.locator('input[data-testid^="name-"]').all()) if (await field.inputValue() === '') await stage.hands.write((await field.getAttribute('data-testid'))!, 'Nils Aaltonen');
  await stage.shot('prepare-people');
};

type OnSet = (typeof CEREMONIES)[Exclude<CeremonyName, 'root' | 'founding' | 'amendment' | 'merge'>];
/** A ceremony on the newest share set of the archive, from the home screen to the frozen plan. */
export const prepareOnSet = async (stage: Stage, kind: OnSet): Promise<string> => {
  await openHome(stage);
  await stage.hands.press(`start-${kind}`);
  const dialog = stage.at('draft-replace'), task = stage.at('task-ceremony');
  await dialog.or(task).first().waitFor();
  if (await dialog.isVisible()) await stage.hands.press('draft-replace');
  await reach(stage, 'the tasks did not open', '[data-testid="task-ceremony"]');
  await openTask(stage, 'ceremony');
  await fill(stage, 'source-purpose', PURPOSES[kind]);
  await fill(stage, 'source-authority', 'Decision 2026-031 of the policy board');
  await stage.shot('prepare-ceremony');
  if (kind === 're-share') await changePeople(stage);
  if (kind === 'recovery') await makeTokens(stage);
  await makeCards(stage);
  await enrolEveryone(stage);
  return await finish(stage);
};
const PURPOSES: Readonly<Record<OnSet, string>> = {
  recovery: 'Practise: the key goes to a third HSM', 're-share': 'A custodian leaves', 'share-check': 'Yearly check of every share', 'share-destruction': 'The key is no longer used',
};

export const prepareFromPlan = async (stage: Stage, text: string): Promise<string> => {
  const plan = readPlayablePlan(text);
  await loadPlan(stage, text);
  await reach(stage, 'the plan was not taken over', `[data-testid="task-roster"]`);
  await makeTokens(stage);
  if (plan.people.some(({ credential }) => credential.kind === 'file')) await enrolEveryone(stage);
  return await finish(stage);
};

/** Prints the script, types the witness's dice and opens the ceremony. */
export const begin = async (stage: Stage, dice: string): Promise<void> => {
  await stage.hands.press('script-print');
  await reach(stage, 'the script was not printed', 'text=Script made');
  await stage.hands.write('begin-dice', dice);
  await stage.shot('begin');
  await stage.hands.press('begin-start');
  await reach(stage, 'the ceremony did not begin', '[data-testid="run"]');
};
