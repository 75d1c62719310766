import { describe, expect, it } from 'vitest';
import { MATERIAL_KINDS, MOST_MATERIALS } from '../../../shared/ceremony/material-schema.ts';
import { encodePlan, parsePlan } from '../../../shared/ceremony/parse-plan.ts';
import { materialsOf } from '../../../shared/ceremony/people.ts';
import type { Plan } from '../../../shared/ceremony/plan-schema.ts';
import { materialDifferences, type MaterialState } from '../../../shared/register/materials.ts';
import { PLAN_FIELDS } from '../../../shared/text/plan.ts';
import { placeFindings } from '../../../renderer/screens/prepare/charter-view.ts';
import { addHsms, addMaterial, bringMaterial, isFull, isKnown, lastSeen, leftOut, materialLines, materialsSummary, removeMaterial, unlistedHsms, withMaterial } from '../../../renderer/screens/prepare/materials-form.ts';
import { formFromText, textOfForm } from '../../../renderer/screens/prepare/plan-form.ts';
import { summaryOf, tasksOf } from '../../../renderer/screens/prepare/prepare-view.ts';
import { foundingPlan } from '../../support/sample-charter.ts';
import { samplePlanOf } from '../../support/sample-source.ts';
import { samplePlan } from '../../support/sample-plan.ts';
import { MATERIALS, roomPlan } from '../../support/room-plan.ts';

const known = (part: Partial<MaterialState>): MaterialState => ({ id: 'hsm', kind: 'hsm', what: 'HSM of the root', serial: 'A1', bag: '0050001', from: 3, at: '2027-01-12T10:00:00.000Z', missing: false, ...part });
const REGISTER = [known({}), known({ id: 'medium', kind: 'boot-medium', what: 'Boot medium', serial: null, bag: null })];
const ids = (plan: Plan): readonly string[] => materialsOf(plan).map(({ id }) => id);
const withHsm = (plan: Plan, serial: string | null, secondSerial: string | null): Plan => ({ ...plan, hsm: { ...plan.hsm!, serial, secondSerial } });

describe('the list of things on the table', () => {
  it('takes a new thing under an id that neither the plan nor the archive has', () => {
    const register = [known({ id: 'thing-1' })];
    const two = addMaterial(addMaterial(roomPlan(), register), register);
    expect(ids(two)).toEqual(['thing-2', 'thing-3']);
    expect(materialDifferences(register, two)).toEqual([]);
    expect(materialsOf(two)[0]).toEqual({ id: 'thing-2', kind: 'other', what: '', serial: null, bag: null, from: null });
  });
  it('changes one thing by its place and leaves the others', () => {
    const plan = withMaterial(roomPlan({ materials: MATERIALS }), 1, { what: 'Laptop', kind: 'workstation', serial: 'PF-7' });
    expect(plan.materials).toEqual([MATERIALS[0], { ...MATERIALS[1], what: 'Laptop', serial: 'PF-7' }]);
  });
  it('is no list once the last thing is gone, so the plan stays right', () => {
    const none = removeMaterial(removeMaterial(roomPlan({ materials: MATERIALS }), 0), 0);
    expect('materials' in none).toBe(false);
    expect(parsePlan(encodePlan(none), { draft: false }).findings).toEqual([]);
  });
  it('gives back what the archive knows as the archive saw it last, once', () => {
    const plan = roomPlan({ materials: [MATERIALS[1]!] });
    expect(leftOut(plan, REGISTER)).toEqual(REGISTER);
    const back = bringMaterial(bringMaterial(plan, REGISTER[0]!), REGISTER[0]!);
    expect(back.materials).toEqual([MATERIALS[1], { id: 'hsm', kind: 'hsm', what: 'HSM of the root', serial: 'A1', bag: '0050001', from: 3 }]);
    expect(leftOut(back, REGISTER)).toEqual([REGISTER[1]]);
    expect(materialDifferences(REGISTER, back)).toEqual([]);
  });
  it('knows a thing by the archive or by the ceremony that the plan names', () => {
    expect([known({ from: 2 }), { ...MATERIALS[1]!, id: 'medium' }].map((item) => isKnown(item, REGISTER))).toEqual([true, true]);
    expect(isKnown(MATERIALS[1]!, REGISTER)).toBe(false);
  });
  it('says where the archive saw each thing last', () => {
    const missing = known({ id: 'token', missing: true });
    expect([...MATERIALS, ...REGISTER, missing].map((item) => lastSeen(item, [...REGISTER, missing]))).toEqual(['New, in bag 0048117', 'New', 'Bag 0050001, ceremony 0003', 'No bag, ceremony 0003', 'Missing, ceremony 0003']);
  });
  it('is full at the limit of a plan', () => {
    const many = (count: number): Plan => Array.from({ length: count }).reduce<Plan>((plan) => addMaterial(plan, []), roomPlan());
    expect([many(MOST_MATERIALS - 1), many(MOST_MATERIALS)].map(isFull)).toEqual([false, true]);
  });
});

