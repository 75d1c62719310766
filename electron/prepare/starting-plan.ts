/** The plan a draft starts from: a sound 3-of-5 P-384 ceremony of which people change what is theirs. */
import type { PersonId } from '../../shared/brand.ts';
import type { Material } from '../../shared/ceremony/material-schema.ts';
import type { KeyPlan, Mode, Person, Role } from '../../shared/ceremony/plan-schema.ts';

const person = (id: string, name: string, role: Role, organisation: string): Person =>
  ({ id: id as PersonId, name, organisation, role, credential: { kind: 'file', algorithm: 'Ed25519', publicKey: null } });

/** Invented people, so that a newcomer can rehearse at once. */
const REHEARSAL_PEOPLE: readonly Person[] = [
  person('ada', 'Ada Okafor', 'administrator', 'Example Trust'),
  person('ben', 'Ben Larsen', 'custodian', 'Example Trust'),
  person('chi', 'Chi Tanaka', 'custodian', 'Example Trust'),
  person('dana', 'Dana Weiss', 'custodian', 'Example Trust'),
  person('eli', 'Eli Marchetti', 'custodian', 'Example Trust'),
  person('fay', 'Fay Ndiaye', 'custodian', 'Example Trust'),
  person('gus', 'Gus Halloran', 'internal-witness', 'Example Trust'),
  person('hana', 'Hana Sharif', 'external-auditor', 'Example Audit'),
];
/** Places to be filled in: a real ceremony has no invented people. */
const PRODUCTION_PEOPLE: readonly Person[] = [
  person('administrator', 'Administrator', 'administrator', 'Organisation'),
  ...[1, 2, 3, 4, 5].map((number) => person(`custodian-${number}`, `Custodian ${number}`, 'custodian', 'Organisation')),
  person('witness', 'Internal witness', 'internal-witness', 'Organisation'),
  person('auditor', 'External auditor', 'external-auditor', 'Auditor'),
];

const second = (date: string): string => `${date}T00:00:00Z`;
const VALID_YEARS = 20;
const yearsLater = (date: string, years: number): string => `${String(Number(date.slice(0, 4)) + years).padStart(4, '0')}${date.slice(4)}`.replace('-02-29', '-02-28');

/** What is always on the table; people add what else there is. */
const TABLE: readonly Material[] = [
  { id: 'computer', kind: 'workstation', what: 'Ceremony computer', serial: null, bag: null, from: null },
  { id: 'boot-medium', kind: 'boot-medium', what: 'Medium the computer starts from', serial: null, bag: null, from: null },
];
/** @param known what the archive has seen of materials; empty before its first ceremony that called any. */
export const startingMaterials = (known: readonly Material[]): Material[] => [...(known.length === 0 ? TABLE : known)];

/** @param today ISO calendar date. @param modulePath the PKCS#11 library to begin with. */
export const startingPlan = (mode: Mode, today: string, modulePath: string): KeyPlan => {
  const rehearsal = mode === 'rehearsal';
  const people = rehearsal ? REHEARSAL_PEOPLE : PRODUCTION_PEOPLE;
  const organisation = people[0]!.organisation;
  const title = `Root ${today.slice(0, 4)}`;
  return {
    format: 'quorate-plan/2', mode,
    ceremony: { kind: 'root-key-generation', title, organisation, place: rehearsal ? 'Practice room' : 'Room', date: today },
    people: [...people], quorum: { threshold: 3, shares: 5 },
    key: { label: `root-${today.slice(0, 4)}`, profile: 'ec-p384', backup: { kind: 'split' } },
    certificate: { subject: { commonName: `${organisation} ${title}`, organization: organisation, country: null }, notBefore: second(today), notAfter: second(yearsLater(today, VALID_YEARS)) },
    hsm: { module: { path: modulePath, sha256: null }, serial: null, secondSerial: null, software: rehearsal },
    pin: { control: 'halves', first: people[0]!.id, second: people.find(({ role }) => role === 'internal-witness')!.id },
    sheets: { paper: 'A4', printer: rehearsal ? { kind: 'folder' } : { kind: 'cups', queue: 'printer' } },
    media: 2,
  };
};
