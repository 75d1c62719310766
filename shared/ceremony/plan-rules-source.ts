/** Plan rules of ceremonies that stand on an existing key and share set: who may come, and whose share is whose. */
import { foldName } from './fold-name.ts';
import { isKeyPlan, issuesPinSet, issuesShares } from './people.ts';
import { canSign, eachPerson, inRole, when, type Offence, type PlanRule } from './plan-rule.ts';
import { sourceSets } from './source-names.ts';
import type { CeremonyKind, Person, Plan, SetRef } from './plan-schema.ts';

const kindOf = ({ ceremony }: Plan): CeremonyKind => ceremony.kind;
const standsAlone = (plan: Plan): boolean => kindOf(plan) === 'root-key-generation' || !isKeyPlan(plan);
const holderIn = (set: SetRef, person: Person) => set.holders.find(({ person: id }) => id === person.id) ?? null;
const setsOf = (plan: Plan): readonly SetRef[] => sourceSets(plan).map(({ set }) => set);
const isHolder = (plan: Plan, person: Person): boolean => setsOf(plan).some((set) => holderIn(set, person) !== null);
/** Ceremonies whose custodians are the holders of the set that they stand on. */
const CUSTODIANS_ARE_HOLDERS: readonly CeremonyKind[] = ['recovery', 'share-check', 'share-destruction'];

const unsound = (set: SetRef, where: string): readonly Offence[] => [
  ...when(set.threshold > set.shares, `${where}.threshold`, 'The threshold of this set is larger than the number of its shares. Draw the plan up anew from the archive.'),
  ...when(set.holders.length !== set.shares || set.holders.some(({ number }, index) => number !== index + 1) || new Set(set.holders.map(({ person }) => person)).size !== set.holders.length,
    `${where}.holders`, 'The holders are not one for each share, in the order of their numbers. Draw the plan up anew from the archive.'),
];

export const sourceRules = {
  'source-where-needed': (plan) => when(standsAlone(plan) !== (plan.source === undefined), 'source', plan.source === undefined
    ? 'A ceremony of this kind stands on a share set of the archive. Start it from the set on the home screen.' : 'A ceremony of this kind stands on no earlier set. Remove this field.'),
  'source-with-backup': (plan) => when(plan.source !== undefined && plan.key?.backup.kind !== 'split', 'key.backup', 'The key of a share set has a split backup. Write {"kind": "split"}.'),
  'source-sound': (plan) => {
    const { source } = plan;
    if (source === undefined) return [];
    return [
      ...unsound(source.set, 'source.set'), ...(plan.pin?.control === 'held-by-quorum' ? unsound(plan.pin.set, 'pin.set') : []),
      ...when(source.copies.some(({ copy }) => copy.setId !== source.set.setId), 'source.copies', 'One of these copies is of another set. Draw the plan up anew from the archive.'),
    ];
  },
  'source-holds-key': (plan) => when((kindOf(plan) === 'recovery' || kindOf(plan) === 're-share') && plan.source?.set.holds === 'pin', 'source.set', 'This set holds a PIN. A key is recovered, and its shares are replaced, from the set of its wrapping key.'),
  'source-wrapped-known': (plan) => when((kindOf(plan) === 'recovery' || kindOf(plan) === 're-share') && plan.source?.wrapped === null, 'source.wrapped', 'No copy of the wrapped key is known any more. Without one the shares open nothing: the key can be used where it is, but not recovered or wrapped again. Plan its rotation.'),
  'recovery-one-token': (plan) => when(kindOf(plan) === 'recovery' && plan.hsm?.secondSerial !== null, 'hsm.secondSerial', 'A recovery puts the key into one HSM. Write null.'),
} satisfies Record<string, PlanRule>;

const countHolders = (plan: Plan, set: SetRef, fits: (person: Person) => boolean): number => plan.people.filter((person) => holderIn(set, person) !== null && fits(person)).length;

