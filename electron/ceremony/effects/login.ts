/** Opens the tokens of the plan. Never automatic: the people the plan names type the PIN each time. */
import { keyPlan, pinPeopleOf, tokensOf } from '../../../shared/ceremony/people.ts';
import type { Step } from '../../../shared/ceremony/script-types.ts';
import type { PersonId } from '../../../shared/brand.ts';
import { plannedPin } from '../../../shared/ceremony/rules/pin-typed-as-planned.ts';
import { lastGathering, stepOf } from '../../../shared/ceremony/select.ts';
import { AppError, toFault } from '../../../shared/errors.ts';
import type { Draft } from '../../../shared/transcript/entry-schema.ts';
import type { EntryId, EntrySpec, ModuleInfo, TokenInfo } from '../../../shared/vault/contract.ts';
import { ask, busy } from '../ask.ts';
import { faultBody, type Session } from '../session.ts';

/** The module of the plan, with the digest the plan pins. @throws HSM_MODULE_DIGEST and what module.open throws. */
export const openModule = async (session: Session): Promise<ModuleInfo> => {
  const { path, sha256 } = keyPlan(session.state.plan).hsm.module;
  const module = await session.ports.vault.call('module.open', { path, sha256 });
  if (module.sha256 !== sha256) throw new AppError('HSM_MODULE_DIGEST', { path, expected: sha256, found: module.sha256 });
  return module;
};

const wanted = (session: Session, step: Step): readonly string[] => {
  const { loggedIn } = session.state, plan = keyPlan(session.state.plan);
  const serials = step.kind !== 'login' ? tokensOf(plan) : [step.token === 'first' ? plan.hsm.serial : plan.hsm.secondSerial];
  return serials.filter((serial): serial is string => serial !== null && !loggedIn.includes(serial));
};

type WhosePin = Pick<Extract<EntrySpec, { kind: 'pin' }>, 'of'>;
const specOf = (people: readonly PersonId[], token: TokenInfo, index: number, of: WhosePin): EntrySpec => (people.length === 1
  ? { kind: 'pin', person: people[0]!, token: token.serial, minLength: token.minPinLength, maxLength: token.maxPinLength, ...of }
  : { kind: 'pin-half', person: people[index]!, token: token.serial, half: index === 0 ? 'first' : 'second', ...of });

/** A PIN of a token, in one entry or in a half of each of two people. @param of nothing for the User PIN */
export const askPinOf = async (session: Session, people: readonly PersonId[], token: TokenInfo, of: WhosePin = {}): Promise<EntryId[]> => {
  const entries: EntryId[] = [];
  for (const index of people.keys()) entries.push(await ask(session, specOf(people, token, index, of)));
  return entries;
};

/** The User PIN of an HSM, typed by the people the plan names. @throws HSM_PIN_LOCKED before anyone types */
export const askPin = async (session: Session, token: TokenInfo): Promise<EntryId[]> => {
  if (token.userPin === 'locked') throw new AppError('HSM_PIN_LOCKED', { serial: token.serial });
  return askPinOf(session, pinPeopleOf(session.state.plan), token);
};

const loginOne = async (session: Session, step: Step, serial: string): Promise<void> => {
  const plan = keyPlan(session.state.plan);
  const { module, token } = await findToken(session, serial);
  if (plan.pin.control === 'held-by-quorum') await openByQuorum(session, serial);
  else {
    const pinEntries = await askPin(session, token);
    await busy(session, 'login', 'Opening the token', () => session.ports.vault.call('token.login', { module: plan.hsm.module.path, serial, pinEntries }));
  }
  const { people, control } = plannedPin(session.state);
  const login: Draft = { type: 'login', actor: 'app', body: { step: step.id, serial, typedBy: people.map((id) => id as PersonId), control, moduleSha256: module.sha256 } };
  await session.append(login);
};

/** @throws HSM_TOKEN_NOT_FOUND and what {@link openModule} throws */
export const findToken = async (session: Session, serial: string): Promise<{ module: ModuleInfo; token: TokenInfo }> => {
  const module = await busy(session, 'login', 'Looking for the token', () => openModule(session));
  const token = module.tokens.find((one) => one.serial === serial);
  if (!token) throw new AppError('HSM_TOKEN_NOT_FOUND', { serial });
  return { module, token };
};

/** Only while the vault holds the combined PIN secret; the script gathers it before any token is used. */
const openByQuorum = async (session: Session, serial: string): Promise<void> => {
  const gathering = lastGathering(session.state, 'pin');
  if (gathering?.open !== true || gathering.combined === null) throw new AppError('RULE_TOKEN_OPEN', { reason: 'the PIN shares are not combined', entry: 'login' });
  const { path } = keyPlan(session.state.plan).hsm.module;
  await busy(session, 'login', 'Opening the token with the PIN of the quorum', () => session.ports.vault.call('pin.open', { module: path, serial, setId: gathering.setId }));
};

/** Opens the token of a login step, or whatever token a later step misses after a restart. A refused PIN becomes an entry. */
export const login = async (session: Session): Promise<void> => {
  const step = stepOf(session.state);
  if (!step) return;
  for (const serial of wanted(session, step)) {
    try { await loginOne(session, step, serial); } catch (error) {
      const { code } = toFault(error);
      if (code.startsWith('HSM_')) await session.append({ type: 'login-failed', actor: 'app', body: { step: step.id, serial, fault: faultBody(error) } });
      throw error;
    }
  }
  if (step.kind === 'login') await session.append({ type: 'step-completed', actor: 'app', body: { step: step.id } });
};
