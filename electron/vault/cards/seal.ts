/**
 * Encrypting a share to a card's own key, and opening it with the card: RSA-OAEP or ECDH, then AES-256-GCM. The card does the private half;
 * the share and the AES key are here for that moment only.
 */
import { createCipheriv, createDecipheriv, createECDH, createPublicKey, hkdfSync, publicEncrypt, randomBytes, randomFillSync, constants as node } from 'node:crypto';
import type { ECDH1, RsaOAEP } from 'pkcs11js';
import { AppError } from '../../../shared/errors.ts';
import { concatBytes, equalBytes } from '../../../shared/bytes.ts';
import { containerAad, ecdhInfo, NONCE_BYTES, TAG_BYTES, type Seal, type SealedContainer } from '../../../shared/custody/card-container.ts';
import { parseSpki } from '../../../shared/keys/spki.ts';
import { octetString } from '../../../shared/x509/der.ts';
import { destroyQuietly } from '../backup/wrapping-object.ts';
import { CKA, CKD, CKG, CKK, CKM, CKO, CKZ, ECDH_PARAMS, RSA_OAEP_PARAMS } from '../pkcs11/constants.ts';
import { ckrOf, endsSessions } from '../pkcs11/faults.ts';
import { readAttribute } from '../pkcs11/objects.ts';
import type { Session } from '../pkcs11/token.ts';
import { decryptionKeys, keyDigest, type DecryptionKey } from './decryption-keys.ts';

const KEY_BYTES = 32;
const RSA_MAX_BYTES = 512;
type RsaSeal = Extract<Seal, `rsa-${string}`>;
type EcSeal = Exclude<Seal, RsaSeal>;
const OAEP = {
  'rsa-oaep-sha256': { hash: 'sha256', hashAlg: CKM.SHA256, mgf: CKG.MGF1_SHA256 }, 'rsa-oaep-sha1': { hash: 'sha1', hashAlg: CKM.SHA_1, mgf: CKG.MGF1_SHA1 },
} as const;
const CURVES = { 'ecdh-p256': { curve: 'prime256v1', bytes: 32 }, 'ecdh-p384': { curve: 'secp384r1', bytes: 48 } } as const;
const isEc = (seal: Seal): seal is EcSeal => seal === 'ecdh-p256' || seal === 'ecdh-p384';

/** Moves a secret out of memory that is not ours, which is wiped. */
const owned = (bytes: Uint8Array): Buffer => {
  const own = Buffer.allocUnsafeSlow(bytes.length);
  own.set(bytes);
  bytes.fill(0);
  return own;
};

type Binding = Pick<SealedContainer, 'setId' | 'share'>;
/** The AES key of an ECDH container. @param shared the x coordinate; stays the caller's */
const agreedKey = (shared: Buffer, ephemeral: Uint8Array, cardPoint: Uint8Array, binding: Binding): Buffer =>
  owned(new Uint8Array(hkdfSync('sha256', shared, concatBytes(ephemeral, cardPoint), ecdhInfo(binding), KEY_BYTES)));

const pointOf = (spki: Uint8Array): Uint8Array => {
  const parts = parseSpki(spki);
  if (parts?.kind !== 'ec') throw new RangeError('spki: not EC');
  return parts.point;
};

/** A fresh AES key, and what carries it to the card. */
const freshKey = (seal: Seal, spki: Uint8Array, binding: Binding): { key: Buffer; carried: Uint8Array } => {
  if (!isEc(seal)) {
    const key = randomFillSync(Buffer.allocUnsafeSlow(KEY_BYTES));
    const publicKey = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
    return { key, carried: publicEncrypt({ key: publicKey, padding: node.RSA_PKCS1_OAEP_PADDING, oaepHash: OAEP[seal].hash }, key) };
  }
  const ephemeral = createECDH(CURVES[seal].curve), carried = ephemeral.generateKeys(), cardPoint = pointOf(spki);
  const shared = owned(ephemeral.computeSecret(cardPoint));
  try { return { key: agreedKey(shared, carried, cardPoint, binding), carried }; } finally { shared.fill(0); }
};

/**
 * @param envelope the whole share; stays the caller's. @param serial of the card, which alone will open it
 * @returns the container
 */
export const sealShare = (envelope: Uint8Array, binding: Binding, seal: Seal, spki: Uint8Array, serial: string): SealedContainer => {
  const { key, carried } = freshKey(seal, spki, binding), nonce = randomBytes(NONCE_BYTES);
  try {
    const named = { seal, setId: binding.setId, share: binding.share, keyDigest: keyDigest(spki), carried };
    const cipher = createCipheriv('aes-256-gcm', key, nonce);
    cipher.setAAD(containerAad(named, serial));
    const sealed = concatBytes(cipher.update(envelope), cipher.final(), cipher.getAuthTag());
    return { ...named, nonce, sealed };
  } finally { key.fill(0); }
};

