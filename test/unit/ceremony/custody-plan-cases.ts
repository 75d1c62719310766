/** Accepting and refusing cases of the plan rules about carriers, PINs of a quorum, drills and ceremonies on an existing set. */
import type { PersonId, Sha256Hex } from '../../../shared/brand.ts';
import type { Custody, Person, Plan, SetRef, Source } from '../../../shared/ceremony/plan-schema.ts';
import { samplePeople } from '../../support/sample-people.ts';
import { reSharePlan, samplePinSet, samplePlanOf, sampleSet, sampleSource } from '../../support/sample-source.ts';
import { samplePlan } from '../../support/sample-plan.ts';

export type PlanCase = readonly [Partial<Plan>, Partial<Plan>, string];
const id = (name: string): PersonId => name as PersonId;
const base = samplePlan();
const card = (serial: string | null, module = '/usr/lib/m.so'): NonNullable<Custody['card']> => ({ module, serial });
/** Person 3 is Ada, the first custodian; 4 is Bruno. */
const carrying = (...custody: readonly (Custody | undefined)[]): Partial<Plan> =>
  ({ people: samplePeople().map((person, index) => { const own = custody[index - 3]; return own ? { ...person, custody: own } : person; }) });
const onCard: Custody = { carrier: 'card', sheet: 'standard', card: card('C1') };
const quorum = (changes: Partial<Extract<Plan['pin'], { control: 'quorum' }>> = {}): Plan['pin'] => ({ control: 'quorum', typedBy: [id('maria'), id('walter')], so: 'nobody', soTypedBy: [], ...changes });
const held = (set: SetRef = samplePinSet(), renew = false): Plan['pin'] => ({ control: 'held-by-quorum', set, renew });
const cups: Partial<Plan> = { mode: 'production', sheets: { paper: 'A4', printer: { kind: 'cups', queue: 'Sheets' } } };
const source = (changes: Partial<Source>): Partial<Plan> => ({ source: sampleSource(changes) });
const set = (changes: Partial<SetRef>): Partial<Plan> => source({ set: sampleSet(changes) });
const without = <K extends keyof Plan>(plan: Plan, field: K): Plan => { const { [field]: _gone, ...rest } = plan; return { ...rest } as Plan; };
const who = (plan: Plan, change: (person: Person) => Person | Person[]): Plan => ({ ...plan, people: plan.people.flatMap(change) });
const only = (plan: Plan, ...kept: readonly string[]): Plan => who(plan, (person) => (person.role !== 'custodian' || kept.includes(person.id) ? person : []));
const changed = (plan: Plan, name: string, change: Partial<Person>): Plan => who(plan, (person) => (person.id === name ? { ...person, ...change } : person));
const farah = samplePeople(6).find((person) => person.id === 'farah')!;
const recovery = samplePlanOf('recovery'), check = samplePlanOf('share-check'), destruction = samplePlanOf('share-destruction');
const withHistory = (name: string, shares: number[]): Partial<Plan> => source({ history: [...sampleSource().history.filter((row) => row.name !== name), { name, shares }] });

export const PIN_PEOPLE_CASES: readonly PlanCase[] = [
  [{ pin: quorum() }, { pin: quorum({ typedBy: [id('maria'), id('nobody')] }) }, 'pin.typedBy.1'],
  [{ pin: quorum({ so: 'quorum', soTypedBy: [id('maria')] }) }, { pin: quorum({ so: 'quorum', soTypedBy: [id('nobody')] }) }, 'pin.soTypedBy.0'],
];
export const PIN_HALVES_CASES: readonly PlanCase[] = [
  [{ pin: quorum({ typedBy: [id('maria')] }) }, { pin: quorum({ typedBy: [id('maria'), id('maria')] }) }, 'pin.typedBy'],
  [{ pin: quorum({ so: 'quorum', soTypedBy: [id('maria'), id('walter')] }) }, { pin: quorum({ so: 'quorum', soTypedBy: [id('walter'), id('walter')] }) }, 'pin.soTypedBy'],
];

