/** What people do wrong and what breaks, in the window: each time it says what happened, what is safe and what to do, and nothing is lost. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { closeEntry, commit, typeInto, type EntryWindow } from '../../scripts/rehearse/entries.ts';
import { linesOnSheet, sheetsOf } from '../../scripts/rehearse/people.ts';
import { mustSnapshot, playSteps, pressPrimary } from '../../scripts/rehearse/play.ts';
import { loadPlan } from '../../scripts/rehearse/prepare.ts';
import { act, answerEntry, type Stage } from '../../scripts/rehearse/stage.ts';
import { encodePlan } from '../../shared/ceremony/parse-plan.ts';
import { keyPlan } from '../../shared/ceremony/people.ts';
import { signersOf } from '../../shared/ceremony/select.ts';
import { samplePlan } from '../support/sample-plan.ts';
import { SECRETS } from '../support/headless-room.ts';
import { SOFTHSM_MODULE } from '../support/softhsm.ts';
import { atStep, enterFromHome, openWindowRoom, sampleKnowledge, type WindowRoom, type WindowRoomOptions } from '../support/window-room.ts';

const rooms: WindowRoom[] = [];
afterEach(async () => { for (const room of rooms.splice(0)) await room.close(); });
const openRoom = async (options: WindowRoomOptions = {}): Promise<{ room: WindowRoom; stage: Stage }> => {
  const room = await openWindowRoom(options);
  rooms.push(room);
  return { room, stage: await room.open() };
};
const enterAt = async (step: string, more: WindowRoomOptions = {}): Promise<{ room: WindowRoom; stage: Stage }> => {
  const opened = await openRoom({ ...more, until: atStep(step) });
  await enterFromHome(opened.stage);
  return opened;
};

/** A fault card has a title and its three sentences. */
const expectFault = async (stage: Stage, code: string): Promise<void> => {
  const fault = stage.at('fault').first();
  await fault.waitFor();
  expect(await fault.getAttribute('data-code')).toBe(code);
  expect((await fault.getByRole('heading').innerText()).length).toBeGreaterThan(5);
  const [happened, safe, next] = await fault.locator('p').allInnerTexts();
  expect(happened!.length).toBeGreaterThan(20);
  expect(safe).toMatch(/^Safe: .{10,}/s);
  expect(next).toMatch(/^Next: .{10,}/s);
};
const typing = (stage: Stage, room: WindowRoom, wrong: Parameters<typeof sampleKnowledge>[1]) => async (entry: EntryWindow): Promise<void> => { await answerEntry(stage, entry, sampleKnowledge(room.dir, wrong)); };

