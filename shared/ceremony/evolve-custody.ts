/** What entries about existing shares add to the state: shares read and refused, shares checked, copies accounted for. */
import { assertNever } from '../assert-never.ts';
import type { Entry } from '../transcript/entry-schema.ts';
import { allSteps, firstOpen } from './build-script.ts';
import type { SetRef } from './plan-schema.ts';
import { gatheringOfSet, stepOf } from './select.ts';
import type { CeremonyState, Gathering, ShareProof } from './state.ts';
import { gatheredSets } from './wanted-set.ts';

type CustodyType = 'share-read' | 'share-refused' | 'share-unproved' | 'copy-accounted' | 'set-superseded';
type CustodyEntry = Extract<Entry, { type: CustodyType }>;
type EntryOf<T extends CustodyType> = Extract<Entry, { type: T }>;

const gathered = (state: CeremonyState, entry: EntryOf<'share-read'>): CeremonyState => {
  const { setId, share, person, presenter, carrier, how } = entry.body;
  const holds = gatheredSets(state).find((set) => set.setId === setId)?.holds ?? 'wrapping-key';
  const one = gatheringOfSet(state, setId) ?? { holds, setId, shares: [], combined: null, open: true };
  const next: Gathering = { ...one, shares: [...one.shares, { share, person, presenter, carrier, how, seq: entry.seq, at: entry.at }] };
  return { ...state, faults: [], gatherings: [...state.gatherings.filter((gathering) => gathering !== one), next] };
};

const proved = (state: CeremonyState, entry: EntryOf<'share-read'>): CeremonyState => {
  const { step, share, person, carrier, how } = entry.body;
  const before = state.proofs.find((proof) => proof.step === step);
  const proof: ShareProof = { share, person, step, seq: entry.seq, at: entry.at, found: 'proved', carriers: [...(before?.carriers ?? []), carrier], how };
  return { ...state, faults: [], proofs: [...state.proofs.filter((one) => one.step !== step), proof] };
};

const unproved = (state: CeremonyState, { body, seq, at }: EntryOf<'share-unproved'>): CeremonyState =>
  ({ ...state, proofs: [...state.proofs.filter((one) => one.step !== body.step), { share: body.share, person: body.person, step: body.step, seq, at, found: body.reason, carriers: [], how: null }] });

const refused = (state: CeremonyState, { body, seq, at }: EntryOf<'share-refused'>): CeremonyState => {
  const { step, presenter, carrier, fault } = body;
  return { ...state, faults: [...state.faults, { seq, code: fault.code, details: fault.details }], refused: [...state.refused, { seq, at, step, presenter, carrier, code: fault.code, details: fault.details }] };
};

const accounted = (state: CeremonyState, { body, seq, at }: EntryOf<'copy-accounted'>): CeremonyState => {
  const { copy, outcome, method, bag, by, witness, step, effect } = body;
  const found = state.destroyedCopies.find((one) => one.effect === effect)?.found ?? null;
  return { ...state, faults: [], accounted: [...state.accounted, { copy, outcome, method, bag, by, witness, seq, at, step, found }] };
};

export const evolveCustody = (state: CeremonyState, entry: CustodyEntry): CeremonyState => {
  switch (entry.type) {
    case 'share-read': return stepOf(state)?.kind === 'prove' ? proved(state, entry) : gathered(state, entry);
    case 'share-refused': return refused(state, entry);
    case 'share-unproved': return unproved(state, entry);
    case 'copy-accounted': return accounted(state, entry);
    case 'set-superseded': return { ...state, superseded: { setId: entry.body.setId, by: entry.body.by, seq: entry.seq, at: entry.at } };
    default: return assertNever(entry);
  }
};

const stepsOf = (state: CeremonyState, holds: SetRef['holds']): readonly string[] => {
  const after = holds === 'pin' ? 'open-pin' : 'combine';
  return allSteps(state.script).filter((step) => (step.kind === 'gather' && step.holds === holds) || (step.kind === 'machine' && step.operation === after)).map((step) => step.id);
};
/** What was gathered is still needed: the key is not restored or wrapped anew yet, or tokens are still to be used. */
const needed = (state: CeremonyState, holds: SetRef['holds']): boolean => (holds === 'pin' ? !state.wiped && !isChanging(state) : !state.backup?.restored);
/** Once a change of PINs may have begun, the old PIN opens no token for sure: what is needed is gathered in that step. */
const isChanging = (state: CeremonyState): boolean => state.pinUncertain || state.pinChanged !== null || state.openEffect?.intent.kind === 'change-pin';

/** A new vault holds no gathered share: what is still needed is gathered again, and the ceremony then goes on where it was. */
export const afterRestart = (state: CeremonyState): CeremonyState => {
  const open = state.gatherings.filter((one) => one.open);
  if (open.length === 0 || state.current === null) return state;
  const again = open.filter(({ holds }) => needed(state, holds)).flatMap(({ holds }) => stepsOf(state, holds));
  const completed = Object.fromEntries(Object.entries(state.completed).filter(([id]) => !again.includes(id)));
  return { ...state, completed, current: firstOpen(state.script, completed), gatherings: state.gatherings.map((one) => ({ ...one, open: false })) };
};
