/** Wrapping, media, restoring and proving on two real SoftHSM tokens; the openssl command line has the last word. */
import { execFileSync } from 'node:child_process';
import { createHash, createPublicKey, verify } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unwrapBlob } from '../../electron/vault/backup/blob.ts';
import { STRATEGIES } from '../../electron/vault/backup/strategies.ts';
import { probeWrap } from '../../electron/vault/backup/probe.ts';
import { restoredKeyTemplate } from '../../electron/vault/pkcs11/templates.ts';
import { createModuleRegistry } from '../../electron/vault/pkcs11/modules.ts';
import type { Token } from '../../electron/vault/pkcs11/token.ts';
import { createVault, type Vault } from '../../electron/vault/vault.ts';
import type { Base64, KeyIdHex, PersonId, Sha256Hex } from '../../shared/brand.ts';
import type { KeyProfile } from '../../shared/ceremony/plan-schema.ts';
import { restoreMessage } from '../../shared/custody/restore-challenge.ts';
import { interpolate } from '../../shared/custody/gf256.ts';
import { parseQrText } from '../../shared/custody/qr-text.ts';
import { decodeShare } from '../../shared/custody/envelope.ts';
import { PROFILES as PROFILE_FACTS } from '../../shared/keys/profiles.ts';
import type { TokenInfo } from '../../shared/vault/contract.ts';
import { sheetLines, sheetSymbols } from '../support/sheet-text.ts';
import { makeSoftHsm } from '../support/softhsm.ts';
import { makeLoggedInToken, pinSpec, shareSpec, TEST_PIN, typeInto } from '../support/typing.ts';

const softhsm = makeSoftHsm();
let vault: Vault, first: TokenInfo, second: TokenInfo;
/** What the papers of the set rebuild: only this test reads them together. */
let kek: Uint8Array;
const people = ['ana', 'bob', 'chi'].map((person, index) => ({ number: index + 1, person: person as PersonId, name: person }));
const facts = { organisation: 'Example Trust', ceremonyNumber: 7, ceremonyTitle: 'Root', date: '2027-03-02', paper: 'A4', mode: 'rehearsal', software: true, attempt: 1, toolVersion: '0.1.0', printedAt: '2027-03-02T15:23:00.000Z', variant: 'standard', holds: 'wrapping-key' } as const;
const codeOf = async (work: Promise<unknown>): Promise<unknown> => work.then(() => 'no fault', (error: { code: unknown; details: unknown }) => ({ code: error.code, details: error.details }));
const newDir = (name: string): string => mkdtempSync(path.join(softhsm.dir, name));
const keyIdOf = (name: string): KeyIdHex => Buffer.from(name).toString('hex') as KeyIdHex;

const rebuilt = async (): Promise<Uint8Array> => {
  const dir = newDir('sheets-'), points = [];
  await vault.call('custody.split', { module: softhsm.module, serial: first.serial, ceremony: '0007', nonce: '22'.repeat(32) as Sha256Hex, threshold: 2, custodians: people, drill: true, epoch: 1, issuedAt: '2026-11-24T09:30:00.000Z', reviewBy: null });
  for (const { number, person } of people) {
    await vault.call('custody.print', { share: number, printer: { kind: 'folder', dir }, facts });
    const file = path.join(dir, `share-${number}-attempt-1.pdf`), read = decodeShare(parseQrText(sheetSymbols(file, 150)[0]!)!);
    if (read.ok) points.push({ x: read.share.x, y: read.share.y });
    await vault.call('custody.read-back', { share: number, entryId: await typeInto(vault, shareSpec(person, number), ...sheetLines(file)) });
  }
  await vault.call('custody.rebuild', { subsets: [[1, 2], [2, 3]] });
  return interpolate(points.slice(0, 2), 0);
};

beforeAll(async () => {
  vault = createVault();
  first = await makeLoggedInToken(vault, softhsm.module, 'first');
  second = await makeLoggedInToken(vault, softhsm.module, 'second');
  kek = await rebuilt();
});
afterAll(() => { vault.close(); softhsm.remove(); });

const makeKey = async (name: string, profile: KeyProfile, extractable = true): Promise<Base64> =>
  (await vault.call('key.generate', { module: softhsm.module, serial: first.serial, keyId: keyIdOf(name), label: name, profile, extractable })).spki;
const wrap = (name: string, media: readonly string[], fileName = `${name}.wrapped`) =>
  vault.call('backup.wrap', { module: softhsm.module, serial: first.serial, keyId: keyIdOf(name), media: media.map((dir, index) => ({ number: index + 1, dir })), fileName });
const restore = (name: string, profile: KeyProfile, spki: Base64, mediaFile: string, sha256: Sha256Hex, label = name) =>
  vault.call('backup.restore', { module: softhsm.module, serial: second.serial, keyId: keyIdOf(name), label, profile, spki, mediaFile, sha256 });

