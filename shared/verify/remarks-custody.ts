/** What is true of shares, copies and PINs in a ceremony and worth knowing, and what none of it proves. Never a fault. */
import { issuesPinSet, keyPlan, personById } from '../ceremony/people.ts';
import { pinSetOf } from '../ceremony/select.ts';
import type { CeremonyState } from '../ceremony/state.ts';
import { aftermathOf } from '../register/aftermath.ts';
import { aftermathSentences, leftCopyText } from '../text/aftermath.ts';
import { aimOf } from '../text/custody-script.ts';
import { findings as say } from '../text/findings.ts';
import type { Finding } from '../transcript/report.ts';

const nameIn = (state: CeremonyState, id: string): string => personById(state.plan, id)?.name ?? id;

/** Whether the SO can reset the PIN is said whoever holds it: that is what the quorum's strength rests on. */
const soSentence = (state: CeremonyState): string => {
  const { pin } = state.plan;
  if (pin?.control === 'held-by-quorum' && pin.renew && state.pinChanged) return pin.so === 'quorum' ? 'The SO PIN was renewed with it, so the SO can reset the PIN only by that quorum.' : 'The SO PIN was not changed: whoever holds it can reset the PIN.';
  if (pin?.control !== 'quorum') return 'Whether the SO PIN is under the same control is in the record of the ceremony that gave the PIN to the quorum.';
  return pin.so === 'quorum' ? 'The SO PIN is derived from the same set, so the SO can reset the PIN only by that quorum.' : 'The plan says that the SO PIN is random and kept nowhere, so that nobody can reset the PIN.';
};
const remarksOnPin = (state: CeremonyState): readonly Finding[] => {
  const { pin } = state.plan, made = pinSetOf(state);
  if (state.pinUncertain && state.pinChanged === null && made) return [say.pinUncertain(made.setName)];
  const set = issuesPinSet(state.plan) ? (state.pinChanged ? pinSetOf(state)?.setName : undefined) : pin?.control === 'held-by-quorum' ? pin.set.setName : undefined;
  return set === undefined ? [] : [say.pinQuorum(set, soSentence(state))];
};

const remarksOnShares = (state: CeremonyState): readonly Finding[] => {
  const name = (id: string): string => nameIn(state, id);
  const read = state.gatherings.flatMap(({ shares }) => shares), proved = state.proofs.filter(({ found }) => found === 'proved');
  return [
    ...read.filter(({ person, presenter }) => person !== presenter).map(({ seq, share, presenter, person }) => say.broughtByOther(seq, share, name(presenter), name(person))),
    ...state.refused.map(({ seq, presenter, code }) => say.refusedShare(seq, name(presenter), code)),
    ...state.proofs.map(({ seq, person, share, found }) => (found === 'proved' ? say.slip(seq, name(person), share) : say.unproved(seq, name(person), share, found))),
    ...(read.length > 0 ? [say.gathered()] : []),
    ...(proved.length > 0 ? [say.slips()] : []),
  ];
};

const remarksOnCopies = (state: CeremonyState): readonly Finding[] => {
  const { accounted, superseded, plan } = state;
  const what = aftermathOf(state), holders = plan.source?.set.holders ?? [];
  const missing = what ? [] : accounted.filter(({ outcome }) => outcome === 'missing');
  return [
    ...(superseded && plan.source ? [say.superseded(superseded.seq, plan.source.set.setName)] : []),
    ...(what && accounted.length > 0 ? aftermathSentences(what).map(say.aftermath) : []),
    ...missing.map(({ seq, copy, bag }) => say.copyMissing(seq, leftCopyText({ copy, bag, status: 'missing', holder: copy.kind === 'medium' ? null : holders.find(({ number }) => number === copy.share)?.name ?? null }))),
    ...(accounted.some(({ outcome }) => outcome === 'destroyed' || outcome === 'missing') ? [say.destruction()] : []),
  ];
};

/** Purpose first, then the PIN, the shares and the copies. */
export const remarksOnCustody = (state: CeremonyState): readonly Finding[] =>
  [...(state.plan.source ? [say.purpose(aimOf(keyPlan(state.plan)))] : []), ...remarksOnPin(state), ...remarksOnShares(state), ...remarksOnCopies(state)];
