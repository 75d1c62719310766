/** Gives the User PIN of every token to the quorum of the PIN set in work; the old PIN dies only here, after that set was read back. */
import { gatheredSetOf, tokensOf } from '../../../shared/ceremony/people.ts';
import type { EntryId, EntrySpec, TokenInfo } from '../../../shared/vault/contract.ts';
import { ask, busy } from '../ask.ts';
import type { Session } from '../session.ts';
import { failUnlessGone } from './fail.ts';
import { askPin, findToken } from './login.ts';

const soSpec = (people: readonly string[], token: TokenInfo, index: number): EntrySpec => people.length === 1
  ? { kind: 'pin', person: people[0] as never, token: token.serial, minLength: token.minPinLength, maxLength: token.maxPinLength, of: 'so' }
  : { kind: 'pin-half', person: people[index] as never, token: token.serial, half: index === 0 ? 'first' : 'second', of: 'so' };

/** The SO PIN as it is now, where it goes to the quorum too; null where nobody holds it. */
const askSo = async (session: Session, token: TokenInfo): Promise<{ pinEntries: readonly EntryId[] } | null> => {
  const { pin } = session.state.plan;
  if (pin.control !== 'quorum' || pin.so !== 'quorum') return null;
  const pinEntries: EntryId[] = [];
  for (const index of pin.soTypedBy.keys()) pinEntries.push(await ask(session, soSpec(pin.soTypedBy, token, index)));
  return { pinEntries };
};

/** Where a quorum held the PIN before, its combined secret gives the old one; else people type it. */
const current = async (session: Session, token: TokenInfo) => {
  const held = gatheredSetOf(session.state.plan, 'pin');
  return held ? { pinEntries: [], gathered: held.setId } : { pinEntries: await askPin(session, token) };
};

type Changed = { serial: string; oldRefusedWith: string; soChanged: boolean };

export const changePin = async (session: Session): Promise<void> => {
  const { plan, set } = session.state;
  const serials = [...tokensOf(plan)];
  const asked: { token: TokenInfo; request: Awaited<ReturnType<typeof current>>; so: Awaited<ReturnType<typeof askSo>> }[] = [];
  // Everything is typed before the first PIN changes, so that nobody who walks off leaves it half done.
  for (const serial of serials) {
    const { token } = await findToken(session, serial);
    asked.push({ token, request: await current(session, token), so: await askSo(session, token) });
  }
  const effect = await session.intend({ kind: 'change-pin', setId: set!.setId, serials, so: plan.pin.control === 'quorum' ? plan.pin.so : 'nobody' });
  try {
    const tokens: Changed[] = [];
    for (const { token, request, so } of asked) {
      const made = await busy(session, 'change-pin', `Changing the PIN of ${token.serial}`, () => session.ports.vault.call('pin.change', { module: plan.hsm.module.path, serials: [token.serial], ...request, so }));
      tokens.push(...made.tokens.map((one) => ({ ...one })));
    }
    await session.conclude(effect, { kind: 'change-pin', tokens });
  } catch (error) { await failUnlessGone(session, effect, error, 'unknown'); }
};
