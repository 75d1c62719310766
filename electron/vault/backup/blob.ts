/** A wrapped key as a file: read, compared by its digest, and opened in software before any token sees it. */
import { readFile, stat } from 'node:fs/promises';
import type { Attribute } from 'pkcs11js';
import type { Sha256Hex } from '../../../shared/brand.ts';
import { AppError } from '../../../shared/errors.ts';
import { ckrOf } from '../pkcs11/faults.ts';
import type { Session } from '../pkcs11/token.ts';
import { sha256Of } from './media.ts';
import { publicKeyIn } from './pkcs8.ts';
import { forUnwrap, openBlob, type Algorithm, type Strategy } from './strategies.ts';
import { withWrappingKey } from './wrapping-object.ts';

export const MAX_BLOB = 65_536;
const damaged = (why: string): AppError => new AppError('HSM_BLOB_DAMAGED', { why });

export interface BlobFile { readonly mediaFile: string; readonly sha256: Sha256Hex }

/** @throws HSM_BLOB_DAMAGED (`why`: size, digest), STORAGE_IO */
export const readBlob = async ({ mediaFile, sha256 }: BlobFile): Promise<Buffer> => {
  try {
    if ((await stat(mediaFile)).size > MAX_BLOB) throw damaged('size');
    const blob = await readFile(mediaFile);
    if (sha256Of(blob) !== sha256) throw damaged('digest');
    return blob;
  } catch (error) {
    throw error instanceof AppError ? error : new AppError('STORAGE_IO', { path: mediaFile, reason: (error as NodeJS.ErrnoException).code ?? 'unknown' });
  }
};

/**
 * Opened here first, so that a wrong key and a damaged blob are told without a token, whose word for both is a general error.
 * @throws HSM_BLOB_DAMAGED (`why`: opens-not), HSM_KEY_CHECK_FAILED when it is another key
 */
export const algorithmOf = (kek: Buffer, blob: Buffer, spki: Buffer): Algorithm => {
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

/** The blob opens without a token and holds the private key of this public key. @throws HSM_KEY_CHECK_FAILED */
export const assertOpens = (algorithm: Algorithm, kek: Buffer, blob: Buffer, spki: Uint8Array, serial: string): void => {
  const content = openBlob(algorithm, kek, blob);
  try {
    if (content === null || publicKeyIn(content)?.equals(spki) !== true) throw new AppError('HSM_KEY_CHECK_FAILED', { serial, checks: ['wrapped-key-opens-to-the-key'] });
  } finally { content?.fill(0); }
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
