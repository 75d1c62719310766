/** What may be typed, how it is answered, and that nothing of it stays. */
import { describe, expect, it } from 'vitest';
import { createEntryStore } from '../../electron/vault/entries.ts';
import type { VaultHooks } from '../../electron/vault/context.ts';
import type { PersonId } from '../../shared/brand.ts';
import { accept, refuse } from '../../shared/errors.ts';
import type { EntrySpec } from '../../shared/vault/contract.ts';
import { bytes, makeHand, shareSpec, wayOf } from '../support/typing.ts';

const person = 'cus-1' as PersonId;
const seenLines: string[] = [];
const hooks: VaultHooks = {
  checkShareLine: (index, line) => { seenLines.push(`${index}:${line.toString()}`); return line.toString().startsWith('OK') ? accept(true) : refuse('SHARE_LINE_MISTYPED', { line: index + 1 }); },
  openCredential: () => { throw new Error('no credential here'); }, custodyStatus: () => ({ setId: null, unprinted: [], readBack: [], wrappingKey: false }), wipers: new Set(),
};

const attempt = (spec: EntrySpec, ...values: readonly (string | Uint8Array)[]) => {
  const store = createEntryStore(hooks);
  const hand = makeHand();
  const done = store.attach('e', spec, hand.port);
  hand.send({ type: 'commit', values: values.map((value) => (typeof value === 'string' ? bytes(value) : value)), ...wayOf(spec, values.map(String)) });
  return { store, hand, done, answer: hand.answers.at(-1)! };
};

const PIN: EntrySpec = { kind: 'pin', person, token: 't', minLength: 4, maxLength: 8 };
const NEW_PIN: EntrySpec = { kind: 'new-pin', person, token: 't', minLength: 4, maxLength: 8, half: 'whole' };
const NEW_PASSPHRASE: EntrySpec = { kind: 'new-passphrase', person, minLength: 10 };
const LINES = shareSpec(person, 1), BLIND = shareSpec(person, null, true);
const DICE: EntrySpec = { kind: 'dice-code', person, share: 1, minThrows: 50 };
const TEST_PAGE: EntrySpec = { kind: 'test-symbol', person, ways: ['scan', 'image'] };
const CODE = '35261 42316 61453 12645 31624 56213 42165 36412 51324 64153', BARE = CODE.replaceAll(' ', '');
const SYMBOL = `KCS1:${'0123456789ABCDEFGHJKMNPQRSTVWXYZ'.repeat(9)}`, BLINDED = SYMBOL.replace('KCS1', 'KCB1');

describe.each<[string, EntrySpec, readonly (string | Uint8Array)[]]>([
  ['a PIN of the least length', PIN, ['1234']], ['a PIN of the greatest length', PIN, ['12345678']],
  ['half a PIN of one character', { kind: 'pin-half', person, token: 't', half: 'first' }, ['1']],
  ['a new PIN typed twice', NEW_PIN, ['1234', '1234']], ['half a new PIN of half the length', { ...NEW_PIN, half: 'first' }, ['12', '12']],
  ['a passphrase', { kind: 'passphrase', person }, ['x']], ['a new passphrase counted in characters', NEW_PASSPHRASE, ['äöüäöüäöüä', 'äöüäöüäöüä']],
  ['four right lines', LINES, ['OK1', 'OK2', 'OK3', 'OK4']], ['the text of a share’s symbol', LINES, [SYMBOL]],
  ['four lines and the code of a blind sheet', BLIND, ['OK1', 'OK2', 'OK3', 'OK4', CODE]], ['the text of a blind symbol and its code', BLIND, [BLINDED, CODE]],
  ['a dice code typed twice, the second time without its spaces', DICE, [CODE, BARE]], ['the symbol of a test page', TEST_PAGE, ['KCT1:0123456789']],
])('%s', (_name, spec, values) => {
  it('is accepted, and can be taken once', async () => {
    const { store, answer, done } = attempt(spec, ...values);
    expect(answer).toEqual({ type: 'accepted' });
    expect(await done).toEqual({ committed: true });
    const kept = spec.kind === 'share' ? values.length : 1;
    expect(store.take('e')).toMatchObject({ spec, way: wayOf(spec, values.map(String)).way ?? null, values: values.slice(0, kept).map((value) => Buffer.from(value === CODE ? BARE : String(value))) });
    expect(() => store.take('e')).toThrow(expect.objectContaining({ code: 'VAULT_ENTRY_MISSING' }));
  });
});

