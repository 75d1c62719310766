/** Credential files and credentials on tokens: made, used, refused. */
import { createPublicKey, verify } from 'node:crypto';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseCredentialFile } from '../../electron/vault/credentials/file-format.ts';
import { createVault, type Vault } from '../../electron/vault/vault.ts';
import type { Base64, KeyIdHex, PersonId } from '../../shared/brand.ts';
import { CREDENTIAL_ALGORITHMS, type CredentialAlgorithm, type KeyProfile } from '../../shared/ceremony/plan-schema.ts';
import { verifiesByAlgorithm } from '../../electron/vault/keys/verify.ts';
import { makeSoftHsm, type SoftHsm } from '../support/softhsm.ts';
import { bytes, makeHand, makeLoggedInToken, pinSpec, TEST_PIN, typeInto } from '../support/typing.ts';

let hsm: SoftHsm, vault: Vault;
beforeAll(() => { hsm = makeSoftHsm(); vault = createVault(); });
afterAll(() => { vault.close(); hsm.remove(); });

const ada = 'ada' as PersonId, ben = 'ben' as PersonId;
const PASSPHRASE = 'korrekt hörse batterie';
const PAE = Buffer.from('DSSEv1 1 x 2 ok');
const pae = PAE.toString('base64') as Base64;
const pathOf = (name: string): string => join(hsm.dir, name);

const create = async (name: string, person: PersonId = ada) =>
  vault.call('credential.create', { entryId: await typeInto(vault, { kind: 'new-passphrase', person, minLength: 10 }, PASSPHRASE, PASSPHRASE), person, name: 'Ada Example', path: pathOf(name) });
const signFile = async (name: string, publicKey: Base64, passphrase: string, person: PersonId = ada, typedBy: PersonId = person) =>
  vault.call('credential.sign', { entryId: await typeInto(vault, { kind: 'passphrase', person: typedBy }, passphrase), person, pae, publicKey, algorithm: 'Ed25519', source: { kind: 'file', path: pathOf(name) } });

