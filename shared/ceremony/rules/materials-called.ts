import { bagMatches, isWrong, materialSaid, materialsLeft } from '../materials.ts';
import { materialsOf, witnessOf } from '../people.ts';
import { bagsInUse, personOf, stepOf } from '../select.ts';
import type { Fact, RuleAbout } from '../rule.ts';
import type { MaterialsStep } from '../script-types.ts';
import type { CeremonyState } from '../state.ts';

const said = (state: CeremonyState, step: MaterialsStep, { body }: Extract<Fact, { type: 'material' }>): string | null => {
  const item = materialsOf(state.plan).find(({ id }) => id === body.item);
  if (item === undefined || body.when !== step.when) return 'the plan does not list this here';
  if (materialSaid(state, item.id, step.when) !== null) return `${item.what} has been called already`;
  if (!personOf(state, body.by) || body.witness !== witnessOf(state.plan) || body.by === body.witness) return 'two people read each bag: who holds it, and the witness';
  if (!body.present && (body.bag !== null || body.intact !== null)) return 'what is not here has no bag';
  if ((body.intact !== null) !== (step.when === 'in' && body.bag !== null)) return 'a seal is looked at where there is a bag, when the thing comes in';
  if (body.matches !== bagMatches(item, step.when, body.present, body.bag)) return 'the comparison is wrong';
  return step.when === 'out' && body.bag !== null && bagsInUse(state).includes(body.bag) ? 'this bag number has been used' : null;
};

/** Each material of the plan is called once, in and out, by its holder and the witness; one that is absent or in another or a broken bag needs an exception of its own. */
export const materialsCalled: RuleAbout<'material' | 'step-completed'> = {
  id: 'MATERIALS_CALLED',
  says: 'Each material of the plan is called once, in and out, by its holder and the witness; one that is absent or in another or a broken bag needs an exception of its own.',
  about: ['material', 'step-completed'],
  check: (state, fact) => {
    const step = stepOf(state);
    if (step?.kind !== 'materials') return null;
    if (fact.type === 'material') return said(state, step, fact);
    if (fact.type !== 'step-completed') return null;
    const left = materialsLeft(state, step);
    if (left.length > 0) return `not called yet: ${left.map(({ what }) => what).join(', ')}`;
    const wrong = state.materials.filter((one) => one.step === step.id && isWrong(one)).length, excepted = state.exceptions.filter((one) => one.step === step.id).length;
    return excepted >= wrong ? null : `${wrong} not as recorded last, and ${excepted} ${excepted === 1 ? 'exception' : 'exceptions'} for this step`;
  },
};