describe.each<[string, EntrySpec, readonly (string | Uint8Array)[], string]>([
  ['a PIN that is too short', PIN, ['123'], 'HSM_PIN_FORMAT'], ['a PIN that is too long', PIN, ['123456789'], 'HSM_PIN_FORMAT'],
  ['a new PIN typed differently', NEW_PIN, ['1234', '1235'], 'VAULT_ENTRY_DIFFERS'], ['a new PIN typed once', NEW_PIN, ['1234'], 'IPC_REQUEST'],
  ['an empty half', { kind: 'pin-half', person, token: 't', half: 'second' }, [''], 'HSM_PIN_FORMAT'],
  ['a short new passphrase of many bytes', NEW_PASSPHRASE, ['äöüäöüäöü', 'äöüäöüäöü'], 'CREDENTIAL_WEAK_PASSPHRASE'],
  ['an empty passphrase', { kind: 'passphrase', person }, [''], 'CREDENTIAL_PASSPHRASE'],
  ['a PIN that is not UTF-8', PIN, [Uint8Array.of(0x31, 0xff, 0x32, 0x33)], 'IPC_REQUEST'], ['a PIN with a NUL, where a C string would end', PIN, ['12\u00003456'], 'IPC_REQUEST'],
  ['three lines', LINES, ['OK1', 'OK2', 'OK3'], 'IPC_REQUEST'], ['a mistyped line', LINES, ['OK1', 'OK2', 'no', 'OK4'], 'SHARE_LINE_MISTYPED'],
  ['an address in a symbol', LINES, ['https://example.org/'], 'SHARE_NOT_A_SHARE'], ['a symbol with a letter no share has', LINES, [`${SYMBOL}U`], 'SHARE_NOT_A_SHARE'],
  ['a symbol in lower case', LINES, [SYMBOL.toLowerCase()], 'SHARE_NOT_A_SHARE'], ['a symbol that is too long', LINES, [SYMBOL + '0'.repeat(400 - SYMBOL.length + 1)], 'SHARE_NOT_A_SHARE'],
  ['a prefix alone', LINES, ['KCS1:'], 'SHARE_NOT_A_SHARE'], ['a blind symbol without being asked for its code', LINES, [BLINDED], 'SHARE_NOT_A_SHARE'],
  ['a symbol that is not blind, with a code', BLIND, [SYMBOL, CODE], 'SHARE_NOT_A_SHARE'], ['a blind symbol without its code', BLIND, [BLINDED], 'IPC_REQUEST'],
  ['a blind symbol with a code of 49 throws', BLIND, [BLINDED, BARE.slice(1)], 'SHARE_CODE_FORMAT'], ['a dice code with a seven', DICE, [`${BARE}7`, `${BARE}7`], 'SHARE_CODE_FORMAT'],
  ['a dice code of one face', DICE, ['6'.repeat(50), '6'.repeat(50)], 'SHARE_CODE_FORMAT'], ['a dice code that is half a code twice', DICE, [BARE.slice(0, 25).repeat(2), BARE.slice(0, 25).repeat(2)], 'SHARE_CODE_FORMAT'],
  ['a dice code of 101 throws', DICE, ['1'.repeat(101), '1'.repeat(101)], 'SHARE_CODE_FORMAT'], ['a dice code typed differently', DICE, [BARE, `${BARE}1`], 'VAULT_ENTRY_DIFFERS'],
  ['a share where the test page is asked for', TEST_PAGE, [SYMBOL], 'SHARE_NOT_A_SHARE'],
])('%s', (_name, spec, values, code) => {
  it(`is refused (${code}), and the window may try again`, async () => {
    const { store, hand, answer, done } = attempt(spec, ...values);
    expect(answer).toMatchObject({ type: 'refused', code });
    expect(() => store.take('e')).toThrow(expect.objectContaining({ code: 'VAULT_ENTRY_MISSING' }));
    hand.send({ type: 'cancel' });
    expect(await done).toEqual({ committed: false });
  });
});

