
import type { RuleAbout } from '../rule.ts';

/** The inventory after lists the tokens of the inventory before. */
export const sameTokens: RuleAbout<'inventory'> = {
  id: 'SAME_TOKENS',
  says: 'The inventory after lists the tokens of the inventory before.',
  about: ['inventory'],
  check: (state, fact) => {
    if (fact.type !== 'inventory' || fact.body.when !== 'after') return null;
    const serials = (tokens: readonly { readonly serial: string }[]) => tokens.map((token) => token.serial).join();
    return serials(fact.body.tokens) === serials(state.inventory.before ?? []) ? null : 'other tokens than before';
  },
};
