/** Finds people of a plan by role. The plan has been checked, so the single roles are there. */
import type { PersonId } from '../brand.ts';
import type { Charter } from '../charter/charter-schema.ts';
import { onceAPlan } from './once-a-plan.ts';
import { KEY_KINDS } from './plan-schema.ts';
import type { Material } from './material-schema.ts';
import type { CeremonyKind, Custody, KeyPlan, Person, Plan, Role, SetRef, Source } from './plan-schema.ts';

const KEYED: ReadonlySet<CeremonyKind> = new Set(KEY_KINDS);
/** Whether the ceremony is about a key; the others are about the archive itself. */
export const isKeyPlan = (plan: Plan): plan is KeyPlan => KEYED.has(plan.ceremony.kind) && plan.key !== undefined;
/** @throws TypeError for the plan of a ceremony about the archive: a fault of the program, since only ceremonies about a key get here. */
export const keyPlan = (plan: Plan): KeyPlan => {
  if (!isKeyPlan(plan)) throw new TypeError('this ceremony is about no key');
  return plan;
};

const rosterOf = onceAPlan(({ people }) => {
  const byId = new Map<string, Person>(), byRole = new Map<Role, Person[]>();
  for (const person of people) {
    if (!byId.has(person.id)) byId.set(person.id, person);
    byRole.set(person.role, [...(byRole.get(person.role) ?? []), person]);
  }
  return { byId, byRole };
});
export const peopleIn = (plan: Plan, role: Role): readonly Person[] => rosterOf(plan).byRole.get(role) ?? [];
export const personById = (plan: Plan, id: string): Person | null => rosterOf(plan).byId.get(id) ?? null;
const single = (plan: Plan, role: Role): PersonId => peopleIn(plan, role)[0]!.id;
export const administratorOf = (plan: Plan): PersonId => single(plan, 'administrator');
export const witnessOf = (plan: Plan): PersonId => single(plan, 'internal-witness');
export const auditorOf = (plan: Plan): PersonId => single(plan, 'external-auditor');
/** Custodians in roster order; share k belongs to the k-th. */
export const custodiansOf = (plan: Plan): readonly Person[] => peopleIn(plan, 'custodian');
/** Who types the User PIN, in order; empty when a quorum holds it already. */
export const pinPeopleOf = ({ pin }: Plan): readonly PersonId[] => {
  if (pin === undefined) return [];
  switch (pin.control) {
    case 'single': return [pin.person];
    case 'halves': return [pin.first, pin.second];
    case 'quorum': return pin.typedBy;
    case 'held-by-quorum': return [];
  }
};
/** Serials of the tokens this ceremony works on, in order; none where it works on shares only. */
export const tokensOf = onceAPlan((plan): readonly string[] =>
  isKeyPlan(plan) && usesTokens(plan.ceremony.kind) ? [plan.hsm.serial, plan.hsm.secondSerial].filter((serial): serial is string => serial !== null) : []);
const usesTokens = (kind: CeremonyKind): boolean => kind === 'root-key-generation' || kind === 'recovery' || kind === 're-share';
/** Whether the ceremony issues a set of shares of a wrapping key. */
export const issuesShares = (plan: Plan): boolean => plan.ceremony.kind === 're-share' || (plan.ceremony.kind === 'root-key-generation' && plan.key?.backup.kind === 'split');
/** Whether the ceremony gives the User PIN to a new PIN set. */
export const issuesPinSet = ({ pin }: Plan): boolean => pin?.control === 'quorum' || (pin?.control === 'held-by-quorum' && pin.renew);
/** Whether the SO PIN goes to the new PIN set too. `nobody`: it stays as it is, whoever has it. */
export const soControlOf = ({ pin }: Plan): 'nobody' | 'quorum' => (pin?.control === 'quorum' ? pin.so : pin?.control === 'held-by-quorum' && pin.renew ? pin.so ?? 'nobody' : 'nobody');
/** Whether its shares are practice: of a rehearsal, or of a drill with real people. */
export const isDrill = (plan: Plan): boolean => plan.mode === 'rehearsal' || plan.drill === true;

const STANDARD: Custody = { carrier: 'paper', sheet: 'standard', card: null };
export const custodyOf = (person: Person): Custody => person.custody ?? STANDARD;
/** On what a holder has the share of an existing set; a new share of the same person may go to something else. */
export const heldCustodyOf = (plan: Plan, set: SetRef, person: PersonId): Custody =>
  set.holders.find((one) => one.person === person)?.custody ?? personById(plan, person)?.custody ?? STANDARD;
/** The charter that the ceremony enacts. @throws TypeError for a ceremony about a key: a fault of the program, since the plan was checked. */
export const charterOf = (plan: Plan): Charter => {
  if (!plan.charter) throw new TypeError('this ceremony enacts no charter');
  return plan.charter;
};
/** The charters that the ceremony replaces: none at a founding, one at an amendment, each of the archives' at a merge. */
export const chartersBefore = ({ before }: Plan): readonly Charter[] => before?.map(({ charter }) => charter) ?? [];
/** Whether the room protocol of FORMATS.md, 2.2 holds: two people answer each check, materials are called, the separation of duties is judged on the day. */
export const hasRoomProtocol = ({ format }: Plan): boolean => format === 'quorate-plan/2';
/** The deputy roles, and the role that each of them takes over. */
export const DEPUTIES: Readonly<Partial<Record<Role, Role>>> = { 'deputy-administrator': 'administrator', 'deputy-custodian': 'custodian' };
/** Who brings the share of a holder of an existing set: the holder, or the deputy who stands in their place. */
export const bringerOf = (plan: Plan, holder: PersonId): PersonId => {
  const person = personById(plan, holder);
  return person !== null && DEPUTIES[person.role] !== undefined && person.deputyOf !== undefined ? person.deputyOf : holder;
};
/** What is called in and out; empty where the plan lists nothing. */
export const materialsOf = ({ materials }: Plan): readonly Material[] => materials ?? [];
/** @throws TypeError for a plan without a source: a fault of the program, since the plan was checked. */
export const sourceOf = (plan: Plan): Source => {
  if (!plan.source) throw new TypeError('this plan stands on no earlier ceremony');
  return plan.source;
};
/** The existing set whose shares are gathered for `holds`; null where none is. */
export const gatheredSetOf = (plan: Plan, holds: SetRef['holds']): SetRef | null =>
  holds === 'pin' ? (plan.pin?.control === 'held-by-quorum' ? plan.pin.set : null) : plan.source?.set ?? null;
