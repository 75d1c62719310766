/** Recovery from gathered shares, and wrapping a locked key again under a new set, on three real SoftHSM tokens; openssl has the last word. */
import { execFileSync } from 'node:child_process';
import { createHash, createPublicKey, verify } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBlob } from '../../electron/vault/backup/strategies.ts';
import { createVault, type Vault } from '../../electron/vault/vault.ts';
import type { Base64, KeyIdHex, Sha256Hex } from '../../shared/brand.ts';
import { restoreMessage } from '../../shared/custody/restore-challenge.ts';
import type { TokenInfo, VaultRequest } from '../../shared/vault/contract.ts';
import { faultOf } from '../support/card-room.ts';
import { gatherSet, issueSet, issueSheets, type IssuedSet } from '../support/issued-set.ts';
import { makeSoftHsm } from '../support/softhsm.ts';
import { makeLoggedInToken } from '../support/typing.ts';

const softhsm = makeSoftHsm(), { module } = softhsm;
const keyId = Buffer.from('root').toString('hex') as KeyIdHex, profile = 'ec-p384';
let vault: Vault, first: TokenInfo, second: TokenInfo, third: TokenInfo;
let oldSet: IssuedSet, newSet: IssuedSet, spki: Base64, oldFile: string, oldSha256: Sha256Hex;

const newDir = (name = 'medium-'): string => mkdtempSync(path.join(softhsm.dir, name));
const digest = (file: string): Sha256Hex => createHash('sha256').update(readFileSync(file)).digest('hex') as Sha256Hex;
const inventory = async (token: TokenInfo) => (await vault.call('token.inventory', { module, serial: token.serial })).objects;
const opensWith = (secret: Uint8Array, file: string): boolean => {
  const out = path.join(softhsm.dir, 'opened.der');
  try {
    execFileSync('openssl', ['enc', '-d', '-id-aes256-wrap-pad', '-K', Buffer.from(secret).toString('hex'), '-iv', 'A65959A6', '-in', file, '-out', out], { stdio: 'ignore' });
    return execFileSync('openssl', ['pkey', '-inform', 'DER', '-in', out, '-pubout', '-outform', 'DER'], { stdio: ['ignore', 'pipe', 'ignore'] }).toString('base64') === spki;
  } catch { return false; } finally { rmSync(out, { force: true }); }
};
const rewrap = (dir: string, changes: Partial<VaultRequest<'backup.rewrap'>> = {}) =>
  vault.call('backup.rewrap', { module, serial: first.serial, keyId, profile, spki, gathered: oldSet.setId, mediaFile: oldFile, sha256: oldSha256, media: [{ number: 1, dir }], fileName: 'root.wrapped', ...changes });
const restore = (token: TokenInfo, mediaFile: string, sha256: Sha256Hex, gathered?: Sha256Hex) =>
  vault.call('backup.restore', { module, serial: token.serial, keyId, label: 'root', profile, spki, mediaFile, sha256, ...(gathered === undefined ? {} : { gathered }) });
const prove = (token: TokenInfo, mediaFile: string, sha256: Sha256Hex) => vault.call('backup.prove', { module, serial: token.serial, keyId, profile, spki, mediaFile, sha256 });
const signedBySubject = ({ challenge, signature }: { challenge: Sha256Hex; signature: Base64 }): boolean =>
  verify('sha384', restoreMessage(challenge), createPublicKey({ key: Buffer.from(spki, 'base64'), format: 'der', type: 'spki' }), Buffer.from(signature, 'base64'));

beforeAll(async () => {
  vault = createVault();
  [first, second, third] = [await makeLoggedInToken(vault, module, 'first'), await makeLoggedInToken(vault, module, 'second'), await makeLoggedInToken(vault, module, 'third')];
  ({ spki } = await vault.call('key.generate', { module, serial: first.serial, keyId, label: 'root', profile, extractable: true }));
  oldSet = await issueSet(vault, softhsm.dir, { module, serial: first.serial });
  const dir = newDir();
  ({ sha256: oldSha256 } = await vault.call('backup.wrap', { module, serial: first.serial, keyId, media: [{ number: 1, dir }], fileName: 'root.wrapped' }));
  oldFile = path.join(dir, 'root.wrapped');
  await vault.call('key.lock', { module, serials: [first.serial], keyId });
});
afterAll(() => { vault.close(); softhsm.remove(); });

