/** Shares of an existing set: read one by one, refused with a name, combined; or proved alone and forgotten. */
import type { Work } from '../../../shared/ceremony/decide.ts';
import { gatheredSetOf, heldCustodyOf, isDrill, sourceOf } from '../../../shared/ceremony/people.ts';
import type { SetRef } from '../../../shared/ceremony/plan-schema.ts';
import type { Step } from '../../../shared/ceremony/script-types.ts';
import { gatheringOfSet, personOf, stepOf } from '../../../shared/ceremony/select.ts';
import { wantedSetOf } from '../../../shared/ceremony/wanted-set.ts';
import { AppError, toFault } from '../../../shared/errors.ts';
import type { KnownSet, Presenter, ReadShare } from '../../../shared/vault/contract.ts';
import { readText } from '../../archive/folders.ts';
import { ask, busy } from '../ask.ts';
import { faultBody, type Session } from '../session.ts';
import { askCardPin, cardIn } from './cards.ts';
import { failUnlessGone } from './fail.ts';
import { heldCardOf } from './held-card.ts';
import { login } from './login.ts';

type ReadWork = Extract<Work, { kind: 'read-share' }>;
/** The manifest of a set that the ceremony stands on, or of the PIN set that was made in it. */
const manifestFile = ({ state }: Session, { setId, holds }: SetRef): string =>
  (setId === state.set?.setId ? 'pin-manifest.dsse.json' : holds === 'pin' ? 'source-pin-manifest.dsse.json' : 'source-manifest.dsse.json');

/** @throws RULE_SHARE_WANTED when no step asks for a share */
const wantedSet = (session: Session): { step: Step; set: SetRef } => {
  const step = stepOf(session.state), set = wantedSetOf(session.state);
  if (!set || !step) throw new AppError('RULE_SHARE_WANTED', { reason: 'no share is asked for', entry: 'share-read' });
  return { step, set };
};

const known = (session: Session): readonly KnownSet[] => (session.state.plan.source?.known ?? []).map((one) => ({ ...one }));
const wanted = async (session: Session, set: SetRef) =>
  ({ manifest: await readText(session.ports.disk, session.folder.path, manifestFile(session, set)), drill: isDrill(session.state.plan), known: known(session) });

/** What the vault holds of an earlier start is forgotten when the first share of a gathering is read. */
const begin = async (session: Session, set: SetRef): Promise<void> => {
  if (gatheringOfSet(session.state, set.setId) === null) await session.ports.vault.call('gather.begin', await wanted(session, set));
};

const presenterOf = (session: Session, { presenter, holder }: ReadWork): Presenter => ({ name: personOf(session.state, presenter)?.name ?? presenter, person: presenter, holder });

const fromPaper = async (session: Session, work: ReadWork): Promise<ReadShare> => {
  const { step, set } = wantedSet(session);
  const share = set.holders.find((one) => one.person === work.holder)?.number ?? null;
  const entryId = await ask(session, { kind: 'share', person: work.presenter, share, set: set.setName, ways: ['scan', 'type', 'image'], blind: heldCustodyOf(session.state.plan, set, work.holder).sheet === 'blind' });
  const presenter = presenterOf(session, work);
  return busy(session, 'read-share', 'Judging the share', async () => {
    if (step.kind === 'prove') return session.ports.vault.call('share.prove', { ...await wanted(session, set), entryId, presenter });
    await begin(session, set);
    return session.ports.vault.call('gather.read', { setId: set.setId, entryId, presenter });
  });
};

const fromCard = async (session: Session, work: ReadWork): Promise<ReadShare> => {
  const { step, set } = wantedSet(session);
  const card = heldCardOf(session, work.holder, set);
  await cardIn(session, work.presenter, card);
  const pinEntries = await askCardPin(session, work.presenter, card);
  const presenter = presenterOf(session, work);
  return busy(session, 'read-card', 'Reading and judging the share', async () => {
    if (step.kind === 'prove') return session.ports.vault.call('share.prove-card', { ...await wanted(session, set), ...card, pinEntries, presenter });
    await begin(session, set);
    return session.ports.vault.call('gather.read-card', { setId: set.setId, ...card, pinEntries, presenter });
  });
};

/** Faults that are about what was presented, and so belong in the record with the presenter's name. */
const isAboutTheShare = (code: string): boolean => code.startsWith('SHARE_') || code.startsWith('CARD_') || code.startsWith('HSM_PIN');

export const readShare = async (session: Session, work: ReadWork): Promise<void> => {
  const { step, set } = wantedSet(session);
  try {
    const read = work.carrier === 'card' ? await fromCard(session, work) : await fromPaper(session, work);
    await session.append({ type: 'share-read', actor: work.presenter, body: { step: step.id, setId: set.setId, share: read.share, person: read.person, presenter: work.presenter, carrier: work.carrier, how: read.how, commitment: read.commitment } });
  } catch (error) {
    if (isAboutTheShare(toFault(error).code) && !session.broken) await session.append({ type: 'share-refused', actor: work.presenter, body: { step: step.id, setId: set.setId, presenter: work.presenter, carrier: work.carrier, fault: faultBody(error) } });
    throw error;
  }
};

/** Rebuilds the secret of a set from what was gathered of it. */
export const combineSet = async (session: Session, set: SetRef, operation: 'combine' | 'open-pin' | 'change-pin'): Promise<void> => {
  const shares = (gatheringOfSet(session.state, set.setId)?.shares ?? []).map((one) => one.share).sort((a, b) => a - b).slice(0, set.threshold);
  const effect = await session.intend({ kind: 'combine', setId: set.setId, shares });
  try {
    const made = await busy(session, operation, 'Rebuilding from the shares and comparing with the manifest', () => session.ports.vault.call('gather.combine', { setId: set.setId, shares }));
    await session.conclude(effect, { kind: 'combine', shares: [...made.shares] });
  } catch (error) { await failUnlessGone(session, effect, error, 'no'); }
};

export const combine = (session: Session): Promise<void> => combineSet(session, sourceOf(session.state.plan).set, 'combine');

/** The one gate that opens tokens by quorum: the PIN secret is combined, each token's PIN derived from it and used. */
export const openPin = async (session: Session): Promise<void> => {
  const set = gatheredSetOf(session.state.plan, 'pin');
  if (!set) throw new AppError('RULE_TOKEN_OPEN', { reason: 'no quorum holds this PIN', entry: 'login' });
  if (!gatheringOfSet(session.state, set.setId)?.combined) await combineSet(session, set, 'open-pin');
  await login(session);
};
