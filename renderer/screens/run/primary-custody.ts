/** The primary action while shares are handed over, gathered, proved and accounted for. Pure. */
import type { PersonId } from '../../../shared/brand.ts';
import { administratorOf, heldCustodyOf } from '../../../shared/ceremony/people.ts';
import type { AccountStep, GatherStep, HandoverStep, MachineStep, ProveStep } from '../../../shared/ceremony/script-types.ts';
import { gatheringOf, gatheringOfSet, isPresent, personOf, shareOf, signersOf } from '../../../shared/ceremony/select.ts';
import { wantedSetOf } from '../../../shared/ceremony/wanted-set.ts';
import type { CeremonyState, ShareFacts } from '../../../shared/ceremony/state.ts';
import type { StepDraft } from '../../stores/step-store.ts';
import { copyRows, handsOver, methodOf, needsBag, openCopy, openedRows, type CopyRow } from './account-view.ts';
import { carriersOf, holderName, nextShare, type Medium } from './gather-view.ts';
import { confirm, go, wait, type Primary } from './primary-parts.ts';

/** Print and write before anything is read back: the vault gives a share away only until then. Then the bag, or both bags. */
export const handover = (state: CeremonyState, step: HandoverStep, draft: StepDraft): Primary => {
  const name = personOf(state, step.custodian)?.name ?? step.custodian;
  const share = shareOf(state, step.shareNumber);
  if (!share) return wait('No share set is in use');
  if (share.status === 'sealed') return wait('Sealed');
  if (share.paper === 'waiting') return go(share.sheet === 'blind' ? `Take the dice code and print for ${name}` : `Print share for ${name}`, { type: 'print-sheet', step: step.id }, 'handover-print');
  if (share.card?.status === 'waiting') return go(`Write share to the card of ${name}`, { type: 'write-card', step: step.id }, 'handover-write');
  if (share.paper === 'printed') return go('Read back from the paper', { type: 'read-back', step: step.id }, 'handover-readback');
  if (share.card?.status === 'written') return go('Read back from the card', { type: 'read-card-back', step: step.id }, 'handover-read-card');
  return seal(step, share, draft);
};

const bagOf = (share: number, custodian: string, witness: string): { readonly bag: string } | { readonly problem: string } => {
  const [one, two] = [custodian.trim(), witness.trim()];
  if (one === '' || two === '') return { problem: `Seal share ${share}: bag number twice` };
  return one === two ? { bag: one } : { problem: 'The two bag numbers differ' };
};
const seal = (step: HandoverStep, share: ShareFacts, draft: StepDraft): Primary => {
  const first = bagOf(step.shareNumber, draft.bagByCustodian, draft.bagByWitness);
  if ('problem' in first) return wait(first.problem, 'handover-seal');
  const command = { type: 'seal' as const, step: step.id, bagByCustodian: first.bag, bagByWitness: draft.bagByWitness.trim() };
  if (share.carrier !== 'both') return go(`Seal share ${step.shareNumber}`, command, 'handover-seal');
  const second = bagOf(step.shareNumber, draft.cardBagByCustodian, draft.cardBagByWitness);
  if ('problem' in second) return wait(second.problem, 'handover-seal');
  return second.bag === first.bag ? wait('Sheet and card each need a bag', 'handover-seal') : go(`Seal share ${step.shareNumber}`, { ...command, cardBag: second.bag }, 'handover-seal');
};

const from = (medium: Medium): string => (medium === 'card' ? 'from the card' : 'from the paper');

export const gather = (state: CeremonyState, step: GatherStep, draft: StepDraft): Primary => {
  const came = gatheringOf(state, step)?.shares.length ?? 0;
  if (came >= step.threshold) return confirm(state, step, 'The shares are gathered', administratorOf(state.plan));
  const next = nextShare(state, step, draft);
  const carrier = next?.carriers[0];
  if (!next || !carrier) return wait(`${step.threshold - came} more needed: nobody with a share is here`);
  return go(`Read the share of ${holderName(state, null, next.holder)} ${from(carrier)}`, { type: 'read-share', step: step.id, presenter: next.presenter, holder: next.holder, carrier }, 'gather-next');
};

/** A change of PINs that was cut off: shares of the PIN set come in again before it can be finished. Null when none is asked for. */
export const readAgain = (state: CeremonyState, step: MachineStep): Primary | null => {
  const set = wantedSetOf(state);
  if (set === null) return null;
  const came = gatheringOfSet(state, set.setId)?.shares ?? [];
  const next = set.holders.find(({ number, person }) => isPresent(state, person) && !came.some((one) => one.share === number));
  if (next === undefined) return wait(`${set.threshold - came.length} more PIN shares of ${set.setName} needed: nobody with one is here`);
  const carrier = heldCustodyOf(state.plan, set, next.person).carrier === 'card' ? 'card' : 'paper';
  return go(`Read the PIN share of ${holderName(state, set, next.person)} again ${from(carrier)}`, { type: 'read-share', step: step.id, presenter: next.person, holder: next.person, carrier }, 'pin-read-again');
};

export const prove = (state: CeremonyState, step: ProveStep, draft: StepDraft): Primary => {
  const name = holderName(state, state.plan.source?.set ?? null, step.custodian);
  const proof = state.proofs.find((one) => one.step === step.id);
  const carrier = carriersOf(state, state.plan.source?.set.setId ?? '', step.shareNumber)[0];
  if (!proof) return carrier ? go(`Read the share of ${name} ${from(carrier)}`, { type: 'read-share', step: step.id, presenter: step.custodian, holder: step.custodian, carrier }, 'prove-next') : wait('No copy of this share is known');
  const open = openedRows(state, step).find((row) => row.account === null);
  if (proof.found === 'proved' && open) return reseal(state, step, open, draft);
  const signed = signersOf(state, step.id).includes(step.custodian);
  const signs = personOf(state, step.custodian)?.credential.kind !== 'paper';
  if (proof.found === 'proved' && !signed && signs) return { label: `${name} signs the slip`, command: null, blocked: null, testId: 'prove-sign', signs: step.custodian };
  return confirm(state, step, `Share ${step.shareNumber} is done`, step.actors[0] ?? administratorOf(state.plan));
};

const reseal = (state: CeremonyState, step: ProveStep, row: CopyRow, draft: StepDraft): Primary => {
  const bag = draft.bag.trim();
  if (bag === '') return wait('Seal it again: number of the new bag', 'prove-reseal');
  return go('It is sealed again', { type: 'account', step: step.id, copy: row.copy, outcome: 'resealed', method: methodOf('resealed', ''), bag, by: handsOver(state, row, { by: step.custodian }) }, 'prove-reseal');
};

export const account = (state: CeremonyState, step: AccountStep, draft: StepDraft): Primary => {
  const rows = copyRows(state, step);
  const row = openCopy(rows, draft.copy);
  if (!row) return confirm(state, step, 'Every copy is accounted for', step.actors[0] ?? administratorOf(state.plan));
  if (draft.outcome === '') return wait('Record this copy: say what became of it', 'account-next');
  const method = methodOf(draft.outcome, draft.method);
  if (method === '') return wait('Record this copy: say how', 'account-next');
  const bag = draft.bag.trim();
  if (needsBag(draft.outcome) && bag === '') return wait('Record this copy: bag number', 'account-next');
  const by: PersonId = handsOver(state, row, draft);
  return go('Record this copy', { type: 'account', step: step.id, copy: row.copy, outcome: draft.outcome, method, bag: needsBag(draft.outcome) ? bag : null, by }, 'account-next');
};
