import { bringerOf, witnessOf } from '../people.ts';
import { gatheringOfSet, stepOf } from '../select.ts';
import { isChangeCutOff, wantedSetOf } from '../wanted-set.ts';
import type { RuleAbout } from '../rule.ts';

/** A share is read only in a step that asks for it, once, of the set and from the person the plan names; another person brings it only after the witness recorded why. */
export const shareWanted: RuleAbout<'share-read' | 'share-unproved'> = {
  id: 'SHARE_WANTED',
  says: 'A share is read only in a step that asks for it, once, of the set and from the person the plan names; another person brings it only after the witness recorded why.',
  about: ['share-read', 'share-unproved'],
  check: (state, fact) => {
    if (fact.type !== 'share-read' && fact.type !== 'share-unproved') return null;
    const step = stepOf(state);
    const set = wantedSetOf(state);
    if (!step || (step.kind !== 'gather' && step.kind !== 'prove' && !isChangeCutOff(state))) return 'no share is asked for';
    const { share, person } = fact.body;
    if (!set?.holders.some((holder) => holder.number === share && holder.person === person)) return 'not a holder of this share';
    if (step.kind === 'prove') return share === step.shareNumber && person === step.custodian && (fact.type === 'share-unproved' || fact.body.presenter === person) ? null : 'not the share of this step';
    if (fact.type === 'share-unproved' || fact.body.setId !== set.setId) return 'another share set';
    const gathering = gatheringOfSet(state, set.setId);
    if (gathering?.combined) return 'the shares have been combined';
    if (gathering?.shares.some((one) => one.share === share)) return `share ${share} has been read`;
    if (fact.body.presenter === person || fact.body.presenter === bringerOf(state.plan, person)) return null;
    const excepted = state.exceptions.some((one) => one.step === step.id && one.kind === 'person-change' && one.noticedBy === witnessOf(state.plan));
    return excepted ? null : 'another person brings it, and the witness has recorded no reason';
  },
};