export const holderRules = {
  'holder-where-replaced': (plan) => eachPerson(plan, (person, where) => when(person.role === 'holder' && kindOf(plan) !== 're-share' && kindOf(plan) !== 'share-destruction', `${where}.role`, 'Only a re-share or a destruction has people who bring a share and get none. Write "custodian".')),
  'holder-has-share': (plan) => eachPerson(plan, (person, where) => when(person.role === 'holder' && plan.source !== undefined && !isHolder(plan, person), `${where}.role`, `${person.name} holds no share of the set. Write "custodian", or remove this person.`)),
  'custodians-are-holders': (plan) => eachPerson(plan, (person, where) => when(person.role === 'custodian' && plan.source !== undefined && CUSTODIANS_ARE_HOLDERS.includes(kindOf(plan)) && holderIn(plan.source.set, person) === null, `${where}.id`, `${person.name} holds no share of set ${plan.source?.set.setName ?? ''}. Only its holders come as custodians.`)),
  /** An id names a share's holder for as long as the set lives: nobody else takes it over, and nobody comes under another. */
  'holder-same-person': (plan) => eachPerson(plan, (person, where) => setsOf(plan).flatMap((set) => {
    const byId = holderIn(set, person), byName = set.holders.find(({ name }) => foldName(name) === foldName(person.name));
    if (byId && foldName(byId.name) !== foldName(person.name)) return [{ where: `${where}.id`, text: `"${person.id}" is ${byId.name}, who holds share ${byId.number} of set ${set.setName}. Give ${person.name} another id.` }];
    return when(byName !== undefined && byName.person !== person.id, `${where}.id`, `${person.name} holds share ${byName?.number ?? 0} of set ${set.setName} under the id "${byName?.person ?? ''}". Write that id, or what tells the two people apart.`);
  }).slice(0, 1)),
  'holder-not-officer': (plan) => eachPerson(plan, (person, where) => when(person.role !== 'custodian' && person.role !== 'holder' && isHolder(plan, person), `${where}.role`, `${person.name} holds a share of this set, so another person has this role.`)),
  'holders-reach-threshold': (plan) => {
    const set = plan.source?.set;
    if (set === undefined || (kindOf(plan) !== 'recovery' && kindOf(plan) !== 're-share')) return [];
    const here = countHolders(plan, set, () => true), signers = countHolders(plan, set, canSign);
    return [
      ...when(here < set.threshold, 'people', `${set.threshold} shares of set ${set.setName} are needed, but only ${here} of their holders are in the plan.`),
      ...when(here >= set.threshold && signers < set.threshold, 'people', `${set.threshold} holders of set ${set.setName} sign that its shares are used, but only ${signers} of them have a credential file or a token.`),
    ];
  },
  'recovery-quorum-of-set': (plan) => when(kindOf(plan) === 'recovery' && plan.source !== undefined && (plan.quorum.threshold !== plan.source.set.threshold || plan.quorum.shares !== plan.source.set.shares), 'quorum', `The quorum of a recovery is that of its set: ${plan.source?.set.threshold ?? 0} of ${plan.source?.set.shares ?? 0}.`),
  'check-has-holder': (plan) => when(kindOf(plan) === 'share-check' && inRole(plan, 'custodian').length === 0, 'people', 'At least one holder comes to a share check.'),
  /** PCI PIN, 21-2.4: nobody has current or prior knowledge of as many shares as the threshold asks for. A re-share or destruction mends it. */
  'holder-history': (plan) => {
    const { source } = plan;
    if (source === undefined || (kindOf(plan) !== 'recovery' && kindOf(plan) !== 'share-check')) return [];
    return eachPerson(plan, (person, where) => {
      const own = holderIn(source.set, person)?.number, before = source.history.filter(({ name }) => foldName(name) === foldName(person.name)).flatMap(({ shares }) => shares);
      const known = new Set([...before, ...(own === undefined ? [] : [own])]);
      return when(known.size >= source.set.threshold, where, `${person.name} has held or brought ${known.size} shares of set ${source.set.setName} over time; ${source.set.threshold} open it. This person does not come; replace the set by a re-share.`);
    });
  },
} satisfies Record<string, PlanRule>;

/** Whether the number of custodians is the number of shares that are made. */
export const sharesAreMade = (plan: Plan): boolean => kindOf(plan) === 'root-key-generation' || issuesShares(plan) || issuesPinSet(plan);
