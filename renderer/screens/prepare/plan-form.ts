/**
 * The plan while it is edited: the structure is whole, the values may not be. Pure. What is right is judged by main; this file only
 * says whether a text can be shown as a form, and gives the text of a form.
 */
import * as v from 'valibot';
import { fromBase64 } from '../../../shared/bytes.ts';
import { encodePlan, parsePlan } from '../../../shared/ceremony/parse-plan.ts';
import { ARCHIVE_KINDS, CARRIERS, CEREMONY_KINDS, KEY_PARTS, KEY_PROFILES, ROLES, type KeyPlan, type Person, type Plan, type Role, type SetRef, type Source, type Waiver } from '../../../shared/ceremony/plan-schema.ts';
import { DEPUTIES, custodyOf, keyPlan, pinPeopleOf } from '../../../shared/ceremony/people.ts';
import { sharesAreMade } from '../../../shared/ceremony/plan-rules-source.ts';
import { STANDINGS } from '../../../shared/charter/charter-schema.ts';
import { MATERIAL_KINDS } from '../../../shared/ceremony/material-schema.ts';
import type { Custody } from '../../../shared/ceremony/plan-schema.ts';
import type { PersonId } from '../../../shared/brand.ts';

const text = v.string();
const empty = v.nullable(text);
const credential = v.variant('kind', [
  v.strictObject({ kind: v.literal('file'), algorithm: text, publicKey: empty }), v.strictObject({ kind: v.literal('token'), algorithm: text, publicKey: empty, serial: empty, module: text }), v.strictObject({ kind: v.literal('paper') }),
]);
const custody = v.strictObject({ carrier: v.picklist(CARRIERS), sheet: v.picklist(['standard', 'large', 'blind']), card: v.nullable(v.strictObject({ module: text, serial: empty })) });
/** What the archive said is not typed here: it is taken as it is and judged by main. */
const told = v.custom<SetRef>((value) => typeof value === 'object' && value !== null && 'setId' in value && 'holders' in value);
const source = v.custom<Source>((value) => typeof value === 'object' && value !== null && ['ceremony', 'key', 'set', 'copies', 'history', 'known'].every((part) => part in value));
const policy = v.strictObject({
  quorum: v.strictObject({ threshold: v.number(), shares: v.number() }), headCount: v.strictObject({ always: v.number(), irreversible: v.number() }),
  credentials: v.strictObject({ holdPoint: v.array(v.picklist(['file', 'token'])), record: v.array(v.picklist(['file', 'token', 'paper'])) }), exceptable: v.array(text), exceptedBy: v.number(),
});
/** Keys of a roster are named on the screen, so each is one that can be read. */
const readable = <T extends { readonly kind: string; readonly publicKey?: string | null }>({ publicKey }: T): boolean => publicKey === undefined || publicKey === null || fromBase64(publicKey) !== null;
const charter = v.strictObject({
  format: text, organisation: text, approval: v.number(), policy,
  members: v.array(v.strictObject({ id: text, name: text, organisation: text, reportsTo: empty, roles: v.array(v.picklist(ROLES)), credential: v.pipe(credential, v.check(readable)), standing: v.picklist(STANDINGS) })),
});
const material = v.strictObject({ id: text, kind: v.picklist(MATERIAL_KINDS), what: text, serial: empty, bag: empty, from: v.nullable(v.number()) });
const head = { ceremony: v.number(), head: text };
const form = v.strictObject({
  format: text, mode: v.picklist(['rehearsal', 'production']),
  ceremony: v.strictObject({ kind: v.picklist(CEREMONY_KINDS), title: text, organisation: text, place: text, date: text, timeZone: v.optional(text) }),
  people: v.array(v.strictObject({ id: text, name: text, organisation: text, role: v.picklist(ROLES), credential, custody: v.optional(custody), reportsTo: v.optional(empty), deputyOf: v.optional(text) })),
  quorum: v.strictObject({ threshold: v.number(), shares: v.number() }),
  key: v.optional(v.strictObject({ label: text, profile: v.picklist(KEY_PROFILES), backup: v.variant('kind', [v.strictObject({ kind: v.literal('split') }), v.strictObject({ kind: v.literal('none'), reason: text, approvedBy: text })]) })),
  certificate: v.optional(v.strictObject({ subject: v.strictObject({ commonName: text, organization: text, country: empty }), notBefore: text, notAfter: text })),
  hsm: v.optional(v.strictObject({ module: v.strictObject({ path: text, sha256: empty }), serial: empty, secondSerial: empty, software: v.boolean() })),
  pin: v.optional(v.variant('control', [
    v.strictObject({ control: v.literal('single'), person: text }), v.strictObject({ control: v.literal('halves'), first: text, second: text }),
    v.strictObject({ control: v.literal('quorum'), typedBy: v.array(text), so: v.picklist(['nobody', 'quorum']), soTypedBy: v.array(text) }),
    v.strictObject({ control: v.literal('held-by-quorum'), set: told, renew: v.boolean(), so: v.optional(v.picklist(['nobody', 'quorum'])) }),
  ])),
  sheets: v.strictObject({ paper: v.picklist(['A4', 'Letter']), printer: v.variant('kind', [v.strictObject({ kind: v.literal('folder') }), v.strictObject({ kind: v.literal('cups'), queue: text })]), test: v.optional(v.literal(true)) }),
  media: v.optional(v.number()), drill: v.optional(v.literal(true)), source: v.optional(source), lastHead: v.optional(v.literal('from-paper')), materials: v.optional(v.array(material)),
  waivers: v.optional(v.array(v.strictObject({ rule: text, people: v.array(text), reason: text, by: v.array(text) }))),
  decision: v.optional(v.strictObject({ purpose: text, authority: text })), charter: v.optional(charter),
  before: v.optional(v.array(v.strictObject({ ...head, charter }))), under: v.optional(v.strictObject({ ...head, sha256: text, policy })),
});

