/** PINs that a quorum holds, on real SoftHSM tokens whose first PINs people know. */
import { execFileSync } from 'node:child_process';
import { hkdfSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { changePins } from '../../electron/vault/pins/change.ts';
import { soPinOf, userPinOf } from '../../electron/vault/pins/derive.ts';
import { NOT_TRIED, showOldRefused } from '../../electron/vault/pins/set-pin.ts';
import { custodyCalls } from '../../electron/vault/custody/calls.ts';
import type { Token } from '../../electron/vault/pkcs11/token.ts';
import { createVault, type Vault } from '../../electron/vault/vault.ts';
import { encodeBase32 } from '../../shared/custody/base32.ts';
import type { TokenInfo, VaultRequest } from '../../shared/vault/contract.ts';
import { bareContext, type BareContext } from '../support/bare-context.ts';
import { faultOf } from '../support/card-room.ts';
import { gatherSet, issueSet, issueSheets, type IssuedSet } from '../support/issued-set.ts';
import { makeSoftHsm } from '../support/softhsm.ts';
import { ADMINISTRATOR, pinSpec, TEST_PIN, typeInto } from '../support/typing.ts';

const softhsm = makeSoftHsm(), { module } = softhsm;
const SO_PIN = 'so-pin-known';
type At = Pick<Vault, 'attachEntry'>;

/** What a person would compute with the page of the format in hand. */
const pinFrom = ({ secret, setId }: Pick<IssuedSet, 'secret' | 'setId'>, label: string, serial: string, length: number): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, Buffer.from(setId, 'hex'), `${label}\0${serial}`, length));
const userPin = (set: IssuedSet, serial: string): string => encodeBase32(pinFrom(set, 'KCS1/pin', serial, 32)).slice(0, 16);
const soPin = (set: IssuedSet, serial: string): string => pinFrom(set, 'KCS1/so-pin', serial, 8).toString('hex').toUpperCase();

let labels = 0;
/** Tokens are made from outside, so that their SO PINs are known; then the module is started anew. */
const makeTokens = async (at: Vault, count: number): Promise<TokenInfo[]> => {
  const mine = Array.from({ length: count }, () => `pins ${++labels}`);
  await at.call('vault.wipe', {});
  for (const label of mine) execFileSync('softhsm2-util', ['--init-token', '--free', '--label', label, '--pin', TEST_PIN, '--so-pin', SO_PIN], { stdio: 'ignore' });
  await at.call('module.open', { path: module });
  const { tokens } = await at.call('module.open', { path: module });
  return mine.map((label) => tokens.find((token) => token.label === label)!);
};
const typed = (at: At, serial: string, pin: string, of?: 'so') => typeInto(at, { ...pinSpec(serial), ...(of === undefined ? {} : { of }) } as never, pin);
const loginWith = async (vault: Vault, serial: string, pin: string): Promise<string> => (await faultOf(vault.call('token.login', { module, serial, pinEntries: [await typed(vault, serial, pin)] }))).code;
describe('a derived PIN', () => {
  const source = { secret: Buffer.alloc(32, 7), setId: new Uint8Array(32).fill(9) }, set = { secret: source.secret, setId: Buffer.from(source.setId).toString('hex') as IssuedSet['setId'] };
  const limits = (minPinLength: number, maxPinLength: number, serial = 'A1') => ({ serial, minPinLength, maxPinLength });
  it('is base32 of HKDF over the serial number, at most 16 characters, and no longer than the token takes', () => {
    const whole = encodeBase32(pinFrom(set, 'KCS1/pin', 'A1', 32));
    expect(userPinOf(source, limits(4, 255)).toString()).toBe(whole.slice(0, 16));
    expect(userPinOf(source, limits(6, 8)).toString()).toBe(whole.slice(0, 8));
    expect(userPinOf(source, limits(4, 255, 'A2')).toString()).not.toBe(whole.slice(0, 16));
  });
  it('for the SO is 16 upper-case hex digits, of another derivation', () => {
    expect(soPinOf(source, limits(4, 255)).toString()).toBe(pinFrom(set, 'KCS1/so-pin', 'A1', 8).toString('hex').toUpperCase());
    expect(soPinOf(source, limits(4, 255)).toString()).toMatch(/^[0-9A-F]{16}$/);
  });
  it('is that of the vectors, which were made without this code', () => {
    const { secret, setId, tokens } = JSON.parse(readFileSync(path.join(import.meta.dirname, '../vectors/custody/pins.json'), 'utf8')) as { secret: string; setId: string; tokens: { serial: string; minPinLength: number; maxPinLength: number; userPin: string; soPin: string | null }[] };
    const from = { secret: Buffer.from(secret, 'hex'), setId: Buffer.from(setId, 'hex') };
    expect(tokens).toHaveLength(3);
    for (const token of tokens) {
      expect(userPinOf(from, token).toString(), token.serial).toBe(token.userPin);
      if (token.soPin === null) expect(() => soPinOf(from, token)).toThrow(); else expect(soPinOf(from, token).toString()).toBe(token.soPin);
    }
  });
  it('is refused where the token takes none of that length (HSM_PIN_FORMAT)', () => {
    for (const [min, max] of [[4, 7], [17, 32], [0, 0]] as const) expect(() => userPinOf(source, limits(min, max))).toThrow(expect.objectContaining({ code: 'HSM_PIN_FORMAT', details: expect.objectContaining({ derived: true }) as unknown }));
    for (const [min, max] of [[4, 15], [17, 32]] as const) expect(() => soPinOf(source, limits(min, max))).toThrow(expect.objectContaining({ code: 'HSM_PIN_FORMAT' }));
  });
});

