/** Questions that screens, pages and rules ask of a state. Pure. */
import type { PersonId } from '../brand.ts';
import { findStep, nextStep } from './build-script.ts';
import { administratorOf, auditorOf, custodiansOf, personById, witnessOf } from './people.ts';
import type { Person } from './plan-schema.ts';
import type { Step } from './script-types.ts';
import type { CeremonyState, ShareFacts } from './state.ts';

export const stepOf = (state: CeremonyState): Step | null => (state.current ? findStep(state.script, state.current) : null);
export const personOf = (state: CeremonyState, id: string): Person | null => personById(state.plan, id);
export const isPresent = (state: CeremonyState, id: string): boolean => state.present[id]?.present ?? false;
export const signersOf = (state: CeremonyState, step: string): readonly PersonId[] => state.signoffs.filter((one) => one.step === step).map((one) => one.person);
export const shareOf = (state: CeremonyState, number: number): ShareFacts | null => state.set?.shares.find((share) => share.number === number) ?? null;

export interface ActsNow { readonly people: readonly Person[]; readonly then: Person | null }
const people = (state: CeremonyState, ids: readonly string[]): readonly Person[] => ids.map((id) => personOf(state, id)).filter((one) => one !== null);

/** The people the room waits for now, and the one who acts after them. */
export const actsNow = (state: CeremonyState): ActsNow => {
  const step = stepOf(state);
  if (!step) return { people: [], then: null };
  const after = nextStep(state.script, step.id)?.actors[0];
  const then = after ? personOf(state, after) : null;
  switch (step.kind) {
    case 'check': return { people: people(state, step.actors.slice(-1)), then: personOf(state, step.actors[0]!) };
    case 'sign': {
      const signed = signersOf(state, step.id);
      if (signed.length >= step.threshold) return { people: people(state, [administratorOf(state.plan)]), then };
      return { people: people(state, step.actors.filter((id) => !signed.includes(id) && isPresent(state, id))), then: personOf(state, administratorOf(state.plan)) };
    }
    case 'handover': return { people: people(state, [step.custodian]), then: personOf(state, witnessOf(state.plan)) };
    default: return { people: people(state, step.actors), then };
  }
};

export interface QuorumView { readonly threshold: number; readonly signed: number; readonly reached: boolean; readonly members: readonly { readonly person: Person; readonly status: 'signed' | 'present' | 'absent' | 'objected' }[] }
/** The quorum at a hold point; for other steps, who is present. */
export const quorumOf = (state: CeremonyState, step: string | null): QuorumView => {
  const signed = step ? signersOf(state, step) : [];
  const objected = new Set(state.objections.filter((one) => one.step === step).map((one) => one.person));
  const status = (id: PersonId) => (signed.includes(id) ? 'signed' as const : objected.has(id) ? 'objected' as const : isPresent(state, id) ? 'present' as const : 'absent' as const);
  return { threshold: state.plan.quorum.threshold, signed: signed.length, reached: signed.length >= state.plan.quorum.threshold, members: custodiansOf(state.plan).map((person) => ({ person, status: status(person.id) })) };
};

/** One sentence: what happens to the quorum when people leave. */
export const whatIf = (state: CeremonyState): string => {
  const here = custodiansOf(state.plan).filter((person) => isPresent(state, person.id)).length;
  const spare = here - state.plan.quorum.threshold;
  if (Object.keys(state.present).length === 0) return `${state.plan.quorum.threshold} of ${state.plan.quorum.shares} custodians must be here.`;
  if (spare < 0) return `${here} of ${state.plan.quorum.threshold} needed custodians are here. Hold points cannot be signed.`;
  if (spare === 0) return 'If one more custodian leaves, hold points cannot be signed.';
  return `If ${spare + 1} more custodians leave, hold points cannot be signed.`;
};

/** The hold point that was signed last, or that is open. */
export const lastHoldPoint = (state: CeremonyState): Step | null => {
  const open = stepOf(state);
  if (open?.kind === 'sign') return open;
  const last = state.signoffs.at(-1);
  return last ? findStep(state.script, last.step) : null;
};

/** Sheets of void sets, and spoilt sheets, that nobody has destroyed yet. */
export const openSheets = (state: CeremonyState): readonly { readonly share: number; readonly attempt: number }[] =>
  state.voided.flatMap((set) => set.sheets.filter((sheet) => !sheet.destroyed).map(({ share, attempt }) => ({ share, attempt })));
/** The next attempt number of a share's sheet: it goes on over void sets, so that a number names one sheet for ever. */
export const nextAttempt = (state: CeremonyState, share: number): number => {
  const used = [...state.voided.flatMap((set) => set.sheets.filter((sheet) => sheet.share === share).map((sheet) => sheet.attempt)), ...(shareOf(state, share)?.attempts ?? [])];
  return Math.max(0, ...used) + 1;
};
/** The two subsets of share numbers from which the wrapping key is rebuilt: the first M and the last M; one when M = N. */
export const proofSubsets = (threshold: number, shares: number): readonly (readonly number[])[] => {
  const range = (from: number) => Array.from({ length: threshold }, (_, index) => from + index);
  return threshold === shares ? [range(1)] : [range(1), range(shares - threshold + 1)];
};
/** Everyone who signs the record: all with a credential that is not paper. */
export const recordSigners = (state: CeremonyState): readonly Person[] => state.plan.people.filter((person) => person.credential.kind !== 'paper');
export const mustBePresent = (state: CeremonyState): readonly PersonId[] => [administratorOf(state.plan), witnessOf(state.plan), auditorOf(state.plan)];
