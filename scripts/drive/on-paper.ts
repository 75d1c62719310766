/** What the people of a rehearsal have before them and the window does not show: the state of a ceremony, read from its folder. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ceremonyFolderFrom } from '../../electron/documents/folder.ts';
import { frozenPlan } from '../../shared/ceremony/parse-plan.ts';
import { materialsOf } from '../../shared/ceremony/people.ts';
import { expectedAnswer } from '../../shared/ceremony/prompt.ts';
import type { CheckStep } from '../../shared/ceremony/script-types.ts';
import type { CeremonyState } from '../../shared/ceremony/state.ts';

const FILES = ['plan.json', 'transcript.jsonl'] as const;
const readState = (folder: string): CeremonyState =>
  ceremonyFolderFrom(folder, new Map(FILES.map((name) => [name, new Uint8Array(readFileSync(path.join(folder, name)))]))).state;
/** The number on the bag in which a material comes: the one the archive saw it in last. @param folder of the ceremony. */
export const readFromTheBag = (folder: string, item: string): string | null => materialsOf(frozenPlan(readFileSync(path.join(folder, 'plan.json'), 'utf8'))).find(({ id }) => id === item)?.bag ?? null;
/** What a person reads from paper, label or clock when the step asks. @param folder of the ceremony. */
export const readFromTheThing = (folder: string, step: CheckStep): string => expectedAnswer(readState(folder), step, new Date().toISOString());
