
import type { RuleAbout } from '../rule.ts';

/** A token is used only after the people have logged in to it. */
export const tokenOpen: RuleAbout<'inventory' | 'intent'> = {
  id: 'TOKEN_OPEN',
  says: 'A token is used only after the people have logged in to it.',
  about: ['inventory', 'intent'],
  check: (state, fact) => {
    const need = fact.type === 'inventory' ? fact.body.tokens.map((token) => token.serial)
      : fact.type !== 'intent' ? []
      : fact.body.intent.kind === 'write-card' ? []
      // A cut-off change opens each token by whichever PIN it has: that is what it is to find out.
      : fact.body.intent.kind === 'change-pin' && state.pinUncertain ? []
      : 'serial' in fact.body.intent ? [fact.body.intent.serial]
      : 'serials' in fact.body.intent ? fact.body.intent.serials
      : fact.body.intent.kind === 'split' ? [state.plan.hsm?.serial ?? ''] : [];
    const closed = need.filter((serial) => !state.loggedIn.includes(serial));
    return closed.length === 0 ? null : `not open: ${closed.join(', ')}`;
  },
};
