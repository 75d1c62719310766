import { isKeyPlan } from '../../ceremony/people.ts';
import { sharesAreMade } from '../../ceremony/plan-rules-source.ts';
import type { Duty } from '../duty.ts';

/** A quorum that is made here is not smaller than the policy's; that of a set that exists already is as it is. */
export const minimumQuorum: Duty = {
  id: 'minimum-quorum',
  says: 'A quorum that a ceremony makes is not smaller than the policy of the archive asks for.',
  clause: 'Charter of the archive', verified: true, place: 'quorum.threshold',
  judge: ({ plan, policy }) => {
    if (policy === null || !isKeyPlan(plan) || !sharesAreMade(plan)) return [];
    const { threshold, shares } = plan.quorum;
    return threshold >= policy.quorum.threshold && shares >= policy.quorum.shares ? []
      : [{ people: [], text: `The quorum is ${threshold} of ${shares}; the policy asks for at least ${policy.quorum.threshold} of ${policy.quorum.shares}.` }];
  },
};
