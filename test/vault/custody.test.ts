/** Splitting, printing, reading back and rebuilding, on a real SoftHSM. */
import { existsSync, mkdtempSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { assertUniform } from '../../electron/vault/custody/splitter-self-test.ts';
import { createVault, type Vault } from '../../electron/vault/vault.ts';
import { fromHex } from '../../shared/bytes.ts';
import type { PersonId, Sha256Hex } from '../../shared/brand.ts';
import { kekCheck } from '../../shared/custody/digests.ts';
import { interpolate } from '../../shared/custody/gf256.ts';
import { judgeShare } from '../../shared/custody/judge.ts';
import { parseManifest, type Manifest } from '../../shared/custody/manifest.ts';
import { parseQrText } from '../../shared/custody/qr-text.ts';
import type { SheetFacts, TokenInfo, VaultRequest } from '../../shared/vault/contract.ts';
import { PEOPLE } from '../support/custody-sets.ts';
import { sheetLines, sheetSymbols } from '../support/sheet-text.ts';
import { makeSoftHsm } from '../support/softhsm.ts';
import { bytes, makeHand, makeLoggedInToken, pinSpec, shareSpec, TEST_PIN, typeInto } from '../support/typing.ts';

const softhsm = makeSoftHsm();
let vault: Vault, token: TokenInfo, dir: string;
const NONCE = '11'.repeat(32) as Sha256Hex;

const splitRequest = (changes: Partial<VaultRequest<'custody.split'>> = {}): VaultRequest<'custody.split'> => ({
  module: softhsm.module, serial: token.serial, ceremony: '0007 Root 2027', nonce: NONCE, threshold: 3, drill: true, epoch: 1, issuedAt: '2026-11-24T09:30:00.000Z', reviewBy: '2028-11',
  custodians: PEOPLE.map(([person, name], index) => ({ number: index + 1, person: person as PersonId, name })), ...changes,
});
const facts: SheetFacts = { organisation: 'Example Trust', ceremonyNumber: 7, ceremonyTitle: 'Root 2027', date: '2027-03-02', paper: 'A4', mode: 'rehearsal', software: true, attempt: 1, toolVersion: '0.1.0', printedAt: '2027-03-02T15:23:00.000Z', variant: 'standard', holds: 'wrapping-key' };
const print = (share: number, changes: Partial<SheetFacts> = {}) => vault.call('custody.print', { share, printer: { kind: 'folder', dir }, facts: { ...facts, ...changes } });
const sheet = (share: number, attempt = 1): string => path.join(dir, `share-${share}-attempt-${attempt}.pdf`);
const personOf = (share: number): PersonId => PEOPLE[share - 1]![0] as PersonId;
const readBack = async (share: number, lines: readonly string[], asShare = share) =>
  vault.call('custody.read-back', { share: asShare, entryId: await typeInto(vault, shareSpec(personOf(asShare), asShare), ...lines) });
const codeOf = async (work: Promise<unknown>): Promise<unknown> => work.then(() => 'no fault', (error: { code: unknown; details: unknown }) => ({ code: error.code, details: error.details }));
const manifestOf = (text: string): Manifest => { const read = parseManifest(text); if (!read.ok) throw new Error(JSON.stringify(read)); return read.value; };

beforeAll(async () => { vault = createVault(); token = await makeLoggedInToken(vault, softhsm.module, 'custody'); });
beforeEach(() => { dir = mkdtempSync(path.join(softhsm.dir, 'sheets-')); });
afterAll(() => { vault.close(); softhsm.remove(); });

describe('a set from split to rebuild', () => {
  it('goes the whole way: what the symbols and lines on paper say rebuilds the key that the manifest commits to', async () => {
    const issued = await vault.call('custody.split', splitRequest());
    const manifest = manifestOf(issued.manifest);
    expect(manifest).toMatchObject({ setId: issued.setId, setName: issued.setName, setFingerprint: issued.setFingerprint, drill: true, suite: '11', threshold: 3, shares: 5, reviewBy: '2028-11', nonce: NONCE });
    expect(issued.sources).toEqual([`token ${token.serial}: C_GenerateRandom, 32 bytes`, 'host: system generator, 32 bytes']);
    expect(await vault.call('vault.status', {})).toMatchObject({ setId: issued.setId, unprinted: [1, 2, 3, 4, 5], readBack: [], wrappingKey: false });

    const points = [];
    for (let share = 1; share <= 5; share++) {
      expect(await print(share)).toEqual({ job: `share-${share}-attempt-1.pdf`, pages: 1 });
      const symbols = sheetSymbols(sheet(share), 150);
      expect(symbols).toHaveLength(2);
      expect(symbols[1]).toBe(symbols[0]);
      const judged = judgeShare(parseQrText(symbols[0]!)!, { by: 'manifest', manifest, drill: true }, { presenter: 'x', person: personOf(share) }, []);
      expect(judged).toMatchObject({ ok: true, value: { number: share, person: personOf(share) } });
      if (judged.ok) points.push({ x: judged.value.x, y: judged.value.y });
      expect(await readBack(share, sheetLines(sheet(share)))).toEqual({ share, person: personOf(share), how: 'typed', commitment: manifest.custodians[share - 1]!.commitment });
    }
    const kek = interpolate(points.slice(1, 4), 0);
    expect(kekCheck(fromHex(issued.setId)!, kek)).toEqual(fromHex(manifest.kekCheck));
    expect(interpolate([points[0]!, points[4]!, points[2]!], 0)).toEqual(kek);
    expect(await vault.call('custody.rebuild', { subsets: [[1, 2, 3], [3, 4, 5]] })).toEqual({ subsets: [[1, 2, 3], [3, 4, 5]] });
    expect(await vault.call('vault.status', {})).toMatchObject({ unprinted: [], readBack: [1, 2, 3, 4, 5], wrappingKey: true });
  });
  it('gives every split a new set key, wrapping key and shares', async () => {
    const one = manifestOf((await vault.call('custody.split', splitRequest())).manifest), other = manifestOf((await vault.call('custody.split', splitRequest())).manifest);
    expect(one.setId).not.toBe(other.setId);
    expect(one.kekCheck).not.toBe(other.kekCheck);
    expect(new Set([...one.custodians, ...other.custodians].map(({ core }) => core)).size).toBe(10);
  });
  it.each([[2, 2], [2, 16], [16, 16], [5, 9]])('splits %i of %i', async (threshold, count) => {
    const custodians = Array.from({ length: count }, (_, index) => ({ number: index + 1, person: `p${index + 1}` as PersonId, name: `Person ${index + 1}` }));
    const { manifest } = await vault.call('custody.split', splitRequest({ threshold, custodians }));
    expect(manifestOf(manifest)).toMatchObject({ threshold, shares: count });
  });
  it('refuses thresholds that are none and names that do not fit, and holds no set afterwards', async () => {
    for (const threshold of [1, 6, 0, 2.5]) expect(await codeOf(vault.call('custody.split', splitRequest({ threshold })))).toMatchObject({ code: 'SHARE_ILLEGAL_FIELD', details: { field: 'threshold' } });
    expect(await codeOf(vault.call('custody.split', splitRequest({ reviewBy: 'soon' })))).toMatchObject({ code: 'SHARE_ILLEGAL_FIELD' });
    const custodians = splitRequest().custodians.map((one, index) => (index === 0 ? { ...one, person: 'a'.repeat(32) as PersonId, name: 'Ж'.repeat(40) } : one));
    expect(await codeOf(vault.call('custody.split', splitRequest({ custodians })))).toMatchObject({ code: 'SHARE_ILLEGAL_FIELD', details: { field: 'name' } });
    expect(await vault.call('vault.status', {})).toMatchObject({ setId: null });
    expect(await codeOf(print(1))).toEqual({ code: 'VAULT_STATE', details: { reason: 'no-set' } });
  });
});

describe('printing', () => {
  it('writes a sheet only its owner can read, and never over another', async () => {
    await vault.call('custody.split', splitRequest());
    await print(2);
    expect(statSync(sheet(2)).mode & 0o777).toBe(0o600);
    const before = readFileSync(sheet(2));
    expect(await codeOf(print(2))).toEqual({ code: 'PRINT_JOB_FAILED', details: { printer: dir, reason: 'exists' } });
    expect(readFileSync(sheet(2))).toEqual(before);
    await print(2, { attempt: 2 });
    expect(sheetLines(sheet(2, 2))).toEqual(sheetLines(sheet(2)));
    expect(await codeOf(vault.call('custody.print', { share: 1, printer: { kind: 'folder', dir: path.join(dir, 'none') }, facts }))).toMatchObject({ code: 'PRINT_JOB_FAILED', details: { reason: 'ENOENT' } });
  });
  it('never writes a real share to a folder, and never prints a set under the other mode', async () => {
    await vault.call('custody.split', splitRequest({ drill: false }));
    expect(await codeOf(print(1, { mode: 'production' }))).toMatchObject({ code: 'PRINT_FOLDER_NOT_REHEARSAL' });
    expect(await codeOf(print(1))).toEqual({ code: 'VAULT_STATE', details: { reason: 'mode' } });
    await vault.call('custody.split', splitRequest());
    expect(await codeOf(print(1, { mode: 'production' }))).toEqual({ code: 'VAULT_STATE', details: { reason: 'mode' } });
  });
  it('does not print a share that only its paper has, nor one that does not exist', async () => {
    await vault.call('custody.split', splitRequest());
    await print(1);
    await readBack(1, sheetLines(sheet(1)));
    expect(await codeOf(print(1, { attempt: 2 }))).toEqual({ code: 'VAULT_STATE', details: { reason: 'read-back-already', share: 1 } });
    expect(await codeOf(print(6))).toEqual({ code: 'VAULT_STATE', details: { reason: 'no-such-share', share: 6 } });
  });
});

describe('reading back', () => {
  const changed = (line: string): string => `${line.startsWith('A') ? 'B' : 'A'}${line.slice(1)}`;
  it('refuses a mistyped line at the entry, by its number, and nothing is taken', async () => {
    await vault.call('custody.split', splitRequest());
    await print(1);
    const lines = sheetLines(sheet(1)), hand = makeHand(), done = vault.attachEntry('typed-1', shareSpec(personOf(1), 1), hand.port);
    hand.send({ type: 'line', index: 0, value: bytes(lines[0]!.toLowerCase()) });
    hand.send({ type: 'line', index: 1, value: bytes(changed(lines[1]!)) });
    hand.send({ type: 'line', index: 1, value: bytes(lines[0]!) });
    expect(hand.answers).toEqual([{ type: 'line-checked', index: 0, ok: true }, { type: 'line-checked', index: 1, ok: false }, { type: 'line-checked', index: 1, ok: false }]);
    hand.send({ type: 'commit', way: 'type', values: [lines[0]!, changed(lines[1]!), lines[2]!, lines[3]!].map(bytes) });
    expect(hand.answers.at(-1)).toEqual({ type: 'refused', code: 'SHARE_LINE_MISTYPED', details: { line: 2 } });
    hand.send({ type: 'commit', way: 'type', values: lines.map(bytes) });
    expect(await done).toEqual({ committed: true });
    expect(await vault.call('custody.read-back', { share: 1, entryId: 'typed-1' })).toMatchObject({ share: 1, person: 'ana', how: 'typed' });
    expect(await codeOf(vault.call('custody.read-back', { share: 1, entryId: 'typed-1' }))).toMatchObject({ code: 'VAULT_ENTRY_MISSING' });
  });
  it('tells another person’s sheet, a sheet of another set, a second reading and an unprinted share', async () => {
    await vault.call('custody.split', splitRequest());
    await print(1);
    const old = sheetLines(sheet(1));
    await vault.call('custody.split', splitRequest());
    await print(1, { attempt: 2 }); await print(2);
    expect(await codeOf(readBack(1, old))).toMatchObject({ code: 'SHARE_OTHER_SET', details: { presenter: 'Ana Ilić' } });
    expect(await codeOf(readBack(1, sheetLines(sheet(2))))).toMatchObject({ code: 'SHARE_WRONG_PERSON', details: { presenter: 'Ana Ilić', number: 2, name: 'Bob Ng' } });
    expect(await codeOf(readBack(3, sheetLines(sheet(2))))).toEqual({ code: 'VAULT_STATE', details: { reason: 'not-printed', share: 3 } });
    expect(await readBack(1, sheetLines(sheet(1, 2)))).toMatchObject({ share: 1, person: 'ana', how: 'typed' });
    expect(await codeOf(readBack(1, sheetLines(sheet(1, 2))))).toMatchObject({ code: 'SHARE_DUPLICATE' });
    expect(await vault.call('vault.status', {})).toMatchObject({ readBack: [1] });
  });
  it('takes no entry of another share or kind', async () => {
    await vault.call('custody.split', splitRequest());
    await print(1);
    const entryId = await typeInto(vault, shareSpec(personOf(1), 1), ...sheetLines(sheet(1)));
    expect(await codeOf(vault.call('custody.read-back', { share: 2, entryId }))).toEqual({ code: 'VAULT_STATE', details: { reason: 'entry' } });
    const passphrase = await typeInto(vault, { kind: 'passphrase', person: personOf(1) }, 'not a share');
    expect(await codeOf(vault.call('custody.read-back', { share: 1, entryId: passphrase }))).toEqual({ code: 'VAULT_STATE', details: { reason: 'entry' } });
  });
});

describe('reading back by symbol, from a blind sheet and from a card', () => {
  const CODE = '1526341625314526315246135241635241362514632514635214';
  const commitmentOf = (manifest: string, share: number): string => manifestOf(manifest).custodians[share - 1]!.commitment;
  const entryOf = (share: number, values: readonly string[], blind = false) => typeInto(vault, shareSpec(personOf(share), share, blind), ...values);
  const codeEntry = (share: number, by = share) => typeInto(vault, { kind: 'dice-code', person: personOf(by), share, minThrows: 50 }, CODE, CODE);
  const printBlind = async (share: number, entry?: string) => vault.call('custody.print', { share, printer: { kind: 'folder', dir }, facts: { ...facts, variant: 'blind' }, ...(entry === undefined ? {} : { codeEntry: entry }) });

  it('takes the symbol of the sheet in place of its lines', async () => {
    const { manifest } = await vault.call('custody.split', splitRequest());
    await print(2);
    const [symbol] = sheetSymbols(sheet(2), 150);
    expect(await vault.call('custody.read-back', { share: 2, entryId: await entryOf(2, [symbol!]) })).toEqual({ share: 2, person: 'bob', how: 'scanned', commitment: commitmentOf(manifest, 2) });
    expect(await codeOf(readBack(2, sheetLines(sheet(2))))).toMatchObject({ code: 'SHARE_DUPLICATE' });
  });
  it('opens a blind sheet with its holder’s code only, by symbol and by lines', async () => {
    const { manifest } = await vault.call('custody.split', splitRequest());
    for (const share of [1, 2]) await printBlind(share, await codeEntry(share));
    const [symbol] = sheetSymbols(sheet(1), 150), wrong = CODE.replace('6', '1');
    expect(symbol).toMatch(/^KCB1:/);
    expect(await codeOf(vault.call('custody.read-back', { share: 1, entryId: await entryOf(1, [symbol!, wrong], true) }))).toMatchObject({ code: 'SHARE_BLIND_CODE', details: { presenter: 'Ana Ilić' } });
    expect(await vault.call('custody.read-back', { share: 1, entryId: await entryOf(1, [symbol!, CODE], true) })).toEqual({ share: 1, person: 'ana', how: 'scanned', commitment: commitmentOf(manifest, 1) });
    const lines = sheetLines(sheet(2));
    expect(await codeOf(vault.call('custody.read-back', { share: 2, entryId: await entryOf(2, lines) }))).toMatchObject({ code: 'SHARE_FORGED' });
    expect(await vault.call('custody.read-back', { share: 2, entryId: await entryOf(2, [...lines, CODE], true) })).toMatchObject({ share: 2, how: 'typed' });
  });
  it('prints no blind sheet without its own holder’s code, and no other sheet with one', async () => {
    await vault.call('custody.split', splitRequest());
    expect(await codeOf(printBlind(1))).toMatchObject({ code: 'VAULT_STATE', details: { reason: 'code' } });
    expect(await codeOf(printBlind(1, await codeEntry(1, 2)))).toEqual({ code: 'VAULT_STATE', details: { reason: 'entry' } });
    expect(await codeOf(printBlind(1, await codeEntry(2)))).toEqual({ code: 'VAULT_STATE', details: { reason: 'entry' } });
    expect(await codeOf(vault.call('custody.print', { share: 1, printer: { kind: 'folder', dir }, facts, codeEntry: await codeEntry(1) }))).toEqual({ code: 'VAULT_STATE', details: { reason: 'code' } });
    expect(existsSync(sheet(1))).toBe(false);
  });
  it('reads a share once from each of its carriers', async () => {
    const card = await makeLoggedInToken(vault, softhsm.module, 'card'), at = { module: softhsm.module, serial: card.serial };
    await vault.call('token.logout', at);
    const pinEntries = async (): Promise<string[]> => [await typeInto(vault, pinSpec(card.serial, personOf(3)), TEST_PIN)];
    const { manifest } = await vault.call('custody.split', splitRequest());
    await vault.call('card.write', { share: 3, ...at, pinEntries: await pinEntries() });
    expect(await vault.call('custody.read-back-card', { share: 3, ...at, pinEntries: await pinEntries() })).toEqual({ share: 3, person: 'chi', how: 'card', commitment: commitmentOf(manifest, 3) });
    expect(await codeOf(vault.call('custody.read-back-card', { share: 3, ...at, pinEntries: await pinEntries() }))).toMatchObject({ code: 'SHARE_DUPLICATE' });
    expect(await codeOf(vault.call('custody.read-back-card', { share: 4, ...at, pinEntries: await pinEntries() }))).toEqual({ code: 'VAULT_STATE', details: { reason: 'not-printed', share: 4 } });
    await print(3);
    expect(await readBack(3, sheetLines(sheet(3)))).toMatchObject({ share: 3, how: 'typed' });
    expect(await codeOf(vault.call('card.write', { share: 3, ...at, pinEntries: await pinEntries() }))).toEqual({ code: 'VAULT_STATE', details: { reason: 'read-back-already', share: 3 } });
    expect(await vault.call('vault.status', {})).toMatchObject({ readBack: [3] });
  });
});

describe('a set that replaces another, or holds PINs', () => {
  it('names the set before in its manifest, and never itself or a later one', async () => {
    const before = await vault.call('custody.split', splitRequest()), previous = { setId: before.setId, epoch: 1 };
    expect(manifestOf((await vault.call('custody.split', splitRequest({ epoch: 2, previous }))).manifest)).toMatchObject({ epoch: 2, previous });
    expect(await codeOf(vault.call('custody.split', splitRequest({ epoch: 1, previous })))).toEqual({ code: 'SHARE_ILLEGAL_FIELD', details: { field: 'previous' } });
  });
  it('is printed only as what it is', async () => {
    await vault.call('custody.split', splitRequest({ holds: 'pin' }));
    expect(await codeOf(print(1))).toEqual({ code: 'VAULT_STATE', details: { reason: 'holds' } });
    expect(await print(1, { holds: 'pin' })).toMatchObject({ pages: 1 });
  });
});

describe('the self-test of sharing', () => {
  it('has run, and says what it tested', async () => {
    const result = await vault.call('vault.self-test', {});
    expect(result).toMatchObject({ rounds: 400, subsets: 2 * (1 + 3 + 10 + 1 + 35) });
    expect(result.chiSquare).toBeGreaterThan(150);
    expect(result.chiSquare).toBeLessThan(390);
  });
  it('that fails stops every call that works with shares, and no other', async () => {
    const failing = createVault({ selfTest: () => assertUniform(async (secret, shares) => Array.from({ length: shares }, (_, i) => Uint8Array.from([...secret, i + 1]))).then(() => ({ rounds: 0, chiSquare: 0, subsets: 0 })) });
    try {
      const fault = { code: 'INTERNAL', details: expect.objectContaining({ reason: 'splitter-not-uniform' }) as unknown };
      expect(await codeOf(failing.call('custody.split', splitRequest()))).toEqual(fault);
      expect(await codeOf(failing.call('gather.begin', { manifest: '', drill: true, known: [] }))).toEqual(fault);
      expect(await codeOf(failing.call('pin.open', { module: softhsm.module, serial: token.serial, setId: NONCE }))).toEqual(fault);
      expect(await codeOf(failing.call('vault.self-test', {}))).toEqual(fault);
      expect(await failing.call('vault.status', {})).toMatchObject({ setId: null });
    } finally { failing.close(); }
  });
});

describe('rebuilding', () => {
  const prepared = async (): Promise<void> => {
    await vault.call('custody.split', splitRequest({ threshold: 2, custodians: splitRequest().custodians.slice(0, 3) }));
    for (let share = 1; share <= 3; share++) { await print(share); await readBack(share, sheetLines(sheet(share))); }
  };
  it('waits until every share was read back', async () => {
    await vault.call('custody.split', splitRequest());
    await print(1); await readBack(1, sheetLines(sheet(1)));
    expect(await codeOf(vault.call('custody.rebuild', { subsets: [[1, 2, 3], [3, 4, 5]] }))).toEqual({ code: 'SHARE_NEED_MORE', details: { have: 1, need: 5 } });
  });
  it('wants two different subsets of exactly the threshold', async () => {
    await prepared();
    for (const subsets of [[], [[1, 2]], [[1, 2], [2, 1]], [[1, 2], [1, 2, 3]], [[1], [2]], [[1, 1], [2, 3]]]) expect(await codeOf(vault.call('custody.rebuild', { subsets })), JSON.stringify(subsets)).toEqual({ code: 'VAULT_STATE', details: { reason: 'subsets' } });
    expect(await codeOf(vault.call('custody.rebuild', { subsets: [[1, 2], [2, 4]] }))).toMatchObject({ code: 'VAULT_STATE', details: { reason: 'no-such-share' } });
    expect(await vault.call('custody.rebuild', { subsets: [[1, 2], [2, 3]] })).toEqual({ subsets: [[1, 2], [2, 3]] });
  });
  it('is over after a wipe: no set, no shares, no key', async () => {
    await prepared();
    await vault.call('custody.rebuild', { subsets: [[1, 2], [1, 3]] });
    await vault.call('vault.wipe', {});
    expect(await vault.call('vault.status', {})).toEqual({ setId: null, unprinted: [], readBack: [], wrappingKey: false, loggedIn: [] });
    expect(await codeOf(vault.call('custody.rebuild', { subsets: [[1, 2], [1, 3]] }))).toEqual({ code: 'VAULT_STATE', details: { reason: 'no-set' } });
    expect(await codeOf(vault.call('custody.split', splitRequest()))).toMatchObject({ code: 'HSM_NOT_LOGGED_IN' });
  });
});