describe('tokens whose PINs a quorum holds', () => {
  let vault: Vault, first: TokenInfo, second: TokenInfo, set: IssuedSet;
  const change = async (changes: Partial<VaultRequest<'pin.change'>> = {}) =>
    vault.call('pin.change', { module, serials: [first.serial, second.serial], pinEntries: [await typed(vault, first.serial, TEST_PIN)], so: { pinEntries: [await typed(vault, first.serial, SO_PIN, 'so')] }, ...changes });
  beforeAll(async () => {
    vault = createVault();
    [first, second] = await makeTokens(vault, 2) as [TokenInfo, TokenInfo];
    expect(await loginWith(vault, first.serial, TEST_PIN)).toBe('no fault');
  });
  afterAll(() => { vault.close(); });

  it('keep their PIN while the set is not rebuilt, and for a wrong PIN of either kind', async () => {
    await issueSheets(vault, softhsm.dir, { module, serial: first.serial, holds: 'pin' });
    expect(await faultOf(change())).toEqual({ code: 'VAULT_STATE', details: { reason: 'not-rebuilt' } });
    await issueSet(vault, softhsm.dir, { module, serial: first.serial });
    expect(await faultOf(change())).toEqual({ code: 'VAULT_STATE', details: { reason: 'holds', holds: 'wrapping-key' } });
    await issueSet(vault, softhsm.dir, { module, serial: first.serial, holds: 'pin' });
    expect(await faultOf(change({ pinEntries: [await typed(vault, first.serial, 'wrong-pin')] }))).toMatchObject({ code: 'HSM_PIN_INCORRECT' });
    expect(await faultOf(change({ so: { pinEntries: [await typed(vault, first.serial, 'wrong-so', 'so')] } }))).toMatchObject({ code: 'HSM_PIN_INCORRECT', details: { of: 'so' } });
    expect(await faultOf(change({ pinEntries: [] }))).toMatchObject({ code: 'VAULT_ENTRY_MISSING' });
    for (const { serial } of [first, second]) expect(await loginWith(vault, serial, TEST_PIN)).toBe('no fault');
  });
  it('get PINs that nobody has seen; the old ones open nothing', async () => {
    set = await issueSet(vault, softhsm.dir, { module, serial: first.serial, holds: 'pin' });
    const halves = await Promise.all([['first', TEST_PIN.slice(0, 5)], ['second', TEST_PIN.slice(5)]].map(([half, text]) => typeInto(vault, { kind: 'pin-half', person: ADMINISTRATOR, token: first.serial, half: half as 'first' }, text!)));
    expect(await change({ pinEntries: halves })).toEqual({ tokens: [first, second].map(({ serial }) => ({ serial, oldRefusedWith: 'CKR_PIN_INCORRECT', soChanged: true })) });
    expect((await vault.call('vault.status', {})).loggedIn).toEqual(expect.arrayContaining([first.serial, second.serial]));
    for (const { serial } of [first, second]) {
      expect(await loginWith(vault, serial, TEST_PIN)).toBe('HSM_PIN_INCORRECT');
      expect(await loginWith(vault, serial, userPin(set, serial))).toBe('no fault');
      expect((await vault.call('token.inventory', { module, serial })).token.userPin).toBe('normal');
    }
    expect(await loginWith(vault, second.serial, userPin(set, first.serial))).toBe('HSM_PIN_INCORRECT');
  });
  it('are opened by a quorum of the set, and by no other set', async () => {
    await vault.call('vault.wipe', {});
    const { setId } = set;
    expect(await faultOf(vault.call('pin.open', { module, serial: first.serial, setId }))).toEqual({ code: 'VAULT_STATE', details: { reason: 'no-gather' } });
    await gatherSet(vault, set, [2, 3]);
    for (const { serial } of [first, second]) expect(await vault.call('pin.open', { module, serial, setId })).toEqual({ ok: true });
    expect((await vault.call('token.inventory', { module, serial: first.serial })).objects).toEqual([]);
    const other = await issueSet(vault, softhsm.dir, { module, serial: first.serial, holds: 'pin' });
    await gatherSet(vault, other);
    expect(await faultOf(vault.call('pin.open', { module, serial: first.serial, setId: other.setId }))).toMatchObject({ code: 'HSM_PIN_INCORRECT' });
    expect(await vault.call('pin.open', { module, serial: first.serial, setId })).toEqual({ ok: true });
  });
  it('change hands when the set is replaced: the old quorum’s PINs are derived, not typed', async () => {
    await gatherSet(vault, set);
    const next = await issueSet(vault, softhsm.dir, { module, serial: first.serial, holds: 'pin', epoch: 2, previous: { setId: set.setId, epoch: 1 } });
    expect(await vault.call('pin.change', { module, serials: [first.serial, second.serial], pinEntries: [], so: { pinEntries: [] }, gathered: set.setId })).toMatchObject({ tokens: [{ oldRefusedWith: 'CKR_PIN_INCORRECT', soChanged: true }, { oldRefusedWith: 'CKR_PIN_INCORRECT', soChanged: true }] });
    for (const { serial } of [first, second]) {
      expect(await faultOf(vault.call('pin.open', { module, serial, setId: set.setId }))).toMatchObject({ code: 'HSM_PIN_INCORRECT' });
      expect(await loginWith(vault, serial, userPin(next, serial))).toBe('no fault');
    }
    await gatherSet(vault, next);
    expect(await faultOf(vault.call('pin.change', { module, serials: [first.serial], pinEntries: [], so: null, gathered: next.setId }))).toEqual({ code: 'VAULT_STATE', details: { reason: 'same-set' } });
    // The SO PINs are those of the new set: only with them is the SO changed again.
    const third = await issueSet(vault, softhsm.dir, { module, serial: first.serial, holds: 'pin' });
    const soOf = async (pin: string) => vault.call('pin.change', { module, serials: [first.serial], pinEntries: [], so: { pinEntries: [await typed(vault, first.serial, pin, 'so')] }, gathered: next.setId });
    expect(await faultOf(soOf(soPin(set, first.serial)))).toMatchObject({ code: 'HSM_PIN_INCORRECT', details: { of: 'so' } });
    expect(await soOf(soPin(next, first.serial))).toMatchObject({ tokens: [{ soChanged: true }] });
    expect(await loginWith(vault, first.serial, userPin(third, first.serial))).toBe('no fault');
  });
});

