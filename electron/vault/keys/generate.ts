/** Makes a key pair on a token, reads back what the module claims, checks the public key and has one signature verified outside. */
import { randomBytes } from 'node:crypto';
import { toBase64 } from '../../../shared/bytes.ts';
import type { KeyProfile } from '../../../shared/ceremony/plan-schema.ts';
import { AppError } from '../../../shared/errors.ts';
import { checkPublicKey } from '../../../shared/keys/check-public-key.ts';
import type { VaultRequest, VaultResponse } from '../../../shared/vault/contract.ts';
import type { VaultContext } from '../context.ts';
import { CKA, CKO, mechanismName } from '../pkcs11/constants.ts';
import { findKeyPair, findObjects, readClaims } from '../pkcs11/objects.ts';
import { readSpki } from '../pkcs11/public-key.ts';
import { signByProfile, testMessage } from '../pkcs11/sign.ts';
import { keyPairTemplate } from '../pkcs11/templates.ts';
import type { Session } from '../pkcs11/token.ts';
import { verifiesByProfile } from './verify.ts';

const isKeyWith = (session: Session, type: number, value: Buffer): boolean =>
  [CKO.PRIVATE_KEY, CKO.PUBLIC_KEY, CKO.SECRET_KEY].some((objectClass) => findObjects(session, [{ type: CKA.CLASS, value: objectClass }, { type, value }]).length > 0);

/** Modules accept duplicates without a word. @throws HSM_LABEL_IN_USE, HSM_KEY_ID_IN_USE */
export const assertUnused = (session: Session, label: string, keyId: Buffer): void => {
  if (isKeyWith(session, CKA.LABEL, Buffer.from(label, 'utf8'))) throw new AppError('HSM_LABEL_IN_USE', { serial: session.token.serial, label });
  if (isKeyWith(session, CKA.ID, keyId)) throw new AppError('HSM_KEY_ID_IN_USE', { serial: session.token.serial, keyId: keyId.toString('hex') });
};

/** One signature over a random message, verified by node:crypto. @throws what the module throws */
export const signsAndVerifies = async (session: Session, privateKey: Buffer, profile: KeyProfile, spki: Uint8Array): Promise<boolean> => {
  const message = testMessage(randomBytes(32));
  return verifiesByProfile(profile, spki, message, await signByProfile(session, privateKey, profile, message));
};

/** Names of the checks passed. @throws HSM_KEY_CHECK_FAILED with the names of those that failed */
const assertChecks = async (session: Session, privateKey: Buffer, profile: KeyProfile, spki: Uint8Array): Promise<readonly string[]> => {
  const checks = [...checkPublicKey(spki, profile)];
  if (checks.every(({ ok }) => ok)) checks.push({ name: 'test-signature-verified-outside', ok: await signsAndVerifies(session, privateKey, profile, spki) });
  const failed = checks.filter(({ ok }) => !ok).map(({ name }) => name);
  if (failed.length > 0) throw new AppError('HSM_KEY_CHECK_FAILED', { serial: session.token.serial, checks: failed });
  return checks.map(({ name }) => name);
};

/** @returns the pair as the token holds it. @throws HSM_MECHANISM_MISSING, HSM_KEY_CHECK_FAILED, and what the module throws */
export const makePair = async (session: Session, request: Pick<VaultRequest<'key.generate'>, 'profile' | 'label' | 'extractable' | 'serial'>, keyId: Buffer): Promise<{ privateKey: Buffer; publicKey: Buffer }> => {
  const template = keyPairTemplate(request.profile, { label: request.label, keyId, extractable: request.extractable });
  if (!session.token.mechanisms().has(template.mechanism)) throw new AppError('HSM_MECHANISM_MISSING', { serial: request.serial, mechanism: mechanismName(template.mechanism) });
  await session.p11.C_GenerateKeyPairAsync(session.handle, { mechanism: template.mechanism }, template.publicKey, template.privateKey);
  // Looked up again: what counts is what the token holds now, not what the call gave.
  const { privateKeys, publicKeys } = findKeyPair(session, keyId);
  if (privateKeys.length !== 1 || publicKeys.length !== 1) throw new AppError('HSM_KEY_CHECK_FAILED', { serial: request.serial, checks: ['one-private-one-public'] });
  return { privateKey: privateKeys[0]!, publicKey: publicKeys[0]! };
};

/**
 * @throws HSM_NOT_LOGGED_IN, HSM_LABEL_IN_USE, HSM_KEY_ID_IN_USE, HSM_MECHANISM_MISSING, HSM_KEY_CHECK_FAILED (objects are then left
 * on the token for key.look and key.destroy), HSM_TOKEN_REMOVED, HSM_CALL_FAILED
 */
export const generateKey = (context: VaultContext, request: VaultRequest<'key.generate'>): Promise<VaultResponse<'key.generate'>> =>
  context.modules.loggedInToken(request.module, request.serial).use(async (session) => {
    const keyId = Buffer.from(request.keyId, 'hex');
    assertUnused(session, request.label, keyId);
    const started = performance.now();
    const { privateKey, publicKey } = await makePair(session, request, keyId);
    const durationMs = Math.round(performance.now() - started);
    const spki = readSpki(session, publicKey);
    if (spki === null) throw new AppError('HSM_KEY_CHECK_FAILED', { serial: request.serial, checks: ['public-key-readable'] });
    const claims = readClaims(session, privateKey);
    const checks = await assertChecks(session, privateKey, request.profile, spki);
    return { spki: toBase64(spki), claims, checks, durationMs };
  });
