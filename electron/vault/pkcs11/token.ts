/**
 * One token, by serial number: its login, a pool of sessions, and the classification of what fails. Handles live only inside `use`:
 * those of private objects die at logout and with the token, so nothing keeps them.
 */
import type { PKCS11 } from 'pkcs11js';
import { AppError } from '../../../shared/errors.ts';
import type { TokenInfo } from '../../../shared/vault/contract.ts';
import { CKF, CKU } from './constants.ts';
import { ckrOf, endsSessions, hsmFault, mayMeanRemoved } from './faults.ts';
import { assertToken, findToken } from './token-info.ts';

export interface Session { readonly p11: PKCS11; readonly handle: Buffer; readonly token: Token }

/** Enough for signatures in flight; devices have as few as 8 sessions. */
const MAX_SESSIONS = 8;

export class Token {
  readonly serial: string;
  readonly p11: PKCS11;
  #free: Buffer[] = [];
  #all: Buffer[] = [];
  #waiting: (() => void)[] = [];
  #loggedIn = false;
  #mechanisms: ReadonlySet<number> | null = null;

  constructor(p11: PKCS11, serial: string) {
    this.p11 = p11;
    this.serial = serial;
  }

  get loggedIn(): boolean { return this.#loggedIn; }

  /** A session is lent out, so a call may be inside the module. */
  get busy(): boolean { return this.#free.length < this.#all.length; }

  /** Whether the slot shows it now. */
  isPresent(): boolean { return !this.#isGone(); }

  /** Read anew from the slot. @throws HSM_TOKEN_NOT_FOUND */
  info(): TokenInfo { return assertToken(this.p11, this.serial).info; }

  /** @throws HSM_TOKEN_NOT_FOUND, HSM_CALL_FAILED */
  mechanisms(): ReadonlySet<number> {
    this.#mechanisms ??= new Set(this.#guard(() => this.p11.C_GetMechanismList(assertToken(this.p11, this.serial).slot)));
    return this.#mechanisms;
  }

  /** @throws HSM_NOT_LOGGED_IN */
  assertLoggedIn(): void {
    if (!this.#loggedIn) throw new AppError('HSM_NOT_LOGGED_IN', { serial: this.serial });
  }

  /**
   * Logs the User in; a login that stands is ended first, so that a PIN is always truly checked. Never tries twice.
   * @param pin UTF-8; null for a device with a PIN pad of its own. The caller wipes it; the string pkcs11js needs cannot be wiped. pkcs11js
   * cannot give the NULL that PKCS#11 wants for a PIN pad: the empty PIN is what OpenSC takes in its place.
   * @throws HSM_PIN_INCORRECT, HSM_PIN_LAST_TRY (wrong, and one try is left), HSM_PIN_LOCKED, HSM_PIN_FORMAT, HSM_TOKEN_NOT_FOUND, HSM_TOKEN_REMOVED
   */
  login(pin: Buffer | null): void {
    const before = this.info();
    if (before.userPin === 'locked') throw new AppError('HSM_PIN_LOCKED', { serial: this.serial });
    if (pin === null && !before.protectedAuthenticationPath) throw new AppError('HSM_PIN_FORMAT', { serial: this.serial });
    this.logout();
    const session = this.#open();
    try {
      this.p11.C_Login(session, CKU.USER, pin?.toString('utf8') ?? '');
      this.#loggedIn = true;
    } catch (error) {
      this.#drop();
      throw this.#loginFault(error);
    }
    this.#free.push(session);
  }

  /** Ends the login and closes every session. Does nothing when there is none. */
  logout(): void {
    const session = this.#all[0];
    if (session !== undefined && this.#loggedIn) {
      try { this.p11.C_Logout(session); } catch { /* the token is gone, and its login with it */ }
    }
    this.#drop();
  }

  /**
   * Lends a session. One operation at a time in each, several sessions side by side.
   * @throws what `work` throws; errors of the module as HSM_ faults, with HSM_TOKEN_REMOVED when the slot shows that it is gone
   */
  async use<T>(work: (session: Session) => Promise<T> | T): Promise<T> {
    const handle = await this.#borrow();
    try {
      return await work({ p11: this.p11, handle, token: this });
    } catch (error) {
      throw this.#classify(error);
    } finally {
      this.#giveBack(handle);
    }
  }

  #open(): Buffer {
    return this.#guard(() => {
      const { slot } = assertToken(this.p11, this.serial);
      const session = this.p11.C_OpenSession(slot, CKF.SERIAL_SESSION | CKF.RW_SESSION);
      this.#all.push(session);
      return session;
    });
  }

  async #borrow(): Promise<Buffer> {
    for (;;) {
      const free = this.#free.pop();
      if (free !== undefined) return free;
      if (this.#all.length < MAX_SESSIONS) return this.#open();
      await new Promise<void>((resolve) => { this.#waiting.push(resolve); });
    }
  }

  #giveBack(handle: Buffer): void {
    if (this.#all.includes(handle)) this.#free.push(handle);
    this.#waiting.shift()?.();
  }

  #drop(): void {
    for (const session of this.#all) {
      try { this.p11.C_CloseSession(session); } catch { /* closed with its token */ }
    }
    this.#all = [];
    this.#free = [];
    this.#loggedIn = false;
    this.#mechanisms = null;
    for (const wake of this.#waiting.splice(0)) wake();
  }

  #guard<T>(work: () => T): T {
    try { return work(); } catch (error) { throw this.#classify(error); }
  }

  /** The module's word alone does not tell a removed token from a failure: the slot is looked at again. */
  #classify(error: unknown): unknown {
    const ckr = ckrOf(error);
    if (ckr === null) return error;
    if (mayMeanRemoved(ckr)) {
      const gone = this.#isGone();
      if (gone || endsSessions(ckr)) this.#drop();
      if (gone) return new AppError('HSM_TOKEN_REMOVED', { serial: this.serial, ckr });
      if (endsSessions(ckr)) return new AppError('HSM_NOT_LOGGED_IN', { serial: this.serial, ckr });
    }
    return hsmFault(error, { serial: this.serial });
  }

  #isGone(): boolean {
    try { return findToken(this.p11, this.serial) === null; } catch { return true; }
  }

  #loginFault(error: unknown): unknown {
    const fault = this.#classify(error);
    if (!(fault instanceof AppError) || fault.code !== 'HSM_PIN_INCORRECT') return fault;
    const state = findToken(this.p11, this.serial)?.info.userPin ?? 'normal';
    const code = state === 'locked' ? 'HSM_PIN_LOCKED' : state === 'last-try' ? 'HSM_PIN_LAST_TRY' : 'HSM_PIN_INCORRECT';
    return new AppError(code, { ...fault.details, userPin: state });
  }
}
