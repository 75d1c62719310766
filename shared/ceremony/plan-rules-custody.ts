/** Plan rules about carriers of shares, PINs that a quorum holds, and drills. */
import { gatheredSetOf, isDrill, issuesPinSet } from './people.ts';
import { eachPerson, inRole, personExists, repeated, when, type PlanRule } from './plan-rule.ts';
import type { Plan } from './plan-schema.ts';

/** Ceremonies that open tokens; only there can a PIN change hands. */
const opensTokens = ({ ceremony: { kind } }: Plan): boolean => kind !== 'share-check' && kind !== 'share-destruction';

const pinPeople = (plan: Plan): readonly (readonly [string, string])[] => {
  const { pin } = plan;
  if (pin === undefined) return [];
  switch (pin.control) {
    case 'single': return [[pin.person, 'pin.person']];
    case 'halves': return [[pin.first, 'pin.first'], [pin.second, 'pin.second']];
    case 'quorum': return [...pin.typedBy.map((id, index) => [id, `pin.typedBy.${index}`] as const), ...pin.soTypedBy.map((id, index) => [id, `pin.soTypedBy.${index}`] as const)];
    case 'held-by-quorum': return [];
  }
};
const twice = (people: readonly string[]): boolean => new Set(people).size !== people.length;
const isOnCard = (carrier: string): boolean => carrier !== 'paper';

export const carrierRules = {
  'custody-of-holders': (plan) => eachPerson(plan, ({ role, custody }, where) =>
    when(custody !== undefined && role !== 'custodian' && role !== 'holder' && role !== 'deputy-custodian', `${where}.custody`, 'Only custodians, their deputies and holders carry shares. Remove this field.')),
  'card-where-carried': (plan) => eachPerson(plan, ({ custody }, where) => (custody === undefined ? [] : [
    ...when(isOnCard(custody.carrier) && custody.card === null, `${where}.custody.card`, 'This share goes to a card. Name the card: the library that reads it, and its serial number.'),
    ...when(!isOnCard(custody.carrier) && custody.card !== null, `${where}.custody.card`, 'This share goes to paper only. Write null, or choose "card" or "both".'),
  ])),
  'sheet-on-paper': (plan) => eachPerson(plan, ({ custody }, where) =>
    when(custody?.carrier === 'card' && custody.sheet !== 'standard', `${where}.custody.sheet`, 'No sheet is printed for this share, since it goes to a card only. Write "standard", or choose "paper" or "both".')),
  'card-not-hsm': (plan) => eachPerson(plan, ({ custody }, where) => {
    const serial = custody?.card?.serial ?? null;
    return when(serial !== null && (serial === plan.hsm?.serial || serial === plan.hsm?.secondSerial), `${where}.custody.card.serial`, 'This is the serial number of the HSM of this ceremony. A share goes to a card of its custodian.');
  }),
  'card-own': (plan) => repeated(plan, ({ custody }) => custody?.card?.serial ?? null, ({ name }, earlier, where) =>
    [{ where: `${where}.custody.card.serial`, text: `${name} has the same card as ${earlier.name}. Each custodian has a card of their own.` }]),
  'card-module-absolute': (plan) => eachPerson(plan, ({ custody }, where) =>
    when(custody !== undefined && custody.card !== null && !custody.card.module.startsWith('/'), `${where}.custody.card.module`, 'Write the full path of the library, from "/".')),
} satisfies Record<string, PlanRule>;

export const pinRules = {
  'pin-people': (plan) => pinPeople(plan).flatMap(([id, where]) => personExists(plan, id, where)),
  'pin-halves-differ': ({ pin }) => [
    ...when(pin?.control === 'halves' && pin.first === pin.second, 'pin.second', 'Both halves of the PIN are typed by the same person. Name two people, or choose "single".'),
    ...when(pin?.control === 'quorum' && twice(pin.typedBy), 'pin.typedBy', 'Both halves of the PIN are typed by the same person. Name two people, or one alone.'),
    ...when(pin?.control === 'quorum' && twice(pin.soTypedBy), 'pin.soTypedBy', 'Both halves of the SO PIN are typed by the same person. Name two people, or one alone.'),
  ],
  // Whoever holds the SO PIN can reset the User PIN, so it is never under a weaker control than that.
  'pin-so-control': ({ pin, mode }) => (pin?.control === 'held-by-quorum' ? when(pin.renew && pin.so !== 'quorum' && mode !== 'rehearsal', 'pin.so', 'The set that ends here gives the SO PIN too. Choose "quorum", so that it is renewed with the PIN.') : pin?.control !== 'quorum' ? [] : [
    ...when(pin.so === 'nobody' && mode !== 'rehearsal', 'pin.so', 'Only the tokens of a rehearsal have an SO PIN that nobody holds: it is random and kept nowhere. Choose "quorum", so that the SO PIN is under the same control as the PIN.'),
    ...when(pin.so === 'nobody' && pin.soTypedBy.length > 0, 'pin.soTypedBy', 'Nobody holds the SO PIN, so nobody types it. Write an empty list.'),
    ...when(pin.so === 'quorum' && pin.soTypedBy.length === 0, 'pin.soTypedBy', 'The SO PIN is replaced too. Name the one or two people who type the old one.'),
  ]),
  'pin-change-on-tokens': (plan) => when(!opensTokens(plan) && (plan.pin?.control === 'held-by-quorum' || issuesPinSet(plan)), 'pin.control', 'No token is opened in a ceremony of this kind. Choose "single" or "halves"; nobody will type a PIN.'),
  'pin-set-of-pins': ({ pin }) => when(pin?.control === 'held-by-quorum' && pin.set.holds !== 'pin', 'pin.set.holds', 'This set does not hold a PIN. Name the set of PIN shares that opens these tokens.'),
  'pin-quorum-comes': (plan) => {
    const set = opensTokens(plan) ? gatheredSetOf(plan, 'pin') : null;
    const here = set?.holders.filter(({ person }) => plan.people.some(({ id }) => id === person)).length ?? 0;
    return when(set !== null && here < set.threshold, 'people', `The HSM opens by ${set?.threshold ?? 0} PIN shares of set ${set?.setName ?? ''}, but only ${here} of their holders are in the plan.`);
  },
} satisfies Record<string, PlanRule>;

export const drillRules = {
  'drill-in-production': (plan) => when(plan.drill === true && plan.mode === 'rehearsal', 'drill', 'A rehearsal is practice already. Remove this field; a drill is held with real people in a ceremony.'),
  'drill-on-drill-set': (plan) => {
    const offence = (drill: boolean | undefined, where: string) => when(drill !== undefined && drill !== isDrill(plan), where, drill === true ? 'These are shares of a rehearsal or drill. They are never used in a real ceremony.' : 'These are real shares. They are never used for practice.');
    return [...offence(plan.source?.set.drill, 'source.set.drill'), ...offence(plan.pin?.control === 'held-by-quorum' ? plan.pin.set.drill : undefined, 'pin.set.drill')];
  },
  'test-page-with-sheets': (plan) => when(plan.sheets.test === true && (!opensTokens(plan) || inRole(plan, 'custodian').length === 0), 'sheets.test', 'No share is printed in a ceremony of this kind, so no test page is. Remove this field.'),
} satisfies Record<string, PlanRule>;
