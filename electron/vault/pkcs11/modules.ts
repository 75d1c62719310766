/** The modules and tokens one vault has opened. */
import type { Sha256Hex } from '../../../shared/brand.ts';
import type { ModuleInfo } from '../../../shared/vault/contract.ts';
import { acquireLibrary, releaseLibrary, type Library } from './library.ts';
import { assertToken, moduleInfo } from './token-info.ts';
import { Token } from './token.ts';

export interface ModuleRegistry {
  /**
   * Loads the module unless it is open. @throws HSM_MODULE_MISSING, HSM_MODULE_NOT_PKCS11, HSM_MODULE_DIGEST, HSM_CALL_FAILED
   * @param expected the digest the plan pins, or null
   */
  library(path: string, expected?: Sha256Hex | null): Library;
  info(path: string, expected?: Sha256Hex | null): ModuleInfo;
  /** The token with this serial number, present now. @throws HSM_TOKEN_NOT_FOUND, and as {@link library} */
  token(path: string, serial: string): Token;
  /** As {@link token}, and the User is logged in. @throws HSM_NOT_LOGGED_IN */
  loggedInToken(path: string, serial: string): Token;
  /** Serial numbers of tokens with a login. */
  loggedIn(): readonly string[];
  logoutAll(): void;
  /** Logs out and lets the modules go. */
  close(): void;
}

export const createModuleRegistry = (): ModuleRegistry => {
  /** By the path it was asked for; one library may have several. */
  const libraries = new Map<string, Library>();
  const opened = new Set<Library>();
  const tokens = new Map<string, Token>();

  const library: ModuleRegistry['library'] = (path, expected = null) => {
    const open = expected === null ? libraries.get(path) : undefined;
    if (open !== undefined) return open;
    const acquired = acquireLibrary(path, expected);
    if (opened.has(acquired)) releaseLibrary(acquired);
    opened.add(acquired);
    libraries.set(path, acquired);
    return acquired;
  };

  const token: ModuleRegistry['token'] = (path, serial) => {
    const { p11, path: realPath } = library(path);
    const key = `${realPath}\0${serial}`;
    const known = tokens.get(key);
    if (known !== undefined) return known;
    assertToken(p11, serial);
    const made = new Token(p11, serial);
    tokens.set(key, made);
    return made;
  };

  const logoutAll = (): void => { for (const one of tokens.values()) one.logout(); };

  return {
    library,
    info: (path, expected = null) => moduleInfo(library(path, expected)),
    token,
    loggedInToken: (path, serial) => { const one = token(path, serial); one.assertLoggedIn(); return one; },
    loggedIn: () => [...tokens.values()].filter((one) => one.loggedIn).map((one) => one.serial),
    logoutAll,
    close: () => {
      logoutAll();
      for (const one of opened) releaseLibrary(one);
      opened.clear();
      libraries.clear();
      tokens.clear();
    },
  };
};
