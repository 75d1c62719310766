/** A vault killed while it makes a key leaves what SoftHSM leaves; looking, removing and making again must work from there. */
import { randomUUID } from 'node:crypto';
import { readdirSync, watch } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createVault, type Vault } from '../../electron/vault/vault.ts';
import { CKA } from '../../electron/vault/pkcs11/constants.ts';
import { createModuleRegistry, type ModuleRegistry } from '../../electron/vault/pkcs11/modules.ts';
import { findKeyPair } from '../../electron/vault/pkcs11/objects.ts';
import { publicKeyTemplate } from '../../electron/vault/pkcs11/templates.ts';
import type { KeyIdHex } from '../../shared/brand.ts';
import { parseSpki } from '../../shared/keys/spki.ts';
import type { TokenObject } from '../../shared/transcript/entry-schema.ts';
import { octetString } from '../../shared/x509/der.ts';
import { bundleVault, forkVault, type ForkedVault, type VaultBundle } from '../support/forked-vault.ts';
import { makeSoftHsm, type SoftHsm } from '../support/softhsm.ts';
import { bytes, makeLoggedInToken, pinSpec, TEST_PIN, typeInto } from '../support/typing.ts';

let hsm: SoftHsm, bundle: VaultBundle, serial: string;
const children: ForkedVault[] = [];

const startLoggedIn = async (): Promise<ForkedVault> => {
  const vault = await forkVault(bundle, hsm.env);
  children.push(vault);
  await vault.call('module.open', { path: hsm.module });
  const entryId = randomUUID();
  const typed = vault.attachEntry(entryId, pinSpec(serial));
  vault.sendEntry(entryId, { type: 'commit', values: [bytes(TEST_PIN)] });
  expect(await typed).toEqual({ committed: true });
  await vault.call('token.login', { module: hsm.module, serial, pinEntries: [entryId] });
  return vault;
};

beforeAll(async () => {
  hsm = makeSoftHsm();
  bundle = await bundleVault();
  const vault = createVault();
  serial = (await makeLoggedInToken(vault, hsm.module, 'debris')).serial;
  vault.close();
});
afterAll(async () => { await Promise.all(children.map((one) => one.kill())); bundle.remove(); hsm.remove(); });

interface Cut { readonly answer: string; readonly found: string; readonly objects: readonly TokenObject[] }

/** Kills the vault at the n-th change of a file of the token, then looks with a new one, removes what is there and makes the key. */
const cutOffAt = async (changes: number, name: string): Promise<Cut> => {
  const ref = { module: hsm.module, serial, keyId: Buffer.from(name).toString('hex') as KeyIdHex, profile: 'ec-p384' as const };
  const first = await startLoggedIn();
  let seenChanges = 0;
  const watcher = watch(join(hsm.tokensDir, readdirSync(hsm.tokensDir)[0]!), () => { seenChanges += 1; if (seenChanges > changes) first.child.kill('SIGKILL'); });
  const answer = await first.call('key.generate', { ...ref, label: name, extractable: true }).then(() => 'made', (error: { code: string }) => error.code);
  watcher.close();
  await first.kill();
  const second = await startLoggedIn();
  const seen = await second.call('key.look', ref);
  if (seen.found !== 'complete') {
    const { destroyed } = await second.call('key.destroy', ref);
    expect(destroyed).toEqual(seen.found === 'debris' ? seen.objects : []);
    expect(await second.call('key.look', ref)).toEqual({ found: 'none' });
    await second.call('key.generate', { ...ref, label: name, extractable: true });
  }
  expect(await second.call('key.look', ref)).toMatchObject({ found: 'complete' });
  const { objects } = await second.call('token.inventory', { module: hsm.module, serial });
  expect(objects.filter(({ id }) => id === ref.keyId).map((one) => one.class)).toEqual(['private-key', 'public-key']);
  expect(objects.filter(({ id }) => id === '')).toEqual([]);
  await second.kill();
  return { answer, found: seen.found, objects: seen.found === 'debris' ? seen.objects : [] };
};

describe('a key whose making was cut off by a kill', () => {
  it('is found as nothing, debris or complete; debris is destroyed, nothing else is, and the key is made anew', async () => {
    const cuts: Cut[] = [];
    // A kill lands where it lands; rounds go on until both a half-made object and an empty token were seen.
    for (let round = 0; round < 40 && !(cuts.some((cut) => cut.found === 'debris') && cuts.some((cut) => cut.found === 'none')); round++) cuts.push(await cutOffAt(round, `round-${round}`));
    expect(cuts.map(({ found }) => found)).toEqual(expect.arrayContaining(['debris', 'none']));
    expect(cuts.every(({ answer, found }) => answer === 'VAULT_GONE' || found === 'complete')).toBe(true);
  });
});

describe('objects that are not one whole pair', () => {
  const keyId = 'd0b1';
  const ref = () => ({ module: hsm.module, serial, keyId: keyId as KeyIdHex, profile: 'ec-p256' as const });
  let vault: Vault, registry: ModuleRegistry;
  beforeAll(async () => {
    vault = createVault();
    await vault.call('token.login', { module: hsm.module, serial, pinEntries: [await typeInto(vault, pinSpec(serial), TEST_PIN)] });
    registry = createModuleRegistry();
  });
  afterAll(() => { registry.close(); vault.close(); });

  it('are debris: a second public key with the id of a whole pair; all of it goes', async () => {
    const made = await vault.call('key.generate', { ...ref(), label: 'pair', extractable: true });
    await registry.token(hsm.module, serial).use((session) => {
      const parts = parseSpki(Buffer.from(made.spki, 'base64'));
      if (parts?.kind !== 'ec') throw new Error('no EC key');
      session.p11.C_CreateObject(session.handle, [...publicKeyTemplate('ec-p256', 'twin', Buffer.from(keyId, 'hex')), { type: CKA.EC_POINT, value: Buffer.from(octetString(parts.point)) }]);
    });
    const seen = await vault.call('key.look', ref());
    expect(seen.found === 'debris' && seen.objects.map((one) => one.class).toSorted()).toEqual(['private-key', 'public-key', 'public-key']);
    expect((await vault.call('key.destroy', ref())).destroyed).toHaveLength(3);
    expect(await vault.call('key.look', ref())).toEqual({ found: 'none' });
    expect((await vault.call('key.destroy', ref())).destroyed).toEqual([]);
  });

  it('are debris: a public key alone, and a whole pair of another profile than the plan names', async () => {
    await vault.call('key.generate', { ...ref(), label: 'again', extractable: true });
    expect(await vault.call('key.look', { ...ref(), profile: 'ec-p384' })).toMatchObject({ found: 'debris' });
    await registry.token(hsm.module, serial).use((session) => { session.p11.C_DestroyObject(session.handle, findKeyPair(session, Buffer.from(keyId, 'hex')).privateKeys[0]!); });
    const seen = await vault.call('key.look', ref());
    expect(seen).toEqual({ found: 'debris', objects: [{ class: 'public-key', label: 'again', id: keyId, keyType: 'CKK_EC' }] });
  });
});
