import { pinPeopleOf, tokensOf } from '../people.ts';
import { lastGathering, stepOf } from '../select.ts';
import type { CeremonyState } from '../state.ts';
import type { RuleAbout } from '../rule.ts';

/** Who opens the tokens: two people type halves, one types the whole, or holders of a gathered PIN set stand for it. */
export const plannedPin = (state: CeremonyState): { readonly people: readonly string[]; readonly control: 'single' | 'halves' | 'quorum' } => {
  if (state.plan.pin?.control === 'held-by-quorum') {
    const gathering = lastGathering(state, 'pin');
    const combined = gathering?.open === true ? gathering.combined : null;
    return { control: 'quorum', people: gathering?.shares.filter((one) => combined?.includes(one.share)).map((one) => one.person) ?? [] };
  }
  const people = pinPeopleOf(state.plan);
  return { people, control: people.length === 2 ? 'halves' : 'single' };
};

/** The PIN is typed by the people the plan names, in the control the plan names, with the module the plan pins. */
export const pinTypedAsPlanned: RuleAbout<'login' | 'step-completed'> = {
  id: 'PIN_TYPED_AS_PLANNED',
  says: 'The PIN is typed by the people the plan names, in the control the plan names, with the module the plan pins.',
  about: ['login', 'step-completed'],
  check: (state, fact) => {
    const step = stepOf(state);
    if (fact.type === 'login') {
      const { people, control } = plannedPin(state);
      if (fact.body.control !== control) return 'another control than planned';
      if (fact.body.typedBy.join() !== people.join()) return 'typed by other people than planned';
      if (!tokensOf(state.plan).includes(fact.body.serial)) return 'a token that is not in the plan';
      return fact.body.moduleSha256 === state.plan.hsm?.module.sha256 ? null : 'the module is not the one the plan pins';
    }
    if (fact.type !== 'step-completed' || step?.kind !== 'login') return null;
    const serial = step.token === 'first' ? state.plan.hsm?.serial : state.plan.hsm?.secondSerial;
    return typeof serial === 'string' && state.loggedIn.includes(serial) ? null : 'the token is not open';
  },
};
