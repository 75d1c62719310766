/**
 * Gives tokens the PINs of the PIN set in hand. Its secret was rebuilt from shares that were read back, so the old PIN dies only after the
 * custodians hold the new one. Whatever fails, the answer says which PIN each token has.
 */
import { fromHex } from '../../../shared/bytes.ts';
import { AppError, toFault } from '../../../shared/errors.ts';
import type { Sha256Hex } from '../../../shared/brand.ts';
import type { EntryId, VaultRequest, VaultResponse } from '../../../shared/vault/contract.ts';
import type { VaultContext } from '../context.ts';
import { wipeAll } from '../entries.ts';
import { assertPinLength, withPin } from '../pin-entries.ts';
import { shareSetOf, withGatheredSecret, withSecretInHand } from '../custody/set-in-hand.ts';
import { hsmFault } from '../pkcs11/faults.ts';
import type { Token } from '../pkcs11/token.ts';
import { soPinOf, userPinOf, type PinSource } from './derive.ts';
import { setSoPin, setUserPin, showOldRefused, trySoPin, whichUserPin, type PinPair, type WhichPin } from './set-pin.ts';

type Request = VaultRequest<'pin.change'>;
type Changed = VaultResponse<'pin.change'>['tokens'][number];
/** Where the PINs come from that the tokens have now: typed, the same for every token, or derived from the set that is replaced. */
type Current = (token: Token, kind: 'user' | 'so') => Buffer;
interface Job { readonly token: Token; readonly user: PinPair; readonly so: PinPair | null }

const wipeJob = ({ user, so }: Job): void => { wipeAll([user.old, user.fresh, so?.old, so?.fresh]); };
const ownCopy = (pin: Buffer): Buffer => { const own = Buffer.allocUnsafeSlow(pin.length); pin.copy(own); return own; };

const jobOf = (token: Token, source: PinSource, current: Current, withSo: boolean): Job => {
  const info = token.info();
  const made: Buffer[] = [];
  const keep = (pin: Buffer): Buffer => { made.push(pin); return pin; };
  try {
    const user = { old: keep(current(token, 'user')), fresh: keep(userPinOf(source, info)) };
    assertPinLength(token, user.old);
    return { token, user, so: withSo ? { old: keep(current(token, 'so')), fresh: keep(soPinOf(source, info)) } : null };
  } catch (error) { wipeAll(made); throw error; }
};

/** A change that was cut off may have given the token its new SO PIN and left it the old User PIN, never the other way round. */
const eitherSo = (cutOff: boolean, { old, fresh }: PinPair, work: (so: PinPair) => void): void => {
  try { work({ old, fresh }); } catch (error) {
    if (!cutOff || !(error instanceof AppError) || error.code !== 'HSM_PIN_INCORRECT') throw error;
    work({ old: fresh, fresh });
  }
};

/** SECURITY: CUST-7 — every PIN that the tokens have now is tried before anything is changed. @throws HSM_PIN_INCORRECT … (`of`: so) */
const tryCurrent = ({ token, user, so }: Job, cutOff: boolean): void => {
  if (so !== null) eitherSo(cutOff, so, ({ old }) => { trySoPin(token, old); });
  token.login(user.old);
};

type Progress = { so: WhichPin | 'untouched'; user: WhichPin | 'untouched' };

const failure = ({ token, user }: Job, progress: Progress, done: readonly Changed[], left: readonly string[], error: unknown): AppError => {
  const { code, details } = toFault(hsmFault(error)), pin = progress.user === 'untouched' ? 'old' : whichUserPin(token, user);
  return new AppError('HSM_PIN_CHANGE_FAILED', {
    serial: token.serial, pin, soPin: progress.so === 'untouched' ? 'old' : progress.so, changed: done.map(({ serial }) => serial), left,
    cause: code, ckr: typeof details['ckr'] === 'string' ? details['ckr'] : null,
  }, { cause: error });
};

const changeOne = async ({ token, user, so }: Job, progress: Progress, cutOff: boolean): Promise<Changed> => {
  if (so !== null) {
    progress.so = 'unknown';
    // Not only tried before: see trySoPin.
    eitherSo(cutOff, so, (pair) => { setSoPin(token, pair); });
    progress.so = 'new';
  }
  progress.user = 'unknown';
  await setUserPin(token, user);
  return { serial: token.serial, oldRefusedWith: showOldRefused(token, user), soChanged: so !== null };
};

