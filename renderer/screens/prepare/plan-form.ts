/**
 * The plan while it is edited: the structure is whole, the values may not be. Pure. What is right is judged by main; this file only
 * says whether a text can be shown as a form, and gives the text of a form.
 */
import * as v from 'valibot';
import { encodePlan, parsePlan } from '../../../shared/ceremony/parse-plan.ts';
import { KEY_PROFILES, ROLES, type Person, type Plan } from '../../../shared/ceremony/plan-schema.ts';
import type { PersonId } from '../../../shared/brand.ts';

const text = v.string();
const empty = v.nullable(text);
const credential = v.variant('kind', [
  v.strictObject({ kind: v.literal('file'), algorithm: text, publicKey: empty }), v.strictObject({ kind: v.literal('token'), algorithm: text, publicKey: empty, serial: empty, module: text }), v.strictObject({ kind: v.literal('paper') }),
]);
const form = v.strictObject({
  format: text, mode: v.picklist(['rehearsal', 'production']),
  ceremony: v.strictObject({ kind: text, title: text, organisation: text, place: text, date: text }),
  people: v.array(v.strictObject({ id: text, name: text, organisation: text, role: v.picklist(ROLES), credential })),
  quorum: v.strictObject({ threshold: v.number(), shares: v.number() }),
  key: v.strictObject({ label: text, profile: v.picklist(KEY_PROFILES), backup: v.variant('kind', [v.strictObject({ kind: v.literal('split') }), v.strictObject({ kind: v.literal('none'), reason: text, approvedBy: text })]) }),
  certificate: v.strictObject({ subject: v.strictObject({ commonName: text, organization: text, country: empty }), notBefore: text, notAfter: text }),
  hsm: v.strictObject({ module: v.strictObject({ path: text, sha256: empty }), serial: empty, secondSerial: empty, software: v.boolean() }),
  pin: v.variant('control', [v.strictObject({ control: v.literal('single'), person: text }), v.strictObject({ control: v.literal('halves'), first: text, second: text })]),
  sheets: v.strictObject({ paper: v.picklist(['A4', 'Letter']), printer: v.variant('kind', [v.strictObject({ kind: v.literal('folder') }), v.strictObject({ kind: v.literal('cups'), queue: text })]) }),
  media: v.number(),
});

/** @returns the form, or null when the text is not JSON of a plan's structure. */
export const formFromText = (json: string): Plan | null => {
  try {
    const read = v.safeParse(form, JSON.parse(json));
    return read.success ? (read.output as Plan) : null;
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

export const addCustodian = (plan: Plan): Plan => {
  const organisation = custodians(plan).at(-1)?.organisation ?? plan.ceremony.organisation;
  const person: Person = { id: freeId(plan), name: '', organisation, role: 'custodian', credential: { kind: 'file', algorithm: 'Ed25519', publicKey: null } };
  const at = plan.people.findLastIndex((one) => one.role === 'custodian') + 1;
  return { ...plan, people: plan.people.toSpliced(at, 0, person), quorum: { ...plan.quorum, shares: custodians(plan).length + 1 } };
};
export const removePerson = (plan: Plan, id: string): Plan => {
  const people = plan.people.filter((person) => person.id !== id);
  const shares = people.filter((person) => person.role === 'custodian').length;
  return { ...plan, people, quorum: { threshold: Math.max(2, Math.min(plan.quorum.threshold, shares)), shares } };
};
export const changePerson = (plan: Plan, id: string, change: Partial<Person>): Plan => ({ ...plan, people: plan.people.map((person) => (person.id === id ? { ...person, ...change } : person)) });

/** A backup and what hangs on it: Ed25519 cannot be wrapped, and without a backup there are no media and no second token. */
export const withProfile = (plan: Plan, profile: Plan['key']['profile']): Plan =>
  profile === 'ed25519' ? withBackup({ ...plan, key: { ...plan.key, profile } }, 'none') : { ...plan, key: { ...plan.key, profile } };
export const withBackup = (plan: Plan, kind: 'split' | 'none'): Plan => {
  if (plan.key.backup.kind === kind) return plan;
  const backup: Plan['key']['backup'] = kind === 'split' ? { kind } : { kind, reason: '', approvedBy: '' };
  return { ...plan, key: { ...plan.key, backup }, media: kind === 'none' ? 0 : Math.max(1, plan.media || 2), hsm: kind === 'none' ? { ...plan.hsm, secondSerial: null } : plan.hsm };
};
