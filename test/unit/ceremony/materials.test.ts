/** Materials are called in and out by two people, and what is not as last recorded needs an exception. The archive knows where each thing is. */
import { describe, expect, it } from 'vitest';
import type { Material } from '../../../shared/ceremony/material-schema.ts';
import { admit } from '../../../shared/ceremony/admit.ts';
import { allSteps, buildScript } from '../../../shared/ceremony/build-script.ts';
import { decide } from '../../../shared/ceremony/decide.ts';
import type { Fact } from '../../../shared/ceremony/rule.ts';
import { materialDifferences, materialRegister, materialsNow } from '../../../shared/register/materials.ts';
import { entryText } from '../../../shared/text/entries.ts';
import { hideAnswers } from '../../../electron/ceremony/hidden-answers.ts';
import type { Snapshot } from '../../../shared/ipc/snapshot.ts';
import { MATERIALS, roomPlan } from '../../support/room-plan.ts';
import { asPerson, samplePlanOf } from '../../support/sample-source.ts';
import { exceptionFact, materialFact, tellStory, type Teller } from '../../support/story.ts';

const NOW = '2026-11-24T09:41:30.000Z';
const at = (when: 'in' | 'out', materials: Material[] = MATERIALS): Teller => tellStory(roomPlan({ materials }), (step) => step.kind === 'materials' && step.when === when);
const code = (teller: Teller, fact: Fact): string | undefined => admit(teller.state, fact)?.fault.code;
const done = (teller: Teller): string | undefined => code(teller, { type: 'step-completed', actor: asPerson('maria'), body: { step: teller.state.current! } });

describe('the steps', () => {
  it('are the first of the environment and stand before the review of the exceptions; without materials there are none', () => {
    const steps = allSteps(buildScript(roomPlan({ materials: MATERIALS })));
    expect(steps.filter(({ kind }) => kind === 'materials').map(({ id }) => id)).toEqual(['2.1', '6.1']);
    expect(allSteps(buildScript(roomPlan())).some(({ kind }) => kind === 'materials')).toBe(false);
  });
  it.each(['share-check', 'share-destruction', 'recovery', 're-share'] as const)('are in a %s too, and a whole one passes every rule', (kind) => {
    const plan = { ...samplePlanOf(kind), format: 'quorate-plan/2' as const, materials: MATERIALS };
    expect(tellStory(plan).state.closing?.outcome).toBe('completed');
  });
});

