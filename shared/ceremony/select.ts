/** Questions that screens, pages and rules ask of a state. Pure. */
import type { PersonId } from '../brand.ts';
import { allSteps, findStep, nextStep } from './build-script.ts';
import { onceAPlan } from './once-a-plan.ts';
import { DEPUTIES, administratorOf, auditorOf, bringerOf, custodiansOf, gatheredSetOf, hasRoomProtocol, personById, witnessOf } from './people.ts';
import type { Copy, Person, Plan, SetRef } from './plan-schema.ts';
import type { AccountStep, GatherStep, Step } from './script-types.ts';
import type { AccountedCopy, CeremonyState, Gathering, SetFacts, ShareFacts } from './state.ts';

export const stepOf = (state: CeremonyState): Step | null => (state.current ? findStep(state.script, state.current) : null);
export const personOf = (state: CeremonyState, id: string): Person | null => personById(state.plan, id);
export const isPresent = (state: CeremonyState, id: string): boolean => state.present[id]?.present ?? false;
export const peopleHere = (state: CeremonyState): ReadonlySet<string> => new Set(Object.keys(state.present).filter((id) => isPresent(state, id)));
/** Whether the roll call is complete: who is here is known from then on. */
export const rollIsCalled = ({ script, completed }: CeremonyState): boolean => { const step = allSteps(script).find(({ kind }) => kind === 'roll-call'); return step !== undefined && Object.hasOwn(completed, step.id); };
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
    case 'check': {
      if (!step.answeredBy) return { people: people(state, step.actors.slice(-1)), then: personOf(state, step.actors[0]!) };
      const [next, last] = (state.answers[step.id] ?? []).some((one) => one.matches === null) ? [step.answeredBy[1], null] : step.answeredBy;
      return { people: people(state, [next.person]), then: personOf(state, last?.person ?? step.actors[0]!) };
    }
    case 'sign': {
      const signed = signersOf(state, step.id);
      if (signed.length >= step.threshold) return { people: people(state, [administratorOf(state.plan)]), then };
      return { people: people(state, step.actors.filter((id) => !signed.includes(id) && isPresent(state, id))), then: personOf(state, administratorOf(state.plan)) };
    }
    case 'handover':
    case 'prove': return { people: people(state, [step.custodian]), then: personOf(state, witnessOf(state.plan)) };
    case 'gather': {
      const came = gatheringOf(state, step)?.shares.map((share) => bringerOf(state.plan, share.person)) ?? [];
      if (came.length >= step.threshold) return { people: people(state, [administratorOf(state.plan)]), then };
      return { people: people(state, step.actors.slice(1).filter((id) => !came.includes(id as PersonId) && isPresent(state, id))), then: personOf(state, administratorOf(state.plan)) };
    }
    default: return { people: people(state, step.actors), then };
  }
};

/** What has been gathered in the open gather step's set, in this run of the vault; null before the first share. */
export const gatheringOf = (state: CeremonyState, step: GatherStep): Gathering | null => {
  const set = gatheredSetOf(state.plan, step.holds);
  return set && gatheringOfSet(state, set.setId);
};
/** What has been gathered of a set in this run of the vault; null before the first share. */
export const gatheringOfSet = (state: CeremonyState, setId: string): Gathering | null => state.gatherings.find((one) => one.setId === setId && one.open) ?? null;
/** The gathering of a set that was combined last, for records: also one whose vault is gone. */
export const lastGathering = (state: CeremonyState, holds: SetRef['holds']): Gathering | null => state.gatherings.findLast((one) => one.holds === holds) ?? null;
/** Every set this ceremony issued, with the one in work last. */
const setsOf = ({ issued, set }: CeremonyState): readonly SetFacts[] => (set ? [...issued, set] : issued);
/** The set of shares of the wrapping key that this ceremony issued, whether or not a PIN set came after it. */
export const wrappingSetOf = (state: CeremonyState): SetFacts | null => setsOf(state).findLast((set) => set.holds === 'wrapping-key') ?? null;
export const pinSetOf = (state: CeremonyState): SetFacts | null => setsOf(state).findLast((set) => set.holds === 'pin') ?? null;
/** The copies that an account step is about, with the bag each was in. */
export const copiesToAccount = (state: CeremonyState, about: AccountStep['about']): readonly { readonly copy: Copy; readonly bag: string | null }[] => {
  const all = state.plan.source?.copies ?? [];
  if (about !== 'used') return all;
  const read = state.gatherings.flatMap(({ setId, shares }) => shares.map(({ share, carrier }) => `${setId} ${share} ${carrier}`));
  return all.filter(({ copy }) => copy.kind !== 'medium' && read.includes(`${copy.setId} ${copy.share} ${copy.kind === 'card' ? 'card' : 'paper'}`));
};
export const sameCopy = (a: Copy, b: Copy): boolean => copyName(a) === copyName(b);
/** Names a copy within its archive. */
export const copyName = (copy: Copy): string => {
  switch (copy.kind) {
    case 'sheet': return `sheet ${copy.setId} ${copy.share}.${copy.attempt}`;
    case 'card': return `card ${copy.setId} ${copy.share} ${copy.serial}`;
    case 'medium': return `medium ${copy.setId} ${copy.number}`;
  }
};
export const accountOf = (state: CeremonyState, copy: Copy): AccountedCopy | null => state.accounted.findLast((one) => sameCopy(one.copy, copy)) ?? null;