describe('secrets typed wrong', () => {
  it('tries nothing when the window is closed, refuses a wrong PIN and keeps it in the transcript, and opens the token with the right one', async () => {
    const { room, stage } = await enterAt('2.4');
    await act(stage, pressPrimary(stage), closeEntry);
    await expectFault(stage, 'VAULT_ENTRY_CANCELLED');
    expect(room.transcript().toString()).not.toContain('"type":"login-failed"');
    await act(stage, pressPrimary(stage), typing(stage, room, { pinFirst: 'marina--' }));
    await expectFault(stage, 'HSM_PIN_INCORRECT');
    expect(room.transcript().toString()).toContain('"type":"login-failed"');
    expect((await playSteps(stage, atStep('2.6'))).state.current).toBe('2.6');
  });

  it('refuses a wrong passphrase without a signature, hears an objection, pauses, resumes, and goes on with the right one', async () => {
    const { stage } = await enterAt('3.1');
    const { state } = await mustSnapshot(stage);
    const custodian = state.plan.people.find((person) => person.role === 'custodian')!.id;
    const call = async (): Promise<void> => { await stage.at(`sign-${custodian}`).click(); await stage.at('signoff-sign').waitFor(); };
    await call();
    await act(stage, async () => { await stage.at('signoff-sign').click(); }, async (entry) => {
      await typeInto(entry, ['not the passphrase of this person']);
      expect(await commit(entry)).toBe(false);
      expect((await entry.page.getByTestId('entry-error').innerText()).length).toBeGreaterThan(40);
      await closeEntry(entry);
    });
    await expectFault(stage, 'VAULT_ENTRY_CANCELLED');
    expect(signersOf((await mustSnapshot(stage)).state, '3.1')).toEqual([]);

    await call();
    await stage.at('signoff-object').click();
    await stage.at('objection-words').fill('The serial on the plate is not the one I was told.');
    await act(stage, async () => { await stage.at('objection-commit').click(); });
    await stage.at('paused').waitFor();
    expect(await stage.at('paused').innerText()).toContain('The serial on the plate is not the one I was told.');
    expect(await stage.at('run-primary').count()).toBe(0);

    for (const person of state.plan.people) await stage.at(`resume-present-${person.id}`).check();
    await stage.at('resume-serial').fill('not-this-one');
    await stage.at('resume-heads').fill(String(state.plan.people.length));
    await act(stage, async () => { await stage.at('resume-commit').click(); });
    expect((await mustSnapshot(stage)).state.pause).not.toBeNull();
    await expectFault(stage, (await stage.at('fault').first().getAttribute('data-code')) ?? '');
    await stage.at('resume-serial').fill(keyPlan(state.plan).hsm.serial!);
    await act(stage, async () => { await stage.at('resume-commit').click(); });
    expect((await mustSnapshot(stage)).state.pause).toBeNull();
    expect((await playSteps(stage, atStep('3.2'))).state.objections).toHaveLength(1);
  });

  it('names a mistyped line in the entry window, refuses a share of another set, and takes the right one', async () => {
    const { room, stage } = await enterAt('4.1');
    await playSteps(stage, atStep('4.2'));
    await act(stage, pressPrimary(stage));
    const old = linesOnSheet(sheetsOf(path.join(room.dir, 'shares'), 1)[0]!);
    const swapped = (line: string): string => `${line[1]!}${line[0]!}${line.slice(2)}`;
    const swappable = old.findIndex((line) => line[0] !== line[1]);
    expect(swappable).toBeGreaterThanOrEqual(0);
    await act(stage, pressPrimary(stage), async (entry) => {
      await typeInto(entry, old.map((line, index) => (index === swappable ? swapped(line) : line)));
      await entry.page.locator('[data-mark="wrong"]').waitFor();
      expect(await entry.page.getByTestId('entry-error').innerText()).toContain(String(swappable + 1));
      expect(await commit(entry)).toBe(false);
      await answerEntry(stage, entry);
    });
    expect((await mustSnapshot(stage)).state.set?.shares[0]?.status).toBe('read-back');

    await stage.at('run-void').click();
    await stage.at('void-reason-person').check();
    await stage.at('void-commit').click();
    await stage.page.locator('[data-testid="run"][data-step="4.1"][data-busy="false"]').waitFor();
    await playSteps(stage, atStep('4.2'));
    await act(stage, pressPrimary(stage));
    await act(stage, pressPrimary(stage), async (entry) => { await typeInto(entry, old); await commit(entry); });
    await expectFault(stage, 'SHARE_OTHER_SET');
    expect((await playSteps(stage, atStep('4.3'))).state.set?.shares[0]?.status).toBe('sealed');
  });
});

describe('a module or token that is not as planned', () => {
  it('says that a module is missing, or is no PKCS#11 module', async () => {
    const { stage } = await openRoom();
    await stage.at('home-rehearsal').click();
    await stage.at('home-start').click();
    await stage.at('task-hsm').click();
    for (const [file, code] of [['/usr/lib/no-such-module.so', 'HSM_MODULE_MISSING'], [path.resolve('package.json'), 'HSM_MODULE_NOT_PKCS11']] as const) {
      await stage.at('module-path').fill(file);
      await stage.at('module-open').click();
      await stage.page.locator(`[data-testid="fault"][data-code="${code}"]`).waitFor();
      await expectFault(stage, code);
    }
  });

  it('refuses a label that another key has, before anything is made', async () => {
    const { room, stage } = await enterAt('3.2');
    const env = { ...process.env, SOFTHSM2_CONF: path.join(room.dir, 'tokens/softhsm2.conf') };
    const { plan } = (await mustSnapshot(stage)).state;
    execFileSync('pkcs11-tool', ['--module', SOFTHSM_MODULE, '--token-label', 'first', '--login', '--pin', `${SECRETS.pinFirst}${SECRETS.pinSecond}`, '--keypairgen', '--key-type', 'EC:prime256v1', '--label', keyPlan(plan).key.label, '--id', '77'], { env, stdio: 'ignore' });
    await act(stage, pressPrimary(stage));
    await expectFault(stage, 'HSM_LABEL_IN_USE');
    expect(room.transcript().toString()).not.toContain('"kind":"generate-key","spki"');
  });
});

