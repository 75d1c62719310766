/** Cards as they are in a room: through OpenSC and PC/SC, in virtual readers, on a card that counts its tries. */
import { existsSync, readdirSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createVault, type Vault } from '../../electron/vault/vault.ts';
import { readShareFromCard } from '../../electron/vault/cards/read.ts';
import { shareCommitment } from '../../shared/custody/digests.ts';
import type { Manifest } from '../../shared/custody/manifest.ts';
import type { CardPresence } from '../../shared/vault/contract.ts';
import { bareContext, type BareContext } from '../support/bare-context.ts';
import { faultOf, manifestOf, splitRequest } from '../support/card-room.ts';
import { startPcsc, type Pcsc } from '../support/pcscd.ts';
import { makeCards, type CardMaker, type VirtualCard } from '../support/sc-hsm-card.ts';
import { makeSoftHsm, type SoftHsm } from '../support/softhsm.ts';
import { makeLoggedInToken, pinSpec, typeInto } from '../support/typing.ts';

const LENA = 'LENA000001', MEI = 'MEI0000002', PIN = '648219';
let pcsc: Pcsc, cards: CardMaker, softhsm: SoftHsm, vault: Vault, other: BareContext, lena: VirtualCard, mei: VirtualCard, module: string, manifest: Manifest;

beforeAll(async () => {
  pcsc = await startPcsc();
  softhsm = makeSoftHsm();
  ({ module } = pcsc);
  cards = await makeCards();
  [lena, mei] = [cards.make(pcsc.ports[0], LENA, PIN), cards.make(pcsc.ports[1], MEI, PIN)];
  [vault, other] = [createVault(), bareContext()];
  const hsm = await makeLoggedInToken(vault, softhsm.module, 'hsm');
  manifest = manifestOf((await vault.call('custody.split', splitRequest(softhsm.module, hsm.serial))).manifest);
});
afterAll(async () => {
  vault.close();
  other.modules.close();
  cards.stop();
  await pcsc.stop();
  softhsm.remove();
});

const look = (serial: string): Promise<CardPresence> => vault.call('card.look', { module, serial });
/** Asks every so often, as the room does, until the readers show it. */
const until = async (serial: string, fits: (seen: CardPresence) => boolean): Promise<CardPresence> => {
  for (let tries = 0; tries < 100; tries++) {
    const seen = await look(serial);
    if (fits(seen)) return seen;
    await pause(100);
  }
  throw new Error('the readers never showed it');
};
const present = (serial: string): Promise<CardPresence> => until(serial, (seen) => seen.present);
const absent = (serial: string): Promise<CardPresence> => until(serial, (seen) => !seen.present);
const entry = async (at: Pick<Vault, 'attachEntry'>, serial: string, pin: string): Promise<string[]> => [await typeInto(at, pinSpec(serial), pin)];
const write = async (serial: string, share: number, pin = PIN) => vault.call('card.write', { module, serial, share, pinEntries: await entry(vault, serial, pin) });
const erase = async (serial: string, share: number) => vault.call('card.erase', { module, serial, setId: manifest.setId, share, pinEntries: await entry(vault, serial, PIN) });
const read = async (serial: string) => readShareFromCard(other, { module, serial, pinEntries: await entry(other, serial, PIN), expect: { setId: manifest.setId, share: null } });

