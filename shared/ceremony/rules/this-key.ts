
import type { Rule } from '../rule.ts';

/** Every later effect works on the key and the set of this ceremony. */
export const thisKey: Rule = {
  id: 'THIS_KEY',
  says: 'Every later effect works on the key and the set of this ceremony.',
  check: (state, fact) => {
    if (fact.type !== 'intent') return null;
    const intent = fact.body.intent;
    if ('keyId' in intent && intent.kind !== 'generate-key' && intent.kind !== 'destroy-debris' && intent.keyId !== state.key?.keyId) return 'another key';
    if ('setId' in intent && intent.setId !== state.set?.setId) return 'another share set';
    if (intent.kind === 'sign-pop' && intent.head !== state.head) return 'the request binds another head';
    if (intent.kind === 'split' && (intent.threshold !== state.plan.quorum.threshold || intent.shares !== state.plan.quorum.shares)) return 'another quorum than planned';
    if (intent.kind === 'restore' && intent.serial !== state.plan.hsm.secondSerial) return 'not the second token of the plan';
    if (intent.kind !== 'restore' && intent.kind !== 'destroy-debris' && 'serial' in intent && intent.serial !== state.plan.hsm.serial) return 'not the first token of the plan';
    return null;
  },
};
