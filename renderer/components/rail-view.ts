/** Statuses of acts and steps in the rail. Pure. */
import { stepOf } from '../../shared/ceremony/select.ts';
import type { Act, Step } from '../../shared/ceremony/script-types.ts';
import type { CeremonyState } from '../../shared/ceremony/state.ts';
import type { IconName } from './icon.tsx';
import type { Tone } from './parts.tsx';

export interface RailStatus { readonly look: 'done' | 'cur' | 'open' | 'later'; readonly icon: IconName; readonly tone: Tone; readonly word: string }

/** The act of the open step; the last act once no step is open. */
export const openActOf = (state: CeremonyState): number => stepOf(state)?.act ?? state.script.acts.length;

/** "E1, E3": exceptions recorded at a step. */
export const exceptionsAt = (state: CeremonyState, step: string): string =>
  state.exceptions.filter((one) => one.step === step).map((one) => `E${one.number}`).join(', ');

const current = (state: CeremonyState): RailStatus => {
  if (state.pause) return { look: 'cur', icon: 'pause', tone: 'plain', word: 'Paused' };
  return state.faults.length > 0 ? { look: 'cur', icon: 'stop', tone: 'plain', word: 'Stopped' } : { look: 'cur', icon: 'now', tone: 'plain', word: 'Now' };
};

export const stepStatus = (state: CeremonyState, step: Step): RailStatus => {
  if (state.current === step.id) return current(state);
  if (!state.completed[step.id]) {
    const ended = state.closing !== null || (state.opening !== null && state.current === null);
    if (ended && step.kind === 'machine' && step.operation === 'close' && state.closing) return { look: 'done', icon: 'done', tone: 'done', word: 'Done' };
    return { look: 'later', icon: ended ? 'notyet' : 'wait', tone: 'plain', word: ended ? 'Not done' : 'Waiting' };
  }
  const exceptions = exceptionsAt(state, step.id);
  return exceptions ? { look: 'done', icon: 'note', tone: 'plain', word: exceptions } : { look: 'done', icon: 'done', tone: 'done', word: 'Done' };
};

export const actStatus = (state: CeremonyState, act: Act, open: boolean): RailStatus => {
  if (act.steps.every((step) => stepStatus(state, step).look === 'done')) return { look: 'done', icon: 'done', tone: 'done', word: 'Done' };
  return open ? { look: 'open', icon: 'half', tone: 'plain', word: 'Open' } : { look: 'later', icon: 'notyet', tone: 'plain', word: 'Not yet' };
};
