import type { Intent } from '../../transcript/entry-schema.ts';
import { gatheredSetOf } from '../people.ts';
import { sameCopy, stepOf } from '../select.ts';
import type { CeremonyState } from '../state.ts';
import { isChangeCutOff, setsForChange } from '../wanted-set.ts';
import type { RuleAbout } from '../rule.ts';

const keyFault = (state: CeremonyState, intent: Intent): string | null => {
  if (intent.kind === 'sign-pop' && intent.head !== state.head) return 'the request binds another head';
  return 'keyId' in intent && intent.kind !== 'generate-key' && intent.kind !== 'destroy-debris' && intent.keyId !== state.key?.keyId ? 'another key' : null;
};

/** The set an effect is about: the one in work, or the one whose shares were gathered. */
const setFault = (state: CeremonyState, intent: Intent): string | null => {
  const { plan } = state, recovering = plan.ceremony.kind === 'recovery';
  if (intent.kind === 'split' && (intent.threshold !== plan.quorum.threshold || intent.shares !== plan.quorum.shares)) return 'another quorum than planned';
  if (intent.kind === 'combine') {
    const step = stepOf(state);
    // A cut-off change rebuilds the new PIN set, and the old one where a quorum held the PIN.
    if (isChangeCutOff(state)) return setsForChange(state).some((set) => set.setId === intent.setId) ? null : 'another share set';
    const holds = step?.kind === 'machine' && step.operation === 'open-pin' ? 'pin' : 'wrapping-key';
    return intent.setId === gatheredSetOf(plan, holds)?.setId ? null : 'another share set';
  }
  if (intent.kind === 'destroy-copy') return plan.source?.copies.some(({ copy }) => sameCopy(copy, intent.copy)) ? null : 'not a copy of the plan';
  if (intent.kind === 'rewrap' && intent.sourceSetId !== plan.source?.set.setId) return 'another old share set';
  const wanted = intent.kind === 'restore' && recovering ? plan.source?.set.setId : state.set?.setId;
  return 'setId' in intent && intent.setId !== wanted ? 'another share set' : null;
};

const tokenFault = (state: CeremonyState, intent: Intent): string | null => {
  const { plan } = state;
  if (!('serial' in intent) || intent.kind === 'write-card' || intent.kind === 'destroy-debris') return null;
  const second = intent.kind === 'prove-restore' || (intent.kind === 'restore' && plan.ceremony.kind !== 'recovery');
  if (second) return intent.serial === plan.hsm?.secondSerial ? null : 'not the second token of the plan';
  return intent.serial === plan.hsm?.serial ? null : 'not the first token of the plan';
};

/** Every later effect works on the key and the set of this ceremony. */
export const thisKey: RuleAbout<'intent'> = {
  id: 'THIS_KEY',
  says: 'Every later effect works on the key and the set of this ceremony.',
  about: ['intent'],
  check: (state, fact) => (fact.type === 'intent' ? keyFault(state, fact.body.intent) ?? setFault(state, fact.body.intent) ?? tokenFault(state, fact.body.intent) : null),
};
