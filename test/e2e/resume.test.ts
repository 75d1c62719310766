/**
 * One ceremony whose power fails five times: the whole program is killed, started again, and goes on from the window it opens. Nothing
 * that was on disk is lost, nothing is done twice, and what comes out verifies.
 */
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyPath } from '../../electron/verify/verify.ts';
import { callToSign, mustSnapshot, playSteps, pressPrimary, signTheRecord } from '../../scripts/rehearse/play.ts';
import { act, type Stage } from '../../scripts/rehearse/stage.ts';
import { custodiansOf } from '../../shared/ceremony/people.ts';
import type { SignStep } from '../../shared/ceremony/script-types.ts';
import { signersOf, stepOf } from '../../shared/ceremony/select.ts';
import type { Entry } from '../../shared/transcript/entry-schema.ts';
import { atStep, enterFromHome, killAll, openWindowRoom, smallPlan, type WindowRoom } from '../support/window-room.ts';

let room: WindowRoom, stage: Stage;
let acknowledged: Buffer = Buffer.alloc(0);
beforeAll(async () => {
  room = await openWindowRoom({ plan: smallPlan({ key: { label: 'killed-root', profile: 'rsa-4096', backup: { kind: 'split' } } }), until: atStep('3.1') });
  stage = await room.open();
  await enterFromHome(stage);
});
afterAll(async () => { await room.close(); });

const entries = (): readonly Entry[] => room.transcript().toString().trimEnd().split('\n').map((line) => JSON.parse(line) as Entry);
const last = (type: Entry['type']): Entry | undefined => entries().findLast((entry) => entry.type === type);

/** Kills and starts again. @returns after the ceremony is open in the new window. */
const powerFails = async (): Promise<void> => {
  acknowledged = room.transcript();
  await killAll(stage);
  stage = await room.open();
};
const nothingIsLost = (): void => { expect(room.transcript().subarray(0, acknowledged.length).equals(acknowledged)).toBe(true); };
const openAgain = async (): Promise<void> => {
  await enterFromHome(stage);
  nothingIsLost();
  expect(entries().at(acknowledged.toString().trimEnd().split('\n').length)?.type).toBe('restarted');
};
const openStep = async (): Promise<string | null> => await stage.at('run').getAttribute('data-step');

const mediaFiles = (): readonly string[] => (existsSync(path.join(room.dir, 'media')) ? readdirSync(path.join(room.dir, 'media'), { recursive: true, withFileTypes: true }).filter((item) => item.isFile()).map((item) => item.name) : []);

/** Ends when the transcript on disk says so; asked again as fast as it can be read. */
const onDisk = async (there: () => boolean): Promise<void> => {
  while (!there()) await new Promise((resolve) => { setImmediate(resolve); });
};

describe('a ceremony killed five times in the window', () => {
  it('after a signature: the hold point is open again with that signature', async () => {
    const step = stepOf((await mustSnapshot(stage)).state) as SignStep;
    const [first] = custodiansOf((await mustSnapshot(stage)).state.plan);
    await callToSign(stage, step, first!.id);
    await powerFails();
    await openAgain();
    expect(await openStep()).toBe('3.1');
    expect(signersOf((await mustSnapshot(stage)).state, '3.1')).toEqual([first!.id]);
    await playSteps(stage, atStep('3.2'));
  });

  it('while the HSM makes the key: the step is open again, and there is one key in the end', async () => {
    const making = act(stage, pressPrimary(stage)).catch(() => undefined);
    await onDisk(() => last('intent') !== undefined);
    await powerFails();
    await making;
    await openAgain();
    expect(await openStep()).toBe('3.2');
    expect(last('restarted')?.body).toMatchObject({ openEffect: 'e1' });
    const { state } = await playSteps(stage, atStep('4.2'));
    expect(state.key).not.toBeNull();
    expect(entries().filter((entry) => entry.type === 'result' && entry.body.outcome.kind === 'generate-key')).toHaveLength(1);
  });

  it('between print and read-back: the set is void, its sheet is destroyed, and a new one is split', async () => {
    await act(stage, pressPrimary(stage));
    expect((await mustSnapshot(stage)).state.set?.shares[0]?.status).toBe('printed');
    await powerFails();
    await openAgain();
    expect(await openStep()).toBe('4.1');
    expect((await mustSnapshot(stage)).state.voided).toMatchObject([{ reason: 'vault-restarted', sheets: [{ share: 1, attempt: 1, destroyed: false }] }]);
    expect(await stage.at('handover-destroyed').count()).toBe(1);
    const { state } = await playSteps(stage, atStep('5.2'));
    expect(state.voided[0]?.sheets.every((sheet) => sheet.destroyed)).toBe(true);
  });

  it('after the wrap: the medium is cleared, and nothing is left that the void set could open', async () => {
    await playSteps(stage, ({ state }) => state.current === '5.3');
    expect(mediaFiles()).toHaveLength(1);
    await powerFails();
    await openAgain();
    expect(await openStep()).toBe('4.1');
    expect(mediaFiles()).toEqual([]);
    await playSteps(stage);
  });

  it('after the closing entry: the closed ceremony opens where its record is signed', async () => {
    await stage.at('record-head').waitFor();
    await powerFails();
    await stage.at('home-rehearsal').click();
    await stage.at('ceremony-open-1').click();
    await stage.at('record-head').waitFor();
    nothingIsLost();
    expect(room.transcript().equals(acknowledged)).toBe(true);
    const anchor = await signTheRecord(stage);
    const report = verifyPath(room.folder(), { anchor });
    expect(report.findings.filter((finding) => finding.level === 'fault')).toEqual([]);
    expect(report.exitStatus).toBe(0);
  });

  it('has one certificate, and every sheet is sealed or destroyed', () => {
    expect(entries().filter((entry) => entry.type === 'result' && entry.body.outcome.kind === 'sign-certificate')).toHaveLength(1);
    const sheets = (kind: 'printed' | 'destroyed'): string[] => entries().flatMap((entry) => {
      if (kind === 'printed') return entry.type === 'intent' && entry.body.intent.kind === 'print-sheet' ? [`${entry.body.intent.share}.${entry.body.intent.attempt}`] : [];
      return entry.type === 'sheet-destroyed' ? [`${entry.body.share}.${entry.body.attempt}`] : [];
    });
    expect(sheets('printed')).toEqual(['1.1', '1.2', '2.1', '1.3', '2.2']);
    // Of the first set one sheet was out, of the second both; the two of the third are in their bags.
    expect(sheets('destroyed').sort()).toEqual(['1.1', '1.2', '2.1']);
    expect(readdirSync(path.join(room.dir, 'shares'))).toHaveLength(5);
  });
});
