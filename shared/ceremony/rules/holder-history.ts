import { historyReach } from '../holder-history.ts';
import type { RuleAbout } from '../rule.ts';

/** Nobody comes to hold or to have read as many shares of one set as open it. */
export const holderHistory: RuleAbout<'share-read'> = {
  id: 'HOLDER_HISTORY',
  says: 'Nobody comes to hold or to have read as many shares of one set as open it.',
  about: ['share-read'],
  check: (state, fact) => {
    if (fact.type !== 'share-read' || fact.body.presenter === fact.body.person) return null;
    const reach = historyReach(state, fact.body.presenter, fact.body.setId, fact.body.share);
    return reach.count < reach.threshold ? null : `this would be share ${reach.count} of ${reach.threshold} for one person`;
  },
};
