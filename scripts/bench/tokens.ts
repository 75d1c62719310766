/** SoftHSM tokens of a benchmark's own: one HSM, and one token with a key for each of five people. */
import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createVault, type EntryPort, type Vault } from '../../electron/vault/vault.ts';
import type { Base64, KeyIdHex, PersonId } from '../../shared/brand.ts';
import { toBase64 } from '../../shared/bytes.ts';
import type { EntrySpec } from '../../shared/vault/contract.ts';

export const MODULE = '/usr/lib/softhsm/libsofthsm2.so';
export const PIN = 'bench-4711';
const PERSON = 'bench' as PersonId;

/** Types one value as the entry window would. */
export const typeInto = async (vault: Vault, spec: EntrySpec, ...values: readonly string[]): Promise<string> => {
  const entryId = randomUUID();
  let send: (message: unknown) => void = () => undefined;
  const port: EntryPort = { postMessage: () => undefined, onMessage: (listener) => { send = listener; }, onClose: () => undefined };
  const done = vault.attachEntry(entryId, spec, port);
  send({ type: 'commit', values: values.map((value) => new TextEncoder().encode(value)) });
  if (!(await done).committed) throw new Error('the entry was not taken');
  return entryId;
};
export const pinEntry = (vault: Vault, serial: string, person: PersonId = PERSON): Promise<string> => typeInto(vault, { kind: 'pin', person, token: serial, minLength: 4, maxLength: 64 }, PIN);

const makeToken = async (vault: Vault, label: string): Promise<string> =>
  (await vault.call('rehearsal.make-token', { module: MODULE, label, pinEntries: [await typeInto(vault, { kind: 'new-pin', person: null, token: label, minLength: 4, maxLength: 64, half: 'whole' }, PIN, PIN)] })).serial;

export interface Signer { readonly person: PersonId; readonly keyId: KeyIdHex; readonly publicKey: Base64 }
export interface Tokens { readonly dir: string; readonly vault: Vault; readonly hsm: string; readonly people: string; readonly signers: readonly Signer[]; readonly credentialsDir: string; close(): void }

const pem = (spki: string): string => `-----BEGIN PUBLIC KEY-----\n${spki.replace(/(.{1,64})/g, '$1\n')}-----END PUBLIC KEY-----\n`;

const enrol = async (vault: Vault, serial: string, credentialsDir: string): Promise<Signer[]> => {
  await vault.call('token.login', { module: MODULE, serial, pinEntries: [await pinEntry(vault, serial)] });
  const signers: Signer[] = [];
  for (let number = 1; number <= 5; number++) {
    const keyId = `000${number}` as KeyIdHex;
    const { spki } = await vault.call('key.generate', { module: MODULE, serial, keyId, label: `person-${number}`, profile: 'ec-p256', extractable: false });
    writeFileSync(path.join(credentialsDir, `${number}.pem`), pem(spki));
    signers.push({ person: `person-${number}` as PersonId, keyId, publicKey: toBase64(Buffer.from(spki, 'base64')) });
  }
  await vault.call('token.logout', { module: MODULE, serial });
  return signers;
};

/** A warm vault with both tokens; the HSM is logged in. */
export const makeTokens = async (): Promise<Tokens> => {
  const dir = realpathSync(mkdtempSync(path.join(tmpdir(), 'quorate-bench-')));
  const [store, credentialsDir] = [path.join(dir, 'tokens'), path.join(dir, 'credentials')];
  for (const one of [store, credentialsDir]) mkdirSync(one, { recursive: true });
  const conf = path.join(dir, 'softhsm2.conf');
  writeFileSync(conf, `directories.tokendir = ${store}\nobjectstore.backend = file\nlog.level = ERROR\nslots.removable = false\n`);
  process.env['SOFTHSM2_CONF'] = conf;
  const vault = createVault();
  await vault.call('module.open', { path: MODULE });
  const hsm = await makeToken(vault, 'hsm');
  const people = await makeToken(vault, 'people');
  const signers = await enrol(vault, people, credentialsDir);
  await vault.call('token.login', { module: MODULE, serial: hsm, pinEntries: [await pinEntry(vault, hsm)] });
  return { dir, vault, hsm, people, signers, credentialsDir, close: () => { vault.close(); rmSync(dir, { recursive: true, force: true }); } };
};