/** rule → [accepted, refused, where]. */
export const CUSTODY_PLAN_CASES: Readonly<Record<string, readonly PlanCase[]>> = {
  'custody-of-holders': [[carrying(onCard), { people: samplePeople().map((person, index) => (index === 1 ? { ...person, custody: onCard } : person)) }, 'people.1.custody']],
  'card-where-carried': [[carrying(onCard, { carrier: 'both', sheet: 'blind', card: card('C2') }), carrying({ carrier: 'card', sheet: 'standard', card: null }), 'people.3.custody.card'], [carrying({ carrier: 'paper', sheet: 'large', card: null }), carrying({ carrier: 'paper', sheet: 'standard', card: card('C1') }), 'people.3.custody.card']],
  'sheet-on-paper': [[carrying({ carrier: 'both', sheet: 'large', card: card('C1') }), carrying({ ...onCard, sheet: 'blind' }), 'people.3.custody.sheet']],
  'card-not-hsm': [[carrying(onCard), carrying({ ...onCard, card: card(base.hsm.serial) }), 'people.3.custody.card.serial'], [carrying({ ...onCard, card: card(null) }), carrying({ ...onCard, card: card(base.hsm.secondSerial) }), 'people.3.custody.card.serial']],
  'card-own': [[carrying(onCard, { ...onCard, card: card('C2') }), carrying(onCard, onCard), 'people.4.custody.card.serial'], [carrying({ ...onCard, card: card(null) }, { ...onCard, card: card(null) }), carrying(onCard, onCard), 'people.4.custody.card.serial']],
  'card-module-absolute': [[carrying(onCard), carrying({ ...onCard, card: card('C1', 'm.so') }), 'people.3.custody.card.module']],
  'pin-so-control': [
    [{ pin: quorum() }, { ...cups, pin: quorum() }, 'pin.so'],
    [{ ...cups, pin: quorum({ so: 'quorum', soTypedBy: [id('maria')] }) }, { pin: quorum({ soTypedBy: [id('maria')] }) }, 'pin.soTypedBy'],
    [{ pin: quorum() }, { pin: quorum({ so: 'quorum' }) }, 'pin.soTypedBy'],
    [samplePlanOf('re-share', { pin: held(undefined, true) }), samplePlanOf('re-share', { ...cups, pin: held(undefined, true) }), 'pin.so'],
  ],
  'pin-change-on-tokens': [[recovery, { ...check, pin: quorum() }, 'pin.control'], [samplePlanOf('re-share', { pin: held() }), { ...destruction, pin: held() }, 'pin.control']],
  'pin-set-of-pins': [[samplePlanOf('re-share', { pin: held(undefined, true) }), samplePlanOf('re-share', { pin: held(sampleSet()) }), 'pin.set.holds']],
  'pin-quorum-comes': [[samplePlanOf('re-share', { pin: held() }), { ...only(recovery, 'ada', 'bruno'), pin: held() }, 'people']],
  'drill-in-production': [[{ ...cups, drill: true }, { drill: true }, 'drill']],
  'drill-on-drill-set': [
    [recovery, samplePlanOf('recovery', set({ drill: false })), 'source.set.drill'],
    [samplePlanOf('share-check', { ...cups, drill: true }), samplePlanOf('share-check', cups), 'source.set.drill'],
    [samplePlanOf('share-check', { ...cups, ...set({ drill: false }) }), samplePlanOf('share-check', { ...cups, drill: true, ...set({ drill: false }) }), 'source.set.drill'],
    [samplePlanOf('re-share', { pin: held() }), samplePlanOf('re-share', { pin: held({ ...samplePinSet(), drill: false }) }), 'pin.set.drill'],
  ],
  'test-page-with-sheets': [[{ sheets: { ...base.sheets, test: true } }, { ...check, sheets: { ...base.sheets, test: true } }, 'sheets.test']],
  'source-where-needed': [[recovery, without(recovery, 'source'), 'source'], [{}, { source: sampleSource() }, 'source']],
  'source-with-backup': [[recovery, samplePlanOf('recovery', { key: { ...base.key, backup: { kind: 'none', reason: 'none', approvedBy: 'none' } } }), 'key.backup']],
  'source-sound': [
    [recovery, samplePlanOf('recovery', set({ threshold: 6, shares: 5 })), 'source.set.threshold'],
    [recovery, samplePlanOf('recovery', set({ holders: sampleSet().holders.slice(0, 4) })), 'source.set.holders'],
    [recovery, samplePlanOf('recovery', source({ copies: [{ copy: { kind: 'medium', setId: 'ab'.repeat(32) as Sha256Hex, number: 1 }, bag: null }] })), 'source.copies'],
  ],
  'source-holds-key': [[samplePlanOf('share-check', { source: sampleSource({ set: sampleSet({ holds: 'pin' }) }) }), samplePlanOf('recovery', set({ holds: 'pin' })), 'source.set'], [recovery, samplePlanOf('re-share', set({ holds: 'pin' })), 'source.set']],
  'source-wrapped-known': [[samplePlanOf('share-check', source({ wrapped: null })), samplePlanOf('recovery', source({ wrapped: null })), 'source.wrapped'], [destruction, samplePlanOf('re-share', source({ wrapped: null })), 'source.wrapped']],
  'recovery-one-token': [[recovery, { ...recovery, hsm: base.hsm }, 'hsm.secondSerial']],
  'holder-where-replaced': [[reSharePlan(), changed(recovery, 'emil', { role: 'holder' }), 'people.7.role'], [changed({ ...destruction, quorum: { threshold: 3, shares: 5 } }, 'emil', { role: 'holder' }), changed(check, 'ada', { role: 'holder' }), 'people.3.role']],
  'holder-has-share': [[reSharePlan(), { ...samplePlanOf('re-share'), people: [...samplePlanOf('re-share').people, { ...farah, role: 'holder' }] }, 'people.8.role']],
  'custodians-are-holders': [[reSharePlan(), { ...recovery, people: [...recovery.people, farah] }, 'people.8.id'], [check, { ...check, people: [...check.people, farah] }, 'people.8.id'], [destruction, { ...destruction, people: [...destruction.people, farah] }, 'people.8.id']],
  'holder-same-person': [[changed(recovery, 'ada', { name: 'ADA Okafor' }), changed(recovery, 'ada', { name: 'Ada Obi' }), 'people.3.id'], [recovery, changed(recovery, 'ada', { id: id('ada-2') }), 'people.3.id']],
  'holder-not-officer': [[recovery, { ...only(recovery, 'bruno', 'chen', 'dalia'), people: [...only(recovery, 'bruno', 'chen', 'dalia').people.filter(({ role }) => role !== 'internal-witness'), { ...recovery.people[3]!, role: 'internal-witness' }] }, 'people.5.role']],
  'holders-reach-threshold': [
    [only(recovery, 'ada', 'bruno', 'chen'), only(recovery, 'ada', 'bruno'), 'people'],
    [reSharePlan(), who(reSharePlan(), (person) => (['ada', 'bruno', 'chen'].includes(person.id) ? { ...person, credential: { kind: 'paper' } } : person)), 'people'],
  ],
  'recovery-quorum-of-set': [[only(recovery, 'ada', 'bruno', 'chen'), { ...recovery, quorum: { threshold: 2, shares: 5 } }, 'quorum']],
  'check-has-holder': [[only(check, 'ada'), only(check), 'people']],
  'holder-history': [
    [samplePlanOf('recovery', withHistory('ada okafor', [1, 4])), samplePlanOf('recovery', withHistory('ada okafor', [1, 4, 5])), 'people.3'],
    [samplePlanOf('re-share', withHistory('ada okafor', [1, 4, 5])), samplePlanOf('share-check', withHistory('Ada Okafor', [4, 5])), 'people.3'],
    [recovery, samplePlanOf('recovery', withHistory('MARIA Lindqvist', [2, 4, 5])), 'people.0'],
  ],
};
