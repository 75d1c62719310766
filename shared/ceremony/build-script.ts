/** Derives the script from the plan and nothing else, so that paper, screen and verifier number the same steps. */
import type { StepId } from '../brand.ts';
import type { Plan } from './plan-schema.ts';
import type { Act, Script, Step } from './script-types.ts';
import type { ActDraft } from './step-draft.ts';
import { rootKeyGeneration } from './scripts/root-key-generation.ts';

const numberAct = (draft: ActDraft, index: number): Act => {
  const act = index + 1;
  const steps = draft.steps.map((step, at): Step => ({ ...step, id: `${act}.${at + 1}` as StepId, act }));
  return { number: act, title: draft.title, aim: draft.aim, expectedMinutes: steps.reduce((sum, step) => sum + step.expectedMinutes, 0), steps };
};

/** @returns the acts and steps of the plan's kind of ceremony. Pure: the same plan gives the same script. */
export const buildScript = (plan: Plan): Script => ({ acts: rootKeyGeneration(plan).map(numberAct) });

export const allSteps = (script: Script): readonly Step[] => script.acts.flatMap((act) => act.steps);
export const findStep = (script: Script, id: string): Step | null => allSteps(script).find((step) => step.id === id) ?? null;
/** The step after `id`, or null after the last. */
export const nextStep = (script: Script, id: string): Step | null => {
  const steps = allSteps(script);
  return steps[steps.findIndex((step) => step.id === id) + 1] ?? null;
};
export const stepOfOperation = (script: Script, operation: string): Step | null =>
  allSteps(script).find((step) => step.kind === 'machine' && step.operation === operation) ?? null;
