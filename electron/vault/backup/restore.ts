/** Restores the wrapped key on a second token, from a medium and under the rebuilt wrapping key, and lets it prove itself. */
import { randomBytes } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import type { Attribute } from 'pkcs11js';
import { toBase64 } from '../../../shared/bytes.ts';
import type { Sha256Hex } from '../../../shared/brand.ts';
import { restoreMessage } from '../../../shared/custody/restore-challenge.ts';
import { AppError } from '../../../shared/errors.ts';
import { parseSpki } from '../../../shared/keys/spki.ts';
import type { VaultRequest, VaultResponse } from '../../../shared/vault/contract.ts';
import { octetString } from '../../../shared/x509/der.ts';
import type { VaultContext } from '../context.ts';
import { shareSetOf } from '../custody/calls.ts';
import { assertUnused } from '../keys/generate.ts';
import { verifiesByProfile } from '../keys/verify.ts';
import { CKA } from '../pkcs11/constants.ts';
import { ckrOf } from '../pkcs11/faults.ts';
import { readClaims } from '../pkcs11/objects.ts';
import { signByProfile } from '../pkcs11/sign.ts';
import { publicKeyTemplate, restoredKeyTemplate } from '../pkcs11/templates.ts';
import type { Session } from '../pkcs11/token.ts';
import { bytesOf } from '../request.ts';
import { sha256Of } from './media.ts';
import { publicKeyIn } from './pkcs8.ts';
import { probeWrap } from './probe.ts';
import { forUnwrap, openBlob, type Algorithm, type Strategy } from './strategies.ts';
import { destroyQuietly, withWrappingKey } from './wrapping-object.ts';

type RestoreRequest = VaultRequest<'backup.restore'>;
const MAX_BLOB = 65_536;
const damaged = (why: string): AppError => new AppError('HSM_BLOB_DAMAGED', { why });

const readBlob = async ({ mediaFile, sha256 }: RestoreRequest): Promise<Buffer> => {
  try {
    if ((await stat(mediaFile)).size > MAX_BLOB) throw damaged('size');
    const blob = await readFile(mediaFile);
    if (sha256Of(blob) !== sha256) throw damaged('digest');
    return blob;
  } catch (error) {
    throw error instanceof AppError ? error : new AppError('STORAGE_IO', { path: mediaFile, reason: (error as NodeJS.ErrnoException).code ?? 'unknown' });
  }
};

/** Opened here first, so that a wrong key and a damaged blob are told without a token, whose word for both is a general error. */
const algorithmOf = (kek: Buffer, blob: Buffer, spki: Buffer): Algorithm => {
  for (const algorithm of ['RFC5649', 'AES-256-CBC-PAD'] as const) {
    const content = openBlob(algorithm, kek, blob);
    if (content === null) continue;
    const found = publicKeyIn(content);
    content.fill(0);
    if (found?.equals(spki) === true) return algorithm;
    if (found !== null) throw new AppError('HSM_KEY_CHECK_FAILED', { checks: ['wrapped-key-is-this-key'] });
  }
  throw damaged('opens-not');
};

const DAMAGE: ReadonlySet<string> = new Set(['CKR_GENERAL_ERROR', 'CKR_FUNCTION_FAILED', 'CKR_WRAPPED_KEY_INVALID', 'CKR_WRAPPED_KEY_LEN_RANGE', 'CKR_ENCRYPTED_DATA_INVALID', 'CKR_ENCRYPTED_DATA_LEN_RANGE']);

/** @throws HSM_BLOB_DAMAGED (`ckr`) where the module says so in any of its ways; what it throws otherwise */
export const unwrapBlob = async (session: Session, strategy: Strategy, kek: Buffer, blob: Buffer, template: Attribute[]): Promise<Buffer> => {
  const { mechanism, wrapped } = forUnwrap(strategy, blob);
  return withWrappingKey(session, kek, 'unwrap', async (wrappingKey) => {
    try { return await session.p11.C_UnwrapKeyAsync(session.handle, mechanism, wrappingKey, wrapped, template); } catch (error) {
      const ckr = ckrOf(error);
      if (ckr !== null && DAMAGE.has(ckr) && session.token.isPresent()) throw new AppError('HSM_BLOB_DAMAGED', { why: 'token', serial: session.token.serial, ckr });
      throw error;
    }
  });
};

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

/** A fresh challenge signed by the restored key, verified outside the token. @throws HSM_KEY_CHECK_FAILED */
const challenge = async (session: Session, privateKey: Buffer, request: RestoreRequest, spki: Buffer): Promise<{ challenge: Sha256Hex; signature: Buffer }> => {
  const fresh = randomBytes(32).toString('hex') as Sha256Hex, message = restoreMessage(fresh);
  const signature = await signByProfile(session, privateKey, request.profile, message);
  if (!verifiesByProfile(request.profile, spki, message, signature)) throw new AppError('HSM_KEY_CHECK_FAILED', { serial: request.serial, checks: ['challenge-signature'] });
  return { challenge: fresh, signature };
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
    const { challenge: asked, signature } = await challenge(session, privateKey, request, spki);
    return { spkiSha256: sha256Of(spki), challenge: asked, signature: toBase64(signature), claims: readClaims(session, privateKey) };
  } catch (error) {
    for (const object of made) destroyQuietly(session, object);
    throw error;
  }
};

/**
 * What was made on the token is removed when the proof fails.
 * @throws VAULT_STATE (not-rebuilt), HSM_BLOB_DAMAGED (`why`), HSM_KEY_CHECK_FAILED, HSM_LABEL_IN_USE, HSM_KEY_ID_IN_USE, HSM_MECHANISM_MISSING, STORAGE_IO
 */
export const restoreKey = async (context: VaultContext, request: RestoreRequest): Promise<VaultResponse<'backup.restore'>> => {
  const kek = shareSetOf(context).wrappingKey(), spki = bytesOf(request.spki, 'spki'), blob = await readBlob(request);
  return context.modules.loggedInToken(request.module, request.serial).use((session) => restoreInto(session, request, kek, blob, spki));
};