/** A ceremony about a key has a key to show, and one that gives the archive a charter has the charter; archives without one can be joined. */
const isWhole = (plan: v.InferOutput<typeof form>): boolean => {
  const { kind } = plan.ceremony;
  if (!ARCHIVE_KINDS.some((one) => one === kind)) return KEY_PARTS.every((part) => plan[part] !== undefined);
  return plan.decision !== undefined && (plan.charter !== undefined || kind === 'merge');
};

/** @returns the form, or null when the text is not JSON of a plan's structure. */
export const formFromText = (json: string): Plan | null => {
  try {
    const read = v.safeParse(form, JSON.parse(json));
    return read.success && isWhole(read.output) ? (read.output as Plan) : null;
  } catch { return null; }
};

/** Outer spaces and letter forms are not what a person means by a value. */
const tidy = (value: unknown): unknown => {
  if (typeof value === 'string') return value.normalize('NFC').trim();
  if (Array.isArray(value)) return value.map(tidy);
  return value !== null && typeof value === 'object' ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, tidy(inner)])) : value;
};

/** The text that is saved: in the app's own order when the values allow it. */
export const textOfForm = (plan: Plan): string => {
  const json = `${JSON.stringify(tidy(plan), null, 2)}\n`;
  const read = parsePlan(json, { draft: true }).plan;
  return read ? encodePlan(read) : json;
};

const freeId = (plan: Plan): PersonId => {
  for (let number = 1; ; number++) {
    const id = `custodian-${number}`;
    if (!plan.people.some((person) => person.id === id)) return id as PersonId;
  }
};
const custodians = (plan: Plan): readonly Person[] => plan.people.filter((person) => person.role === 'custodian');

/** Where shares are made there is one for each custodian; where none is made, the quorum is that of the set and stays. */
const withPeople = (plan: Plan, people: readonly Person[]): Plan => {
  const next = { ...plan, people: [...people] };
  if (!sharesAreMade(plan)) return next;
  const shares = custodians(next).length;
  return { ...next, quorum: { threshold: Math.max(2, Math.min(plan.quorum.threshold, shares)), shares } };
};
export const addCustodian = (plan: Plan): Plan => {
  const organisation = custodians(plan).at(-1)?.organisation ?? plan.ceremony.organisation;
  return withPerson(plan, { id: freeId(plan), name: '', organisation, role: 'custodian', credential: { kind: 'file', algorithm: 'Ed25519', publicKey: null } });
};
/** Adds a person after the last custodian: one who was removed comes back as they were. */
export const withPerson = (plan: Plan, person: Person): Plan => withPeople(plan, plan.people.toSpliced(plan.people.findLastIndex((one) => one.role === 'custodian') + 1, 0, person));
export const removePerson = (plan: Plan, id: string): Plan => withPeople(plan, plan.people.filter((person) => person.id !== id));
/** A custodian who leaves in a re-share becomes a holder: brings the old share and gets none, so carries none away. */
export const withRole = (plan: Plan, id: string, role: Role): Plan => withPeople(plan, plan.people.map((person) => {
  if (person.id !== id) return person;
  const { custody: carried, deputyOf, ...rest } = person;
  const stands = DEPUTIES[role] === undefined || deputyOf === undefined ? {} : { deputyOf };
  return (role === 'custodian' || role === 'deputy-custodian') && carried ? { ...rest, role, custody: carried, ...stands } : { ...rest, role, ...stands };
}));
export const withDeputyOf = (plan: Plan, id: string, person: PersonId): Plan => changePerson(plan, id, { deputyOf: person });
/** An empty name says that this person reports to nobody who could come. */
export const withReportsTo = (plan: Plan, id: string, name: string): Plan => changePerson(plan, id, { reportsTo: name === '' ? null : name });

