/** What a kind of ceremony and its mode are called on paper, and what is marked on every page. */
import { gatheredSetOf, isKeyPlan } from '../../shared/ceremony/people.ts';
import type { CeremonyKind, Plan, SetRef } from '../../shared/ceremony/plan-schema.ts';
import type { CeremonyState } from '../../shared/ceremony/state.ts';
import { keyName } from '../../shared/text/script.ts';

const NOUNS: Readonly<Record<CeremonyKind, string>> = {
  'root-key-generation': 'generation', recovery: 'recovery', 're-share': 're-share', 'share-check': 'share check', 'share-destruction': 'destruction of shares',
  founding: 'founding of the archive', amendment: 'change of people or policy', merge: 'joining of archives',
};
export const kindNoun = (plan: Plan): string => NOUNS[plan.ceremony.kind];
/** "Ceremony 0007 · example-root-2026 EC P-384 · generation"; without a key where the ceremony is about the archive. */
export const subjectOf = (plan: Plan, ceremony: string): string => [ceremony, ...(isKeyPlan(plan) ? [keyName(plan)] : []), kindNoun(plan)].join(' · ');
/** "Rehearsal", "Production", "Production, drill". */
export const modeWords = (plan: Plan): string => (plan.mode === 'rehearsal' ? 'Rehearsal' : plan.drill === true ? 'Production, drill' : 'Production');
export const modeSentence = (plan: Plan): string => {
  if (plan.mode === 'rehearsal') return 'Rehearsal. Nothing made here may be used.';
  return plan.drill === true ? 'Production, as a drill: real people and paper, but every share has the drill mark and passes no real recovery.' : 'Production';
};
/** Words across every page, largest first; none for a ceremony that counts. */
export const marksOf = (plan: Plan): readonly string[] => [...(plan.mode === 'rehearsal' ? ['REHEARSAL'] : []), ...(plan.drill === true ? ['DRILL'] : [])];

/** Words across every page of the record of a ceremony that did not come to its end. */
export const endMarks = ({ closing }: CeremonyState): readonly string[] => (closing === null || closing.outcome === 'completed' ? [] : [closing.outcome.toUpperCase()]);

/** "set OPAL-2210, epoch 1" */
export const setWords = (set: SetRef): string => `set ${set.setName}, epoch ${set.epoch}`;
/** The name of the holder of a share, also of one who is not among the people of the plan. */
export const holderName = (plan: Plan, set: SetRef | null, person: string): string =>
  plan.people.find((one) => one.id === person)?.name ?? set?.holders.find((one) => one.person === person)?.name ?? person;
/** The existing set with this id that the plan stands on. */
export const sourceSetOf = (plan: Plan, setId: string): SetRef | null =>
  [plan.source?.set ?? null, gatheredSetOf(plan, 'pin')].find((set) => set?.setId === setId) ?? null;
/** What stands under the running head of a ceremony about an existing key, or about the archive. */
export const purposeOf = ({ source, decision }: Plan): readonly [string, string] | null => {
  const why = source ?? decision;
  return why ? [why.purpose, why.authority] : null;
};
