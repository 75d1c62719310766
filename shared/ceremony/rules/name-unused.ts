
import type { RuleAbout } from '../rule.ts';

/** The label and the CKA_ID of a new key are on none of the tokens. */
export const nameUnused: RuleAbout<'intent'> = {
  id: 'NAME_UNUSED',
  says: 'The label and the CKA_ID of a new key are on none of the tokens.',
  about: ['intent'],
  check: (state, fact) => {
    if (fact.type !== 'intent' || fact.body.intent.kind !== 'generate-key') return null;
    const { label, keyId, profile, extractable } = fact.body.intent;
    if (label !== state.plan.key?.label || profile !== state.plan.key?.profile) return 'not the key of the plan';
    if (extractable !== (state.plan.key?.backup.kind === 'split')) return 'extractable only when the plan has a backup';
    const objects = (state.inventory.before ?? []).flatMap((token) => token.objects);
    if (objects.some((object) => object.label === label)) return `the label ${label} is in use`;
    return objects.some((object) => object.id === keyId) ? `the key id ${keyId} is in use` : null;
  },
};
