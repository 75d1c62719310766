/** Makes a person's signing key on their own token, between a login and a logout of its own. */
import { randomBytes } from 'node:crypto';
import { toBase64, toHex } from '../../../shared/bytes.ts';
import type { KeyIdHex, PersonId } from '../../../shared/brand.ts';
import { AppError } from '../../../shared/errors.ts';
import type { TokenPublicKey } from '../../../shared/vault/contract.ts';
import { assertUnused, makePair, signsAndVerifies } from '../keys/generate.ts';
import { destroyPair } from '../keys/look.ts';
import { readSpki } from '../pkcs11/public-key.ts';
import type { Session, Token } from '../pkcs11/token.ts';

/** P-256: of the algorithms of a credential the one that nearly every token has. */
const PROFILE = 'ec-p256', ALGORITHM = 'ECDSA-P256-SHA256';
const ID_BYTES = 16;
/** The object's name on the token: whose it is and for what, and one key a person and token. */
export const keyLabel = (person: PersonId): string => `quorate-${person}`;

const makeOn = async (session: Session, person: PersonId): Promise<TokenPublicKey> => {
  const id = randomBytes(ID_BYTES), label = keyLabel(person), keyId = toHex(id) as KeyIdHex;
  assertUnused(session, label, id);
  try {
    const { privateKey, publicKey } = await makePair(session, { profile: PROFILE, label, extractable: false, serial: session.token.serial }, id);
    const spki = readSpki(session, publicKey);
    if (spki === null || !await signsAndVerifies(session, privateKey, PROFILE, spki)) throw new AppError('HSM_KEY_CHECK_FAILED', { serial: session.token.serial, checks: ['test-signature-verified-outside'] });
    return { id: keyId, label, algorithm: ALGORITHM, publicKey: toBase64(spki) };
  } catch (error) {
    // Nothing relies on it yet: half a key would only stand in the way of the next attempt.
    destroyPair(session, id);
    throw error;
  }
};

/**
 * @param pin UTF-8, wiped by the caller; null for a device with a PIN pad
 * @throws HSM_PIN_…, HSM_LABEL_IN_USE when the token has a key of this person already, HSM_MECHANISM_MISSING, HSM_KEY_CHECK_FAILED, HSM_TOKEN_REMOVED,
 *   VAULT_STATE when the token is logged in for something else
 */
export const makeCredentialKey = async (token: Token, pin: Buffer | null, person: PersonId): Promise<TokenPublicKey> => {
  if (token.loggedIn) throw new AppError('VAULT_STATE', { reason: 'token-in-use', serial: token.serial });
  token.login(pin);
  try { return await token.use((session) => makeOn(session, person)); } finally { token.logout(); }
};
