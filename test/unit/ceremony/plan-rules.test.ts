import { describe, expect, test } from 'vitest';
import type { Base64, PersonId } from '../../../shared/brand.ts';
import { checkPlan, PLAN_RULES } from '../../../shared/ceremony/check-plan.ts';
import { withinYears } from '../../../shared/ceremony/plan-dates.ts';
import type { Person, Plan } from '../../../shared/ceremony/plan-schema.ts';
import { publicKeyOf, samplePeople } from '../../support/sample-people.ts';
import { samplePlan } from '../../support/sample-plan.ts';
import { CHARTER_PLAN_CASES } from './charter-plan-cases.ts';
import { MERGE_PLAN_CASES } from './merge-plan-cases.ts';
import { WAIVER_CASES } from './waiver-cases.ts';
import { MATERIAL_PLAN_CASES } from './material-plan-cases.ts';
import { CUSTODY_PLAN_CASES, PIN_HALVES_CASES, PIN_PEOPLE_CASES, type PlanCase } from './custody-plan-cases.ts';

const PAPER = { kind: 'paper' } as const;
const people = (change: (person: Person, index: number) => Person | Person[]): Person[] => samplePeople().flatMap(change);
const at = (index: number, change: Partial<Person>): Person[] => people((person, position) => (position === index ? { ...person, ...change } : person));
const token = (id: string, serial: string, module = '/usr/lib/m.so'): Person['credential'] => ({ kind: 'token', algorithm: 'Ed25519', publicKey: publicKeyOf(id), serial, module });
const base = samplePlan();
const none: Partial<Plan> = { key: { ...base.key, backup: { kind: 'none', reason: 'A device without wrapping', approvedBy: 'Board' } }, hsm: { ...base.hsm, secondSerial: null }, media: 0 };
const subject = (commonName: string): Partial<Plan> => ({ certificate: { ...base.certificate, subject: { ...base.certificate.subject, commonName } } });
const validity = (notBefore: string, notAfter: string): Partial<Plan> => ({ certificate: { ...base.certificate, notBefore, notAfter } });
const cups: Partial<Plan> = { sheets: { paper: 'A4', printer: { kind: 'cups', queue: 'Sheets' } } };
const moduleAt = (path: string): Partial<Plan> => ({ hsm: { ...base.hsm, module: { ...base.hsm.module, path } } });

