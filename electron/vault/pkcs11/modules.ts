/** The modules and tokens one vault has opened. */
import type { Sha256Hex } from '../../../shared/brand.ts';
import type { ModuleInfo } from '../../../shared/vault/contract.ts';
import { acquireLibrary, releaseLibrary, restartLibrary, type Library } from './library.ts';
import { hsmFault } from './faults.ts';
import { assertToken, findToken, isSoftwareLibrary, listTokens, moduleInfo, noteSlotEvents, type Placed } from './token-info.ts';
import { Token } from './token.ts';

/** What is in a module's readers. */
export interface Readers { readonly placed: readonly Placed[]; readonly software: boolean }

export interface ModuleRegistry {
  /**
   * Loads the module unless it is open. @throws HSM_MODULE_MISSING, HSM_MODULE_NOT_PKCS11, HSM_MODULE_DIGEST, HSM_CALL_FAILED
   * @param expected the digest the plan pins, or null
   */
  library(path: string, expected?: Sha256Hex | null): Library;
  /** What the module and its tokens are now. A module that was open is started again first, unless there is a login. */
  info(path: string, expected?: Sha256Hex | null): ModuleInfo;
  /**
   * What is in the readers now, for somebody who waits for a token: no session, no login, cheap. A software module that does not show the
   * token is started again, unless that would end a login; a device's module never is, which may take seconds. @throws as {@link library}
   */
  look(path: string, serial: string): Readers;
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

const lookInto = (one: Library, serial: string, restart: () => void): Readers => {
  try {
    noteSlotEvents(one.p11);
    const placed = listTokens(one.p11), software = isSoftwareLibrary(one, placed);
    if (!software || placed.some(({ info }) => info.serial === serial)) return { placed, software };
    restart();
    return { placed: listTokens(one.p11), software };
  } catch (error) { throw hsmFault(error, { path: one.path }); }
};

export const createModuleRegistry = (): ModuleRegistry => {
  /** By the path it was asked for; one library may have several. */
  const libraries = new Map<string, Library>();
  const opened = new Set<Library>();
  const tokens = new Map<string, Token>();
  const tokensOf = (one: Library): readonly Token[] => [...tokens.values()].filter(({ p11 }) => p11 === one.p11);

  /** Looks with fresh eyes, unless that would end a login or a call. */
  const lookAgain = (one: Library): void => {
    if (tokensOf(one).some(({ loggedIn, busy }) => loggedIn || busy)) return;
    for (const token of tokensOf(one)) token.logout();
    restartLibrary(one);
  };

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
    const one = library(path);
    const { p11, path: realPath } = one;
    if (findToken(p11, serial) === null) lookAgain(one);
    assertToken(p11, serial);
    const key = `${realPath}\0${serial}`;
    const known = tokens.get(key);
    if (known !== undefined) return known;
    const made = new Token(p11, serial);
    tokens.set(key, made);
    return made;
  };

  /** Does not look for the token first: a call on one that is gone says HSM_TOKEN_REMOVED, which is more than "not found". */
  const loggedInToken: ModuleRegistry['loggedInToken'] = (path, serial) => {
    const known = tokens.get(`${library(path).path}\0${serial}`);
    const one = known?.loggedIn === true ? known : token(path, serial);
    one.assertLoggedIn();
    return one;
  };

  const logoutAll = (): void => { for (const one of tokens.values()) one.logout(); };

  return {
    library,
    info: (path, expected = null) => {
      const before = opened.size;
      const one = library(path, expected);
      if (opened.size === before) lookAgain(one);
      return moduleInfo(one);
    },
    look: (path, serial) => { const one = library(path); return lookInto(one, serial, () => { lookAgain(one); }); },
    token,
    loggedInToken,
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
