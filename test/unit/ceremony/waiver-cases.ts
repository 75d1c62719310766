/** Accepting and refusing cases of the plan rule about exceptions from the separation of duties. */
import type { Plan, Waiver } from '../../../shared/ceremony/plan-schema.ts';
import { id, roomPlan, samplePolicy, under } from '../../support/sample-duties.ts';
import type { PlanCase } from './custody-plan-cases.ts';

const line = roomPlan({ bruno: { reportsTo: 'Ada Okafor' }, chen: { reportsTo: 'Ada Okafor' } });
const waiver: Waiver = { rule: 'custodian-reporting-line', people: ['ada', 'bruno', 'chen'].map(id), reason: 'The team has no other members.', by: ['walter', 'xenia'].map(id) };
const withWaiver = (changes: Partial<Waiver> = {}, plan: Plan = line): Partial<Plan> => ({ ...plan, waivers: [{ ...waiver, ...changes }] });
const few = { ...line, under: under(samplePolicy({ headCount: { always: 2, irreversible: 12 }, exceptable: ['head-count', 'custodian-reporting-line'] })) };
const both = (plan: Plan, people: Waiver['people']): Partial<Plan> => ({ ...plan, waivers: [waiver, { ...waiver, rule: 'head-count', people }] });

export const WAIVER_CASES: readonly PlanCase[] = [
  [withWaiver(), withWaiver({}, roomPlan()), 'waivers.0'],
  [withWaiver(), withWaiver({ rule: 'no-such-rule' }), 'waivers.0'],
  [withWaiver(), withWaiver({ by: [id('walter')] }), 'waivers.0'],
  [withWaiver(), withWaiver({ by: ['walter', 'walter'].map(id) }), 'waivers.0'],
  [withWaiver(), withWaiver({ by: ['walter', 'ada'].map(id) }), 'waivers.0'],
  [withWaiver(), withWaiver({ by: ['walter', 'nobody'].map(id) }), 'waivers.0'],
  [withWaiver(), withWaiver({ people: ['ada', 'bruno'].map(id) }), 'waivers.0'],
  [withWaiver(), withWaiver({ people: ['ada', 'bruno', 'chen', 'dalia'].map(id) }), 'waivers.0'],
  [withWaiver(), withWaiver({}, { ...line, under: under(samplePolicy()) }), 'waivers.0'],
  [both(few, []), both(few, [id('ada')]), 'waivers.1'],
  [withWaiver(), { waivers: [waiver] }, 'waivers'],
];