export interface QuorumView { readonly threshold: number; readonly signed: number; readonly reached: boolean; readonly members: readonly { readonly person: Person; readonly status: 'signed' | 'present' | 'absent' | 'objected' }[] }
/** The quorum at a hold point or while shares are gathered; for other steps, who is present. */
export const quorumOf = (state: CeremonyState, step: string | null): QuorumView => {
  const open = step ? findStep(state.script, step) : null;
  const signed = open?.kind === 'gather' ? gatheringOf(state, open)?.shares.map((share) => bringerOf(state.plan, share.person)) ?? [] : step ? signersOf(state, step) : [];
  const objected = new Set(state.objections.filter((one) => one.step === step).map((one) => one.person));
  const status = (id: PersonId) => (signed.includes(id) ? 'signed' as const : objected.has(id) ? 'objected' as const : isPresent(state, id) ? 'present' as const : 'absent' as const);
  const threshold = open?.kind === 'gather' || open?.kind === 'sign' ? open.threshold : state.plan.quorum.threshold;
  const members = open?.kind === 'sign' ? people(state, open.actors) : open?.kind === 'gather' ? people(state, open.actors.slice(1)) : custodiansOf(state.plan);
  return { threshold, signed: signed.length, reached: signed.length >= threshold, members: members.map((person) => ({ person, status: status(person.id) })) };
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

/** Sheets of void sets that nobody has destroyed yet. */
export const openSheets = (state: CeremonyState): readonly { readonly share: number; readonly attempt: number }[] =>
  state.voided.flatMap((set) => set.sheets.filter((sheet) => !sheet.destroyed).map(({ share, attempt }) => ({ share, attempt })));
/** The next attempt number of a share's sheet: it goes on over void sets, so that a number names one sheet for ever. */
export const nextAttempt = (state: CeremonyState, share: number): number => {
  const used = [...state.voided.flatMap((set) => set.sheets.filter((sheet) => sheet.share === share).map((sheet) => sheet.attempt)), ...setsOf(state).flatMap((set) => set.shares.filter((one) => one.number === share).flatMap((one) => one.attempts))];
  return Math.max(0, ...used) + 1;
};
/** The two subsets of share numbers from which the wrapping key is rebuilt: the first M and the last M; one when M = N. */
export const proofSubsets = (threshold: number, shares: number): readonly (readonly number[])[] => {
  const range = (from: number) => Array.from({ length: threshold }, (_, index) => from + index);
  return threshold === shares ? [range(1)] : [range(1), range(shares - threshold + 1)];
};
/** A deputy who was not needed and did not come, or a person in whose place a deputy acted: they have nothing to attest. */
const stayedAway = (state: CeremonyState, { id, role }: Person): boolean => hasRoomProtocol(state.plan) && DEPUTIES[role] !== undefined && !isPresent(state, id);
/** Everyone who signs the record: all with a credential that is not paper, but deputies who are not there. */
export const recordSigners = (state: CeremonyState): readonly Person[] => state.plan.people.filter((person) => person.credential.kind !== 'paper' && !stayedAway(state, person));
export const mustBePresent = (state: CeremonyState): readonly PersonId[] => [administratorOf(state.plan), witnessOf(state.plan), auditorOf(state.plan)];
/** Groups of people of whom so many must be here for the ceremony to go on. */
const groupsNeeded = onceAPlan((plan) => {
  const { kind } = plan.ceremony;
  const groups = [{ need: kind === 'share-check' ? 1 : plan.quorum.threshold, who: 'custodians', ids: custodiansOf(plan).map(({ id }) => id) }];
  if (kind === 're-share') groups.push({ need: plan.source!.set.threshold, who: 'holders of the old set', ids: plan.source!.set.holders.map(({ person }) => bringerOf(plan, person)) });
  return groups;
});
/** Who must be here for the ceremony to go on, in words that say what is missing; null when enough people are. */
export const tooFewOf = (plan: Plan, isHere: (id: PersonId) => boolean): string | null => {
  for (const { need, who, ids } of groupsNeeded(plan)) {
    let here = 0;
    for (const id of ids) if (isHere(id)) here++;
    if (here < need) return `${here} of ${need} needed ${who} are here`;
  }
  return null;
};
/** Bag numbers that this ceremony has used, on shares it issued or copies it accounted for. */
export const bagsInUse = (state: CeremonyState): readonly string[] => [
  ...setsOf(state).flatMap((set) => set.shares.flatMap((share) => [share.bag, share.card?.bag ?? null])),
  ...state.accounted.map((one) => one.bag), ...(state.plan.source?.copies ?? []).map((one) => one.bag),
  ...state.materials.map((one) => one.bag), ...(state.plan.materials ?? []).map((one) => one.bag),
].filter((bag): bag is string => bag !== null);
