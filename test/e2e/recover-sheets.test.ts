/** The recovery page and what it reads: sheets that the vault printed, a key that a token wrapped, a symbol before the camera. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { create } from 'qrcode';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createVault, type Vault } from '../../electron/vault/vault.ts';
import type { KeyIdHex, PersonId, Sha256Hex } from '../../shared/brand.ts';
import { qrText } from '../../shared/custody/qr-text.ts';
import { current } from '../support/custody-vectors.ts';
import { faultOf, giveSet, giveShare, openRecoverWindow, openWrapped, type RecoverWindow } from '../support/recover-window.ts';
import { sheetLines, sheetSymbols } from '../support/sheet-text.ts';
import { makeSoftHsm } from '../support/softhsm.ts';
import { makeLoggedInToken, shareSpec, typeInto } from '../support/typing.ts';

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const spkiOf = (file: Uint8Array, form: 'DER' | 'PEM'): Buffer => execFileSync('openssl', ['pkey', '-inform', form, '-pubout', '-outform', 'DER'], { input: file });
const CODE = '53116425436124315266341523641162354162534136425315';

let window: RecoverWindow;
beforeAll(async () => { window = await openRecoverWindow(); });
afterAll(async () => { await window.close(); });
const page = () => window.page;

describe('a set that the vault made, printed and wrapped', () => {
  const softhsm = makeSoftHsm(), dir = mkdtempSync(path.join(os.tmpdir(), 'quorate-sheets-'));
  let vault: Vault, manifest: string, blob: Buffer, spki: Buffer;
  const people = ['ana', 'bob', 'chi'].map((person, index) => ({ number: index + 1, person: person as PersonId, name: person }));
  const facts = { organisation: 'Example Trust', ceremonyNumber: 7, ceremonyTitle: 'Root', date: '2027-03-02', paper: 'A4', mode: 'rehearsal', software: true, attempt: 1, toolVersion: '0.1.0', printedAt: '2027-03-02T15:23:00.000Z', variant: 'standard', holds: 'wrapping-key' } as const;
  const sheet = (number: number): string => path.join(dir, `share-${number}-attempt-1.pdf`);
  beforeAll(async () => {
    vault = createVault();
    const token = await makeLoggedInToken(vault, softhsm.module, 'first'), ref = { module: softhsm.module, serial: token.serial }, keyId = '72' as KeyIdHex;
    ({ manifest } = await vault.call('custody.split', { ...ref, ceremony: '0007', nonce: '22'.repeat(32) as Sha256Hex, threshold: 2, custodians: people, drill: true, epoch: 1, issuedAt: '2026-11-24T09:30:00.000Z', reviewBy: null }));
    for (const { number, person } of people) {
      // The third is printed blind.
      const blind = number === 3, code = blind ? { codeEntry: await typeInto(vault, { kind: 'dice-code', person, share: number, minThrows: 50 }, CODE, CODE) } : {};
      await vault.call('custody.print', { share: number, printer: { kind: 'folder', dir }, facts: { ...facts, variant: blind ? 'blind' : 'standard' }, ...code });
      await vault.call('custody.read-back', { share: number, entryId: await typeInto(vault, shareSpec(person, number, blind), ...sheetLines(sheet(number)), ...(blind ? [CODE] : [])) });
    }
    await vault.call('custody.rebuild', { subsets: [[1, 2], [2, 3]] });
    spki = Buffer.from((await vault.call('key.generate', { ...ref, keyId, label: 'root', profile: 'ec-p384', extractable: true })).spki, 'base64');
    await vault.call('backup.wrap', { ...ref, keyId, media: [{ number: 1, dir }], fileName: 'root.wrapped' });
    blob = readFileSync(path.join(dir, 'root.wrapped'));
  });
  afterAll(() => { vault.close(); softhsm.remove(); rmSync(dir, { recursive: true, force: true }); });
  const opensTheKey = async (): Promise<void> => {
    expect(await openWrapped(page(), blob)).toBe('');
    await page().locator('#digest').fill(sha256(spki));
    await page().locator('#compare').click();
    await page().locator('#key-status:not(:empty)').waitFor();
    expect(spkiOf((await window.saved('save-pem')).bytes, 'PEM').equals(spki)).toBe(true);
    expect(spkiOf((await window.saved('save-der')).bytes, 'DER').equals(spki)).toBe(true);
  };

  it('typed lines of two sheets open the key, one of them printed blind', async () => {
    await giveSet(page(), { manifest, drill: true });
    expect(await giveShare(page(), { lines: sheetLines(sheet(3)) })).toBe('SHARE_FORGED');
    expect(await giveShare(page(), { lines: sheetLines(sheet(3)), code: `${CODE.slice(0, -1)}4` })).toBe('SHARE_BLIND_CODE');
    expect(await giveShare(page(), { lines: sheetLines(sheet(3)), code: CODE })).toBe('');
    expect(await giveShare(page(), { lines: sheetLines(sheet(1)) })).toBe('');
    await opensTheKey();
  });
  it('the symbol of the blind sheet does too', async () => {
    await giveSet(page(), { manifest, drill: true });
    expect(await giveShare(page(), { text: sheetSymbols(sheet(3), 150)[0]!, code: CODE })).toBe('');
    expect(await giveShare(page(), { lines: sheetLines(sheet(2)) })).toBe('');
    await opensTheKey();
  });
  it('a picture of one sheet and the symbol of another open the key, with the fingerprint only', async () => {
    const fingerprint = (JSON.parse(Buffer.from((JSON.parse(manifest) as { payload: string }).payload, 'base64').toString()) as { setFingerprint: string }).setFingerprint;
    await giveSet(page(), { fingerprint, drill: true });
    execFileSync('pdftoppm', ['-r', '110', '-png', '-singlefile', sheet(2), path.join(dir, 'page')]);
    expect(await giveShare(page(), { picture: readFileSync(path.join(dir, 'page.png')) })).toBe('');
    expect(await giveShare(page(), { text: sheetSymbols(sheet(1), 150)[0]! })).toBe('');
    await opensTheKey();
  });
});

/** The symbol as an uncompressed film of one frame, for Chromium's camera that plays a file. */
const film = (text: string, file: string): void => {
  const { size, data } = create(text, { errorCorrectionLevel: 'Q' }).modules, scale = 7, width = 1280, height = 720;
  const left = Math.floor((width - size * scale) / 2), top = Math.floor((height - size * scale) / 2), grey = Buffer.alloc(width * height, 235);
  for (let y = 0; y < size * scale; y++) for (let x = 0; x < size * scale; x++) if (data[Math.floor(y / scale) * size + Math.floor(x / scale)]) grey[(top + y) * width + left + x] = 16;
  writeFileSync(file, Buffer.concat([Buffer.from(`YUV4MPEG2 W${width} H${height} F15:1 Ip A1:1 C420jpeg\nFRAME\n`), grey, Buffer.alloc(width * height / 2, 128)]));
};