describe('a plan that is not in order', () => {
  const cases: readonly [string, string, string][] = [
    ['malformed', '{"format": "quorate-plan/1",', 'PLAN_NOT_JSON'],
    ['with an unknown field', encodePlan(samplePlan()).replace('"media"', '"mediums": 1,\n  "media"'), 'PLAN_UNKNOWN_FIELD'],
    ['with a key twice', encodePlan(samplePlan()).replace('"media"', '"media": 1,\n  "media"'), 'PLAN_DUPLICATE_KEY'],
  ];
  it('names what is wrong where it is, and takes none of it over', async () => {
    const { room, stage } = await openRoom();
    await stage.at('home-rehearsal').click();
    await stage.at('home-start').click();
    await stage.at('task-ceremony').waitFor();
    await stage.page.getByText('Load a plan that was written by hand').click();
    for (const [, text, code] of cases) {
      await loadPlan(stage, text);
      const findings = stage.at('plan-findings').filter({ hasText: code });
      await findings.waitFor();
      expect((await findings.innerText()).length).toBeGreaterThan(code.length + 20);
      await stage.page.getByText('Nothing of it was changed.').waitFor();
    }
    await loadPlan(stage, `${encodePlan(samplePlan())}${' '.repeat(1_048_576)}`);
    await expectFault(stage, 'PLAN_TOO_LARGE');
    await stage.at('prepare-discard').click();
    await stage.at('task-roster').waitFor();
    expect(readdirSync(path.join(room.dir, 'archive'))).toHaveLength(1);
  });
});

describe('a disk that fails or was changed', () => {
  it('does not open a ceremony whose transcript was edited, and names the entry', async () => {
    const { room, stage } = await openRoom({ until: atStep('2.1') });
    await stage.close();
    const file = path.join(room.folder(), 'transcript.jsonl');
    const lines = readFileSync(file, 'utf8').split('\n');
    lines[3] = lines[3]!.replace('"known"', '"document"');
    writeFileSync(file, lines.join('\n'));
    const again = await room.open();
    await again.at('home-rehearsal').click();
    const row = again.at('ceremony-row-1');
    await row.waitFor();
    expect(await row.getAttribute('data-status')).toBe('unreadable');
    expect(await again.at('home-resume').count()).toBe(0);
    await again.at('ceremony-open-1').click();
    await again.at('verify-run').click();
    await again.at('verify-headline').waitFor();
    expect(await again.at('verify-headline').getAttribute('data-exit')).toBe('1');
    expect(await again.page.locator('main').innerText()).toContain('TRANSCRIPT_PREV_MISMATCH');
    expect(readFileSync(file, 'utf8')).toBe(lines.join('\n'));
  });

  it('stops when the disk is full, keeps what was written, and goes on when there is room again', async () => {
    const dir = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'quorate-full-')));
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m,mode=755', 'tmpfs', dir]);
    try {
      const { room, stage } = await openRoom({ dir, until: atStep('2.1'), userDataDir: `${dir}-data` });
      await enterFromHome(stage);
      const filler = path.join(dir, 'filler');
      const { bavail, bsize } = statfsSync(dir);
      writeFileSync(filler, Buffer.alloc(bavail * bsize));
      const text = 'The disk is being filled by this test. '.repeat(40);
      for (let turn = 0; turn < 12 && await stage.at('fault').count() === 0; turn++) {
        await stage.page.keyboard.press('F9');
        await stage.at('exception-kind').selectOption('note');
        await stage.at('exception-what').fill(text);
        await stage.at('exception-done').fill(text);
        await stage.at('exception-commit').click();
        await stage.page.locator('[data-testid="fault"], body:not(:has([data-testid="exception-commit"]))').first().waitFor({ state: 'attached' });
      }
      await expectFault(stage, 'STORAGE_FULL');
      const kept = room.transcript();
      await stage.close();
      rmSync(filler);
      const again = await room.open();
      await enterFromHome(again);
      const whole = kept.subarray(0, kept.lastIndexOf(0x0a) + 1);
      expect(room.transcript().subarray(0, whole.length).equals(whole)).toBe(true);
      expect((await playSteps(again, atStep('2.2'))).state.current).toBe('2.2');
    } finally {
      for (const room of rooms.splice(0)) await room.close();
      execFileSync('umount', ['-l', dir]);
      rmSync(dir, { recursive: true, force: true });
      rmSync(`${dir}-data`, { recursive: true, force: true });
    }
  });
});
