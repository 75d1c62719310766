/** Roles, holders and the control of the PIN in words. */
import { custodiansOf, issuesPinSet, issuesShares, personById } from '../../shared/ceremony/people.ts';
import type { KeyPlan, Person, Plan, Role } from '../../shared/ceremony/plan-schema.ts';
import { listed, plural } from './format.ts';

const ROLE_NAMES: Readonly<Record<Role, string>> = {
  administrator: 'Ceremony administrator', 'deputy-administrator': 'Deputy administrator', 'crypto-officer': 'Crypto officer', 'security-officer': 'Security officer',
  custodian: 'Custodian', 'deputy-custodian': 'Deputy custodian', holder: 'Holder', 'internal-witness': 'Internal witness', 'external-auditor': 'External auditor', candidate: 'Candidate',
};
export const roleName = (role: Role): string => ROLE_NAMES[role];
const SHORT_NAMES: Readonly<Partial<Record<Role, string>>> = { administrator: 'Administrator', 'internal-witness': 'Witness', 'external-auditor': 'Auditor' };
export const nameOf = (plan: Plan, id: string): string => personById(plan, id)?.name ?? (id === 'app' ? 'the app' : id);
/** The number that the existing set gave this person; null for who holds none of it. */
export const sourceNumberOf = (plan: Plan, id: string): number | null => plan.source?.set.holders.find((holder) => holder.person === id)?.number ?? null;

/** Where shares are issued, custodians have the number of the new share; elsewhere that of the share they hold. */
const shareRole = (plan: Plan, person: Person): string => {
  if (person.role === 'custodian' && (plan.source === undefined || issuesShares(plan) || issuesPinSet(plan))) return `Custodian ${custodiansOf(plan).findIndex((one) => one.id === person.id) + 1}`;
  const number = sourceNumberOf(plan, person.id);
  return number === null ? ROLE_NAMES[person.role] : `${ROLE_NAMES[person.role]}, share ${number}`;
};
const sharesRole = (role: Role): boolean => role === 'custodian' || role === 'holder';
/** "Custodian 3", "Holder, share 2", "Internal witness". */
export const roleOf = (plan: Plan, person: Person): string => (sharesRole(person.role) ? shareRole(plan, person) : ROLE_NAMES[person.role]);
/** Where room is short: "Administrator", "Witness", "Auditor", "Custodian 3". */
export const shortRoleOf = (plan: Plan, person: Person): string => SHORT_NAMES[person.role] ?? shareRole(plan, person);

const soSentence = (so: 'nobody' | 'quorum'): string => (so === 'quorum'
  ? 'The SO PIN goes to the same quorum, so that resetting the PIN needs it too.' : 'Nobody holds the SO PIN, says the plan.');
/** Who can open the HSM under this plan, in one or two sentences. */
export const pinSentence = (plan: KeyPlan): string => {
  const { pin } = plan, name = (id: string): string => nameOf(plan, id), any = `any ${plan.quorum.threshold} of ${plan.quorum.shares} custodians`;
  switch (pin.control) {
    case 'single': return `${name(pin.person)} alone: single control`;
    case 'halves': return `${name(pin.first)} and ${name(pin.second)}, one half each`;
    case 'quorum': return `Typed by ${listed(pin.typedBy.map(name))}; from this ceremony on held by quorum, ${any}. ${soSentence(pin.so)}`;
    case 'held-by-quorum': return `Held by quorum: any ${pin.set.threshold} of ${pin.set.shares} shares of PIN set ${pin.set.setName}, epoch ${pin.set.epoch}.${pin.renew ? ` A new PIN set replaces it: ${any}. ${pin.so === 'quorum' ? 'The SO PIN is renewed with it.' : 'The SO PIN stays as it is.'}` : ''}`;
  }
};

/** "3 on paper, 1 on a card, 1 on paper and a card" with the kinds of sheets; null where all is on standard sheets. */
export const carriersSentence = (plan: Plan): string | null => {
  const of = custodiansOf(plan).map(({ custody }) => custody ?? { carrier: 'paper' as const, sheet: 'standard' as const, card: null });
  if (of.every(({ carrier, sheet }) => carrier === 'paper' && sheet === 'standard')) return null;
  const count = (carrier: 'paper' | 'card' | 'both'): number => of.filter((one) => one.carrier === carrier).length;
  const printed = of.filter(({ carrier }) => carrier !== 'card'), sheets = (sheet: string): number => printed.filter((one) => one.sheet === sheet).length;
  const parts = ([['paper', 'on paper'], ['card', 'on a card'], ['both', 'on paper and a card']] as const).flatMap(([carrier, words]) => (count(carrier) > 0 ? [`${count(carrier)} ${words}`] : []));
  const kinds = [...(sheets('large') > 0 ? [`${plural(sheets('large'), 'sheet')} in large print`] : []), ...(sheets('blind') > 0 ? [`${plural(sheets('blind'), 'sheet')} printed blind, under a dice code`] : [])];
  return `${listed(parts)}${kinds.length > 0 ? `; ${listed(kinds)}` : ''}`;
};
