/** The script of a re-share: a new wrapping key, a new set and a new wrapped key replace an old set, whose copies are accounted for. */
import * as custody from '../../text/custody-script.ts';
import * as words from '../../text/script.ts';
import { administratorOf, issuesPinSet, sourceOf } from '../people.ts';
import type { KeyPlan } from '../plan-schema.ts';
import type { ActDraft } from '../step-draft.ts';
import { close, distribute, environment, gatherStep, holdersIn, holdPin, machine, open, say, sign, signBy, wipe } from './common.ts';

const replace = (plan: KeyPlan): ActDraft => {
  const { set } = sourceOf(plan);
  return {
    title: 'Replace', aim: 'We prove the new shares, open the old backup with the old quorum, and wrap the key anew.',
    steps: [
      machine(plan, 'rebuild', words.rebuild(plan)),
      // The old wrapping key exists for minutes only: it is rebuilt after the new shares are sealed, not before.
      gatherStep(plan, set), machine(plan, 'combine', custody.combine(set)),
      machine(plan, 'rewrap', custody.rewrap(plan), { irreversible: true, expectedMinutes: 2 }),
      machine(plan, 'prove-restore', custody.proveRestore(plan), { expectedMinutes: 2 }),
      sign(plan, custody.agreeToSupersede(plan)),
      machine(plan, 'supersede', custody.supersede(plan), { irreversible: true }),
      machine(plan, 'inventory-after', words.inventory('after')),
      ...(issuesPinSet(plan) ? [] : [wipe(plan)]),
    ],
  };
};

/** The acts of a re-share under `plan`, in order. */
export const reShare = (plan: KeyPlan): readonly ActDraft[] => {
  const { set } = sourceOf(plan);
  return [
    open(plan, custody.aimOf(plan)), environment(plan, true),
    { title: 'Agree', aim: 'The old quorum agrees that its shares are replaced.', steps: [signBy(holdersIn(plan, set), set.threshold, custody.agreeToReplace(plan)), say(plan, words.actComplete(3))] },
    distribute(plan, 4), replace(plan), ...holdPin(plan),
    {
      title: 'Account', aim: 'We say of every old sheet, card and medium what became of it.',
      steps: [{ kind: 'account', about: 'superseded', ...custody.account('superseded'), actors: [administratorOf(plan)], irreversible: true, expectedMinutes: 15 }],
    },
    close(plan),
  ];
};
