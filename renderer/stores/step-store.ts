/** What is being typed into the open step and is not an entry yet. Forgotten when the step changes. */
import { create } from 'zustand';

export interface StepDraft { readonly step: string | null; readonly answer: string; readonly bagByCustodian: string; readonly bagByWitness: string }
const EMPTY = { answer: '', bagByCustodian: '', bagByWitness: '' } as const;

export const useStep = create<StepDraft>()(() => ({ step: null, ...EMPTY }));
export const typeInStep = (change: Partial<Omit<StepDraft, 'step'>>): void => useStep.setState(change);
export const openStep = (step: string | null): void => {
  if (useStep.getState().step !== step) useStep.setState({ step, ...EMPTY });
};
