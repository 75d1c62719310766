/** Modules and tokens that are missing, wrong, removed or locked out, on SoftHSM. */
import { readdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createVault, type Vault } from '../../electron/vault/vault.ts';
import { acquireLibrary, releaseLibrary } from '../../electron/vault/pkcs11/library.ts';
import type { KeyIdHex, PersonId, Sha256Hex } from '../../shared/brand.ts';
import { makeSoftHsm, type SoftHsm } from '../support/softhsm.ts';
import { makeLoggedInToken, pinSpec, TEST_PIN, typeInto } from '../support/typing.ts';

let hsm: SoftHsm, vault: Vault;
beforeAll(() => { hsm = makeSoftHsm(); vault = createVault(); });
afterAll(() => { vault.close(); hsm.remove(); });

describe('opening a module', () => {
  it('tells what it is, with its digest, its tokens and that it is software', async () => {
    const info = await vault.call('module.open', { path: hsm.module });
    expect(info).toMatchObject({ manufacturer: 'SoftHSM', software: true, version: '2.6' });
    expect(info.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(info.tokens).toHaveLength(1);
    expect(info.tokens[0]).toMatchObject({ initialized: false });
  });

  it('is one module by whatever path it is reached', async () => {
    const link = join(hsm.dir, 'link.so');
    symlinkSync(hsm.module, link);
    expect((await vault.call('module.open', { path: link })).path).toBe((await vault.call('module.open', { path: hsm.module })).path);
  });

  it('refuses a missing file (HSM_MODULE_MISSING) and files that are no module (HSM_MODULE_NOT_PKCS11)', async () => {
    await expect(vault.call('module.open', { path: '/nowhere/module.so' })).rejects.toMatchObject({ code: 'HSM_MODULE_MISSING', details: { path: '/nowhere/module.so' } });
    await expect(vault.call('module.open', { path: '/etc/passwd' })).rejects.toMatchObject({ code: 'HSM_MODULE_NOT_PKCS11' });
    await expect(vault.call('module.open', { path: '/usr/lib' })).rejects.toMatchObject({ code: 'HSM_MODULE_NOT_PKCS11' });
    await expect(vault.call('module.open', { path: '' })).rejects.toMatchObject({ code: 'HSM_MODULE_MISSING' });
    const libc = '/lib/x86_64-linux-gnu/libm.so.6';
    await expect(vault.call('module.open', { path: libc })).rejects.toMatchObject({ code: 'HSM_MODULE_NOT_PKCS11' });
  });

  it('refuses a module whose file is another one than the plan pins, before it is loaded (HSM_MODULE_DIGEST)', async () => {
    const path = join(hsm.dir, 'pinned.so');
    writeFileSync(path, 'not even a library');
    await expect(vault.call('module.open', { path, sha256: '00'.repeat(32) as Sha256Hex })).rejects.toMatchObject({ code: 'HSM_MODULE_DIGEST' });
    const { sha256 } = await vault.call('module.open', { path: hsm.module });
    expect(await vault.call('module.open', { path: hsm.module, sha256 })).toMatchObject({ sha256 });
  });

  it('stays initialised for one user when another lets go', () => {
    const first = acquireLibrary(hsm.module, null), second = acquireLibrary(hsm.module, null);
    expect(second).toBe(first);
    releaseLibrary(second);
    expect(first.p11.C_GetSlotList(false).length).toBeGreaterThan(0);
    releaseLibrary(first);
  });
});

describe('a PIN', () => {
  const login = async (serial: string, ...pins: readonly string[]) => {
    const pinEntries = [];
    for (const pin of pins) pinEntries.push(await typeInto(vault, pins.length === 1 ? pinSpec(serial) : { kind: 'pin-half', person: 'cus-1' as PersonId, token: serial, half: 'first' }, pin));
    return vault.call('token.login', { module: hsm.module, serial, pinEntries });
  };

  it('that is wrong is refused (HSM_PIN_INCORRECT), says what is known of the tries, and ends the login that stood', async () => {
    const { serial } = await makeLoggedInToken(vault, hsm.module, 'pins');
    expect((await vault.call('vault.status', {})).loggedIn).toContain(serial);
    await expect(login(serial, 'wrong-pin')).rejects.toMatchObject({ code: 'HSM_PIN_INCORRECT', details: { ckr: 'CKR_PIN_INCORRECT', userPin: 'low' } });
    expect((await vault.call('vault.status', {})).loggedIn).not.toContain(serial);
    await expect(vault.call('key.look', { module: hsm.module, serial, keyId: '01' as KeyIdHex, profile: 'ec-p256' })).rejects.toMatchObject({ code: 'HSM_NOT_LOGGED_IN' });
    expect(await login(serial, TEST_PIN)).toEqual({ ok: true });
  });

  it('typed in halves is joined in order', async () => {
    const { serial } = await makeLoggedInToken(vault, hsm.module, 'halves');
    await expect(login(serial, TEST_PIN.slice(5), TEST_PIN.slice(0, 5))).rejects.toMatchObject({ code: 'HSM_PIN_INCORRECT' });
    expect(await login(serial, TEST_PIN.slice(0, 5), TEST_PIN.slice(5))).toEqual({ ok: true });
  });

  it('of the wrong length costs no try (HSM_PIN_FORMAT)', async () => {
    const { serial } = await makeLoggedInToken(vault, hsm.module, 'length');
    await expect(login(serial, '1', '2')).rejects.toMatchObject({ code: 'HSM_PIN_FORMAT' });
    expect((await vault.call('token.inventory', { module: hsm.module, serial })).token.userPin).toBe('normal');
    await expect(vault.call('token.login', { module: hsm.module, serial, pinEntries: [] })).rejects.toMatchObject({ code: 'HSM_PIN_FORMAT' });
  });

  it('entry is used once (VAULT_ENTRY_MISSING)', async () => {
    const { serial } = await makeLoggedInToken(vault, hsm.module, 'once');
    const entryId = await typeInto(vault, pinSpec(serial), TEST_PIN);
    await vault.call('token.login', { module: hsm.module, serial, pinEntries: [entryId] });
    await expect(vault.call('token.login', { module: hsm.module, serial, pinEntries: [entryId] })).rejects.toMatchObject({ code: 'VAULT_ENTRY_MISSING' });
  });
});

describe('a token', () => {
  it('has a label of 32 bytes, whatever the letters', async () => {
    const token = await makeLoggedInToken(vault, hsm.module, 'Schlüssel Zürich');
    expect(token.label).toBe('Schlüssel Zürich');
    const module = await vault.call('module.open', { path: hsm.module });
    expect(module.tokens.find(({ serial }) => serial === token.serial)).toMatchObject({ label: 'Schlüssel Zürich', userPinInitialized: true });
  });

  it('that nobody has is not found (HSM_TOKEN_NOT_FOUND)', async () => {
    await expect(vault.call('token.inventory', { module: hsm.module, serial: 'no-such' })).rejects.toMatchObject({ code: 'HSM_TOKEN_NOT_FOUND', details: { serial: 'no-such' } });
  });

  it('shows public objects without a login, and private ones only with it', async () => {
    const { serial } = await makeLoggedInToken(vault, hsm.module, 'inventory');
    await vault.call('key.generate', { module: hsm.module, serial, keyId: '0a0b' as KeyIdHex, profile: 'ec-p256', label: 'inventory key', extractable: false });
    const classes = async () => (await vault.call('token.inventory', { module: hsm.module, serial })).objects.map((one) => one.class);
    expect(await classes()).toEqual(['private-key', 'public-key']);
    await vault.call('token.logout', { module: hsm.module, serial });
    expect(await classes()).toEqual(['public-key']);
  });

  it('that is taken away is told apart from a failure (HSM_TOKEN_REMOVED), and works again after a login', async () => {
    await vault.call('vault.wipe', {}); // SoftHSM sees a token again only when it starts anew, which no other login may stand against
    const before = new Set(readdirSync(hsm.tokensDir));
    const { serial } = await makeLoggedInToken(vault, hsm.module, 'removed');
    const folder = readdirSync(hsm.tokensDir).find((name) => !before.has(name))!;
    const ref = { module: hsm.module, serial, keyId: 'aa' as KeyIdHex, profile: 'ec-p256' as const };
    const { spki } = await vault.call('key.generate', { ...ref, label: 'removed key', extractable: false });
    renameSync(join(hsm.tokensDir, folder), join(hsm.dir, 'pulled'));
    await expect(vault.call('key.generate', { ...ref, keyId: 'ab' as KeyIdHex, label: 'other', extractable: false })).rejects.toMatchObject({ code: 'HSM_TOKEN_REMOVED', details: { serial } });
    renameSync(join(hsm.dir, 'pulled'), join(hsm.tokensDir, folder));
    await vault.call('token.login', { module: hsm.module, serial, pinEntries: [await typeInto(vault, pinSpec(serial), TEST_PIN)] });
    expect(await vault.call('key.look', ref)).toMatchObject({ found: 'complete', spki });
  });
});

describe('locking a key', () => {
  it('sets it not extractable and shows that a wrap that works is refused', async () => {
    const { serial } = await makeLoggedInToken(vault, hsm.module, 'lock');
    for (const [profile, keyId, extractable] of [['ec-p384', '01', true], ['rsa-3072', '02', true], ['ed25519', '03', false]] as const) {
      await vault.call('key.generate', { module: hsm.module, serial, keyId: keyId as KeyIdHex, profile, label: `lock ${profile}`, extractable });
      const { tokens } = await vault.call('key.lock', { module: hsm.module, serials: [serial], keyId: keyId as KeyIdHex });
      expect(tokens).toEqual([{ serial, extractable: false, refusedWith: 'CKR_KEY_UNEXTRACTABLE' }]);
      const seen = await vault.call('key.look', { module: hsm.module, serial, keyId: keyId as KeyIdHex, profile });
      expect(seen).toMatchObject({ found: 'complete', claims: { extractable: false, neverExtractable: !extractable } });
    }
    expect((await vault.call('token.inventory', { module: hsm.module, serial })).objects.filter((one) => one.class === 'secret-key')).toEqual([]);
  });

  it('fails when the key is not there (HSM_KEY_NOT_FOUND)', async () => {
    const { serial } = await makeLoggedInToken(vault, hsm.module, 'lock-none');
    await expect(vault.call('key.lock', { module: hsm.module, serials: [serial], keyId: 'ff' as KeyIdHex })).rejects.toMatchObject({ code: 'HSM_KEY_NOT_FOUND' });
  });
});

describe('the vault itself', () => {
  it('logs everyone out when it is wiped, and answers nothing after it is closed', async () => {
    const own = createVault();
    const { serial } = await makeLoggedInToken(own, hsm.module, 'wipe');
    const entryId = await typeInto(own, pinSpec(serial), TEST_PIN);
    await own.call('vault.wipe', {});
    expect(await own.call('vault.status', {})).toEqual({ setId: null, unprinted: [], readBack: [], wrappingKey: false, loggedIn: [] });
    await expect(own.call('token.login', { module: hsm.module, serial, pinEntries: [entryId] })).rejects.toMatchObject({ code: 'VAULT_ENTRY_MISSING' });
    own.close();
    await expect(own.call('vault.status', {})).rejects.toMatchObject({ code: 'VAULT_GONE' });
  });

  it('refuses calls it does not know (IPC_UNKNOWN_CALL) and requests that are none (IPC_REQUEST)', async () => {
    await expect(vault.call('no.such' as 'vault.wipe', {})).rejects.toMatchObject({ code: 'IPC_UNKNOWN_CALL' });
    await expect(vault.call('constructor' as 'vault.wipe', {})).rejects.toMatchObject({ code: 'IPC_UNKNOWN_CALL' });
    await expect(vault.call('vault.wipe', null as never)).rejects.toMatchObject({ code: 'IPC_REQUEST' });
  });
});
