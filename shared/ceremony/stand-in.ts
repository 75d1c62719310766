/** A deputy takes the place of a person who is absent, and the person takes the deputy's: role, place in the order of the roster, and part in the PIN. Pure. */
import type { PersonId } from '../brand.ts';
import { DEPUTIES, custodyOf, personById } from './people.ts';
import type { Custody, Person, Plan } from './plan-schema.ts';

/** `for`: who is absent. `by`: the deputy. */
export interface StandIn { readonly for: PersonId; readonly by: PersonId }

/** Whether the plan names `by` as the deputy of `for`, in the deputy's role of theirs. */
export const isDeputy = (plan: Plan, pair: StandIn): boolean => {
  const person = personById(plan, pair.for), deputy = personById(plan, pair.by);
  return person !== null && deputy !== null && deputy.deputyOf === person.id && DEPUTIES[deputy.role] === person.role;
};
/** Everyone the plan names as a deputy, with whom they stand in for. */
export const standInsOf = (plan: Plan): readonly StandIn[] =>
  plan.people.flatMap(({ id, deputyOf }) => (deputyOf !== undefined && isDeputy(plan, { for: deputyOf, by: id }) ? [{ for: deputyOf, by: id }] : []));

/** A card is one person's own: who has none named takes the share on paper. */
const carried = (person: Person, deputy: Person): Custody | undefined => {
  if (deputy.custody !== undefined || person.custody === undefined) return deputy.custody;
  const { carrier, sheet } = custodyOf(person);
  return { carrier: 'paper', sheet: carrier === 'card' ? 'standard' : sheet, card: null };
};
const withPin = ({ pin }: Plan, swap: (id: PersonId) => PersonId): Plan['pin'] => {
  switch (pin?.control) {
    case 'single': return { ...pin, person: swap(pin.person) };
    case 'halves': return { ...pin, first: swap(pin.first), second: swap(pin.second) };
    case 'quorum': return { ...pin, typedBy: pin.typedBy.map(swap), soTypedBy: pin.soTypedBy.map(swap) };
    case 'held-by-quorum':
    case undefined: return pin;
  }
};

/**
 * @returns the plan as it stands with the deputy in place. The absent person is then the deputy's deputy, so that they can take their place again.
 * What the plan says of an existing set stays: its shares are those of its holders, whoever brings them.
 * @throws TypeError where the plan names no such deputy: a fault of the program, since the rules were asked before.
 */
export const withDeputy = (plan: Plan, pair: StandIn): Plan => {
  if (!isDeputy(plan, pair)) throw new TypeError('the plan names no such deputy');
  const person = personById(plan, pair.for)!, deputy = personById(plan, pair.by)!, custody = carried(person, deputy);
  const { deputyOf: _, ...free } = deputy;
  const acting: Person = { ...free, role: person.role, ...(custody === undefined ? {} : { custody }) };
  const waiting: Person = { ...person, role: deputy.role, deputyOf: deputy.id };
  const swap = (id: PersonId): PersonId => (id === person.id ? deputy.id : id === deputy.id ? person.id : id);
  const pin = withPin(plan, swap);
  return {
    ...plan, ...(pin === undefined ? {} : { pin }),
    people: plan.people.map((one) => (one.id === person.id ? acting : one.id === deputy.id ? waiting : one)),
  };
};
