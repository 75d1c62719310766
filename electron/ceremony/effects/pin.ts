/** Gives the User PIN of every token to the quorum of the PIN set in work; the old PIN dies only here, after that set was read back. */
import type { Sha256Hex } from '../../../shared/brand.ts';
import { gatheredSetOf, keyPlan, soControlOf, tokensOf } from '../../../shared/ceremony/people.ts';
import { isChangeCutOff } from '../../../shared/ceremony/wanted-set.ts';
import { toFault } from '../../../shared/errors.ts';
import type { Body } from '../../../shared/transcript/entry-schema.ts';
import type { EntryId, TokenInfo } from '../../../shared/vault/contract.ts';
import { busy } from '../ask.ts';
import type { Session } from '../session.ts';
import { failUnlessGone } from './fail.ts';
import { askPin, askPinOf, findToken } from './login.ts';
import { combineAgain, HAD_NEW_PIN, sortTokens } from './pin-cut-off.ts';

/** The SO PIN as it is now, where it goes to the quorum too: typed, or derived from the PIN set that held it. Null where it stays as it is. */
const askSo = async (session: Session, token: TokenInfo): Promise<{ pinEntries: readonly EntryId[] } | null> => {
  const plan = keyPlan(session.state.plan), { pin } = plan;
  if (soControlOf(plan) !== 'quorum') return null;
  return { pinEntries: await askPinOf(session, pin.control === 'quorum' ? pin.soTypedBy : [], token, { of: 'so' }) };
};

/** Where a quorum held the PIN before, its combined secret gives the old one; else people type it. */
const current = async (session: Session, token: TokenInfo) => {
  const held = gatheredSetOf(session.state.plan, 'pin');
  return held ? { pinEntries: [], gathered: held.setId } : { pinEntries: await askPin(session, token) };
};

type Changed = { serial: string; oldRefusedWith: string; soChanged: boolean };
interface Asked { readonly token: TokenInfo; readonly request: Awaited<ReturnType<typeof current>>; readonly so: Awaited<ReturnType<typeof askSo>> }

/** Everything is typed before the first PIN changes, so that nobody who walks off leaves it half done. */
const askAll = async (session: Session, tokens: readonly TokenInfo[]): Promise<readonly Asked[]> => {
  const asked: Asked[] = [];
  for (const token of tokens) asked.push({ token, request: await current(session, token), so: await askSo(session, token) });
  return asked;
};

/** Refusals from before anything was changed on a token. */
const NOTHING_CHANGED: ReadonlySet<string> = new Set(['VAULT_STATE', 'VAULT_ENTRY_MISSING', 'HSM_PIN_INCORRECT', 'HSM_PIN_LAST_TRY', 'HSM_PIN_LOCKED', 'HSM_PIN_FORMAT']);
const happened = (error: unknown, changed: readonly Changed[]): Body<'failed'>['happened'] => (changed.length === 0 && NOTHING_CHANGED.has(toFault(error).code) ? 'no' : 'unknown');

/** @param had tokens that have their new PIN already. @param set the PIN set, where it was gathered again */
const change = async (session: Session, asked: readonly Asked[], had: readonly string[], set?: Sha256Hex): Promise<void> => {
  const { set: work } = session.state, plan = keyPlan(session.state.plan), so = soControlOf(plan), serials = [...tokensOf(plan)], made: Changed[] = [];
  const effect = await session.intend({ kind: 'change-pin', setId: work!.setId, serials, so });
  try {
    for (const { token, request, so: soNow } of asked) {
      const { tokens } = await busy(session, 'change-pin', `Changing the PIN of ${token.serial}`, () => session.ports.vault.call('pin.change', {
        module: plan.hsm.module.path, serials: [token.serial], ...request, so: soNow, ...(set === undefined ? {} : { set: { gathered: set } }),
      }));
      made.push(...tokens.map((one) => ({ ...one })));
    }
    const rows: Changed[] = [...made, ...had.map((serial) => ({ serial, oldRefusedWith: HAD_NEW_PIN, soChanged: so === 'quorum' }))];
    await session.conclude(effect, { kind: 'change-pin', tokens: serials.map((serial) => rows.find((row) => row.serial === serial)!) });
  } catch (error) { await failUnlessGone(session, effect, error, happened(error, made)); }
};

/** The set's secret is gathered again; what a token has already is left as it is. */
const finish = async (session: Session): Promise<void> => {
  await combineAgain(session);
  const { changed, left } = await sortTokens(session);
  await change(session, await askAll(session, left), changed, session.state.set!.setId);
};

export const changePin = async (session: Session): Promise<void> => {
  if (isChangeCutOff(session.state)) return finish(session);
  const tokens: TokenInfo[] = [];
  for (const serial of tokensOf(session.state.plan)) tokens.push((await findToken(session, serial)).token);
  await change(session, await askAll(session, tokens), []);
};
