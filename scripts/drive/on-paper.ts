/** What the people of a rehearsal have before them and the window does not show: the state of a ceremony, read from its folder. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { buildScript } from '../../shared/ceremony/build-script.ts';
import { frozenPlan } from '../../shared/ceremony/parse-plan.ts';
import { materialsOf } from '../../shared/ceremony/people.ts';
import { expectedAnswer } from '../../shared/ceremony/prompt.ts';
import type { CheckStep } from '../../shared/ceremony/script-types.ts';
import type { CeremonyState } from '../../shared/ceremony/state.ts';
import { evolve, initialState } from '../../shared/ceremony/evolve.ts';
import { splitLines } from '../../shared/transcript/chain.ts';
import { lineDigest, parseLine } from '../../shared/transcript/line.ts';

const readState = (folder: string): CeremonyState => {
  const plan = frozenPlan(readFileSync(path.join(folder, 'plan.json'), 'utf8'));
  let state = initialState(plan, buildScript(plan));
  for (const line of splitLines(new Uint8Array(readFileSync(path.join(folder, 'transcript.jsonl')))).lines) {
    const read = parseLine(line);
    if (!read.ok) throw new Error(`${folder}: ${read.fault.code}`);
    state = evolve(state, read.value, lineDigest(line));
  }
  return state;
};
/** The number on the bag in which a material comes: the one the archive saw it in last. @param folder of the ceremony. */
export const readFromTheBag = (folder: string, item: string): string | null => materialsOf(frozenPlan(readFileSync(path.join(folder, 'plan.json'), 'utf8'))).find(({ id }) => id === item)?.bag ?? null;
/** What a person reads from paper, label or clock when the step asks. @param folder of the ceremony. */
export const readFromTheThing = (folder: string, step: CheckStep): string => expectedAnswer(readState(folder), step, new Date().toISOString());
