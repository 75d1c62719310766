/** Cards that come and go, PINs and their tries, readers with a PIN pad, full and faulty cards: SoftHSM tokens behind removable.c. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { acquireLibrary, releaseLibrary } from '../../electron/vault/pkcs11/library.ts';
import { assertToken } from '../../electron/vault/pkcs11/token-info.ts';
import { CKF } from '../../electron/vault/pkcs11/constants.ts';
import { shareCommitment } from '../../shared/custody/digests.ts';
import type { Manifest } from '../../shared/custody/manifest.ts';
import type { EntrySpec, TokenInfo } from '../../shared/vault/contract.ts';
import { readData } from '../support/card-keys.ts';
import { CARD_PIN, faultOf, openCardRoom, splitRequest, type CardRoom } from '../support/card-room.ts';
import { bundleVault, forkVault, type ForkedVault } from '../support/forked-vault.ts';
import { bytes, pinSpec, TEST_PIN, typeInto } from '../support/typing.ts';

let room: CardRoom, module: string, lena: TokenInfo, mei: TokenInfo, manifest: Manifest;
beforeAll(async () => {
  room = await openCardRoom();
  ({ module } = room.readers);
  [lena, mei] = [await room.makeCard(), await room.makeCard()];
});
afterEach(() => { room.readers.play(); });
afterAll(() => { room.close(); });

const look = (serial: string) => room.vault.call('card.look', { module, serial });
const objectsOn = (serial: string) => readData(module, serial, CARD_PIN);
const flagsOf = (serial: string): number => {
  const library = acquireLibrary(module, null);
  try { return library.p11.C_GetTokenInfo(assertToken(library.p11, serial).slot).flags; } finally { releaseLibrary(library); }
};
/** A card that no test has used. */
const fresh = async (): Promise<string> => (await room.makeCard()).serial;
const split = async (): Promise<void> => { manifest = await room.split(); };

describe('looking for a card', () => {
  it.each([['a module that looks by itself', []], ['a module that looks only when slot events are asked for', ['cached']]] as const)('sees it come and go, without a login: %s', async (_name, lines) => {
    const play = (...more: string[]): void => { room.readers.play(...lines, 'hardware', ...more); };
    play();
    room.readers.logins();
    expect(await look(lena.serial)).toMatchObject({ present: true, removable: true, token: { serial: lena.serial } });
    play(`hide ${lena.serial}`);
    const gone = await look(lena.serial);
    expect(gone).toMatchObject({ present: false });
    expect(gone.others).toContain(mei.serial);
    expect(gone.others).not.toContain(lena.serial);
    play(`hide ${mei.serial}`);
    const back = await look(lena.serial);
    expect(back).toMatchObject({ present: true });
    expect(back.others).not.toContain(mei.serial);
    expect(room.readers.logins()).toEqual([]);
  });
  it('says of a software token that nobody can pull it out', async () => {
    expect(await look(lena.serial)).toMatchObject({ present: true, removable: false });
  });
  it('sees a software token that was made by another program meanwhile', async () => {
    room.readers.play(`hide ${mei.serial}`);
    expect(await look(mei.serial)).toMatchObject({ present: false });
    room.readers.play();
    expect(await look(mei.serial)).toMatchObject({ present: true });
  });
});