describe('a material', () => {
  it('is read by two people, who must read the same; the comparison is the program’s', () => {
    const teller = at('in'), step = teller.state.current!;
    const ask = (bagByHolder: string | null, bagByWitness: string | null) => decide(teller.state, { type: 'material', step, item: 'hsm', present: true, bagByHolder, bagByWitness, intact: true, by: asPerson('maria') }, NOW);
    expect(ask('0048117', '0048118')).toMatchObject({ ok: false, fault: { code: 'RULE_MATERIALS_CALLED' } });
    expect(ask('0048117', '0048117')).toMatchObject({ ok: true, value: { drafts: [{ type: 'material', body: { bag: '0048117', matches: true, witness: 'walter' } }] } });
    expect(ask('0048118', '0048118')).toMatchObject({ ok: true, value: { drafts: [{ body: { matches: false } }] } });
  });
  it('is called once, all of them are, and the witness is not who holds it', () => {
    const teller = at('in');
    expect(done(teller)).toBe('RULE_MATERIALS_CALLED');
    expect(code(teller, materialFact(teller, 'hsm', { by: asPerson('walter') }))).toBe('RULE_MATERIALS_CALLED');
    for (const { id } of MATERIALS) teller.tell(materialFact(teller, id));
    expect([code(teller, materialFact(teller, 'hsm')), done(teller)]).toEqual(['RULE_MATERIALS_CALLED', undefined]);
  });
  it.each<[string, Parameters<typeof materialFact>[2]]>([
    ['absent', { present: false, bag: null, intact: null, matches: null }], ['in another bag', { bag: '0099999', matches: false }], ['in a broken bag', { intact: false }], ['in no bag', { bag: null, intact: null, matches: false }],
  ])('that is %s needs an exception of its own', (_how, change) => {
    const teller = at('in');
    teller.tell(materialFact(teller, 'hsm', change));
    teller.tell(materialFact(teller, 'computer', { present: false }));
    expect(done(teller)).toBe('RULE_MATERIALS_CALLED');
    teller.tell(exceptionFact(teller, asPerson('walter')));
    expect(done(teller)).toBe('RULE_MATERIALS_CALLED');
    teller.tell(exceptionFact(teller, asPerson('walter')));
    expect(done(teller)).toBeUndefined();
  });
  it('is told truly: a comparison, a seal or a bag that cannot be is refused', () => {
    const teller = at('in');
    for (const change of [{ matches: false }, { matches: null }, { intact: null }, { when: 'out' as const }, { present: false }]) expect(code(teller, materialFact(teller, 'hsm', change)), JSON.stringify(change)).toBe('RULE_MATERIALS_CALLED');
  });
  it('goes out in a bag that nobody has used', () => {
    const teller = at('out');
    expect(code(teller, materialFact(teller, 'hsm', { bag: '0048117' }))).toBe('RULE_MATERIALS_CALLED');
    expect(code(teller, materialFact(teller, 'hsm', { bag: 'N-1' }))).toBe('RULE_MATERIALS_CALLED');
    expect(code(teller, materialFact(teller, 'hsm'))).toBeUndefined();
    expect(entryText({ ...materialFact(teller, 'hsm') }, teller.state.plan)).toBe('HSM of the root goes into bag M-hsm');
  });
  it('keeps its last bag from the window until both have read it', () => {
    const teller = at('in'), show = (): string => JSON.stringify(hideAnswers({ state: teller.state, rows: [] } as unknown as Snapshot).state);
    expect(show()).not.toContain('0048117');
    teller.tell(materialFact(teller, 'hsm'));
    expect(show()).toContain('0048117');
  });
});

describe('the archive', () => {
  it('knows each thing by its last ceremony, and a plan must say the same', () => {
    const first = tellStory(roomPlan({ materials: MATERIALS })).state;
    const register = materialRegister([{ number: 4, state: first }]);
    expect(register).toMatchObject([{ id: 'hsm', bag: 'M-hsm', from: 4, missing: false }, { id: 'computer', bag: 'M-computer', from: 4, missing: false }]);
    const materials = materialsNow(register);
    expect(materialDifferences(register, roomPlan({ materials }))).toEqual([]);
    expect(materialDifferences(register, roomPlan({ materials: MATERIALS }))).toEqual(['hsm', 'computer']);
    expect(materialDifferences(register, roomPlan({ materials: [{ ...materials[0]!, serial: 'another' }, materials[1]!] }))).toEqual(['hsm']);
    expect(materialDifferences([], roomPlan({ materials: [{ ...MATERIALS[1]!, from: 3 }] }))).toEqual(['computer']);
    expect(materialDifferences([], roomPlan())).toEqual([]);
  });
  it('keeps the last bag of a thing that was not there, and says so; what is not closed counts for nothing', () => {
    const teller = at('in');
    teller.tell(materialFact(teller, 'hsm', { present: false, bag: null, intact: null, matches: null }));
    expect(materialRegister([{ number: 1, state: teller.state }])).toEqual([]);
    teller.tell({ type: 'aborted', actor: asPerson('maria'), body: { reason: { commitment: teller.state.head }, by: asPerson('maria') } });
    teller.tell({ type: 'closing', actor: 'app', body: { outcome: 'aborted', exceptions: 0, files: {} } });
    expect(materialRegister([{ number: 1, state: teller.state }])).toMatchObject([{ id: 'hsm', bag: '0048117', from: 1, missing: true }]);
  });
});
