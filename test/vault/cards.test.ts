/** Shares on custodians' cards: real SoftHSM tokens, with and without keys of their own. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { parseContainer } from '../../shared/custody/card-container.ts';
import { shareCommitment } from '../../shared/custody/digests.ts';
import { decodeShare } from '../../shared/custody/envelope.ts';
import { toHex } from '../../shared/bytes.ts';
import { changeData, putData, readData } from '../support/card-keys.ts';
import { CARD_PIN, faultOf, openCardRoom, type CardRoom } from '../support/card-room.ts';

let room: CardRoom, module: string;
beforeAll(async () => { room = await openCardRoom(); ({ module } = room.readers); });
afterEach(() => { room.readers.play(); });
afterAll(() => { room.close(); });

const objectsOn = (serial: string) => readData(module, serial, CARD_PIN);
/** Whether the parts that only the share has are anywhere in the bytes. */
const showsShare = (bytes: Buffer, share: Buffer): boolean => bytes.includes(share.subarray(62, 94)) || bytes.includes(share.subarray(0, 14));

describe('a card without a key of its own', () => {
  it('holds the share as a private data object under the set’s name, and gives it back', async () => {
    const manifest = await room.split(), card = await room.makeCard();
    expect(await room.write(card.serial, 3)).toEqual({ label: `KCS1 ${manifest.setName} 3`, length: expect.any(Number), encryptedTo: null });
    const objects = await objectsOn(card.serial);
    expect(objects).toMatchObject([{ label: `KCS1 ${manifest.setName} 3`, application: 'quorate' }]);
    const share = await room.read(card.serial, { setId: manifest.setId, share: 3 });
    expect(shareCommitment(share)).toBe(manifest.custodians[2]!.commitment);
    const container = parseContainer(objects[0]!.value);
    expect(container).toMatchObject({ seal: null, share: 3 });
    expect(container?.seal === null && toHex(container.envelope) === toHex(share)).toBe(true);
    expect((await room.vault.call('vault.status', {})).loggedIn).toEqual([]);
  });
  it('shows nothing of it without the PIN', async () => {
    await room.split();
    const card = await room.makeCard();
    await room.write(card.serial, 1);
    expect((await room.vault.call('token.inventory', { module, serial: card.serial })).objects).toEqual([]);
  });
});

describe('a card with a key that can decrypt', () => {
  it.each([['rsa-2048', 'rsa-oaep-sha1'], ['rsa-4096', 'rsa-oaep-sha1'], ['p256', 'ecdh-p256'], ['p384', 'ecdh-p384']] as const)('holds the share encrypted to its %s key, under 1 KB, and opens it', async (kind, seal) => {
    const manifest = await room.split(), card = await room.makeCard(kind);
    const written = await room.write(card.serial, 5);
    expect(written.encryptedTo).toMatch(new RegExp(`^${seal} [0-9a-f]{64}$`));
    expect(written.length).toBeLessThan(1024);
    const [object] = await objectsOn(card.serial), share = await room.read(card.serial, { setName: manifest.setName, share: 5 });
    expect(shareCommitment(share)).toBe(manifest.custodians[4]!.commitment);
    expect(share.length).toBe(163 + 24);
    expect(object!.value).toHaveLength(written.length);
    expect(showsShare(object!.value, share)).toBe(false);
    expect(showsShare(share, share)).toBe(true);
  });
  it('holds it plain when the key may only sign', async () => {
    await room.split();
    const card = await room.makeCard('signing-only');
    expect(await room.write(card.serial, 1)).toMatchObject({ encryptedTo: null });
  });
  it('does not open what another card’s container says, nor its own when a byte is changed', async () => {
    await room.split();
    const card = await room.makeCard('p256'), other = await room.makeCard('p256');
    await room.write(card.serial, 2);
    const [object] = await objectsOn(card.serial);
    await putData(module, other.serial, CARD_PIN, object!.label, object!.application, object!.value);
    expect(await faultOf(room.read(other.serial))).toMatchObject({ code: 'SHARE_CARD_OBJECT', details: { serial: other.serial, reason: 'key-not-here' } });
    for (const [at, reason] of [[10, 'not-authentic'], [37, 'not-authentic'], [45, 'key-not-here'], [-1, 'not-authentic'], [-40, 'not-authentic'], [0, 'no-container'], [4, 'key-not-here']] as const) {
      await changeData(module, card.serial, CARD_PIN, () => { const changed = Buffer.from(object!.value); changed[(at + changed.length) % changed.length]! ^= at === 4 ? 7 : 1; return changed; });
      expect([at, await faultOf(room.read(card.serial))]).toMatchObject([at, { code: 'SHARE_CARD_OBJECT', details: { reason } }]);
    }
    await changeData(module, card.serial, CARD_PIN, () => object!.value);
    expect(decodeShare(await room.read(card.serial)).ok).toBe(true);
  });
  it('does not open an RSA container that was changed', async () => {
    await room.split();
    const card = await room.makeCard('rsa-2048');
    await room.write(card.serial, 2);
    await changeData(module, card.serial, CARD_PIN, (value) => { const changed = Buffer.from(value); changed[100]! ^= 1; return changed; });
    expect(await faultOf(room.read(card.serial))).toMatchObject({ code: 'SHARE_CARD_OBJECT', details: { serial: card.serial } });
  });
});