describe('recovery from gathered shares', () => {
  it('restores the key on a third token, which proves itself', async () => {
    await vault.call('custody.split', { module, serial: first.serial, ceremony: 'other', nonce: '22'.repeat(32) as Sha256Hex, threshold: 2, custodians: [], drill: true, epoch: 1, issuedAt: '', reviewBy: null }).catch(() => undefined);
    await gatherSet(vault, oldSet, [3, 2]);
    const restored = await restore(third, oldFile, oldSha256, oldSet.setId);
    expect(restored.claims).toMatchObject({ extractable: false, sensitive: true, sign: true });
    expect(signedBySubject(restored)).toBe(true);
    expect(await vault.call('key.look', { module, serial: third.serial, keyId, profile })).toMatchObject({ found: 'complete', spki });
    await vault.call('key.destroy', { module, serial: third.serial, keyId });
  });
  it('needs the gather to be combined, and the right set', async () => {
    await vault.call('gather.begin', { manifest: oldSet.manifest, drill: true, known: [] });
    expect(await faultOf(restore(third, oldFile, oldSha256, oldSet.setId))).toEqual({ code: 'VAULT_STATE', details: { reason: 'not-combined' } });
    await vault.call('gather.end', { setId: oldSet.setId });
    expect(await faultOf(restore(third, oldFile, oldSha256, oldSet.setId))).toEqual({ code: 'VAULT_STATE', details: { reason: 'no-gather' } });
    expect(await faultOf(restore(third, oldFile, oldSha256))).toEqual({ code: 'VAULT_STATE', details: { reason: 'no-set' } });
    expect(await inventory(third)).toEqual([]);
  });
});

describe('wrapping again under a new set', () => {
  let newFile: string, newSha256: Sha256Hex;
  beforeAll(async () => {
    newSet = await issueSet(vault, softhsm.dir, { module, serial: first.serial, epoch: 2, previous: { setId: oldSet.setId, epoch: 1 } });
    await gatherSet(vault, oldSet);
  });
  it('writes the same key under the new wrapping key, and leaves the locked copy and the token as they were', async () => {
    const before = await inventory(first), dir = newDir();
    const wrapped = await rewrap(dir);
    newFile = path.join(dir, 'root.wrapped'); newSha256 = wrapped.sha256;
    expect(wrapped).toMatchObject({ algorithm: 'RFC5649', mechanism: 'CKM_AES_KEY_WRAP_PAD (0x210a)', media: [{ number: 1, sha256: newSha256 }] });
    expect(readdirSync(dir)).toEqual(['root.wrapped']);
    expect(digest(newFile)).toBe(newSha256);
    expect(newSha256).not.toBe(oldSha256);
    expect(await inventory(first)).toEqual(before);
    expect(await vault.call('key.lock', { module, serials: [first.serial], keyId })).toEqual({ tokens: [{ serial: first.serial, extractable: false, refusedWith: 'CKR_KEY_UNEXTRACTABLE' }] });
    expect(await faultOf(vault.call('backup.wrap', { module, serial: first.serial, keyId, media: [{ number: 1, dir: newDir() }], fileName: 'x' }))).toMatchObject({ code: 'HSM_KEY_NOT_WRAPPABLE' });
  });
  it('makes the new copy open with the new shares only, and the old with the old only', () => {
    expect([opensWith(newSet.secret, newFile), opensWith(oldSet.secret, newFile)]).toEqual([true, false]);
    expect([opensWith(oldSet.secret, oldFile), opensWith(newSet.secret, oldFile)]).toEqual([true, false]);
    expect(openBlob('RFC5649', newSet.secret, readFileSync(oldFile))).toBeNull();
  });
  it('is proven on another token, where nothing stays', async () => {
    const before = await inventory(second), proof = await prove(second, newFile, newSha256);
    expect(signedBySubject(proof)).toBe(true);
    expect(proof.spkiSha256).toBe(createHash('sha256').update(Buffer.from(spki, 'base64')).digest('hex'));
    expect(await inventory(second)).toEqual(before);
    expect(await vault.call('key.look', { module, serial: second.serial, keyId, profile })).toEqual({ found: 'none' });
    expect(await faultOf(prove(second, oldFile, oldSha256))).toEqual({ code: 'HSM_BLOB_DAMAGED', details: { why: 'opens-not' } });
  });
  it('lets a gather of the new set recover from the new copy, and none of the old set', async () => {
    await gatherSet(vault, newSet, [2, 1]);
    expect(await faultOf(restore(third, newFile, newSha256, oldSet.setId))).toEqual({ code: 'HSM_BLOB_DAMAGED', details: { why: 'opens-not' } });
    expect(signedBySubject(await restore(third, newFile, newSha256, newSet.setId))).toBe(true);
    await vault.call('key.destroy', { module, serial: third.serial, keyId });
  });
  it('refuses a changed file, another key, and media that fail, and leaves no object behind', async () => {
    const before = await inventory(first), changed = path.join(newDir(), 'changed'), blob = readFileSync(oldFile), dir = newDir();
    blob[30]! ^= 1;
    writeFileSync(changed, blob);
    expect(await faultOf(rewrap(dir, { mediaFile: changed }))).toEqual({ code: 'HSM_BLOB_DAMAGED', details: { why: 'digest' } });
    expect(await faultOf(rewrap(dir, { mediaFile: changed, sha256: digest(changed) }))).toEqual({ code: 'HSM_BLOB_DAMAGED', details: { why: 'opens-not' } });
    const other = await vault.call('key.generate', { module, serial: second.serial, keyId, label: 'other', profile, extractable: false });
    expect(await faultOf(rewrap(dir, { spki: other.spki }))).toMatchObject({ code: 'HSM_KEY_CHECK_FAILED' });
    expect(await faultOf(rewrap(dir, { media: [{ number: 1, dir }, { number: 2, dir: '/proc/quorate' }] }))).toMatchObject({ details: { medium: 2 } });
    writeFileSync(path.join(dir, 'taken.wrapped'), 'something else');
    expect(await faultOf(rewrap(dir, { fileName: 'taken.wrapped' }))).toMatchObject({ code: 'FOLDER_EXISTS', details: { medium: 1 } });
    expect(readFileSync(path.join(dir, 'taken.wrapped'), 'utf8')).toBe('something else');
    expect(readdirSync(dir)).toEqual(['taken.wrapped']);
    expect(await inventory(first)).toEqual(before);
  });
  it('refuses the same set on both sides, a set that is not rebuilt, and one that holds PINs', async () => {
    await gatherSet(vault, newSet);
    expect(await faultOf(rewrap(newDir(), { gathered: newSet.setId, mediaFile: newFile, sha256: newSha256 }))).toEqual({ code: 'VAULT_STATE', details: { reason: 'same-set' } });
    await issueSheets(vault, softhsm.dir, { module, serial: first.serial });
    expect(await faultOf(rewrap(newDir()))).toEqual({ code: 'VAULT_STATE', details: { reason: 'not-rebuilt' } });
    await issueSet(vault, softhsm.dir, { module, serial: first.serial, holds: 'pin' });
    expect(await faultOf(rewrap(newDir()))).toEqual({ code: 'VAULT_STATE', details: { reason: 'holds', holds: 'pin' } });
  });
});