/** rule → [accepted, refused, where]. */
const CASES: Readonly<Record<string, readonly PlanCase[]>> = {
  'administrator-one': [[{}, { people: people((person) => (person.role === 'administrator' ? [] : person)) }, 'people'], [{}, { people: [...samplePeople(), ...samplePeople(6).slice(-1).map((person): Person => ({ ...person, role: 'administrator' }))] }, 'people']],
  'internal-witness-one': [[{}, { people: people((person) => (person.role === 'internal-witness' ? [] : person)) }, 'people'], [{}, { people: [...samplePeople(), ...samplePeople(6).slice(-1).map((person): Person => ({ ...person, role: 'internal-witness' }))] }, 'people']],
  'external-auditor-present': [[{ people: [...samplePeople(), ...samplePeople(6).slice(-1).map((person): Person => ({ ...person, role: 'external-auditor' }))] }, { people: people((person) => (person.role === 'external-auditor' ? [] : person)) }, 'people']],
  'person-id-unique': [[{}, { people: at(4, { id: 'ada' as PersonId }) }, 'people.4.id']],
  'person-name-unique': [[{ people: at(4, { name: 'Ada Okafor (second)' }) }, { people: at(4, { name: 'ADA okafor' }) }, 'people.4.name'], [{}, { people: at(4, { name: '\uff21da Okafor' }) }, 'people.4.name']],
  'person-one-role': [[{}, { people: at(3, { name: 'maria lindqvist' }) }, 'people.3.role']],
  'shares-are-custodians': [[{ people: samplePeople(7), quorum: { threshold: 3, shares: 7 } }, { quorum: { threshold: 3, shares: 4 } }, 'quorum.shares']],
  'threshold-within-shares': [[{ quorum: { threshold: 5, shares: 5 } }, { quorum: { threshold: 6, shares: 5 } }, 'quorum.threshold']],
  'quorum-can-sign': [[{ people: people((person, index) => (index >= 6 ? { ...person, credential: PAPER } : person)) }, { people: people((person, index) => (index >= 5 ? { ...person, credential: PAPER } : person)) }, 'people']],
  'custodian-name-fits': [[{}, { people: at(3, { id: 'a-very-long-identifier-indeed' as PersonId, name: 'Bartholomäus Wolfeschlegelsteinhausenbergerdorff' }) }, 'people.3.id']],
  'officers-sign': [[{ people: at(2, { credential: PAPER }) }, { people: at(0, { credential: PAPER }) }, 'people.0.credential'], [{}, { people: at(1, { credential: PAPER }) }, 'people.1.credential']],
  'credential-key-form': [[{ people: at(3, { credential: token('ada', 'T1') }) }, { people: at(3, { credential: { kind: 'token', algorithm: 'ECDSA-P256-SHA256', publicKey: publicKeyOf('ada'), serial: 'T1', module: '/m.so' } }) }, 'people.3.credential.publicKey'], [{}, { people: at(3, { credential: { kind: 'file', algorithm: 'Ed25519', publicKey: 'AAAA' as Base64 } }) }, 'people.3.credential.publicKey']],
  'credential-own': [[{}, { people: at(4, { credential: { kind: 'file', algorithm: 'Ed25519', publicKey: publicKeyOf('ada') } }) }, 'people.4.credential.publicKey']],
  'credential-not-hsm': [[{ people: at(3, { credential: token('ada', 'T1') }) }, { people: at(3, { credential: token('ada', base.hsm.serial!) }) }, 'people.3.credential.serial'], [{}, { people: at(3, { credential: token('ada', base.hsm.secondSerial!) }) }, 'people.3.credential.serial']],
  'ed25519-without-backup': [[{ ...none, key: { ...none.key!, profile: 'ed25519' } }, { key: { ...base.key, profile: 'ed25519' } }, 'key.backup']],
  'second-token-with-backup': [[none, { ...none, hsm: base.hsm }, 'hsm.secondSerial']],
  'second-token-differs': [[{}, { hsm: { ...base.hsm, secondSerial: base.hsm.serial } }, 'hsm.secondSerial']],
  'media-with-backup': [[none, { media: 0 }, 'media'], [{ media: 1 }, { ...none, media: 1 }, 'media']],
  'module-path-absolute': [[moduleAt('/opt/m.so'), moduleAt('m.so'), 'hsm.module.path'], [{ people: at(3, { credential: token('ada', 'T1') }) }, { people: at(3, { credential: token('ada', 'T1', 'm.so') }) }, 'people.3.credential.module']],
  'date-exists': [[{ ceremony: { ...base.ceremony, date: '2028-02-29' } }, { ceremony: { ...base.ceremony, date: '2027-02-29' } }, 'ceremony.date'], [{}, validity('2026-11-31T00:00:00Z', '2030-01-01T00:00:00Z'), 'certificate.notBefore'], [{}, validity('2026-11-30T00:00:00Z', '2030-02-30T00:00:00Z'), 'certificate.notAfter']],
  'validity-forward': [[validity('2026-11-24T00:00:00Z', '2026-11-24T00:00:01Z'), validity('2026-11-24T00:00:00Z', '2026-11-24T00:00:00Z'), 'certificate.notAfter']],
  'validity-25-years': [[validity('2026-11-24T00:00:00Z', '2051-11-24T00:00:00Z'), validity('2026-11-24T00:00:00Z', '2051-11-24T00:00:01Z'), 'certificate.notAfter']],
  'common-name-mode': [[{ mode: 'production', ...cups, ...subject('Rehearsals Root') }, { mode: 'production', ...cups, ...subject('Rehearsal Root') }, 'certificate.subject.commonName']],
  'common-name-room': [[subject('x'.repeat(54)), subject('x'.repeat(55)), 'certificate.subject.commonName'], [{ mode: 'production', ...cups, ...subject('x'.repeat(64)) }, subject('x'.repeat(64)), 'certificate.subject.commonName']],
  'pin-people': [[{ pin: { control: 'single', person: 'maria' as PersonId } }, { pin: { control: 'single', person: 'nobody' as PersonId } }, 'pin.person'], [{}, { pin: { control: 'halves', first: 'nobody' as PersonId, second: 'maria' as PersonId } }, 'pin.first'], [{}, { pin: { control: 'halves', first: 'maria' as PersonId, second: 'nobody' as PersonId } }, 'pin.second'], ...PIN_PEOPLE_CASES],
  'pin-halves-differ': [[{}, { pin: { control: 'halves', first: 'maria' as PersonId, second: 'maria' as PersonId } }, 'pin.second'], ...PIN_HALVES_CASES],
  ...CUSTODY_PLAN_CASES, ...MATERIAL_PLAN_CASES,
  ...MERGE_PLAN_CASES,
  ...CHARTER_PLAN_CASES,
  'waivers-sound': WAIVER_CASES,
  'folder-printer-rehearsal': [[{ mode: 'production', ...cups }, { mode: 'production' }, 'sheets.printer']],
};

test('every plan rule has an accepting and a rejecting case', () => {
  expect(Object.keys(CASES).sort()).toEqual(Object.keys(PLAN_RULES).sort());
});
describe.each(Object.entries(CASES))('%s', (rule, cases) => {
  test.each(cases.map((one, index) => [index + 1, ...one] as const))('case %i: accepts a sound plan and refuses the other', (_index, sound, broken, where) => {
    expect(checkPlan(samplePlan(sound))).toEqual([]);
    const found = checkPlan(samplePlan(broken)).filter((offence) => offence.rule === rule);
    expect(found.map((offence) => offence.where)).toContain(where);
    for (const { text } of found) expect(text).toMatch(/\.$/);
  });
});
test('counts years by the calendar', () => {
  expect(withinYears('2024-02-29T00:00:00Z', '2049-02-28T23:59:59Z', 25)).toBe(true);
  expect(withinYears('2024-02-29T00:00:00Z', '2049-03-01T00:00:00Z', 25)).toBe(false);
});