describe('the camera', () => {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'quorate-film-')), file = path.join(dir, 'share.y4m');
  let filmed: RecoverWindow;
  beforeAll(async () => {
    chmodSync(dir, 0o755);
    film(qrText(current.shares[3]!), file);
    filmed = await openRecoverWindow(['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${file}`]);
  });
  afterAll(async () => { await filmed.close(); rmSync(dir, { recursive: true, force: true }); });

  it('reads the share that is held before it, shows no picture unasked, and is off afterwards', async () => {
    const own = filmed.page;
    await giveSet(own, { manifest: current.manifest });
    await own.locator('#way-camera').check();
    await own.locator('#camera-start').click();
    await own.locator('#taken li').waitFor();
    expect(await own.locator('#taken').innerText()).toContain('Share 4, Dee Park');
    expect(await own.locator('#camera').isVisible()).toBe(false);
    expect(await own.locator('#camera').evaluate((element) => (element as HTMLVideoElement).srcObject)).toBeNull();
    await own.locator('#camera-start').click();
    await own.locator('#share-fault:not([hidden])').waitFor();
    expect(await faultOf(own, 'share')).toBe('SHARE_DUPLICATE');
  });
  it('is refused politely where there is none', async () => {
    await giveSet(page(), { manifest: current.manifest });
    await page().locator('#way-camera').check();
    await page().locator('#camera-start').click();
    await page().locator('#share-fault:not([hidden])').waitFor();
    expect(await faultOf(page(), 'share')).toBe('CAMERA_REFUSED');
  });
});
