/** Credentials on PKCS#11 tokens: which public keys could sign for a person, and signing between a login and a logout of its own. */
import { equalBytes, toBase64, toHex } from '../../../shared/bytes.ts';
import type { KeyIdHex } from '../../../shared/brand.ts';
import type { CredentialAlgorithm } from '../../../shared/ceremony/plan-schema.ts';
import { AppError } from '../../../shared/errors.ts';
import { parseSpki } from '../../../shared/keys/spki.ts';
import type { TokenPublicKey } from '../../../shared/vault/contract.ts';
import { OID } from '../../../shared/x509/oids.ts';
import { CKA, CKO } from '../pkcs11/constants.ts';
import { describeObject, findKeyPair, findObjects, readAttribute } from '../pkcs11/objects.ts';
import { readSpki } from '../pkcs11/public-key.ts';
import { signByAlgorithm } from '../pkcs11/sign.ts';
import type { Session, Token } from '../pkcs11/token.ts';

const MIN_RSA_BYTES = 256;

/** RSA keys sign PSS with SHA-256; the plan may name SHA-384 instead. */
const algorithmOf = (spki: Uint8Array): CredentialAlgorithm | null => {
  const key = parseSpki(spki);
  if (key === null) return null;
  if (key.kind === 'ed25519') return 'Ed25519';
  if (key.kind === 'rsa') return key.modulus.length >= MIN_RSA_BYTES ? 'RSASSA-PSS-SHA256' : null;
  return key.curveOid === OID.p256 ? 'ECDSA-P256-SHA256' : key.curveOid === OID.p384 ? 'ECDSA-P384-SHA384' : null;
};

const publicKeyOf = (session: Session, object: Buffer): TokenPublicKey | null => {
  const spki = readSpki(session, object);
  const id = readAttribute(session, object, CKA.ID);
  const algorithm = spki === null ? null : algorithmOf(spki);
  if (spki === null || algorithm === null || id === null || id.length === 0) return null;
  return { id: toHex(id) as KeyIdHex, label: describeObject(session, object).label, algorithm, publicKey: toBase64(spki) };
};

/** Public keys of kinds that a credential may have; read without a login. */
export const listPublicKeys = (token: Token): Promise<readonly TokenPublicKey[]> =>
  token.use((session) => findObjects(session, [{ type: CKA.CLASS, value: CKO.PUBLIC_KEY }]).map((object) => publicKeyOf(session, object)).filter((key) => key !== null));

const privateKeyFor = (session: Session, spki: Uint8Array): Buffer => {
  const publicKey = findObjects(session, [{ type: CKA.CLASS, value: CKO.PUBLIC_KEY }]).find((object) => equalBytes(readSpki(session, object) ?? new Uint8Array(), spki));
  const id = publicKey === undefined ? null : readAttribute(session, publicKey, CKA.ID);
  const found = id === null ? [] : findKeyPair(session, id).privateKeys;
  if (found.length !== 1) throw new AppError('HSM_KEY_NOT_FOUND', { serial: session.token.serial, found: found.length });
  return found[0]!;
};

/**
 * @param pin UTF-8, wiped by the caller; null for a device with a PIN pad
 * @throws HSM_PIN_INCORRECT, HSM_PIN_LAST_TRY, HSM_PIN_LOCKED, HSM_PIN_FORMAT, HSM_KEY_NOT_FOUND, HSM_TOKEN_REMOVED, VAULT_STATE when the token is logged in for something else
 */
export const signWithToken = async (token: Token, pin: Buffer | null, spki: Uint8Array, algorithm: CredentialAlgorithm, message: Uint8Array): Promise<Buffer> => {
  if (token.loggedIn) throw new AppError('VAULT_STATE', { reason: 'token-in-use', serial: token.serial });
  token.login(pin);
  try {
    return await token.use((session) => signByAlgorithm(session, privateKeyFor(session, spki), algorithm, message));
  } finally { token.logout(); }
};
