/**
 * The recovery page in a real Chromium from file://: it gives exactly the key that was wrapped, and refuses what it must. The openssl
 * command line has the last word on the key.
 */
import { execFileSync } from 'node:child_process';
import { createCipheriv, createHash, generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { soPinOf, userPinOf } from '../../electron/vault/pins/derive.ts';
import { blindQrText, qrText } from '../../shared/custody/qr-text.ts';
import { blindShare } from '../../shared/custody/blind.ts';
import { current, drill, forgedSet, shareLines, superseded, vectorFiles, type FaultCase } from '../support/custody-vectors.ts';
import { fixedSet, type FixedSet } from '../support/custody-sets.ts';
import { faultOf, giveSet, giveShare, openRecoverWindow, openWrapped, type GivenShare, type RecoverWindow } from '../support/recover-window.ts';

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const spkiOf = (file: Uint8Array, form: 'DER' | 'PEM'): Buffer => execFileSync('openssl', ['pkey', '-inform', form, '-pubout', '-outform', 'DER'], { input: file });
const wrapRfc5649 = (kek: Uint8Array, plain: Uint8Array): Buffer => { const cipher = createCipheriv('id-aes256-wrap-pad', kek, Buffer.from('a65959a6', 'hex')); return Buffer.concat([cipher.update(plain), cipher.final()]); };
const wrapCbc = (kek: Uint8Array, plain: Uint8Array): Buffer => { const iv = randomBytes(16), cipher = createCipheriv('aes-256-cbc', kek, iv); return Buffer.concat([iv, cipher.update(plain), cipher.final()]); };
const pkcs8Of = (key: KeyObject): Buffer => key.export({ format: 'der', type: 'pkcs8' });
const symbolOf = (set: FixedSet, index: number): GivenShare => ({ text: qrText(set.shares[index]!) });
const CODE = '53116425436124315266341523641162354162534136425315';

let window: RecoverWindow;
beforeAll(async () => { window = await openRecoverWindow(); });
afterAll(async () => { await window.close(); });
const page = () => window.page;
const facts = async (id: string): Promise<string> => (await page().locator(`#${id}`).innerText()).replaceAll(/\s+/g, ' ');
const gather = async (set: FixedSet, shares: readonly GivenShare[], by: 'manifest' | 'fingerprint' = 'manifest'): Promise<void> => {
  await giveSet(page(), { drill: set.parsed.drill, ...(by === 'manifest' ? { manifest: set.manifest } : { fingerprint: set.parsed.setFingerprint }) });
  for (const share of shares) expect(await giveShare(page(), share)).toBe('');
};

describe('keys of every kind, wrapped by OpenSSL', () => {
  const kinds = { 'EC P-256': ['ec', { namedCurve: 'P-256' }], 'EC P-384': ['ec', { namedCurve: 'P-384' }], 'EC P-521': ['ec', { namedCurve: 'P-521' }], 'RSA 3072': ['rsa', { modulusLength: 3072 }], Ed25519: ['ed25519', {}] } as const;
  it.each(Object.entries(kinds))('%s: opened, named by its public key, saved as it was', async (kind, [type, options]) => {
    const { privateKey } = generateKeyPairSync(type as 'ec', options as { namedCurve: string }), der = pkcs8Of(privateKey), spki = spkiOf(der, 'DER');
    await gather(current, [symbolOf(current, 4), { lines: shareLines(current, 0) }, symbolOf(current, 2)]);
    expect(await openWrapped(page(), wrapRfc5649(current.kek, der))).toBe('');
    const said = await facts('key-facts');
    expect(said).toContain(kind);
    expect(said.replaceAll(' ', '')).toContain(sha256(spki));
    await page().locator('#digest').fill(sha256(spki));
    await page().locator('#compare').click();
    await page().locator('#key-status:not(:empty)').waitFor();
    expect((await window.saved('save-der')).bytes.toString('hex')).toBe(der.toString('hex'));
    expect((await window.saved('save-pem')).bytes.toString()).toBe(privateKey.export({ format: 'pem', type: 'pkcs8' }));
    expect(spkiOf((await window.saved('save-pem')).bytes, 'PEM').equals(spki)).toBe(true);
  });
  it('AES-256-CBC-PAD, and zeros that a module put after the key', async () => {
    const der = pkcs8Of(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey);
    await gather(current, [0, 1, 2].map((index) => symbolOf(current, index)));
    expect(await openWrapped(page(), wrapRfc5649(current.kek, der), 'cbc')).toBe('KEY_NOT_OPENED');
    expect(await openWrapped(page(), wrapCbc(current.kek, Buffer.concat([der, Buffer.alloc(5)])), 'cbc')).toBe('');
    await page().locator('#save-anyway').check();
    expect((await window.saved('save-der')).bytes.equals(der)).toBe(true);
  });
});

describe('shares', () => {
  const der = pkcs8Of(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey), wrapped = wrapRfc5649(current.kek, der);
  it('are counted, named, and combined from M on', async () => {
    await giveSet(page(), { manifest: current.manifest });
    expect(await page().locator('#progress').innerText()).toBe('0 of 3 received');
    for (const index of [0, 3]) await giveShare(page(), symbolOf(current, index));
    expect(await page().locator('#progress').innerText()).toBe('2 of 3 received');
    expect(await page().locator('#taken').innerText()).toContain('Share 4, Dee Park');
    expect(await page().locator('#part-rebuild').isVisible()).toBe(false);
    await giveShare(page(), symbolOf(current, 1));
    expect(await page().locator('#part-rebuild').isVisible()).toBe(true);
  });
  it('more than M may be given', async () => {
    await gather(current, [0, 1, 2, 3, 4].map((index) => symbolOf(current, index)));
    expect(await openWrapped(page(), wrapped)).toBe('');
  });
  it('without a manifest: the whole fingerprint from paper, in any spelling', async () => {
    await giveSet(page(), { fingerprint: ` ${current.parsed.setFingerprint.toLowerCase().replaceAll('1', 'l').replaceAll('0', 'o')} ` });
    expect(await page().locator('#way-lines').isDisabled()).toBe(true);
    expect(await page().locator('#progress').innerText()).toBe('No share yet');
    for (const index of [1, 2, 4]) expect(await giveShare(page(), symbolOf(current, index))).toBe('');
    expect(await openWrapped(page(), wrapped)).toBe('');
  });
  it('printed blind: symbol and lines open with the code, and with no other', async () => {
    const blind = { text: blindQrText(blindShare(current.shares[1]!, Buffer.from(CODE))) };
    await giveSet(page(), { manifest: current.manifest });
    expect(await giveShare(page(), blind)).toBe('SHARE_CODE_MISSING');
    expect(await giveShare(page(), { ...blind, code: CODE.slice(1) })).toBe('SHARE_CODE_FORMAT');
    expect(await giveShare(page(), { ...blind, code: `${CODE.slice(0, -1)}4` })).toBe('SHARE_BLIND_CODE');
    expect(await giveShare(page(), { ...symbolOf(current, 1), code: CODE })).toBe('SHARE_CODE_SURPLUS');
    expect(await giveShare(page(), { ...blind, code: CODE.replaceAll(/(.{5})/g, '$1 ') })).toBe('');
    await gather(current, [symbolOf(current, 0), symbolOf(current, 2), { ...blind, code: CODE }]);
    expect(await openWrapped(page(), wrapped)).toBe('');
  });
  it('a picture of a whole printed page is read', async () => {
    const dir = mkdtempSync(path.join(os.tmpdir(), 'quorate-picture-'));
    try {
      const file = path.join(dir, 'qr.png');
      execFileSync(process.execPath, ['-e', 'require("qrcode").toFile(process.argv[1], process.argv[2], { errorCorrectionLevel: "Q", scale: 5 })', file, qrText(current.shares[3]!)]);
      await giveSet(page(), { manifest: current.manifest });
      expect(await giveShare(page(), { picture: readFileSync(file) })).toBe('');
      execFileSync(process.execPath, ['-e', 'require("qrcode").toFile(process.argv[1], "HTTPS://EXAMPLE.ORG")', file]);
      expect(await giveShare(page(), { picture: readFileSync(file) })).toBe('PICTURE_NOTHING');
      expect(await giveShare(page(), { picture: Buffer.from('<svg>') })).toBe('PICTURE_UNREADABLE');
    } finally { rmSync(dir, { recursive: true, force: true }); }
  });
});

/** What the vectors call the fault; this page has no person at a desk to compare with, and tells a missing share apart. */
const vectors = (JSON.parse(vectorFiles()['faults.json']!) as FaultCase[]).filter((one) => !('code' in one.expect && one.expect.code === 'SHARE_WRONG_PERSON') && one.taken.length === 0);
const sets = { current, drill, forged: forgedSet };

describe('every vector of the table of faults', () => {
  it.each(vectors)('$name', async (one) => {
    const expected = 'code' in one.expect ? one.expect.code : '';
    const manifest = one.wanted.by === 'manifest' ? sets[one.wanted.set].manifest : '';
    await giveSet(page(), { drill: one.drill, ...(one.wanted.by === 'manifest' ? { manifest } : { fingerprint: one.wanted.typed }) });
    const early = await faultOf(page(), 'set');
    if (early !== '') {
      // The page knows from manifest or fingerprint alone that the set cannot be the one.
      expect(early).toBe(one.wanted.by === 'fingerprint' ? 'SET_FINGERPRINT_FORM' : expected);
      return;
    }
    const bytes = one.share === undefined ? null : Buffer.from(one.share, 'hex');
    expect(await giveShare(page(), bytes === null ? { lines: one.lines! } : { text: qrText(bytes) })).toBe(expected);
    expect(await page().locator('#share-fault').innerText()).not.toMatch(/[0-9a-f]{40}|[0-9A-Z]{18}/);
    expect(await page().locator('#taken li').count()).toBe(expected === '' ? 1 : 0);
    // Whatever was typed is gone, but for a line to be mended.
    if (expected !== 'SHARE_LINE_MISTYPED') for (const field of ['symbol', 'line-1', 'line-4', 'code']) expect(await page().locator(`#${field}`).inputValue()).toBe('');
  });
});

describe('what else is refused', () => {
  it('the same share twice, by another carrier too', async () => {
    await gather(current, [symbolOf(current, 1)]);
    expect(await giveShare(page(), symbolOf(current, 1))).toBe('SHARE_DUPLICATE');
    expect(await giveShare(page(), { lines: shareLines(current, 1) })).toBe('SHARE_DUPLICATE');
  });
  it('shares of one set key that disagree, when only the fingerprint is there', async () => {
    const other = fixedSet({ seed: 12, threshold: 2, epoch: 2, previous: { setId: superseded.parsed.setId, epoch: 1 } });
    expect(other.parsed.setId).toBe(current.parsed.setId);
    await gather(current, [symbolOf(current, 0)], 'fingerprint');
    expect(await giveShare(page(), symbolOf(other, 1))).toBe('SHARE_SET_DISAGREES');
  });
  it('what is no share: an address, another prefix, small letters, five hundred characters', async () => {
    await giveSet(page(), { manifest: current.manifest });
    const right = qrText(current.shares[1]!);
    for (const text of ['https://example.org/', right.replace('KCS1', 'KCS2'), right.toLowerCase(), `${right}00`, `KCS1:${'0'.repeat(500)}`, '']) expect(await giveShare(page(), { text }), text.slice(0, 20)).toBe('SHARE_NOT_A_SHARE');
  });
  it('a manifest that is altered, is not compared, or is of another kind', async () => {
    await giveSet(page(), { manifest: current.manifest.replace('"sig":"', '"sig":"A') });
    expect(await faultOf(page(), 'set')).toBe('SHARE_MANIFEST_INVALID');
    const payload = JSON.parse(Buffer.from((JSON.parse(current.manifest) as { payload: string }).payload, 'base64').toString()) as Record<string, unknown>;
    const again = Buffer.from(JSON.stringify({ ...payload, threshold: 2 })).toString('base64');
    await giveSet(page(), { manifest: JSON.stringify({ ...JSON.parse(current.manifest) as object, payload: again }) });
    expect(await faultOf(page(), 'set')).toBe('SHARE_MANIFEST_INVALID');
    await giveSet(page(), { manifest: `${current.manifest}\n` });
    expect(await faultOf(page(), 'set')).toBe('SHARE_MANIFEST_INVALID');
    await giveSet(page(), { manifest: current.manifest, compared: false });
    expect(await faultOf(page(), 'set')).toBe('SET_NOT_COMPARED');
    await giveSet(page(), { manifest: drill.manifest });
    expect(await faultOf(page(), 'set')).toBe('SHARE_DRILL');
    await giveSet(page(), { manifest: current.manifest, drill: true });
    expect(await faultOf(page(), 'set')).toBe('SHARE_NOT_DRILL');
    expect(await page().locator('#part-shares').isVisible()).toBe(false);
  });
  it('a wrapped key that is damaged or under another key, what is no key, and the key of another certificate', async () => {
    const der = pkcs8Of(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey), wrapped = wrapRfc5649(current.kek, der), spoilt = Buffer.from(wrapped);
    spoilt[20]! ^= 1;
    await gather(current, [0, 1, 2].map((index) => symbolOf(current, index)));
    expect(await openWrapped(page(), spoilt)).toBe('KEY_NOT_OPENED');
    expect(await openWrapped(page(), wrapRfc5649(superseded.kek, der))).toBe('KEY_NOT_OPENED');
    expect(await openWrapped(page(), wrapRfc5649(current.kek, Buffer.from('no key')))).toBe('KEY_UNKNOWN');
    expect(await page().locator('#part-key').isVisible()).toBe(false);
    expect(await openWrapped(page(), wrapped)).toBe('');
    expect(await page().locator('#save-pem').isDisabled()).toBe(true);
    const certificate = readFileSync(path.join(import.meta.dirname, '../golden/v1/archive/0001-example-root-2026/root.crt'));
    await page().locator('#certificate').setInputFiles({ name: 'root.crt', mimeType: 'application/octet-stream', buffer: certificate });
    await page().locator('#compare').click();
    await page().locator('#key-fault:not([hidden])').waitFor();
    expect(await faultOf(page(), 'key')).toBe('KEY_DIFFERS');
    expect(await page().locator('#save-pem').isDisabled()).toBe(true);
  });
});

describe('a set that holds a PIN', () => {
  it('gives the PINs that the application derives, masked until they are asked for', async () => {
    await gather(current, [0, 1, 2].map((index) => symbolOf(current, index)));
    await page().locator('#rebuild').click();
    await page().locator('#pin-part summary').click();
    await page().locator('#pin-go').click();
    expect(await faultOf(page(), 'pin')).toBe('PIN_FORM');
    const source = { secret: Buffer.from(current.kek), setId: Buffer.from(current.parsed.setId, 'hex') };
    for (const [serial, maxPinLength] of [['8f2c41d09be3a776', 255], ['DENK0100001', 12]] as const) {
      await page().locator('#serial').fill(serial);
      await page().locator('#pin-length').fill(String(maxPinLength));
      await page().locator('#pin-go').click();
      expect(await page().locator('#user-pin').inputValue()).toBe(userPinOf(source, { serial, minPinLength: 4, maxPinLength }).toString());
      expect(await page().locator('#so-pin').inputValue()).toBe(soPinOf(source, { serial, minPinLength: 4, maxPinLength: 255 }).toString());
    }
    expect(await page().locator('#user-pin').getAttribute('type')).toBe('password');
    await page().locator('#pin-reveal').check();
    expect(await page().locator('#so-pin').getAttribute('type')).toBe('text');
  });
});

describe('a drill', () => {
  it('opens with the box ticked, and is shown as a drill from then on and in the name of the file', async () => {
    const der = pkcs8Of(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey);
    await gather(drill, [0, 1, 2].map((index) => symbolOf(drill, index)));
    expect(await page().locator('#drill-band').isVisible()).toBe(true);
    expect(await openWrapped(page(), wrapRfc5649(drill.kek, der))).toBe('');
    expect(await page().locator('#drill-band').isVisible()).toBe(true);
    expect(await page().locator('#drill').isDisabled()).toBe(true);
    await page().locator('#save-anyway').check();
    expect((await window.saved('save-pem')).name).toBe('drill-recovered-key.pem');
  });
});

describe('the page as a page', () => {
  it('axe finds nothing in any part, in light and in dark', async () => {
    await gather(current, [symbolOf(current, 0)]);
    for (const way of ['text', 'picture', 'camera', 'lines']) {
      await page().locator(`#way-${way}`).check();
      await page().locator('#blind').setChecked(way === 'lines');
      expect((await new AxeBuilder({ page: page() }).setLegacyMode(true).analyze()).violations, way).toEqual([]);
    }
    expect(await giveShare(page(), { text: 'no share' })).toBe('SHARE_NOT_A_SHARE');
    for (const index of [1, 2]) await giveShare(page(), symbolOf(current, index));
    await openWrapped(page(), wrapRfc5649(current.kek, pkcs8Of(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey)));
    await page().locator('#pin-part summary').click();
    for (const colorScheme of ['light', 'dark'] as const) {
      await page().emulateMedia({ colorScheme });
      const { violations, passes } = await new AxeBuilder({ page: page() }).setLegacyMode(true).analyze();
      expect(passes.length).toBeGreaterThan(10);
      expect(violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.html}`)), colorScheme).toEqual([]);
    }
    await page().emulateMedia({ colorScheme: 'light' });
  });
  it('masks what is secret and can show it; a share leaves no trace in the document', async () => {
    await giveSet(page(), { manifest: current.manifest });
    for (const field of ['line-1', 'line-2', 'line-3', 'line-4', 'symbol', 'code']) expect(await page().locator(`#${field}`).getAttribute('type')).toBe('password');
    await page().locator('#reveal').check();
    expect(await page().locator('#line-1').getAttribute('type')).toBe('text');
    await giveShare(page(), symbolOf(current, 1));
    expect(await page().locator('#line-1').getAttribute('type')).toBe('password');
    const text = qrText(current.shares[1]!), all = `${await page().locator('body').innerHTML()} ${(await page().locator('input').evaluateAll((fields) => fields.map((field) => (field as HTMLInputElement).value))).join(' ')}`;
    expect(all).not.toContain(text.slice(5, 45));
  });
  it('can be used by keys alone', async () => {
    await page().reload();
    for (let i = 0; i < 20 && !(await page().locator('#understood').evaluate((element) => element === document.activeElement)); i++) await page().keyboard.press('Tab');
    await page().keyboard.press('Space');
    expect(await page().locator('#part-set').isVisible()).toBe(true);
    // The reader is taken to the part that opened.
    expect(await page().locator('#h-set').evaluate((element) => element === document.activeElement)).toBe(true);
  });
  it('clears everything', async () => {
    await gather(current, [symbolOf(current, 0), symbolOf(current, 1)]);
    await Promise.all([page().waitForEvent('load'), page().locator('#clear').click()]);
    expect(await page().locator('#part-shares').isVisible()).toBe(false);
    expect(await page().locator('#taken li').count()).toBe(0);
    expect(await page().locator('#understood').isChecked()).toBe(false);
  });
  it('keeps nothing: no storage, no cookies, no history of its own', async () => {
    expect(await page().evaluate(() => [localStorage.length, sessionStorage.length, document.cookie, history.length])).toEqual([0, 0, '', 1]);
  });
});

describe('the network', () => {
  it('is never asked for anything, and the policy blocks who tries', async () => {
    const before = await window.requests();
    expect(before.filter((address) => !address.startsWith('file://') && !address.startsWith('blob:') && !address.startsWith('devtools:'))).toEqual([]);
    expect(before.every((address) => !address.startsWith('file://') || address.endsWith('/recover.html'))).toBe(true);
    const tried = await page().evaluate(async () => {
      const blocked: string[] = [];
      document.addEventListener('securitypolicyviolation', (event) => { blocked.push(event.effectiveDirective); });
      const script = document.createElement('script');
      (globalThis as unknown as { injected: boolean }).injected = false;
      try { script.textContent = 'globalThis.injected = true'; } catch { blocked.push('trusted-types'); }
      document.body.append(script);
      const picture = document.createElement('img');
      picture.src = 'https://example.org/a.png';
      document.body.append(picture);
      await fetch('https://example.org/').catch(() => undefined);
      const form = document.createElement('form');
      form.action = 'https://example.org/';
      document.body.append(form);
      form.submit();
      await new Promise((resolve) => { setTimeout(resolve, 300); });
      return { blocked, injected: (globalThis as unknown as { injected: boolean }).injected };
    });
    expect(tried.injected).toBe(false);
    for (const directive of ['img-src', 'connect-src', 'form-action']) expect(tried.blocked).toContain(directive);
    expect(tried.blocked.some((name) => name.startsWith('script-src') || name.startsWith('require-trusted-types') || name === 'trusted-types')).toBe(true);
    expect((await window.requests()).filter((address) => address.includes('example.org'))).toEqual([]);
  });
});
