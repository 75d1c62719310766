/** Makes and uses credential files. The seed and the key derived from the passphrase live for one call, in Buffers filled with zeros after. */
import { createCipheriv, createDecipheriv, createPrivateKey, createPublicKey, randomBytes, scrypt, sign, type KeyObject } from 'node:crypto';
import { constants } from 'node:fs';
import { open, readFile, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { toBase64 } from '../../../shared/bytes.ts';
import type { Base64, PersonId } from '../../../shared/brand.ts';
import { AppError } from '../../../shared/errors.ts';
import { wipeAll } from '../entries.ts';
import { credentialAad, encodeCredentialFile, GCM, parseCredentialFile, SCRYPT, SEED_BYTES, type CredentialFile } from './file-format.ts';

const MAX_MEMORY = 256 * 1024 * 1024;

/** The passphrase is normalised to NFC, so that one keyboard's "é" is another's. The string cannot be wiped; ASCII never becomes one. */
const passphraseBytes = (typed: Buffer): Buffer => (typed.every((byte) => byte < 0x80) ? Buffer.from(typed) : Buffer.from(typed.toString('utf8').normalize('NFC'), 'utf8'));

const deriveKey = (typed: Buffer, salt: Uint8Array): Promise<Buffer> => {
  const passphrase = passphraseBytes(typed);
  return new Promise<Buffer>((resolve, reject) => {
    scrypt(passphrase, salt, 32, { N: SCRYPT.n, r: SCRYPT.r, p: SCRYPT.p, maxmem: MAX_MEMORY }, (error, key) => { if (error === null) resolve(key); else reject(error); });
  }).finally(() => { passphrase.fill(0); });
};

/** PKCS #8 of an Ed25519 seed (RFC 8410 §7) is this prefix and the seed. */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');

const privateKeyOf = (seed: Buffer): KeyObject => {
  const der = Buffer.concat([PKCS8_PREFIX, seed]);
  try { return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }); } finally { der.fill(0); }
};
const spkiOf = (key: KeyObject): Base64 => toBase64(createPublicKey(key).export({ type: 'spki', format: 'der' }));

/** Exclusive create with its final bytes; file and folder are synced. @throws CREDENTIAL_FILE_EXISTS, STORAGE_IO */
const writeNew = async (path: string, text: string): Promise<void> => {
  const file = await open(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW, 0o600).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'EEXIST' ? new AppError('CREDENTIAL_FILE_EXISTS', { path }) : new AppError('STORAGE_IO', { path, errno: error.code ?? '' });
  });
  try {
    await file.writeFile(text, 'utf8');
    await file.sync();
  } catch (error) {
    await unlink(path).catch(() => undefined);
    throw new AppError('STORAGE_IO', { path }, { cause: error });
  } finally { await file.close(); }
  const folder = await open(dirname(path), constants.O_RDONLY);
  try { await folder.sync(); } finally { await folder.close(); }
};

const seal = (key: Buffer, nonce: Buffer, aad: Uint8Array, seed: Buffer): Buffer => {
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(aad);
  return Buffer.concat([cipher.update(seed), cipher.final(), cipher.getAuthTag()]);
};

/**
 * Makes a key and its file (mode 0600), and reads the file back before it answers.
 * @param typed the passphrase; the caller wipes it
 * @throws CREDENTIAL_FILE_EXISTS, STORAGE_IO
 */
export const createCredentialFile = async (path: string, person: PersonId, name: string, typed: Buffer): Promise<{ publicKey: Base64 }> => {
  const seed = randomBytes(SEED_BYTES), salt = randomBytes(SCRYPT.saltBytes), nonce = randomBytes(GCM.nonceBytes);
  let key: Buffer | null = null;
  try {
    key = await deriveKey(typed, salt);
    const publicKey = spkiOf(privateKeyOf(seed));
    const header = { person, name, publicKey, salt: toBase64(salt), nonce: toBase64(nonce) };
    const text = encodeCredentialFile(header, toBase64(seal(key, nonce, credentialAad(header), seed)));
    await writeNew(path, text);
    if ((await readFile(path, 'utf8')) !== text) throw new AppError('STORAGE_IO', { path, reason: 'read-back' });
    return { publicKey };
  } finally { wipeAll([seed, key]); }
};

const readCredential = async (path: string): Promise<CredentialFile> => {
  const content = await readFile(path).catch((error: NodeJS.ErrnoException) => { throw new AppError('CREDENTIAL_FILE_INVALID', { path, errno: error.code ?? '' }); });
  const parsed = parseCredentialFile(content);
  if (!parsed.ok) throw new AppError('CREDENTIAL_FILE_INVALID', { path });
  return parsed.value;
};

const unseal = async (file: CredentialFile, typed: Buffer): Promise<Buffer> => {
  const key = await deriveKey(typed, Buffer.from(file.kdf.salt, 'base64'));
  const sealed = Buffer.from(file.cipher.ciphertext, 'base64');
  const header = { person: file.person, name: file.name, publicKey: file.publicKey, salt: file.kdf.salt, nonce: file.cipher.nonce };
  const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(file.cipher.nonce, 'base64'), { authTagLength: GCM.tagBytes });
  decipher.setAAD(credentialAad(header)).setAuthTag(sealed.subarray(SEED_BYTES));
  const seed = decipher.update(sealed.subarray(0, SEED_BYTES));
  try { decipher.final(); return seed; } catch (error) {
    seed.fill(0);
    throw new AppError('CREDENTIAL_PASSPHRASE', { person: file.person }, { cause: error });
  } finally { key.fill(0); }
};

/**
 * Opens the file of `person`.
 * @returns the 32-byte seed; the caller wipes it
 * @throws CREDENTIAL_FILE_INVALID, CREDENTIAL_WRONG_PERSON, CREDENTIAL_PASSPHRASE (wrong passphrase, or the file was changed)
 */
export const openCredentialFile = async (path: string, person: PersonId, typed: Buffer): Promise<Buffer> => {
  const file = await readCredential(path);
  if (file.person !== person) throw new AppError('CREDENTIAL_WRONG_PERSON', { person, found: file.person });
  return unseal(file, typed);
};

/**
 * Signs with an opened seed, which stays the caller's.
 * @param publicKey the roster's; another key is refused before anything is signed
 * @throws CREDENTIAL_WRONG_PERSON
 */
export const signWithSeed = (seed: Buffer, person: PersonId, publicKey: Base64, message: Uint8Array): Buffer => {
  const key = privateKeyOf(seed);
  if (spkiOf(key) !== publicKey) throw new AppError('CREDENTIAL_WRONG_PERSON', { person, found: 'another key' });
  return sign(null, message, key);
};

/** Opens the file, signs, and forgets the key. @throws as openCredentialFile and signWithSeed */
export const signWithCredentialFile = async (path: string, person: PersonId, publicKey: Base64, typed: Buffer, message: Uint8Array): Promise<Buffer> => {
  const seed = await openCredentialFile(path, person, typed);
  try { return signWithSeed(seed, person, publicKey, message); } finally { seed.fill(0); }
};