describe('a card in a reader', () => {
  it('is not there, is noticed when it is put in and when it is pulled out, and the other card is told apart', async () => {
    expect(await look(LENA)).toEqual({ present: false, others: [] });
    expect(await faultOf(write(LENA, 1))).toEqual({ code: 'CARD_ABSENT', details: { serial: LENA } });
    await mei.insert();
    await until(LENA, ({ others }) => others.includes(MEI));
    expect(await faultOf(write(LENA, 1, 'wrong-pin'))).toEqual({ code: 'CARD_OTHER', details: { serial: LENA, found: [MEI] } });
    expect((await mei.state()).tries).toBe(3);
    await lena.insert();
    expect(await present(LENA)).toMatchObject({ present: true, removable: true, others: [MEI], token: { serial: LENA, userPin: 'normal', protectedAuthenticationPath: false } });
    await mei.remove();
    expect(await absent(MEI)).toMatchObject({ others: [LENA] });
  });
  it('takes the share, gives it back after it was out, and keeps it from nobody’s hands but the PIN’s', async () => {
    expect(await write(LENA, 1)).toEqual({ label: `KCS1 ${manifest.setName} 1`, length: expect.any(Number), encryptedTo: null });
    expect((await lena.state()).privateFiles).toBe(1);
    await lena.remove();
    await absent(LENA);
    expect(await faultOf(read(LENA))).toEqual({ code: 'CARD_ABSENT', details: { serial: LENA } });
    await lena.insert();
    await present(LENA);
    expect(shareCommitment(await read(LENA))).toBe(manifest.custodians[0]!.commitment);
    expect(await write(LENA, 1)).toMatchObject({ label: `KCS1 ${manifest.setName} 1` });
    expect((await lena.state()).privateFiles).toBe(1);
    expect(await faultOf(write(LENA, 2))).toEqual({ code: 'CARD_NOT_EMPTY', details: { serial: LENA, setName: manifest.setName, share: 1 } });
    expect((await vault.call('token.inventory', { module, serial: LENA })).objects.filter((object) => object.class === 'data')).toEqual([]);
  });
  it('leaves nothing of what was read on the disk: OpenSC keeps no files', () => {
    expect(existsSync(pcsc.cacheDir) ? readdirSync(pcsc.cacheDir, { recursive: true }) : []).toEqual([]);
  });
  it('that is pulled out while it is read is said; the share is read when it is back', async () => {
    // Once out and in again, or OpenSC would answer from its memory.
    await lena.remove();
    await absent(LENA);
    await lena.insert();
    await present(LENA);
    await lena.removeAt(0xb1);
    expect(await faultOf(read(LENA))).toMatchObject({ code: 'HSM_TOKEN_REMOVED', details: { serial: LENA } });
    await absent(LENA);
    await lena.insert();
    await present(LENA);
    expect(shareCommitment(await read(LENA))).toBe(manifest.custodians[0]!.commitment);
  });
  it('that is pulled out while it is written takes the share when it is back, once', async () => {
    await mei.insert();
    await present(MEI);
    await mei.removeAt(0xd7);
    expect(await faultOf(write(MEI, 2))).toMatchObject({ code: 'HSM_TOKEN_REMOVED', details: { serial: MEI } });
    await absent(MEI);
    await mei.insert();
    await present(MEI);
    expect(await write(MEI, 2)).toMatchObject({ label: `KCS1 ${manifest.setName} 2` });
    expect((await mei.state()).privateFiles).toBe(1);
  });
  it('loses the share when it is erased, and nothing else happens to the other card', async () => {
    expect(await erase(LENA, 1)).toEqual({ absent: true, erased: 1 });
    expect((await lena.state()).privateFiles).toBe(0);
    expect(await erase(LENA, 1)).toEqual({ absent: true, erased: 0 });
    expect((await mei.state()).privateFiles).toBe(1);
  });
  it('counts wrong PINs down to its lock, is said each time, and is not asked again once locked', async () => {
    expect([(await faultOf(write(LENA, 1, '111111'))).code, (await faultOf(write(LENA, 1, '111111'))).code]).toEqual(['HSM_PIN_INCORRECT', 'HSM_PIN_LAST_TRY']);
    expect((await lena.state()).tries).toBe(1);
    expect(await write(LENA, 1)).toMatchObject({ label: `KCS1 ${manifest.setName} 1` });
    expect((await lena.state()).tries).toBe(3);
    for (const code of ['HSM_PIN_INCORRECT', 'HSM_PIN_LAST_TRY', 'HSM_PIN_LOCKED', 'HSM_PIN_LOCKED']) expect(await faultOf(write(LENA, 1, '111111'))).toMatchObject({ code, details: { serial: LENA, of: 'card' } });
    expect(await faultOf(read(LENA))).toMatchObject({ code: 'HSM_PIN_LOCKED' });
    expect(await present(LENA)).toMatchObject({ token: { userPin: 'locked' } });
  });
});