const decryptKey = async ({ p11, handle }: Session, { privateKey }: DecryptionKey, seal: RsaSeal, carried: Uint8Array): Promise<Buffer> => {
  const { hashAlg, mgf } = OAEP[seal], out = Buffer.allocUnsafeSlow(RSA_MAX_BYTES);
  const parameter: RsaOAEP = { type: RSA_OAEP_PARAMS, hashAlg, mgf, source: CKZ.DATA_SPECIFIED };
  try {
    p11.C_DecryptInit(handle, { mechanism: CKM.RSA_PKCS_OAEP, parameter }, privateKey);
    return owned(await p11.C_DecryptAsync(handle, Buffer.from(carried), out));
  } finally { out.fill(0); }
};

/** x coordinate of the shared point, through a session object that only this reads. Modules differ in how they take the other point. */
const derive = async (session: Session, privateKey: Buffer, seal: EcSeal, point: Uint8Array): Promise<Buffer> => {
  const { p11, handle } = session, { bytes } = CURVES[seal];
  const parameter: ECDH1 = { type: ECDH_PARAMS, kdf: CKD.NULL, publicData: Buffer.from(point) };
  const object = await p11.C_DeriveKeyAsync(handle, { mechanism: CKM.ECDH1_DERIVE, parameter }, privateKey, [
    { type: CKA.CLASS, value: CKO.SECRET_KEY }, { type: CKA.KEY_TYPE, value: CKK.GENERIC_SECRET }, { type: CKA.TOKEN, value: false },
    { type: CKA.SENSITIVE, value: false }, { type: CKA.EXTRACTABLE, value: true }, { type: CKA.VALUE_LEN, value: bytes },
  ]);
  try {
    const value = readAttribute(session, object, CKA.VALUE);
    if (value?.length !== bytes) throw new AppError('HSM_CALL_FAILED', { serial: session.token.serial, reason: 'derived-length' });
    return owned(value);
  } finally { destroyQuietly(session, object); }
};
const deriveEither = async (session: Session, privateKey: Buffer, seal: EcSeal, point: Uint8Array): Promise<Buffer> => {
  try { return await derive(session, privateKey, seal, point); } catch (error) {
    if (ckrOf(error) === null || !session.token.isPresent()) throw error;
    return derive(session, privateKey, seal, octetString(point));
  }
};

const openKey = async (session: Session, key: DecryptionKey, container: SealedContainer): Promise<Buffer> => {
  const { seal, carried } = container;
  if (!isEc(seal)) return decryptKey(session, key, seal, carried);
  const shared = await deriveEither(session, key.privateKey, seal, carried);
  try { return agreedKey(shared, carried, pointOf(key.spki), container); } finally { shared.fill(0); }
};

const refused = ({ token }: Session, reason: string, more: Readonly<Record<string, string>> = {}): AppError => new AppError('SHARE_CARD_OBJECT', { serial: token.serial, reason, ...more });

/** A card that is there and does not open what it holds: the object is at fault, as far as anyone can tell. */
const openFault = (session: Session, error: unknown): unknown => {
  const ckr = ckrOf(error);
  return ckr === null || endsSessions(ckr) || !session.token.isPresent() ? error : refused(session, 'not-opened', { ckr });
};

const decrypt = (session: Session, key: Buffer, container: SealedContainer): Buffer => {
  if (key.length !== KEY_BYTES) throw refused(session, 'key-length');
  const { nonce, sealed } = container, out = Buffer.allocUnsafeSlow(sealed.length - TAG_BYTES);
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
    decipher.setAAD(containerAad(container, session.token.serial)).setAuthTag(sealed.subarray(-TAG_BYTES));
    owned(decipher.update(sealed.subarray(0, -TAG_BYTES))).copy(out);
    decipher.final();
    return out;
  } catch { out.fill(0); throw refused(session, 'not-authentic'); }
};

/**
 * Opens a share with the key it was encrypted to.
 * @returns the whole share, which the caller wipes
 * @throws SHARE_CARD_OBJECT (`reason`: key-not-here, not-opened, key-length, not-authentic), and what the module throws, inside Token.use
 */
export const openSealed = async (session: Session, container: SealedContainer, keys: readonly DecryptionKey[] = decryptionKeys(session)): Promise<Buffer> => {
  const key = keys.find(({ spki, seals }) => seals.includes(container.seal) && equalBytes(keyDigest(spki), container.keyDigest));
  if (key === undefined) throw refused(session, 'key-not-here');
  const aesKey = await openKey(session, key, container).catch((error: unknown) => { throw openFault(session, error); });
  try { return decrypt(session, aesKey, container); } finally { aesKey.fill(0); }
};