describe('a card is known by its serial number before the PIN', () => {
  it('does not try the PIN on the card that is there instead (CARD_OTHER), nor on none (CARD_ABSENT)', async () => {
    await split();
    const before = flagsOf(mei.serial);
    room.readers.logins();
    room.readers.play(`hide ${lena.serial}`);
    expect(await faultOf(room.write(lena.serial, 1, 'a-wrong-pin'))).toMatchObject({ code: 'CARD_OTHER', details: { serial: lena.serial, found: expect.arrayContaining([mei.serial]) } });
    expect(await faultOf(room.read(lena.serial))).toMatchObject({ code: 'CARD_OTHER' });
    expect(await faultOf(room.erase(lena.serial, manifest.setId, 1))).toMatchObject({ code: 'CARD_OTHER' });
    const all = (await room.vault.call('module.open', { path: module })).tokens.map(({ serial }) => `hide ${serial}`);
    room.readers.play(`hide ${lena.serial}`, ...all);
    expect(await faultOf(room.write(lena.serial, 1))).toEqual({ code: 'CARD_ABSENT', details: { serial: lena.serial } });
    expect(room.readers.logins()).toEqual([]);
    room.readers.play();
    expect(flagsOf(mei.serial) & CKF.USER_PIN_COUNT_LOW).toBe(before & CKF.USER_PIN_COUNT_LOW);
    expect(before & CKF.USER_PIN_COUNT_LOW).toBe(0);
  });
  it('tries once, and says so of a wrong PIN, of the last try and of a locked card', async () => {
    await split();
    const serial = await fresh();
    room.readers.logins();
    expect(await faultOf(room.write(serial, 1, 'a-wrong-pin'))).toMatchObject({ code: 'HSM_PIN_INCORRECT', details: { serial, of: 'card' } });
    expect(room.readers.logins()).toEqual([`${serial} pin`]);
    expect(flagsOf(serial) & CKF.USER_PIN_COUNT_LOW).not.toBe(0);
    room.readers.play(`flags ${serial} ${CKF.USER_PIN_FINAL_TRY.toString(16)}`);
    expect(await faultOf(room.write(serial, 1, 'a-wrong-pin'))).toMatchObject({ code: 'HSM_PIN_LAST_TRY', details: { serial, of: 'card' } });
    room.readers.play(`flags ${serial} ${CKF.USER_PIN_LOCKED.toString(16)}`);
    room.readers.logins();
    expect(await faultOf(room.write(serial, 1))).toMatchObject({ code: 'HSM_PIN_LOCKED', details: { serial, of: 'card' } });
    expect(room.readers.logins()).toEqual([]);
    room.readers.play();
    expect(await room.write(serial, 1)).toMatchObject({ encryptedTo: null });
  });
  it('refuses to log in without a PIN where the reader has no pad, and never sends one where it has', async () => {
    await split();
    const serial = await fresh();
    room.readers.logins();
    expect(await faultOf(room.write(serial, 1, null))).toMatchObject({ code: 'HSM_PIN_FORMAT', details: { serial } });
    room.readers.play(`pad ${serial} ${CARD_PIN}`);
    await room.write(serial, 1, null);
    expect(shareCommitment(await room.read(serial, { share: 1 }, null))).toBe(manifest.custodians[0]!.commitment);
    expect(await room.erase(serial, manifest.setId, 1, 'typed-in-vain')).toEqual({ absent: true, erased: 1 });
    expect(room.readers.logins()).toEqual([`${serial} pad`, `${serial} pad`, `${serial} pad`]);
  });
  it('does not take a token that is logged in for something else', async () => {
    await split();
    const serial = await fresh();
    await room.vault.call('token.login', { module, serial, pinEntries: [await typeInto(room.vault, pinSpec(serial), CARD_PIN)] });
    expect(await faultOf(room.write(serial, 1))).toEqual({ code: 'VAULT_STATE', details: { reason: 'token-in-use', serial } });
    await room.vault.call('token.logout', { module, serial });
  });
});

describe('a card that is pulled out in the middle', () => {
  it.each(['C_Login', 'C_FindObjectsInit', 'C_GetAttributeValue', 'C_CreateObject'])('of a write, in %s: is said, leaves no login, and takes the share when it is back', async (call) => {
    await split();
    const serial = await fresh();
    // An object to read attributes of, so that every call is made.
    if (call === 'C_GetAttributeValue') await room.write(serial, 1);
    room.readers.play(`remove ${call} ${serial}`);
    expect(await faultOf(room.write(serial, 1))).toMatchObject({ code: 'HSM_TOKEN_REMOVED', details: { serial, of: 'card' } });
    expect(await look(serial)).toMatchObject({ present: false });
    expect(await faultOf(room.write(serial, 1))).toMatchObject({ code: 'CARD_OTHER' });
    room.readers.play();
    expect(await room.write(serial, 1)).toMatchObject({ label: `KCS1 ${manifest.setName} 1` });
    expect(await objectsOn(serial)).toHaveLength(1);
    expect((await room.vault.call('vault.status', {})).loggedIn).toEqual([]);
  });
  it('of a reading and of an erasing: both can be done again', async () => {
    await split();
    const serial = await fresh();
    await room.write(serial, 1);
    room.readers.play(`remove C_GetAttributeValue ${serial}`);
    expect(await faultOf(room.read(serial))).toMatchObject({ code: 'HSM_TOKEN_REMOVED' });
    room.readers.play(`remove C_DestroyObject ${serial}`);
    expect(await faultOf(room.erase(serial, manifest.setId, 1))).toMatchObject({ code: 'HSM_TOKEN_REMOVED', details: { of: 'card' } });
    room.readers.play();
    expect(shareCommitment(await room.read(serial))).toBe(manifest.custodians[0]!.commitment);
    expect(await room.erase(serial, manifest.setId, 1)).toEqual({ absent: true, erased: 1 });
  });
});