/** Works on a token beside the vault, whose own login ends for that time: a process has one login per token. */
const withToken = async (info: TokenInfo, work: (token: Token) => Promise<void>): Promise<void> => {
  const ref = { module: softhsm.module, serial: info.serial }, modules = createModuleRegistry();
  await vault.call('token.logout', ref);
  try {
    const token = modules.token(ref.module, ref.serial);
    token.login(Buffer.from(TEST_PIN));
    await work(token);
  } finally { modules.close(); }
  await vault.call('token.login', { ...ref, pinEntries: [await typeInto(vault, pinSpec(ref.serial), TEST_PIN)] });
};

const PROFILES = ['ec-p256', 'ec-p384', 'ec-p521', 'rsa-3072', 'rsa-4096'] as const;

describe.each(PROFILES)('a %s key', (profile) => {
  it('is wrapped, written twice, opened by openssl alone, restored on a second token and proves itself', async () => {
    const spki = await makeKey(profile, profile), media = [newDir('medium-'), path.join(newDir('medium-'), 'new')];
    const wrapped = await wrap(profile, media);
    expect(wrapped).toMatchObject({ algorithm: 'RFC5649', mechanism: 'CKM_AES_KEY_WRAP_PAD (0x210a)' });
    const files = media.map((dir) => path.join(dir, `${profile}.wrapped`)), blob = readFileSync(files[0]!);
    expect(readFileSync(files[1]!)).toEqual(blob);
    expect(blob.length).toBe(wrapped.length);
    expect(createHash('sha256').update(blob).digest('hex')).toBe(wrapped.sha256);
    expect(wrapped.media).toEqual([{ number: 1, sha256: wrapped.sha256 }, { number: 2, sha256: wrapped.sha256 }]);

    const opened = path.join(softhsm.dir, `${profile}.der`);
    execFileSync('openssl', ['enc', '-d', '-id-aes256-wrap-pad', '-K', Buffer.from(kek).toString('hex'), '-iv', 'A65959A6', '-in', files[1]!, '-out', opened]);
    expect(execFileSync('openssl', ['pkey', '-inform', 'DER', '-in', opened, '-pubout', '-outform', 'DER']).toString('base64')).toBe(spki);

    const restored = await restore(profile, profile, spki, files[1]!, wrapped.sha256);
    const der = Buffer.from(spki, 'base64');
    expect(restored.spkiSha256).toBe(createHash('sha256').update(der).digest('hex'));
    expect(restored.claims).toMatchObject({ sensitive: true, extractable: false, sign: true, decrypt: false, unwrap: false });
    const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
    expect(verify((PROFILE_FACTS[profile] as { hash: string }).hash, restoreMessage(restored.challenge), key, Buffer.from(restored.signature, 'base64'))).toBe(true);
    expect(await vault.call('key.look', { module: softhsm.module, serial: second.serial, keyId: keyIdOf(profile), profile })).toMatchObject({ found: 'complete', spki });
    expect(await codeOf(restore(profile, profile, spki, files[1]!, wrapped.sha256))).toMatchObject({ code: 'HSM_LABEL_IN_USE' });
    expect(await codeOf(restore(profile, profile, spki, files[1]!, wrapped.sha256, 'other label'))).toMatchObject({ code: 'HSM_KEY_ID_IN_USE' });
  });
});

describe('wrapping', () => {
  it('refuses an Ed25519 key on SoftHSM, and one that may not leave; media stay empty', async () => {
    const dir = newDir('medium-');
    await makeKey('ed', 'ed25519');
    await makeKey('locked', 'ec-p256', false);
    for (const name of ['ed', 'locked']) expect(await codeOf(wrap(name, [dir])), name).toMatchObject({ code: 'HSM_KEY_NOT_WRAPPABLE' });
    expect(readdirSync(dir)).toEqual([]);
    expect(await codeOf(wrap('none', [dir]))).toMatchObject({ code: 'HSM_KEY_NOT_FOUND' });
  });
  it('leaves no objects of the session or the probe behind', async () => {
    await makeKey('clean', 'ec-p256');
    const inventory = () => vault.call('token.inventory', { module: softhsm.module, serial: first.serial });
    const before = await inventory();
    await wrap('clean', [newDir('medium-')]);
    expect((await inventory()).objects).toEqual(before.objects);
  });
  it('writes again over nothing: the same bytes count as written, others are kept and refused', async () => {
    const dir = newDir('medium-');
    const one = await wrap('clean', [dir]);
    expect(await wrap('clean', [dir])).toEqual(one);
    writeFileSync(path.join(dir, 'clean.wrapped'), 'something else');
    expect(await codeOf(wrap('clean', [newDir('medium-'), dir]))).toMatchObject({ code: 'FOLDER_EXISTS', details: { medium: 2 } });
    expect(readFileSync(path.join(dir, 'clean.wrapped'), 'utf8')).toBe('something else');
  });
  it('takes back what it wrote when another medium fails, and says which', async () => {
    const good = newDir('medium-');
    expect(await codeOf(wrap('clean', [good, '/dev/full/medium']))).toMatchObject({ code: 'STORAGE_IO', details: { medium: 2, reason: 'ENOTDIR' } });
    expect(await codeOf(wrap('clean', [good, '/proc/quorate']))).toMatchObject({ details: { medium: 2 } });
    expect(readdirSync(good)).toEqual([]);
    for (const fileName of ['../up.wrapped', '.hidden', '']) expect(await codeOf(wrap('clean', [good], fileName))).toMatchObject({ code: 'IPC_REQUEST' });
  });
  it('says that a full medium is full', async () => {
    const dir = newDir('full-');
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4k', 'tmpfs', dir]);
    try {
      writeFileSync(path.join(dir, 'filler'), Buffer.alloc(4096));
      expect(await codeOf(wrap('clean', [newDir('medium-'), dir]))).toMatchObject({ code: 'STORAGE_FULL', details: { medium: 2 } });
      expect(existsSync(path.join(dir, 'clean.wrapped'))).toBe(false);
    } finally { execFileSync('umount', [dir]); }
  });
});