describe('a card that is not empty', () => {
  it('keeps the same share as it is when it is written again', async () => {
    await room.split();
    for (const kind of [undefined, 'p256'] as const) {
      const card = await room.makeCard(kind), first = await room.write(card.serial, 2), before = await objectsOn(card.serial);
      expect(await room.write(card.serial, 2)).toEqual(first);
      expect(await objectsOn(card.serial)).toEqual(before);
    }
  });
  it('is refused with the name of what it holds, and is not changed: another share, another set', async () => {
    const manifest = await room.split(), card = await room.makeCard();
    await room.write(card.serial, 2);
    const before = await objectsOn(card.serial);
    expect(await faultOf(room.write(card.serial, 1))).toEqual({ code: 'CARD_NOT_EMPTY', details: { serial: card.serial, setName: manifest.setName, share: 2 } });
    await room.split();
    expect(await faultOf(room.write(card.serial, 2))).toEqual({ code: 'CARD_NOT_EMPTY', details: { serial: card.serial, setName: manifest.setName, share: 2 } });
    expect(await objectsOn(card.serial)).toEqual(before);
  });
  it('is refused when an object only bears such a name', async () => {
    const manifest = await room.split();
    for (const [label, application, claims] of [
      [`KCS1 ${manifest.setName} 2`, 'someone', { setName: manifest.setName, share: 2 }], ['anything', 'quorate', { setName: null, share: null }], ['KCS1 something', '', { setName: null, share: null }],
    ] as const) {
      const card = await room.makeCard();
      await putData(module, card.serial, CARD_PIN, label, application, Buffer.from('not a share'));
      expect(await faultOf(room.write(card.serial, 2))).toMatchObject({ code: 'CARD_NOT_EMPTY', details: { serial: card.serial, ...claims } });
      expect(await objectsOn(card.serial)).toMatchObject([{ label, value: Buffer.from('not a share') }]);
    }
  });
  it('takes a share beside objects of others, which are not touched', async () => {
    await room.split();
    const card = await room.makeCard();
    await putData(module, card.serial, CARD_PIN, 'access badge', 'doors', Buffer.from('0042'));
    await room.write(card.serial, 2);
    expect((await objectsOn(card.serial)).map(({ label }) => label)).toEqual([expect.stringMatching(/^KCS1 /), 'access badge']);
  });
});

