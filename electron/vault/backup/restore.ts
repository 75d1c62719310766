/** Restores the wrapped key on another token, from a medium and under the rebuilt wrapping key, and lets it prove itself. */
import type { Attribute } from 'pkcs11js';
import { AppError } from '../../../shared/errors.ts';
import { parseSpki } from '../../../shared/keys/spki.ts';
import type { VaultRequest, VaultResponse } from '../../../shared/vault/contract.ts';
import { octetString } from '../../../shared/x509/der.ts';
import type { VaultContext } from '../context.ts';
import { withGatheredSecret, withSecretInHand } from '../custody/set-in-hand.ts';
import { assertUnused } from '../keys/generate.ts';
import { CKA } from '../pkcs11/constants.ts';
import { readClaims } from '../pkcs11/objects.ts';
import { publicKeyTemplate, restoredKeyTemplate } from '../pkcs11/templates.ts';
import type { Session } from '../pkcs11/token.ts';
import { bytesOf } from '../request.ts';
import { algorithmOf, readBlob, unwrapBlob } from './blob.ts';
import { proveKey } from './challenge.ts';
import { sha256Of } from './media.ts';
import { probeWrap } from './probe.ts';
import { destroyQuietly } from './wrapping-object.ts';

type RestoreRequest = VaultRequest<'backup.restore'>;

const GENERATION_ONLY: ReadonlySet<number> = new Set([CKA.MODULUS_BITS, CKA.PUBLIC_EXPONENT]);

/** The public half as the first token has it: unwrapping makes the private object only. */
const createPublicObject = ({ p11, handle }: Session, request: RestoreRequest, keyId: Buffer, spki: Buffer): Buffer => {
  const parts = parseSpki(spki);
  if (parts === null) throw new AppError('IPC_REQUEST', { field: 'spki' });
  const material: Attribute[] = parts.kind === 'rsa'
    ? [{ type: CKA.MODULUS, value: Buffer.from(parts.modulus) }, { type: CKA.PUBLIC_EXPONENT, value: Buffer.from(parts.exponent) }]
    : [{ type: CKA.EC_POINT, value: Buffer.from(octetString(parts.point)) }];
  const template = publicKeyTemplate(request.profile, request.label, keyId).filter(({ type }) => !GENERATION_ONLY.has(type));
  return p11.C_CreateObject(handle, [...template, ...material]);
};

const restoreInto = async (session: Session, request: RestoreRequest, kek: Buffer, blob: Buffer, spki: Buffer): Promise<VaultResponse<'backup.restore'>> => {
  const keyId = Buffer.from(request.keyId, 'hex');
  assertUnused(session, request.label, keyId);
  const strategy = await probeWrap(session, algorithmOf(kek, blob, spki));
  const made: Buffer[] = [];
  try {
    const privateKey = await unwrapBlob(session, strategy, kek, blob, restoredKeyTemplate(request.profile, request.label, keyId));
    made.push(privateKey);
    made.push(createPublicObject(session, request, keyId, spki));
    const proof = await proveKey(session, privateKey, request.profile, spki);
    return { spkiSha256: sha256Of(spki), ...proof, claims: readClaims(session, privateKey) };
  } catch (error) {
    for (const object of made) destroyQuietly(session, object);
    throw error;
  }
};

/**
 * Under the combined secret of a gathered set when `gathered` names one, else under that of the set in hand. What was made on the token is
 * removed when the proof fails.
 * @throws VAULT_STATE (no-set, holds, not-rebuilt; no-gather, not-combined), HSM_BLOB_DAMAGED (`why`), HSM_KEY_CHECK_FAILED, HSM_LABEL_IN_USE,
 * HSM_KEY_ID_IN_USE, HSM_MECHANISM_MISSING, STORAGE_IO
 */
export const restoreKey = (context: VaultContext, request: RestoreRequest): Promise<VaultResponse<'backup.restore'>> => {
  const work = async (kek: Buffer): Promise<VaultResponse<'backup.restore'>> => {
    const spki = bytesOf(request.spki, 'spki'), blob = await readBlob(request);
    return context.modules.loggedInToken(request.module, request.serial).use((session) => restoreInto(session, request, kek, blob, spki));
  };
  return request.gathered === undefined ? withSecretInHand(context, 'wrapping-key', work) : withGatheredSecret(context, request.gathered, work);
};