describe('restoring', () => {
  const setUp = async (name: string): Promise<{ spki: Base64; file: string; sha256: Sha256Hex }> => {
    const spki = await makeKey(name, 'ec-p256'), dir = newDir('medium-');
    return { spki, file: path.join(dir, `${name}.wrapped`), sha256: (await wrap(name, [dir])).sha256 };
  };
  const digest = (file: string): Sha256Hex => createHash('sha256').update(readFileSync(file)).digest('hex') as Sha256Hex;
  const nothingMade = async (name: string): Promise<void> => {
    expect(await vault.call('key.look', { module: softhsm.module, serial: second.serial, keyId: keyIdOf(name), profile: 'ec-p256' })).toEqual({ found: 'none' });
  };
  it('names a damaged copy, by its digest and by its content', async () => {
    const { spki, file, sha256 } = await setUp('damaged'), blob = readFileSync(file);
    blob[20]! ^= 1;
    writeFileSync(file, blob);
    expect(await codeOf(restore('damaged', 'ec-p256', spki, file, sha256))).toEqual({ code: 'HSM_BLOB_DAMAGED', details: { why: 'digest' } });
    expect(await codeOf(restore('damaged', 'ec-p256', spki, file, digest(file)))).toEqual({ code: 'HSM_BLOB_DAMAGED', details: { why: 'opens-not' } });
    expect(await codeOf(restore('damaged', 'ec-p256', spki, `${file}-none`, sha256))).toMatchObject({ code: 'STORAGE_IO' });
    await nothingMade('damaged');
  });
  it('refuses a wrapped key that is another key', async () => {
    const { file, sha256 } = await setUp('one'), other = await makeKey('other', 'ec-p256');
    expect(await codeOf(restore('one', 'ec-p256', other, file, sha256))).toMatchObject({ code: 'HSM_KEY_CHECK_FAILED', details: { checks: ['wrapped-key-is-this-key'] } });
    await nothingMade('one');
  });
  it('takes the token’s general error on a damaged blob for what it is', async () => {
    const { file } = await setUp('raw'), blob = readFileSync(file);
    blob[9]! ^= 4;
    const template = restoredKeyTemplate('ec-p256', 'raw', Buffer.from('raw'));
    await withToken(second, async (token) => {
      expect(await codeOf(token.use((session) => unwrapBlob(session, STRATEGIES[1]!, Buffer.from(kek), blob, template)))).toEqual({ code: 'HSM_BLOB_DAMAGED', details: { why: 'token', serial: second.serial, ckr: 'CKR_GENERAL_ERROR' } });
    });
  });
  it('needs the rebuilt wrapping key in the same vault', async () => {
    const fresh = createVault();
    try {
      expect(await codeOf(fresh.call('backup.wrap', { module: softhsm.module, serial: first.serial, keyId: keyIdOf('clean'), media: [], fileName: 'x' }))).toEqual({ code: 'VAULT_STATE', details: { reason: 'no-set' } });
    } finally { fresh.close(); }
  });
});

describe('the probe', () => {
  it('finds RFC 5649 on SoftHSM under the number that other modules use for something else, and says what the rest did', async () => {
    await withToken(first, async (token) => {
      expect(await token.use((session) => probeWrap(session))).toEqual(STRATEGIES[1]);
      expect(await codeOf(token.use((session) => probeWrap(session, 'AES-256-CBC-PAD')))).toEqual({ code: 'HSM_MECHANISM_MISSING', details: { serial: first.serial, mechanism: 'AES-256-CBC-PAD', tried: ['CKM_AES_CBC_PAD (0x1085): CKR_MECHANISM_INVALID'] } });
    });
  });
});

describe('a wiped vault', () => {
  it('wraps and restores nothing', async () => {
    mkdirSync(path.join(softhsm.dir, 'late'));
    await vault.call('vault.wipe', {});
    expect(await codeOf(wrap('clean', [path.join(softhsm.dir, 'late')]))).toEqual({ code: 'VAULT_STATE', details: { reason: 'no-set' } });
    expect(readdirSync(path.join(softhsm.dir, 'late'))).toEqual([]);
  });
});
