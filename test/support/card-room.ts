/** An HSM with a share set in hand, and custodians' cards in readers, for tests of cards. */
import { createVault, type Vault } from '../../electron/vault/vault.ts';
import { readShareFromCard, type ReadRequest } from '../../electron/vault/cards/read.ts';
import type { PersonId, Sha256Hex } from '../../shared/brand.ts';
import { parseManifest, type Manifest } from '../../shared/custody/manifest.ts';
import type { TokenInfo, VaultRequest, VaultResponse } from '../../shared/vault/contract.ts';
import { bareContext } from './bare-context.ts';
import { makeCardKey, type CardKey } from './card-keys.ts';
import { PEOPLE } from './custody-sets.ts';
import { makeReaders, type Readers } from './removable.ts';
import { makeLoggedInToken, pinSpec, TEST_PIN, typeInto } from './typing.ts';

export const CARD_PIN = 'card-0815-test';
export interface CardRoom {
  readonly readers: Readers; readonly vault: Vault; readonly hsm: TokenInfo;
  /** A card with a PIN and, where wanted, a key. */
  makeCard(key?: CardKey): Promise<TokenInfo>;
  split(changes?: Partial<VaultRequest<'custody.split'>>): Promise<Manifest>;
  write(serial: string, share: number, pin?: string | null): Promise<VaultResponse<'card.write'>>;
  erase(serial: string, setId: Sha256Hex, share: number, pin?: string): Promise<VaultResponse<'card.erase'>>;
  /** By a context of its own, which has never seen the set. */
  read(serial: string, expect?: ReadRequest['expect'], pin?: string | null): Promise<Buffer>;
  close(): void;
}

/** Names of 24 bytes in UTF-8: the longest a share can have. */
export const LONG_NAMES = PEOPLE.map(([person], index) => ({ number: index + 1, person: person as PersonId, name: `Žofie ${'x'.repeat(16)}${index}` }));

export const splitRequest = (module: string, serial: string, changes: Partial<VaultRequest<'custody.split'>> = {}): VaultRequest<'custody.split'> => ({
  module, serial, ceremony: '0007 Root 2027', nonce: '11'.repeat(32) as Sha256Hex, threshold: 3, drill: true, epoch: 1, issuedAt: '2026-11-24T09:30:00.000Z', reviewBy: '2028-11', custodians: LONG_NAMES, ...changes,
});

export const manifestOf = (text: string): Manifest => {
  const read = parseManifest(text);
  if (!read.ok) throw new Error(JSON.stringify(read.fault));
  return read.value;
};

type Attach = Pick<Vault, 'attachEntry'>;
const entriesOf = async (at: Attach, serial: string, pin: string | null): Promise<string[]> => (pin === null ? [] : [await typeInto(at, pinSpec(serial), pin)]);

const cardMaker = (vault: Vault, module: string): CardRoom['makeCard'] => async (key) => {
  const card = await makeLoggedInToken(vault, module, 'custodian', CARD_PIN);
  await vault.call('token.logout', { module, serial: card.serial });
  if (key !== undefined) await makeCardKey(module, card.serial, CARD_PIN, key);
  return card;
};

const reader = (module: string): CardRoom['read'] => async (serial, expect = { share: null }, pin = CARD_PIN) => {
  const other = bareContext();
  try { return await readShareFromCard(other, { module, serial, pinEntries: await entriesOf(other, serial, pin), expect }); } finally { other.modules.close(); }
};

/** SoftHSM shows a free slot only when it is started anew, so nobody stays logged in between calls. */
const splitter = (vault: Vault, module: string, hsm: TokenInfo): CardRoom['split'] => async (changes) => {
  await vault.call('token.login', { module, serial: hsm.serial, pinEntries: await entriesOf(vault, hsm.serial, TEST_PIN) });
  const { manifest } = await vault.call('custody.split', splitRequest(module, hsm.serial, changes));
  await vault.call('token.logout', { module, serial: hsm.serial });
  return manifestOf(manifest);
};

export const openCardRoom = async (): Promise<CardRoom> => {
  const readers = makeReaders(), { module } = readers, vault = createVault();
  const hsm = await makeLoggedInToken(vault, module, 'hsm');
  await vault.call('token.logout', { module, serial: hsm.serial });
  return {
    readers, vault, hsm,
    makeCard: cardMaker(vault, module),
    split: splitter(vault, module, hsm),
    write: async (serial, share, pin = CARD_PIN) => vault.call('card.write', { module, serial, share, pinEntries: await entriesOf(vault, serial, pin) }),
    erase: async (serial, setId, share, pin = CARD_PIN) => vault.call('card.erase', { module, serial, setId, share, pinEntries: await entriesOf(vault, serial, pin) }),
    read: reader(module),
    close: () => { vault.close(); readers.remove(); },
  };
};

/** The fault of a call, as it crosses a process; what is not a fault fails the test. */
export const faultOf = (work: Promise<unknown>): Promise<{ code: string; details: Readonly<Record<string, unknown>> }> =>
  work.then(() => ({ code: 'no fault', details: {} }), (error: { code: string; details: Readonly<Record<string, unknown>> }) => ({ code: error.code, details: error.details }));