describe('a credential file', () => {
  it('is made once with mode 0600, and signs PAE bytes that OpenSSL verifies', async () => {
    const { publicKey } = await create('ada.json');
    expect(statSync(pathOf('ada.json')).mode & 0o777).toBe(0o600);
    const { signature } = await signFile('ada.json', publicKey, PASSPHRASE);
    expect(verify(null, PAE, createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' }), Buffer.from(signature, 'base64'))).toBe(true);
    await expect(create('ada.json')).rejects.toMatchObject({ code: 'CREDENTIAL_FILE_EXISTS' });
  });

  it('is opened while its person is still at the desk: a wrong passphrase is told there, and the seed signs once', async () => {
    const { publicKey } = await create('desk.json');
    const spec = { kind: 'passphrase', person: ada, path: pathOf('desk.json') } as const;
    const hand = makeHand();
    const done = vault.attachEntry('desk-entry', spec, hand.port);
    hand.send({ type: 'commit', values: [bytes('not the passphrase')] });
    expect(await hand.verdict()).toMatchObject({ type: 'refused', code: 'CREDENTIAL_PASSPHRASE' });
    hand.send({ type: 'commit', values: [bytes(PASSPHRASE)] });
    expect(await done).toEqual({ committed: true });
    const sign = (path: string) => vault.call('credential.sign', { entryId: 'desk-entry', person: ada, pae, publicKey, algorithm: 'Ed25519', source: { kind: 'file', path } });
    const { signature } = await sign(pathOf('desk.json'));
    expect(verifiesByAlgorithm('Ed25519', Buffer.from(publicKey, 'base64'), PAE, Buffer.from(signature, 'base64'))).toBe(true);
    await expect(sign(pathOf('desk.json'))).rejects.toMatchObject({ code: 'VAULT_ENTRY_MISSING' });
  });

  it('opened at the desk signs for no other file', async () => {
    const { publicKey } = await create('own.json');
    const entryId = await typeInto(vault, { kind: 'passphrase', person: ada, path: pathOf('own.json') }, PASSPHRASE);
    await expect(vault.call('credential.sign', { entryId, person: ada, pae, publicKey, algorithm: 'Ed25519', source: { kind: 'file', path: pathOf('other.json') } })).rejects.toMatchObject({ code: 'CREDENTIAL_WRONG_PERSON' });
  });

  it('takes the passphrase in either form of Unicode', async () => {
    const { publicKey } = await create('unicode.json');
    expect(PASSPHRASE.normalize('NFD')).not.toBe(PASSPHRASE);
    expect((await signFile('unicode.json', publicKey, PASSPHRASE.normalize('NFD'))).signature).toHaveLength(88);
  });

  it('refuses a wrong passphrase (CREDENTIAL_PASSPHRASE)', async () => {
    const { publicKey } = await create('wrong.json');
    await expect(signFile('wrong.json', publicKey, 'korrekt horse batterie')).rejects.toMatchObject({ code: 'CREDENTIAL_PASSPHRASE' });
  });

  it('refuses every changed character (CREDENTIAL_FILE_INVALID, CREDENTIAL_PASSPHRASE or CREDENTIAL_WRONG_PERSON), and others\' files', async () => {
    const { publicKey } = await create('changed.json');
    const text = readFileSync(pathOf('changed.json'), 'utf8');
    const seen = new Set<string>();
    // One change in the name, the salt, the nonce and the ciphertext each reaches the decryption; all others are refused by parsing.
    for (const field of ['name', 'salt', 'nonce', 'ciphertext', 'person', 'publicKey', 'format', 'algorithm'] as const) {
      const at = text.indexOf(`"${field}": "`) + field.length + 7;
      const other = text[at] === 'A' ? 'B' : text[at]!.match(/[a-z]/) ? (text[at] === 'b' ? 'c' : 'b') : 'A';
      writeFileSync(pathOf('changed.json'), text.slice(0, at) + other + text.slice(at + 1));
      const code = await signFile('changed.json', publicKey, PASSPHRASE).then(() => 'signed', (error: { code: string }) => error.code);
      expect(['CREDENTIAL_FILE_INVALID', 'CREDENTIAL_PASSPHRASE', 'CREDENTIAL_WRONG_PERSON'], field).toContain(code);
      seen.add(code);
    }
    expect(seen).toEqual(new Set(['CREDENTIAL_FILE_INVALID', 'CREDENTIAL_PASSPHRASE', 'CREDENTIAL_WRONG_PERSON']));
    writeFileSync(pathOf('changed.json'), text);
    await expect(signFile('changed.json', publicKey, PASSPHRASE, ben)).rejects.toMatchObject({ code: 'CREDENTIAL_WRONG_PERSON', details: { person: 'ben', found: 'ada' } });
    await expect(signFile('changed.json', publicKey, PASSPHRASE, ada, ben)).rejects.toMatchObject({ code: 'CREDENTIAL_WRONG_PERSON' });
    await expect(signFile('absent.json', publicKey, PASSPHRASE)).rejects.toMatchObject({ code: 'CREDENTIAL_FILE_INVALID' });
  });

  it('is parsed strictly: only its own exact text', async () => {
    await create('strict.json');
    const text = readFileSync(pathOf('strict.json'), 'utf8');
    const holds = (changed: string): boolean => parseCredentialFile(Buffer.from(changed)).ok;
    expect(holds(text)).toBe(true);
    for (const changed of [text.trimEnd(), `${text} `, text.replace('"person"', '"person": "ada", "person"'), text.replace('131072', '16384'), text.replace('{', '{"extra": 1,'), '', '[]', text + ' '.repeat(9000)]) expect(holds(changed)).toBe(false);
  });

  it('of version 1 stays readable: the published file and passphrase give the published signature', async () => {
    const vectors = join(import.meta.dirname, '../vectors/credential');
    const vector = JSON.parse(readFileSync(join(vectors, 'ada.use.json'), 'utf8')) as { file: string; passphrase: string; message: string; publicKey: Base64; signature: Base64 };
    const entryId = await typeInto(vault, { kind: 'passphrase', person: ada }, vector.passphrase);
    const message = Buffer.from(vector.message).toString('base64') as Base64;
    const source = { kind: 'file', path: join(vectors, vector.file) } as const;
    expect(await vault.call('credential.sign', { entryId, person: ada, pae: message, publicKey: vector.publicKey, algorithm: 'Ed25519', source })).toEqual({ signature: vector.signature });
  });

  it('signs nothing but PAE bytes (IPC_REQUEST)', async () => {
    const { publicKey } = await create('pae.json');
    const entryId = await typeInto(vault, { kind: 'passphrase', person: ada }, PASSPHRASE);
    await expect(vault.call('credential.sign', { entryId, person: ada, pae: Buffer.from('free bytes').toString('base64') as Base64, publicKey, algorithm: 'Ed25519', source: { kind: 'file', path: pathOf('pae.json') } })).rejects.toMatchObject({ code: 'IPC_REQUEST' });
  });
});

describe('a credential on a token', () => {
  const PROFILES: Readonly<Record<CredentialAlgorithm, KeyProfile>> = { Ed25519: 'ed25519', 'ECDSA-P256-SHA256': 'ec-p256', 'ECDSA-P384-SHA384': 'ec-p384', 'RSASSA-PSS-SHA256': 'rsa-3072', 'RSASSA-PSS-SHA384': 'rsa-3072' };

  it.each(CREDENTIAL_ALGORITHMS)('signs with %s, verified outside, and is logged out after', async (algorithm) => {
    const { serial } = await makeLoggedInToken(vault, hsm.module, algorithm);
    await vault.call('key.generate', { module: hsm.module, serial, keyId: '07' as KeyIdHex, profile: PROFILES[algorithm], label: 'ada', extractable: false });
    await vault.call('token.logout', { module: hsm.module, serial });
    const [key] = await vault.call('token.public-keys', { module: hsm.module, serial });
    expect(key).toMatchObject({ id: '07', label: 'ada', algorithm: algorithm === 'RSASSA-PSS-SHA384' ? 'RSASSA-PSS-SHA256' : algorithm });
    const sign = async (pin: string) => vault.call('credential.sign', { entryId: await typeInto(vault, pinSpec(serial, ada), pin), person: ada, pae, publicKey: key!.publicKey, algorithm, source: { kind: 'token', module: hsm.module, serial } });
    const { signature } = await sign(TEST_PIN);
    expect(verifiesByAlgorithm(algorithm, Buffer.from(key!.publicKey, 'base64'), PAE, Buffer.from(signature, 'base64'))).toBe(true);
    expect(verifiesByAlgorithm(algorithm, Buffer.from(key!.publicKey, 'base64'), Buffer.from('DSSEv1 1 x 2 no'), Buffer.from(signature, 'base64'))).toBe(false);
    expect((await vault.call('vault.status', {})).loggedIn).not.toContain(serial);
    await expect(sign('wrong-pin')).rejects.toMatchObject({ code: 'HSM_PIN_INCORRECT' });
  });

  it('gets a key of its person made on it at enrolment, once, which then signs', async () => {
    const { serial } = await makeLoggedInToken(vault, hsm.module, 'enrolment');
    const makeKey = async (person: PersonId, pin = TEST_PIN) => vault.call('credential.make-key', { module: hsm.module, serial, person, pinEntries: [await typeInto(vault, pinSpec(serial, person), pin)] });
    await expect(makeKey(ada)).rejects.toMatchObject({ code: 'VAULT_STATE' });
    await vault.call('token.logout', { module: hsm.module, serial });
    await expect(makeKey(ada, 'wrong-pin')).rejects.toMatchObject({ code: 'HSM_PIN_INCORRECT' });
    const key = await makeKey(ada);
    expect(key).toMatchObject({ label: 'quorate-ada', algorithm: 'ECDSA-P256-SHA256' });
    expect(await vault.call('token.public-keys', { module: hsm.module, serial })).toEqual([key]);
    expect((await vault.call('vault.status', {})).loggedIn).not.toContain(serial);
    const { signature } = await vault.call('credential.sign', { entryId: await typeInto(vault, pinSpec(serial, ada), TEST_PIN), person: ada, pae, publicKey: key.publicKey, algorithm: key.algorithm, source: { kind: 'token', module: hsm.module, serial } });
    expect(verifiesByAlgorithm(key.algorithm, Buffer.from(key.publicKey, 'base64'), PAE, Buffer.from(signature, 'base64'))).toBe(true);
    await expect(makeKey(ada)).rejects.toMatchObject({ code: 'HSM_LABEL_IN_USE' });
    expect((await makeKey(ben)).publicKey).not.toBe(key.publicKey);
    await vault.call('token.login', { module: hsm.module, serial, pinEntries: [await typeInto(vault, pinSpec(serial), TEST_PIN)] });
    expect((await vault.call('token.inventory', { module: hsm.module, serial })).objects.filter((object) => object.class === 'private-key')).toHaveLength(2);
    await vault.call('token.logout', { module: hsm.module, serial });
  });

  it('refuses a key that is not the roster\'s (HSM_KEY_NOT_FOUND) and a token that is logged in (VAULT_STATE)', async () => {
    const { serial } = await makeLoggedInToken(vault, hsm.module, 'other key');
    const { spki } = await vault.call('key.generate', { module: hsm.module, serial, keyId: '08' as KeyIdHex, profile: 'ec-p256', label: 'ada', extractable: false });
    const sign = async (publicKey: Base64) => vault.call('credential.sign', { entryId: await typeInto(vault, pinSpec(serial, ada), TEST_PIN), person: ada, pae, publicKey, algorithm: 'ECDSA-P256-SHA256', source: { kind: 'token', module: hsm.module, serial } });
    await expect(sign(spki)).rejects.toMatchObject({ code: 'VAULT_STATE' });
    await vault.call('token.logout', { module: hsm.module, serial });
    const { publicKey } = await create('someone.json');
    await expect(sign(publicKey)).rejects.toMatchObject({ code: 'HSM_KEY_NOT_FOUND' });
    expect((await sign(spki)).signature.length).toBeGreaterThan(80);
  });
});