export const addWaiver = (plan: Plan, waiver: Waiver): Plan => ({ ...plan, waivers: [...(plan.waivers ?? []), waiver] });
export const removeWaiver = (plan: Plan, index: number): Plan => {
  const { waivers = [], ...rest } = plan, left = waivers.filter((_, at) => at !== index);
  return left.length === 0 ? rest : { ...rest, waivers: left };
};
/** Holders of the source set whom the plan does not name. */
export const stayAway = (plan: Plan): SetRef['holders'] => (plan.source?.set.holders ?? []).filter(({ person }) => !plan.people.some((one) => one.id === person));

/** What a person carries a share away on; a card that was chosen stays with its person. */
export const withCustody = (plan: Plan, id: string, change: Partial<Custody>): Plan => {
  const person = plan.people.find((one) => one.id === id);
  if (!person) return plan;
  const next = { ...custodyOf(person), ...change };
  const card = next.carrier === 'paper' ? null : next.card ?? { module: keyPlan(plan).hsm.module.path, serial: null };
  return changePerson(plan, id, { custody: { carrier: next.carrier, sheet: next.carrier === 'card' ? 'standard' : next.sheet, card } });
};

/** Optional fields are there or not; they are never false. */
export const withDrill = (plan: Plan, on: boolean): Plan => { const { drill: _, ...rest } = plan; return on ? { ...rest, drill: true } : rest; };
export const withPrinterTest = (plan: Plan, on: boolean): Plan => { const { test: _, ...sheets } = plan.sheets; return { ...plan, sheets: on ? { ...sheets, test: true } : sheets }; };

type Control = 'single' | 'halves' | 'quorum';
const firstTwo = (plan: Plan): readonly [PersonId, PersonId] => [plan.people[0]!.id, (plan.people[1] ?? plan.people[0]!).id];
/** Takes over who types the PIN now, as far as the new control has room for them. */
export const withPinControl = (plan: Plan, control: Control): Plan => {
  const [first, second] = [...pinPeopleOf(plan), ...firstTwo(plan).filter((id) => !pinPeopleOf(plan).includes(id))] as [PersonId, PersonId];
  const pin: KeyPlan['pin'] = control === 'single' ? { control, person: first } : control === 'halves' ? { control, first, second }
    : { control, typedBy: [...new Set([first, second])], so: plan.mode === 'rehearsal' ? 'nobody' : 'quorum', soTypedBy: plan.mode === 'rehearsal' ? [] : [first] };
  return withPeople({ ...plan, pin }, plan.people);
};

export const changePerson = (plan: Plan, id: string, change: Partial<Person>): Plan => ({ ...plan, people: plan.people.map((person) => (person.id === id ? { ...person, ...change } : person)) });

/** A backup and what hangs on it: Ed25519 cannot be wrapped, and without a backup there are no media and no second token. */
export const withProfile = (plan: KeyPlan, profile: KeyPlan['key']['profile']): KeyPlan =>
  profile === 'ed25519' ? withBackup({ ...plan, key: { ...plan.key, profile } }, 'none') : { ...plan, key: { ...plan.key, profile } };
export const withBackup = (plan: KeyPlan, kind: 'split' | 'none'): KeyPlan => {
  if (plan.key.backup.kind === kind) return plan;
  const backup: KeyPlan['key']['backup'] = kind === 'split' ? { kind } : { kind, reason: '', approvedBy: '' };
  return { ...plan, key: { ...plan.key, backup }, media: kind === 'none' ? 0 : Math.max(1, plan.media || 2), hsm: kind === 'none' ? { ...plan.hsm, secondSerial: null } : plan.hsm };
};

/** @param zone empty: none, and times are in UTC only. */
export const withTimeZone = (plan: Plan, zone: string): Plan => {
  const { timeZone: _before, ...ceremony } = plan.ceremony;
  return { ...plan, ceremony: zone === '' ? ceremony : { ...ceremony, timeZone: zone } };
};
