/** What is being typed and chosen in the open step and is not an entry yet. Forgotten when the step changes. */
import { create } from 'zustand';
import type { COPY_OUTCOMES } from '../../shared/transcript/entry-schema.ts';

export interface StepDraft {
  readonly step: string | null; readonly answer: string;
  readonly bagByCustodian: string; readonly bagByWitness: string;
  /** The card's own bag, where a share is on paper and on a card. */
  readonly cardBagByCustodian: string; readonly cardBagByWitness: string;
  /** Who brings the next share, and whose it is; empty for the person the screen proposes. */
  readonly presenter: string; readonly holder: string;
  /** The copy that is being accounted for (copyName), or empty for the next one. */
  readonly copy: string; readonly outcome: (typeof COPY_OUTCOMES)[number] | ''; readonly method: string; readonly bag: string; readonly by: string;
  /** The material that is called, or empty for the next one, and how it is found. */
  readonly material: string; readonly seal: 'intact' | 'broken' | 'none' | 'absent' | '';
}
export const EMPTY_DRAFT: Omit<StepDraft, 'step'> = {
  answer: '', bagByCustodian: '', bagByWitness: '', cardBagByCustodian: '', cardBagByWitness: '', presenter: '', holder: '', copy: '', outcome: '', method: '', bag: '', by: '', material: '', seal: '',
};

export const useStep = create<StepDraft>()(() => ({ step: null, ...EMPTY_DRAFT }));
export const typeInStep = (change: Partial<Omit<StepDraft, 'step'>>): void => useStep.setState(change);
export const openStep = (step: string | null): void => {
  if (useStep.getState().step !== step) useStep.setState({ step, ...EMPTY_DRAFT });
};
