/** The script of a recovery: shares of an existing set and its wrapped key put the key into another HSM. */
import * as custody from '../../text/custody-script.ts';
import * as words from '../../text/script.ts';
import { administratorOf, custodiansOf, issuesPinSet, sourceOf } from '../people.ts';
import type { KeyPlan } from '../plan-schema.ts';
import type { ActDraft, StepDraft } from '../step-draft.ts';
import { keyWords } from './checks.ts';
import { close, environment, gatherStep, holdPin, machine, open, say, signBy, wipe } from './common.ts';

const account = (plan: KeyPlan): StepDraft => ({ kind: 'account', about: 'used', ...custody.account('used'), actors: [administratorOf(plan)], irreversible: false, expectedMinutes: 5 });

/** The acts of a recovery under `plan`, in order. */
export const recovery = (plan: KeyPlan): readonly ActDraft[] => {
  const { set } = sourceOf(plan);
  return [
    open(plan, custody.aimOf(plan)), environment(plan, false),
    {
      title: 'Gather', aim: 'We agree on the purpose, gather enough shares, and rebuild the wrapping key.',
      steps: [signBy(custodiansOf(plan).map(({ id }) => id), set.threshold, custody.agreeToRecover(plan)), gatherStep(plan, set), machine(plan, 'combine', custody.combine(set)), say(plan, words.actComplete(3))],
    },
    {
      title: 'Restore and lock', aim: 'We put the key into the HSM, show that it is this key, and lock it.',
      steps: [
        machine(plan, 'restore', custody.restoreToTarget(plan), { irreversible: true, expectedMinutes: 2 }), keyWords(plan),
        machine(plan, 'lock', words.lock(), { irreversible: true }), machine(plan, 'inventory-after', words.inventory('after')),
        ...(issuesPinSet(plan) ? [] : [wipe(plan)]),
      ],
    },
    ...holdPin(plan),
    { title: 'Account', aim: 'We say of every share that was read where it is now.', steps: [account(plan)] },
    close(plan),
  ];
};