describe('the HSMs of the plan', () => {
  it('are proposed by serial, unless they are listed as an HSM or a token', () => {
    const plan = withHsm(roomPlan(), 'A1', 'B2');
    expect(unlistedHsms(plan)).toEqual(['A1', 'B2']);
    expect(unlistedHsms({ ...plan, materials: [{ ...MATERIALS[0]!, kind: 'token', serial: 'A1' }, { ...MATERIALS[1]!, serial: 'B2' }] })).toEqual(['B2']);
    expect(unlistedHsms(withHsm(roomPlan(), null, null))).toEqual([]);
    expect(unlistedHsms({ ...samplePlanOf('share-check'), format: 'quorate-plan/2' })).toEqual([]);
    expect(unlistedHsms(foundingPlan())).toEqual([]);
  });
  it('come as the archive knows them, or as new things', () => {
    const plan = addHsms(withHsm(roomPlan(), 'A1', 'B2'), REGISTER);
    expect(plan.materials).toEqual([{ id: 'hsm', kind: 'hsm', what: 'HSM of the root', serial: 'A1', bag: '0050001', from: 3 }, { id: 'hsm-1', kind: 'hsm', what: 'Second HSM', serial: 'B2', bag: null, from: null }]);
    expect(addHsms(plan, REGISTER)).toBe(plan);
  });
});

describe('the task', () => {
  const list = { materials: MATERIALS };
  it('is there for plans of format 2, whatever they are about', () => {
    expect([samplePlan(), foundingPlan(), samplePlanOf('share-check')].map((plan) => tasksOf(plan, []).includes('materials'))).toEqual([false, false, false]);
    expect([samplePlan(), foundingPlan(), samplePlanOf('share-check')].map((plan) => tasksOf({ ...plan, format: 'quorate-plan/2' }, []).includes('materials'))).toEqual([true, true, true]);
  });
  it('is where a wrong list is mended, also where there should be none', () => {
    const lists: readonly (readonly [Plan, string])[] = [
      [{ ...samplePlan(), ...list }, 'materials'], [roomPlan({ materials: [MATERIALS[0]!, MATERIALS[0]!] }), 'materials.1.id'], [addMaterial(roomPlan(), []), 'materials.0.what'],
      [{ ...foundingPlan(), ...list }, 'materials'],
    ];
    for (const [plan, where] of lists) {
      const found = placeFindings(plan, parsePlan(`${JSON.stringify(plan)}\n`, { draft: true }).findings).find((one) => one.where === where);
      expect(found?.task, where).toBe('materials');
      expect(tasksOf(plan, [found!])).toContain('materials');
    }
  });
  it('says what to write in each field', () => {
    expect(['', '.*', ...Object.keys(MATERIALS[0]!).map((field) => `.*.${field}`)].filter((field) => !PLAN_FIELDS.includes(`materials${field}`))).toEqual([]);
    const { findings } = parsePlan(JSON.stringify(addMaterial(roomPlan(), [])), { draft: true });
    expect(findings.map(({ text }) => text)).toEqual([expect.stringMatching(/^Write what the thing is/)]);
    expect(MATERIAL_KINDS.every((kind) => parsePlan(JSON.stringify(roomPlan({ materials: [{ ...MATERIALS[0]!, kind: 'nothing' as 'other' }] })), { draft: true }).findings[0]!.text.includes(`"${kind}"`))).toBe(true);
  });
  it('is summed up', () => {
    expect([roomPlan(), roomPlan(list), roomPlan({ materials: [{ ...MATERIALS[0]!, from: 3 }, MATERIALS[1]!] }), roomPlan({ materials: [{ ...MATERIALS[0]!, from: 3 }] })].map((plan) => summaryOf(plan, 'materials')))
      .toEqual(['Nothing is called in', '2 things called in and out, all new to the archive', '2 things called in and out, 1 new to the archive', '1 thing called in and out']);
    expect(materialLines(roomPlan(list))).toEqual(['HSM of the root, serial 8f2c41d09be3a776', 'Ceremony computer']);
    expect(summaryOf({ ...foundingPlan(), ...list }, 'materials')).toBe(materialsSummary(roomPlan(list)));
  });
  it('shows a list that is not finished, and no list of another structure', () => {
    const plan = addMaterial(roomPlan(list), []);
    expect(formFromText(textOfForm(plan))?.materials).toEqual(plan.materials);
    expect(formFromText(JSON.stringify({ ...roomPlan(), materials: [null] }))).toBeNull();
  });
});
