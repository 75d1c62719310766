/** Conditions of a plan that clauses ask for, each with the sentence that is shown where it is not so. */
import { auditorOf, custodiansOf, issuesShares, peopleIn, personById, witnessOf } from '../ceremony/people.ts';
import type { Plan } from '../ceremony/plan-schema.ts';

interface Need { readonly holds: (plan: Plan) => boolean; readonly gap: string }
const signs = (plan: Plan, id: string): boolean => (personById(plan, id)?.credential.kind ?? 'paper') !== 'paper';
const opensTokens = ({ ceremony: { kind } }: Plan): boolean => kind === 'root-key-generation' || kind === 'recovery' || kind === 're-share';

export const NEEDS = {
  'two-at-the-pin': { holds: (plan) => !opensTokens(plan) || (plan.pin?.control !== 'single' && (plan.pin?.control !== 'quorum' || plan.pin.typedBy.length > 1)), gap: 'One person alone types the PIN of the HSM.' },
  'split-backup': { holds: (plan) => plan.source !== undefined || plan.key?.backup.kind === 'split', gap: 'The key has no backup, so none is split and none is proved.' },
  hardware: { holds: (plan) => !opensTokens(plan) || !plan.hsm?.software, gap: 'The HSM is a software token.' },
  'auditor-signs': { holds: (plan) => signs(plan, auditorOf(plan)), gap: 'The external auditor signs in ink only; the transcript carries no signature of an independent person.' },
  'witness-signs': { holds: (plan) => signs(plan, witnessOf(plan)), gap: 'The internal witness signs in ink only.' },
  'auditor-of-another-organisation': { holds: (plan) => peopleIn(plan, 'external-auditor').some(({ organisation }) => organisation !== plan.ceremony.organisation), gap: 'No external auditor is of another organisation.' },
  'spare-shares': { holds: (plan) => !issuesShares(plan) || custodiansOf(plan).length > plan.quorum.threshold, gap: 'Every share is needed: the loss of one loses the backup.' },
  'two-media': { holds: (plan) => !issuesShares(plan) || (plan.media ?? 0) > 1, gap: 'There is one copy of the wrapped key, so none can lie at another site.' },
} as const satisfies Readonly<Record<string, Need>>;

export type NeedId = keyof typeof NEEDS;
/** @returns the sentence that says what is missing, or null. */
export const gapOf = (id: NeedId, plan: Plan): string | null => ((NEEDS[id] as Need).holds(plan) ? null : NEEDS[id].gap);