describe('the way of a share', () => {
  it.each<[string, EntrySpec, unknown]>([['none', LINES, undefined], ['one that was not offered', { kind: 'share', person, share: 1, ways: ['scan'], blind: false }, 'type'], ['one where there is none', PIN, 'scan'], ['one that does not exist', LINES, 'guess']])('%s is refused (IPC_REQUEST)', (_name, spec, way) => {
    const store = createEntryStore(hooks), hand = makeHand();
    void store.attach('e', spec, hand.port);
    hand.send({ type: 'commit', values: spec === PIN ? [bytes('1234')] : ['OK1', 'OK2', 'OK3', 'OK4'].map(bytes), ...(way === undefined ? {} : { way }) } as never);
    expect(hand.answers).toMatchObject([{ type: 'refused', code: 'IPC_REQUEST' }]);
  });
  it('repeats nothing of a symbol it refuses', () => {
    const { answer } = attempt(LINES, 'KCS1:wallet-seed-words');
    expect(JSON.stringify(answer)).not.toMatch(/wallet|seed|words/i);
  });
});

describe('an entry', () => {
  it('answers each share line at once, and wipes what the port delivered', () => {
    const store = createEntryStore(hooks);
    const hand = makeHand();
    let deliver: (message: unknown) => void = () => undefined;
    void store.attach('e', LINES, { ...hand.port, onMessage: (listener) => { deliver = listener; } });
    const good = bytes('OK line'), bad = bytes('line');
    deliver({ type: 'line', index: 0, value: good });
    deliver({ type: 'line', index: 1, value: bad });
    expect(hand.answers).toEqual([{ type: 'line-checked', index: 0, ok: true }, { type: 'line-checked', index: 1, ok: false }]);
    expect(seenLines.slice(-2)).toEqual(['0:OK line', '1:line']);
    expect([...good, ...bad].every((byte) => byte === 0)).toBe(true);
  });

  it('is cancelled by closing its window, and takes nothing after', async () => {
    const store = createEntryStore(hooks);
    const hand = makeHand();
    const done = store.attach('e', PIN, hand.port);
    hand.close();
    expect(await done).toEqual({ committed: false });
    hand.send({ type: 'commit', values: [bytes('1234')] });
    expect(() => store.take('e')).toThrow(expect.objectContaining({ code: 'VAULT_ENTRY_MISSING' }));
  });

  it('refuses messages that are none (IPC_REQUEST), a transferred value that arrives as null, and an id in use (VAULT_STATE)', async () => {
    const store = createEntryStore(hooks);
    const hand = makeHand();
    void store.attach('e', PIN, hand.port);
    for (const raw of [null, 'commit', { type: 'commit' }, { type: 'commit', values: [null] }, { type: 'line', index: 4, value: bytes('x') }]) hand.send(raw as never);
    expect(hand.answers).toHaveLength(5);
    expect(hand.answers.every((answer) => answer.type === 'refused' && answer.code === 'IPC_REQUEST')).toBe(true);
    await expect(store.attach('e', PIN, hand.port)).rejects.toMatchObject({ code: 'VAULT_STATE' });
  });

  it('is cancelled, and what waits is gone, when the vault is wiped', async () => {
    const store = createEntryStore(hooks);
    const hand = makeHand();
    const done = store.attach('e', PIN, hand.port);
    hand.send({ type: 'commit', values: [bytes('1234')] });
    await done;
    const second = store.attach('f', PIN, makeHand().port);
    store.wipe();
    expect(await second).toEqual({ committed: false });
    expect(() => store.take('e')).toThrow(expect.objectContaining({ code: 'VAULT_ENTRY_MISSING' }));
  });

  it('joins halves in order and wipes them', async () => {
    const store = createEntryStore(hooks);
    for (const [id, value] of [['a', '12'], ['b', 'üx']] as const) {
      const hand = makeHand();
      const done = store.attach(id, { kind: 'pin-half', person, token: 't', half: 'first' }, hand.port);
      hand.send({ type: 'commit', values: [bytes(value)] });
      await done;
    }
    expect(store.takeJoined(['b', 'a']).toString()).toBe('üx12');
    expect(() => store.takeJoined(['a'])).toThrow(expect.objectContaining({ code: 'VAULT_ENTRY_MISSING' }));
  });
});