const changeAll = async (jobs: readonly Job[], cutOff: boolean): Promise<VaultResponse<'pin.change'>> => {
  for (const job of jobs) tryCurrent(job, cutOff);
  const tokens: Changed[] = [];
  for (const [index, job] of jobs.entries()) {
    const progress: Progress = { so: 'untouched', user: 'untouched' };
    try { tokens.push(await changeOne(job, progress, cutOff)); } catch (error) {
      throw failure(job, progress, tokens, jobs.slice(index + 1).map(({ token }) => token.serial), error);
    }
  }
  return { tokens };
};

const withJobs = async <T>(context: VaultContext, { module, serials, so }: Request, source: PinSource, current: Current, work: (jobs: readonly Job[]) => Promise<T>): Promise<T> => {
  const jobs: Job[] = [];
  try {
    for (const serial of serials) jobs.push(jobOf(context.modules.token(module, serial), source, current, so !== null));
    return await work(jobs);
  } finally { for (const job of jobs) wipeJob(job); }
};

/** Typed by the people who know them. @throws VAULT_ENTRY_MISSING */
const withTyped = <T>(context: VaultContext, { pinEntries, so }: Request, work: (current: Current) => Promise<T>): Promise<T> => {
  const typed = (ids: readonly EntryId[], next: (pin: Buffer) => Promise<T>): Promise<T> => withPin(context, ids, (pin) => {
    if (pin === null) throw new AppError('VAULT_ENTRY_MISSING');
    return next(pin);
  });
  return typed(pinEntries, (user) => (so === null ? work(() => ownCopy(user)) : typed(so.pinEntries, (soPin) => work((_token, kind) => ownCopy(kind === 'so' ? soPin : user)))));
};

/** Derived from the gathered set that this one replaces; an SO PIN that people know is still typed. */
const withDerived = <T>(context: VaultContext, setId: NonNullable<Request['gathered']>, { so }: Request, work: (current: Current) => Promise<T>): Promise<T> =>
  withGatheredSecret(context, setId, (secret) => {
    const old: PinSource = { secret, setId: fromHex(setId)! };
    const typedSo = so !== null && so.pinEntries.length > 0 ? so.pinEntries : [];
    return withPin(context, typedSo, (soPin) => work((token, kind) => (kind === 'user' ? userPinOf(old, token.info()) : soPin === null ? soPinOf(old, token.info()) : ownCopy(soPin))));
  });

/** What the new PINs come from: the set in hand, rebuilt from shares that were read back; or that same set, gathered again in another vault. */
const withNewSecret = <T>(context: VaultContext, { set }: Request, work: (secret: Buffer, setId: Sha256Hex) => Promise<T>): Promise<T> => (set === undefined
  ? withSecretInHand(context, 'pin', (secret) => work(secret, shareSetOf(context).manifest.setId))
  : withGatheredSecret(context, set.gathered, (secret) => work(secret, set.gathered)));

/**
 * Leaves every token logged in with its new User PIN.
 * @throws before anything was changed: VAULT_STATE (no-set, holds, not-rebuilt, no-gather, not-combined, same-set), VAULT_ENTRY_MISSING,
 * HSM_PIN_FORMAT (`derived`: the token takes no PIN of this form), HSM_PIN_INCORRECT, HSM_PIN_LAST_TRY, HSM_PIN_LOCKED (`of`: so);
 * afterwards: HSM_PIN_CHANGE_FAILED (`serial` failed and has the User PIN `pin` and the SO PIN `soPin`, each old, new or unknown;
 * `changed` have the new ones, `left` the old ones)
 */
export const changePins = (context: VaultContext, request: Request): Promise<VaultResponse<'pin.change'>> =>
  withNewSecret(context, request, (secret, setId) => {
    const source: PinSource = { secret, setId: fromHex(setId)! };
    const work = (current: Current): Promise<VaultResponse<'pin.change'>> => withJobs(context, request, source, current, (jobs) => changeAll(jobs, request.set !== undefined));
    if (request.gathered === undefined) return withTyped(context, request, work);
    if (request.gathered === setId) throw new AppError('VAULT_STATE', { reason: 'same-set' });
    return withDerived(context, request.gathered, request, work);
  });
