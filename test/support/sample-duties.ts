/** Plans with the room protocol for tests of the separation of duties, with a deputy administrator and a deputy custodian. */
import type { PersonId } from '../../shared/brand.ts';
import type { Policy } from '../../shared/charter/charter-schema.ts';
import type { KeyPlan, Person, Plan } from '../../shared/ceremony/plan-schema.ts';
import { digestOf } from './story.ts';
import { samplePeople } from './sample-people.ts';
import { samplePlan } from './sample-plan.ts';

export const id = (name: string): PersonId => name as PersonId;
/** Two more people of the sample, in deputy roles: Farah stands in for Maria, Goran for Ada. */
export const deputies = (): readonly Person[] => samplePeople(7).slice(-2).map((person, index) => ({ ...person, role: index === 0 ? 'deputy-administrator' : 'deputy-custodian', deputyOf: id(index === 0 ? 'maria' : 'ada') }));
export const roomPeople = (changes: Readonly<Record<string, Partial<Person>>> = {}): Person[] => [...samplePeople(), ...deputies()].map((person) => ({ ...person, ...changes[person.id] }));
/** Everybody keeps the duties, unless `changes` to people or `overrides` say otherwise. */
export const roomPlan = (changes: Readonly<Record<string, Partial<Person>>> = {}, overrides: Partial<Plan> = {}): KeyPlan => samplePlan({ format: 'quorate-plan/2', people: roomPeople(changes), ...overrides });
export const samplePolicy = (changes: Partial<Policy> = {}): Policy => ({
  quorum: { threshold: 3, shares: 5 }, headCount: { always: 4, irreversible: 6 }, credentials: { holdPoint: ['file', 'token'], record: ['file', 'token', 'paper'] }, exceptable: [], exceptedBy: 2, ...changes,
});
export const under = (policy: Policy): NonNullable<Plan['under']> => ({ ceremony: 1, head: digestOf('head'), sha256: digestOf('charter'), policy });