describe('a card that cannot', () => {
  it('has no room by what it tells, or by its refusal; nothing of the share stays on it (CARD_FULL)', async () => {
    await split();
    const serial = await fresh();
    room.readers.play(`free ${serial} 100`);
    expect(await faultOf(room.write(serial, 1))).toMatchObject({ code: 'CARD_FULL', details: { serial, free: 100 } });
    room.readers.play('create 31', 'leaves');
    expect(await faultOf(room.write(serial, 1))).toMatchObject({ code: 'CARD_FULL', details: { serial, ckr: 'CKR_DEVICE_MEMORY' } });
    room.readers.play();
    expect(await objectsOn(serial)).toEqual([]);
    room.readers.play('create 5');
    expect(await faultOf(room.write(serial, 1))).toMatchObject({ code: 'HSM_CALL_FAILED', details: { serial, ckr: 'CKR_GENERAL_ERROR' } });
    room.readers.play(`free ${serial} 4000`);
    expect(await room.write(serial, 1)).toMatchObject({ encryptedTo: null });
  });
  it('holds something else than was written: the object is taken off again (CARD_DIFFERS)', async () => {
    await split();
    const serial = await fresh();
    room.readers.play('alters');
    expect(await faultOf(room.write(serial, 1))).toEqual({ code: 'CARD_DIFFERS', details: { serial, setName: manifest.setName, share: 1 } });
    room.readers.play();
    expect(await objectsOn(serial)).toEqual([]);
  });
});

const typeIntoFork = async (vault: ForkedVault, spec: EntrySpec, value: string): Promise<string> => {
  const entryId = `entry-${Math.random()}`, done = vault.attachEntry(entryId, spec);
  vault.sendEntry(entryId, { type: 'commit', values: [bytes(value)] });
  await done;
  return entryId;
};

describe('a vault that is killed between write and read-back', () => {
  it('leaves the whole share on the card: it reads, no other set is written over it, and it can be erased', async () => {
    const serial = await fresh(), bundle = await bundleVault(), vault = await forkVault(bundle, room.readers.env);
    try {
      await vault.call('token.login', { module, serial: room.hsm.serial, pinEntries: [await typeIntoFork(vault, pinSpec(room.hsm.serial), TEST_PIN)] });
      const issued = await vault.call('custody.split', splitRequest(module, room.hsm.serial));
      room.readers.play('kill C_CreateObject');
      expect(await faultOf(vault.call('card.write', { module, serial, share: 3, pinEntries: [await typeIntoFork(vault, pinSpec(serial), CARD_PIN)] }))).toMatchObject({ code: 'VAULT_GONE' });
      room.readers.play();
      await split();
      expect(await faultOf(room.write(serial, 3))).toMatchObject({ code: 'CARD_NOT_EMPTY', details: { setName: issued.setName, share: 3 } });
      expect(issued.manifest).toContain('payload');
      expect(Buffer.from((JSON.parse(issued.manifest) as { payload: string }).payload, 'base64').toString()).toContain(shareCommitment(await room.read(serial)));
      expect(await room.erase(serial, issued.setId, 3)).toEqual({ absent: true, erased: 1 });
      expect(await room.write(serial, 3)).toMatchObject({ label: `KCS1 ${manifest.setName} 3` });
    } finally { await vault.kill(); bundle.remove(); }
  });
});
