import { witnessOf } from '../people.ts';
import { shareOf, stepOf } from '../select.ts';
import type { Rule } from '../rule.ts';

/** A share is sealed only after its custodian read it back from the paper, with a bag number that both typed and that is new. */
export const readBackFirst: Rule = {
  id: 'READ_BACK_FIRST',
  says: 'A share is sealed only after its custodian read it back from the paper, with a bag number that both typed and that is new.',
  check: (state, fact) => {
    const step = stepOf(state);
    if (step?.kind !== 'handover') return null;
    const share = shareOf(state, step.shareNumber);
    if (fact.type === 'read-back') {
      if (fact.body.share !== step.shareNumber || fact.body.person !== step.custodian || fact.body.setId !== state.set?.setId) return 'not the share of this step';
      return share?.status === 'printed' ? null : 'no sheet of this share is out';
    }
    if (fact.type === 'sealed') {
      if (fact.body.share !== step.shareNumber || fact.body.custodian !== step.custodian || fact.body.witness !== witnessOf(state.plan)) return 'not the people of this step';
      if (share?.status !== 'read-back') return 'not read back yet';
      return state.set?.shares.some((other) => other.bag === fact.body.bag) ? `bag ${fact.body.bag} is in use` : null;
    }
    if (fact.type === 'step-completed') return share?.status === 'sealed' ? null : 'the share is not sealed';
    return null;
  },
};
