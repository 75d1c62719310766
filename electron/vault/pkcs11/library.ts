/**
 * Loads PKCS#11 modules, each file once in a process. A second C_Initialize of one file is the same module, and its C_Finalize would
 * end the first user's sessions, so users are counted here. Everything loaded is foreign native code: it may block or crash.
 */
import { createHash } from 'node:crypto';
import { readFileSync, realpathSync, statSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import { PKCS11 } from 'pkcs11js';
import type { Sha256Hex } from '../../../shared/brand.ts';
import { AppError } from '../../../shared/errors.ts';
import { CKF } from './constants.ts';
import { ckrOf, hsmFault } from './faults.ts';

export interface Library {
  /** The real path of the file. */
  readonly path: string;
  /** Of the file as it was just before it was loaded. */
  readonly sha256: Sha256Hex;
  readonly p11: PKCS11;
}

interface Loaded { readonly library: Library; users: number }
const loaded = new Map<string, Loaded>();

const MAX_MODULE_BYTES = 256 * 1024 * 1024;

const readModule = (path: string): { realPath: string; sha256: Sha256Hex } => {
  try {
    if (!isAbsolute(path)) throw new AppError('HSM_MODULE_MISSING', { path });
    const realPath = realpathSync(path);
    if (!statSync(realPath).isFile() || statSync(realPath).size > MAX_MODULE_BYTES) throw new AppError('HSM_MODULE_NOT_PKCS11', { path });
    return { realPath, sha256: createHash('sha256').update(readFileSync(realPath)).digest('hex') as Sha256Hex };
  } catch (error) {
    throw error instanceof AppError ? error : new AppError('HSM_MODULE_MISSING', { path }, { cause: error });
  }
};

/** pkcs11js signs and makes keys on other threads, so the module must lock. */
const initialise = (p11: PKCS11): void => {
  try { p11.C_Initialize({ flags: CKF.OS_LOCKING_OK }); } catch (error) { if (ckrOf(error) !== 'CKR_CRYPTOKI_ALREADY_INITIALIZED') throw error; }
};

const load = (path: string, realPath: string): PKCS11 => {
  const p11 = new PKCS11();
  try { p11.load(realPath); } catch (error) { throw new AppError('HSM_MODULE_NOT_PKCS11', { path }, { cause: error }); }
  try { initialise(p11); } catch (error) { p11.close(); throw hsmFault(error, { path }); }
  return p11;
};

/**
 * @param expected refuse before a byte of the module runs when the file is another one.
 * @throws HSM_MODULE_MISSING, HSM_MODULE_NOT_PKCS11, HSM_MODULE_DIGEST, HSM_CALL_FAILED
 */
export const acquireLibrary = (path: string, expected: Sha256Hex | null): Library => {
  const { realPath, sha256 } = readModule(path);
  // SECURITY: the digest is compared before dlopen; loading a library already runs its code.
  if (expected !== null && expected !== sha256) throw new AppError('HSM_MODULE_DIGEST', { path, expected, observed: sha256 });
  const known = loaded.get(realPath);
  if (known !== undefined) { known.users += 1; return known.library; }
  const library = { path: realPath, sha256, p11: load(path, realPath) };
  loaded.set(realPath, { library, users: 1 });
  return library;
};

/** The last user's release finalises the module; the next acquire starts it anew (and reads its configuration again). */
export const releaseLibrary = (library: Library): void => {
  const known = loaded.get(library.path);
  if (known === undefined || known.library !== library) return;
  known.users -= 1;
  if (known.users > 0) return;
  loaded.delete(library.path);
  try { library.p11.C_Finalize(); } catch { /* a module that fails to end has nothing left that we could use */ }
};

/**
 * Ends and starts the module, for those that see a token again, or a new one, only then (SoftHSM). Every session and login of it is
 * lost. Does nothing when the module has another user in this process.
 */
export const restartLibrary = (library: Library): void => {
  if (loaded.get(library.path)?.users !== 1) return;
  try {
    library.p11.C_Finalize();
    initialise(library.p11);
  } catch (error) { throw hsmFault(error, { path: library.path }); }
};
