/** Gathering shares of an existing set in the vault: symbols, pictures, typed lines, blind sheets, and cards that are real SoftHSM tokens. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createVault, type Vault } from '../../electron/vault/vault.ts';
import { BASE32 } from '../../shared/custody/base32.ts';
import { blindCore, blindShare } from '../../shared/custody/blind.ts';
import { crc32 } from '../../shared/custody/crc32.ts';
import { CARD_APPLICATION, cardLabel, encodeContainer } from '../../shared/custody/card-container.ts';
import { coreSymbols } from '../../shared/custody/lines.ts';
import { blindQrText, qrText } from '../../shared/custody/qr-text.ts';
import { fromHex, utf8 } from '../../shared/bytes.ts';
import type { PersonId } from '../../shared/brand.ts';
import type { KnownSet, Presenter } from '../../shared/vault/contract.ts';
import { putData } from '../support/card-keys.ts';
import { CARD_PIN, faultOf } from '../support/card-room.ts';
import { fixedSet, PEOPLE, type FixedSet } from '../support/custody-sets.ts';
import { current, drill, forgedSet, shareLines, superseded } from '../support/custody-vectors.ts';
import { makeSoftHsm } from '../support/softhsm.ts';
import { makeLoggedInToken, pinSpec, shareSpec, typeInto } from '../support/typing.ts';

const softhsm = makeSoftHsm(), { module } = softhsm;
const CODE = '1526341625314526315246135241635241362514632514635214';
let vault: Vault;
/** One card for each person, by the token's serial. */
const cards = new Map<number, string>();

beforeAll(async () => {
  vault = createVault();
  for (let share = 1; share <= 3; share++) {
    const { serial } = await makeLoggedInToken(vault, module, `card ${share}`, CARD_PIN);
    await vault.call('token.logout', { module, serial });
    cards.set(share, serial);
  }
});
afterEach(async () => { await vault.call('vault.wipe', {}); });
afterAll(() => { vault.close(); softhsm.remove(); });

const known: readonly KnownSet[] = [
  { setId: superseded.parsed.setId, setName: superseded.parsed.setName, epoch: 1, supersededAt: '2027-03-02T15:00:00.000Z' },
  { setId: forgedSet.parsed.setId, setName: 'JASPER-0001', epoch: 7, supersededAt: null },
];
const begin = (set: FixedSet = current, forDrill = false, others = known) => vault.call('gather.begin', { manifest: set.manifest, drill: forDrill, known: others });
const presenterOf = (share: number, holder = share): Presenter => ({ name: PEOPLE[share - 1]![1], person: PEOPLE[share - 1]![0] as PersonId, holder: PEOPLE[holder - 1]![0] as PersonId });
const enter = (share: number, values: readonly string[], blind = false) => typeInto(vault, shareSpec(presenterOf(share).person, null, blind), ...values);
/** Person `share` brings what `values` say; `holder`: for whom. */
const read = async (share: number, values: readonly string[], { set = current, holder = share, blind = false } = {}) =>
  vault.call('gather.read', { setId: set.parsed.setId, entryId: await enter(share, values, blind), presenter: presenterOf(share, holder) });
const symbol = (set: FixedSet, share: number): string[] => [qrText(set.shares[share - 1]!)];
const lines = (set: FixedSet, share: number): string[] => shareLines(set, share - 1);
const putOnCard = (card: number, set: FixedSet, share: number, envelope = set.shares[share - 1]!) =>
  putData(module, cards.get(card)!, CARD_PIN, cardLabel(set.parsed.setName, share), CARD_APPLICATION, encodeContainer({ seal: null, setId: fromHex(set.parsed.setId)!, share, envelope }));
const eraseCard = async (card: number, set: FixedSet, share: number) => vault.call('card.erase', { module, serial: cards.get(card)!, setId: set.parsed.setId, share, pinEntries: [await pin(card)] });
const pin = (card: number) => typeInto(vault, pinSpec(cards.get(card)!, presenterOf(card).person), CARD_PIN);
const readCard = async (share: number, set = current, holder = share) =>
  vault.call('gather.read-card', { setId: set.parsed.setId, module, serial: cards.get(share)!, pinEntries: [await pin(share)], presenter: presenterOf(share, holder) });
const combine = (shares: readonly number[], set = current) => vault.call('gather.combine', { setId: set.parsed.setId, shares });
const repaired = (bytes: Uint8Array, offset: number, value: number): Uint8Array => { const out = bytes.slice(); out[offset] = value; out.set(crc32(out.subarray(0, -4)), out.length - 4); return out; };
const row = (share: number, set = current) => set.parsed.custodians[share - 1]!;