describe('reading', () => {
  it('says that a blank card holds no share', async () => {
    const card = await room.makeCard();
    expect(await faultOf(room.read(card.serial))).toEqual({ code: 'CARD_NO_SHARE', details: { serial: card.serial } });
  });
  it('gives the only share there is, also of another set or number, for the judge to name', async () => {
    const old = await room.split(), card = await room.makeCard();
    await room.write(card.serial, 4);
    const wanted = await room.split();
    expect(shareCommitment(await room.read(card.serial, { setId: wanted.setId, share: 2 }))).toBe(old.custodians[3]!.commitment);
  });
  it('takes the share that is asked for among several, and none by guess', async () => {
    const one = await room.split(), first = await room.makeCard();
    await room.write(first.serial, 1);
    const [a] = await objectsOn(first.serial);
    const two = await room.split(), second = await room.makeCard();
    await room.write(second.serial, 1);
    await putData(module, second.serial, CARD_PIN, a!.label, a!.application, a!.value);
    expect(shareCommitment(await room.read(second.serial, { setId: one.setId, share: 1 }))).toBe(one.custodians[0]!.commitment);
    expect(shareCommitment(await room.read(second.serial, { setId: two.setId, share: null }))).toBe(two.custodians[0]!.commitment);
    expect(await faultOf(room.read(second.serial))).toMatchObject({ code: 'SHARE_CARD_OBJECT', details: { reason: 'several' } });
    expect(await faultOf(room.read(second.serial, { share: 7 }))).toEqual({ code: 'CARD_NO_SHARE', details: { serial: second.serial, found: expect.arrayContaining([`${one.setName} 1`, `${two.setName} 1`]) } });
  });
});

describe('erasing', () => {
  it('destroys the object of that share, shows that it is gone, and touches nothing else', async () => {
    const manifest = await room.split(), card = await room.makeCard('p256');
    await putData(module, card.serial, CARD_PIN, 'access badge', 'doors', Buffer.from('0042'));
    await room.write(card.serial, 2);
    expect(await room.erase(card.serial, manifest.setId, 3)).toEqual({ absent: true, erased: 0 });
    expect(await objectsOn(card.serial)).toHaveLength(2);
    expect(await room.erase(card.serial, manifest.setId, 2)).toEqual({ absent: true, erased: 1 });
    expect((await objectsOn(card.serial)).map(({ label }) => label)).toEqual(['access badge']);
    expect(await room.erase(card.serial, manifest.setId, 2)).toEqual({ absent: true, erased: 0 });
    expect(await faultOf(room.read(card.serial))).toMatchObject({ code: 'CARD_NO_SHARE' });
  });
  it('leaves an object of another set that bears the same label', async () => {
    const manifest = await room.split(), card = await room.makeCard();
    await room.write(card.serial, 2);
    await changeData(module, card.serial, CARD_PIN, (value) => { const changed = Buffer.from(value); changed[6]! ^= 1; return changed; });
    expect(await room.erase(card.serial, manifest.setId, 2)).toEqual({ absent: true, erased: 0 });
    expect(await objectsOn(card.serial)).toHaveLength(1);
  });
  it('destroys what a cut-off write left under the label', async () => {
    const manifest = await room.split(), card = await room.makeCard();
    await putData(module, card.serial, CARD_PIN, `KCS1 ${manifest.setName} 2`, 'quorate', Buffer.from('KCC1'));
    expect(await room.erase(card.serial, manifest.setId, 2)).toEqual({ absent: true, erased: 1 });
    expect(await objectsOn(card.serial)).toEqual([]);
  });
});

describe('what no fault and no answer tells', () => {
  it('holds nothing of the share or the PIN', async () => {
    const manifest = await room.split(), card = await room.makeCard();
    const written = await room.write(card.serial, 2), share = await room.read(card.serial);
    const faults = [await faultOf(room.write(card.serial, 1)), await faultOf(room.write(card.serial, 2, 'not-this-pin')), written, await room.vault.call('card.look', { module, serial: card.serial })];
    const said = JSON.stringify(faults);
    expect(said).not.toContain(CARD_PIN);
    expect(said).not.toContain('not-this-pin');
    expect(said).not.toContain(toHex(share.subarray(62, 94)));
    expect(said).toContain(manifest.setName);
  });
});
