import { witnessOf } from '../people.ts';
import { bagsInUse, shareOf, stepOf } from '../select.ts';
import type { RuleAbout } from '../rule.ts';

/** A share is sealed only after its custodian read it back from everything that carries it, with a bag number that both typed and that is new. */
export const readBackFirst: RuleAbout<'read-back' | 'sealed' | 'step-completed'> = {
  id: 'READ_BACK_FIRST',
  says: 'A share is sealed only after its custodian read it back from everything that carries it, with a bag number that both typed and that is new.',
  about: ['read-back', 'sealed', 'step-completed'],
  check: (state, fact) => {
    const step = stepOf(state);
    if (step?.kind !== 'handover') return null;
    const share = shareOf(state, step.shareNumber);
    if (fact.type === 'read-back') {
      if (fact.body.share !== step.shareNumber || fact.body.person !== step.custodian || fact.body.setId !== state.set?.setId) return 'not the share of this step';
      if (share?.carrier === 'both' && (share.paper === 'waiting' || share.card?.status === 'waiting')) return 'paper and card are both made before one of them is read back';
      const out = fact.body.carrier === 'paper' ? share?.paper === 'printed' : share?.card?.status === 'written';
      if (fact.body.carrier === 'paper' ? fact.body.how === 'card' : fact.body.how !== 'card') return 'not how this carrier is read';
      return out ? null : 'no sheet of this share is out';
    }
    if (fact.type === 'sealed') {
      if (fact.body.share !== step.shareNumber || fact.body.custodian !== step.custodian || fact.body.witness !== witnessOf(state.plan)) return 'not the people of this step';
      if (share?.status !== 'read-back') return 'not read back yet';
      const bags = [fact.body.bag, ...(fact.body.cardBag === undefined ? [] : [fact.body.cardBag])];
      if ((share.carrier === 'both') !== (bags.length === 2) || bags[0] === bags[1]) return 'paper and card each have a bag of their own';
      const used = bags.find((bag) => bagsInUse(state).includes(bag));
      return used === undefined ? null : `bag ${used} is in use`;
    }
    if (fact.type === 'step-completed') return share?.status === 'sealed' ? null : 'the share is not sealed';
    return null;
  },
};