describe('a quorum', () => {
  it('may bring a symbol, typed lines and a card, and rebuilds the secret from exactly the threshold', async () => {
    expect(await begin()).toEqual({ setId: current.parsed.setId, threshold: 3, shares: 5 });
    expect(await read(4, symbol(current, 4))).toEqual({ share: 4, person: 'dee', how: 'scanned', commitment: row(4).commitment });
    expect(await read(2, lines(current, 2))).toEqual({ share: 2, person: 'bob', how: 'typed', commitment: row(2).commitment });
    await putOnCard(1, current, 1);
    try { expect(await readCard(1)).toEqual({ share: 1, person: 'ana', how: 'card', commitment: row(1).commitment }); } finally { await eraseCard(1, current, 1); }
    expect(await combine([1, 2, 4])).toEqual({ shares: [1, 2, 4] });
    expect(await faultOf(combine([1, 2, 4]))).toEqual({ code: 'VAULT_STATE', details: { reason: 'combined' } });
    expect(await faultOf(read(3, symbol(current, 3)))).toEqual({ code: 'VAULT_STATE', details: { reason: 'combined' } });
  });
  it('may bring sheets that were printed blind, with their holders’ codes', async () => {
    await begin();
    const field = current.fields[1]!, prefix = field.setId.slice(0, 8);
    const blind = coreSymbols(blindCore({ x: field.x, y: field.y, setPrefix: prefix }, field, utf8(CODE))).map((line) => Array.from(line, (one) => BASE32[one]!).join(''));
    const text = blindQrText(blindShare(current.shares[0]!, utf8(CODE)));
    const spaced = CODE.match(/.{1,5}/g)!.join(' '), wrong = CODE.replace('6', '5');
    expect(await faultOf(read(1, [text, wrong], { blind: true }))).toMatchObject({ code: 'SHARE_BLIND_CODE', details: { presenter: 'Ana Ilić', claimsNumber: 1 } });
    expect(await faultOf(read(2, [...blind, wrong], { blind: true }))).toEqual({ code: 'SHARE_BLIND_CODE', details: { presenter: 'Bob Ng', claimsNumber: 2, claimsName: 'Bob Ng' } });
    expect(await read(1, [text, spaced], { blind: true })).toMatchObject({ share: 1, how: 'scanned' });
    expect(await read(2, [...blind, CODE], { blind: true })).toMatchObject({ share: 2, how: 'typed' });
    expect(await read(3, symbol(current, 3))).toMatchObject({ share: 3 });
    expect(await combine([1, 2, 3])).toEqual({ shares: [1, 2, 3] });
  });
  it('that is larger than needed is cross-checked with the shares beyond the threshold', async () => {
    await begin();
    for (const share of [1, 2, 3, 5]) await read(share, symbol(current, share));
    expect(await combine([5, 2, 1])).toEqual({ shares: [5, 2, 1] });
  });
  it('of fewer than the threshold computes nothing, and says how many there are', async () => {
    await begin();
    expect(await faultOf(combine([]))).toEqual({ code: 'SHARE_NEED_MORE', details: { have: 0, need: 3 } });
    for (const share of [1, 2]) await read(share, symbol(current, share));
    expect(await faultOf(combine([1, 2]))).toEqual({ code: 'SHARE_NEED_MORE', details: { have: 2, need: 3 } });
    expect(await faultOf(combine([1, 2, 3]))).toEqual({ code: 'SHARE_NEED_MORE', details: { have: 2, need: 3 } });
    await read(3, symbol(current, 3));
    expect(await faultOf(combine([1, 2]))).toEqual({ code: 'SHARE_NEED_MORE', details: { have: 2, need: 3 } });
    expect(await faultOf(combine([1, 2, 2]))).toEqual({ code: 'SHARE_NEED_MORE', details: { have: 2, need: 3 } });
    expect(await faultOf(combine([1, 2, 4]))).toEqual({ code: 'VAULT_STATE', details: { reason: 'no-such-share', share: 4 } });
    expect(await faultOf(combine([1, 2, 3]))).toMatchObject({ code: 'no fault' });
  });
  it('of one set leaves that of another alone; a new begin, an end and a wipe forget it', async () => {
    const other = fixedSet({ seed: 40, threshold: 2 });
    await begin(); await begin(other);
    await read(1, symbol(current, 1)); await read(1, symbol(other, 1), { set: other }); await read(2, lines(other, 2), { set: other });
    await vault.call('gather.end', { setId: current.parsed.setId });
    expect(await faultOf(read(2, symbol(current, 2)))).toEqual({ code: 'VAULT_STATE', details: { reason: 'no-gather' } });
    await begin(other);
    expect(await faultOf(combine([1, 2], other))).toEqual({ code: 'SHARE_NEED_MORE', details: { have: 0, need: 2 } });
    await vault.call('vault.wipe', {});
    expect(await faultOf(combine([1, 2], other))).toEqual({ code: 'VAULT_STATE', details: { reason: 'no-gather' } });
  });
});