describe('clearing a medium', () => {
  const clear = (mediaFile: string, sha256: Sha256Hex) => vault.call('backup.clear', { mediaFile, sha256 });
  it('deletes the wrapped key that is named and shows that it is gone; again, there is none', async () => {
    const file = path.join(newDir(), 'root.wrapped');
    writeFileSync(file, readFileSync(oldFile));
    expect(await clear(file, oldSha256)).toEqual({ found: true });
    expect(existsSync(file)).toBe(false);
    expect(await clear(file, oldSha256)).toEqual({ found: false });
  });
  it('deletes no other file, nothing behind a link, and takes an absent medium for no proof', async () => {
    const dir = newDir(), other = path.join(dir, 'other'), link = path.join(dir, 'link');
    writeFileSync(other, 'something else');
    expect(await faultOf(clear(other, oldSha256))).toEqual({ code: 'HSM_BLOB_DAMAGED', details: { why: 'other-file', path: other } });
    expect(readFileSync(other, 'utf8')).toBe('something else');
    symlinkSync(oldFile, link);
    expect(await faultOf(clear(link, oldSha256))).toMatchObject({ code: 'STORAGE_IO', details: { reason: 'not-a-file' } });
    expect(digest(oldFile)).toBe(oldSha256);
    mkdirSync(path.join(dir, 'folder'));
    expect(await faultOf(clear(path.join(dir, 'folder'), oldSha256))).toMatchObject({ code: 'STORAGE_IO' });
    expect(await faultOf(clear(path.join(dir, 'unmounted', 'root.wrapped'), oldSha256))).toMatchObject({ code: 'STORAGE_IO', details: { reason: 'ENOENT' } });
  });
});
