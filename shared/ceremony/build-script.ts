/** Derives the script from the plan and nothing else, so that paper, screen and verifier number the same steps. */
import type { StepId } from '../brand.ts';
import { isKeyPlan } from './people.ts';
import type { ArchiveKind, KeyKind, KeyPlan, Plan } from './plan-schema.ts';
import type { Act, Script, Step } from './script-types.ts';
import type { ActDraft } from './step-draft.ts';
import { charterCeremony, mergeCeremony } from './scripts/archive.ts';
import { reShare } from './scripts/re-share.ts';
import { recovery } from './scripts/recovery.ts';
import { rootKeyGeneration } from './scripts/root-key-generation.ts';
import { shareCheck } from './scripts/share-check.ts';
import { shareDestruction } from './scripts/share-destruction.ts';

const KEY_SCRIPTS: Readonly<Record<KeyKind, (plan: KeyPlan) => readonly ActDraft[]>> = {
  'root-key-generation': rootKeyGeneration, recovery, 're-share': reShare, 'share-check': shareCheck, 'share-destruction': shareDestruction,
};
const ARCHIVE_SCRIPTS: Readonly<Record<ArchiveKind, (plan: Plan) => readonly ActDraft[]>> = { founding: charterCeremony, amendment: charterCeremony, merge: mergeCeremony };
const actsOf = (plan: Plan): readonly ActDraft[] =>
  (isKeyPlan(plan) ? KEY_SCRIPTS[plan.ceremony.kind as KeyKind](plan) : ARCHIVE_SCRIPTS[plan.ceremony.kind as ArchiveKind](plan));

const numberAct = (draft: ActDraft, index: number): Act => {
  const act = index + 1;
  const steps = draft.steps.map((step, at): Step => ({ ...step, id: `${act}.${at + 1}` as StepId, act }));
  return { number: act, title: draft.title, aim: draft.aim, expectedMinutes: steps.reduce((sum, step) => sum + step.expectedMinutes, 0), steps };
};

/** @returns the acts and steps of the plan's kind of ceremony. Pure: the same plan gives the same script. */
export const buildScript = (plan: Plan): Script => ({ acts: actsOf(plan).map(numberAct) });

/** Steps of a script, in order and by id. A script never changes, and is asked at every entry of a replay. */
interface Steps { readonly all: readonly Step[]; readonly byId: ReadonlyMap<string, Step> }
const known = new WeakMap<Script, Steps>();
const stepsOf = (script: Script): Steps => {
  const before = known.get(script);
  if (before) return before;
  const all = script.acts.flatMap((act) => act.steps), steps = { all, byId: new Map<string, Step>(all.map((step) => [step.id, step])) };
  known.set(script, steps);
  return steps;
};

export const allSteps = (script: Script): readonly Step[] => stepsOf(script).all;
export const findStep = (script: Script, id: string): Step | null => stepsOf(script).byId.get(id) ?? null;
/** The step after `id`, or null after the last. */
export const nextStep = (script: Script, id: string): Step | null => {
  const steps = allSteps(script);
  return steps[steps.findIndex((step) => step.id === id) + 1] ?? null;
};
export const stepOfOperation = (script: Script, operation: string): Step | null =>
  allSteps(script).find((step) => step.kind === 'machine' && step.operation === operation) ?? null;
/** The first step that is not complete, or null. Most often the one after the last complete step; not after a part had to be done again. */
export const firstOpen = (script: Script, completed: Readonly<Record<string, unknown>>): StepId | null => allSteps(script).find((step) => !Object.hasOwn(completed, step.id))?.id ?? null;