describe('a share that is refused, as a symbol and on a card', () => {
  const bob = current.shares[1]!, who = { presenter: 'Bob Ng' };
  const claim = { claimsNumber: 2, claimsName: 'Bob Ng', claimsSet: current.parsed.setName, claimsEpoch: 2 };
  const faults: readonly (readonly [string, Uint8Array, string, Readonly<Record<string, unknown>>])[] = [
    ['damaged', Uint8Array.from(bob, (byte, i) => (i === 70 ? byte ^ 1 : byte)), 'SHARE_DAMAGED', who],
    ['of an unknown version', repaired(bob, 0, 2), 'SHARE_UNKNOWN_VERSION', { ...who, field: '2.10' }],
    ['with x = 0 and a repaired checksum', repaired(bob, 5, 0), 'SHARE_ILLEGAL_FIELD', { ...who, field: 'x', ...claim }],
    ['changed, with a repaired checksum', repaired(bob, 70, bob[70]! ^ 1), 'SHARE_FORGED', { ...who, ...claim }],
    ['of the set before', superseded.shares[1]!, 'SHARE_OLD_EPOCH', { ...who, claimsNumber: 2, claimsName: 'Bob Ng', claimsSet: superseded.parsed.setName, claimsEpoch: 1, supersededAt: '2027-03-02T15:00:00.000Z' }],
    ['of another known set', forgedSet.shares[1]!, 'SHARE_OTHER_SET', { ...who, claimsNumber: 2, claimsName: 'Bob Ng', claimsSet: 'JASPER-0001', claimsEpoch: 7 }],
    ['of a drill set', drill.shares[1]!, 'SHARE_OTHER_SET', { ...who, claimsNumber: 2, claimsName: 'Bob Ng', claimsSet: drill.parsed.setName, claimsEpoch: 1 }],
    ['of another person', current.shares[0]!, 'SHARE_WRONG_PERSON', { ...who, number: 1, name: 'Ana Ilić', person: 'ana' }],
  ];
  it.each(faults)('%s', async (_name, bytes, code, details) => {
    await begin();
    expect(await faultOf(read(2, [qrText(bytes)]))).toEqual({ code, details });
    await putOnCard(2, current, 2, bytes);
    try { expect(await faultOf(readCard(2))).toEqual({ code, details }); } finally { await eraseCard(2, current, 2); }
    expect(await faultOf(combine([2]))).toMatchObject({ code: 'SHARE_NEED_MORE', details: { have: 0 } });
  });
  it('because it was read before, by symbol, lines or card', async () => {
    await begin();
    await read(2, symbol(current, 2));
    const fault = { code: 'SHARE_DUPLICATE', details: { ...who, number: 2, firstPresenter: 'Bob Ng', firstNumber: 2 } };
    expect(await faultOf(read(2, symbol(current, 2)))).toEqual(fault);
    expect(await faultOf(read(2, lines(current, 2)))).toEqual(fault);
    await putOnCard(2, current, 2);
    try { expect(await faultOf(readCard(2))).toEqual(fault); } finally { await eraseCard(2, current, 2); }
  });
  it('because the occasion is a drill, or the set is one', async () => {
    await begin(current, true);
    expect(await faultOf(read(2, symbol(current, 2)))).toEqual({ code: 'SHARE_NOT_DRILL', details: { ...who, number: 2, name: 'Bob Ng' } });
    expect(await faultOf(read(2, lines(current, 2)))).toEqual({ code: 'SHARE_NOT_DRILL', details: who });
    await begin(drill);
    expect(await faultOf(read(2, symbol(drill, 2), { set: drill }))).toEqual({ code: 'SHARE_DRILL', details: { ...who, number: 2, name: 'Bob Ng' } });
    await begin(drill, true);
    expect(await read(2, symbol(drill, 2), { set: drill })).toMatchObject({ share: 2 });
  });
  it('names the set before by the prefix of typed lines', async () => {
    await begin();
    expect(await faultOf(read(2, lines(superseded, 2)))).toEqual({ code: 'SHARE_OLD_EPOCH', details: { ...who, claimsPrefix: superseded.parsed.setId.slice(0, 16), claimsSet: superseded.parsed.setName, claimsEpoch: 1, supersededAt: '2027-03-02T15:00:00.000Z' } });
    expect(await faultOf(read(2, lines(forgedSet, 2)))).toEqual({ code: 'SHARE_OTHER_SET', details: { ...who, claimsPrefix: forgedSet.parsed.setId.slice(0, 16), claimsSet: 'JASPER-0001', claimsEpoch: 7 } });
    expect(await faultOf(read(2, lines(drill, 2)))).toEqual({ code: 'SHARE_OTHER_SET', details: { ...who, claimsPrefix: drill.parsed.setId.slice(0, 16) } });
  });
  it('unless the room lets the presenter bring another’s', async () => {
    await begin();
    expect(await faultOf(read(2, symbol(current, 1)))).toMatchObject({ code: 'SHARE_WRONG_PERSON' });
    expect(await read(2, symbol(current, 1), { holder: 1 })).toMatchObject({ share: 1, person: 'ana' });
    expect(await faultOf(read(2, symbol(current, 3), { holder: 1 }))).toMatchObject({ code: 'SHARE_WRONG_PERSON', details: { name: PEOPLE[2][1] } });
  });
  it('takes no entry that another person typed, and none that is no share', async () => {
    await begin();
    const { setId } = current.parsed, ana = await enter(1, symbol(current, 1)), passphrase = await typeInto(vault, { kind: 'passphrase', person: presenterOf(1).person }, 'not a share');
    expect(await faultOf(vault.call('gather.read', { setId, entryId: ana, presenter: presenterOf(2, 1) }))).toEqual({ code: 'VAULT_STATE', details: { reason: 'entry' } });
    expect(await faultOf(vault.call('gather.read', { setId, entryId: passphrase, presenter: presenterOf(1) }))).toEqual({ code: 'VAULT_STATE', details: { reason: 'entry' } });
    expect(await faultOf(vault.call('gather.read', { setId, entryId: ana, presenter: presenterOf(1) }))).toMatchObject({ code: 'VAULT_ENTRY_MISSING' });
  });
  it('because the card is another, or holds none', async () => {
    await begin();
    expect(await faultOf(readCard(3))).toMatchObject({ code: 'CARD_NO_SHARE' });
    expect(await faultOf(vault.call('gather.read-card', { setId: current.parsed.setId, module, serial: 'none', pinEntries: [await pin(1)], presenter: presenterOf(1) }))).toMatchObject({ code: 'CARD_OTHER' });
  });
  it('because the manifest does not hold', async () => {
    const changed = current.manifest.replace(/"payload":"../, '"payload":"fy');
    expect(await faultOf(vault.call('gather.begin', { manifest: changed, drill: false, known }))).toMatchObject({ code: 'SHARE_MANIFEST_INVALID' });
  });
});

describe('a share that is proved alone', () => {
  const request = { manifest: current.manifest, drill: false, known };
  it('passes from paper and from a card, and nothing of it is kept', async () => {
    expect(await vault.call('share.prove', { ...request, entryId: await enter(2, symbol(current, 2)), presenter: presenterOf(2) })).toEqual({ share: 2, person: 'bob', how: 'scanned', commitment: row(2).commitment });
    expect(await vault.call('share.prove', { ...request, entryId: await enter(2, lines(current, 2)), presenter: presenterOf(2) })).toMatchObject({ how: 'typed' });
    await putOnCard(1, current, 1);
    try {
      expect(await vault.call('share.prove-card', { ...request, module, serial: cards.get(1)!, pinEntries: [await pin(1)], presenter: presenterOf(1) })).toEqual({ share: 1, person: 'ana', how: 'card', commitment: row(1).commitment });
    } finally { await eraseCard(1, current, 1); }
    expect(await faultOf(combine([1, 2, 3]))).toEqual({ code: 'VAULT_STATE', details: { reason: 'no-gather' } });
  });
  it('is refused as in a recovery', async () => {
    const prove = async (values: readonly string[]) => faultOf(vault.call('share.prove', { ...request, entryId: await enter(2, values), presenter: presenterOf(2) }));
    expect(await prove(symbol(superseded, 2))).toMatchObject({ code: 'SHARE_OLD_EPOCH', details: { supersededAt: '2027-03-02T15:00:00.000Z' } });
    expect(await prove(symbol(current, 1))).toMatchObject({ code: 'SHARE_WRONG_PERSON' });
    expect(await prove(lines(forgedSet, 2))).toMatchObject({ code: 'SHARE_OTHER_SET' });
  });
});