describe('a change that fails half-way', () => {
  let vault: Vault, context: BareContext, tokens: readonly [Token, Token];
  const request = async (so = false): Promise<VaultRequest<'pin.change'>> =>
    ({ module, serials: tokens.map(({ serial }) => serial), pinEntries: [await typed(context, 'x', TEST_PIN)], so: so ? { pinEntries: [await typed(context, 'x', SO_PIN, 'so')] } : null });
  beforeEach(async () => {
    vault = createVault();
    const [first, second] = await makeTokens(vault, 2) as [TokenInfo, TokenInfo];
    vault.close();
    context = bareContext();
    tokens = [context.modules.token(module, first.serial), context.modules.token(module, second.serial)];
    tokens[0].login(Buffer.from(TEST_PIN));
    const calls = custodyCalls(context) as unknown as Record<string, (request: unknown) => Promise<never>>;
    await issueSet({ attachEntry: context.attachEntry, call: (name: string, body: unknown) => calls[name]!(body) } as unknown as Vault, softhsm.dir, { module, serial: first.serial, holds: 'pin' });
  });
  const opensWithOld = (token: Token): boolean => { try { token.login(Buffer.from(TEST_PIN)); return true; } catch { return false; } finally { token.logout(); } };
  const broken = (when: 'before' | 'after'): Token['use'] => {
    const [, token] = tokens, use = token.use.bind(token);
    return async (work) => {
      if (when === 'after') await use(work);
      throw new Error('CKR_DEVICE_ERROR:48');
    };
  };

  it.each([['before', 'old', true], ['after', 'new', false]] as const)('says which token has which PIN: the device fails %s it has changed its own', async (when, pin, oldOpens) => {
    const [first, second] = tokens;
    second.use = broken(when);
    try {
      expect(await faultOf(changePins(context, await request(true)))).toEqual({
        code: 'HSM_PIN_CHANGE_FAILED', details: { serial: second.serial, pin, soPin: 'new', changed: [first.serial], left: [], cause: 'HSM_CALL_FAILED', ckr: 'CKR_DEVICE_ERROR' },
      });
      expect([opensWithOld(first), opensWithOld(second)]).toEqual([false, oldOpens]);
    } finally { context.modules.close(); }
  });
  it('leaves the tokens after it untouched, and says so', async () => {
    const [first, second] = tokens;
    first.use = () => { throw new Error('CKR_DEVICE_ERROR:48'); };
    try {
      expect(await faultOf(changePins(context, await request()))).toMatchObject({ code: 'HSM_PIN_CHANGE_FAILED', details: { serial: first.serial, pin: 'old', soPin: 'old', changed: [], left: [second.serial] } });
      expect([opensWithOld(first), opensWithOld(second)]).toEqual([true, true]);
    } finally { context.modules.close(); }
  });
  it('does not try the old PIN where few tries are left', () => {
    const [first] = tokens, info = first.info.bind(first);
    first.info = () => ({ ...info(), userPin: 'low' });
    try { expect(showOldRefused(first, { old: Buffer.from('never tried'), fresh: Buffer.from(TEST_PIN) })).toBe(NOT_TRIED); } finally { context.modules.close(); }
  });
});

afterAll(() => { softhsm.remove(); });
