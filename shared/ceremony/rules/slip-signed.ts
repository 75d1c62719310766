import { personById } from '../people.ts';
import type { Plan } from '../plan-schema.ts';
import { accountOf, signersOf, stepOf } from '../select.ts';
import { openedCopies } from '../opened-copies.ts';
import type { RuleAbout } from '../rule.ts';

/** Whoever signs with ink only signs the printed record. */
const canSign = (plan: Plan, id: string): boolean => personById(plan, id)?.credential.kind !== 'paper';

/** A share check of one holder ends when the share was read, is sealed again and its slip is signed, or when it was said why not; the slip is signed last. */
export const slipSigned: RuleAbout<'signoff' | 'step-completed'> = {
  id: 'SLIP_SIGNED',
  says: 'A share check of one holder ends when the share was read, is sealed again and its slip is signed, or when it was said why not; the slip is signed last.',
  about: ['signoff', 'step-completed'],
  check: (state, fact) => {
    const step = stepOf(state);
    if (step?.kind !== 'prove' || (fact.type !== 'signoff' && fact.type !== 'step-completed')) return null;
    const proof = state.proofs.find((one) => one.step === step.id);
    if (!proof) return 'the share was not read';
    if (proof.found !== 'proved') return fact.type === 'signoff' ? 'nothing was proved' : null;
    if (openedCopies(state, step).some((copy) => accountOf(state, copy) === null)) return 'not sealed again';
    return fact.type === 'signoff' || signersOf(state, step.id).includes(step.custodian) || !canSign(state.plan, step.custodian) ? null : 'the slip is not signed';
  },
};
