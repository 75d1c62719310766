/**
 * Turns what a person asks into entries to write and work to start, or refuses. Pure: time comes in as data. Rules are not here but
 * in rules/: this file only says which entries a command means, and asks admit.
 */
import { assertNever } from '../assert-never.ts';
import type { EffectId, PersonId, Sha256Hex, StepId } from '../brand.ts';
import { charterDigest } from '../charter/charter-digest.ts';
import { plannedChanges } from './rules/enacts-the-plan.ts';
import { accept, refuse, type Refusal, type Result } from '../errors.ts';
import type { Draft } from '../transcript/entry-schema.ts';
import { admit } from './admit.ts';
import type { Command } from './commands.ts';
import { bagMatches } from './materials.ts';
import { administratorOf, hasRoomProtocol, materialsOf, witnessOf } from './people.ts';
import { answerMatches, expectedAnswer } from './prompt.ts';
import type { CheckStep, Operation } from './script-types.ts';
import { personOf, shareOf, signersOf, stepOf } from './select.ts';
import type { CeremonyState } from './state.ts';
import { tooFewInRoom } from './rules/duties-hold.ts';
import { comparisonOf, openRound, roundsOf } from './two-answers.ts';
import { wantedSetOf } from './wanted-set.ts';

/** Work that touches the world; each has a runner in electron/ceremony/effects that writes its own intent and result. */
export type Work =
  | { readonly kind: 'operation'; readonly operation: Operation }
  | { readonly kind: 'login' } | { readonly kind: 'print' } | { readonly kind: 'read-back' } | { readonly kind: 'write-card' } | { readonly kind: 'read-card-back' }
  | { readonly kind: 'read-share'; readonly presenter: PersonId; readonly holder: PersonId; readonly carrier: 'paper' | 'card' }
  | { readonly kind: 'destroy-copy'; readonly account: AccountCommand }
  | { readonly kind: 'sign'; readonly person: string } | { readonly kind: 'sign-record'; readonly person: string }
  | { readonly kind: 'void-set'; readonly reason: 'read-back' | 'rebuild' | 'person' }
  | { readonly kind: 'compare-answers' }
  | { readonly kind: 'abort' } | { readonly kind: 'postpone' };
export type AccountCommand = Extract<Command, { type: 'account' }>;
export interface Decision { readonly drafts: readonly Draft[]; readonly work: Work | null }

/** Stands in a body until the journal computes the commitment of `open[field]` under the line's salt. */
export const COMMITTED = { commitment: '0'.repeat(64) as Sha256Hex };

const only = (...drafts: readonly Draft[]): Decision => ({ drafts, work: null });
const work = (one: Work): Decision => ({ drafts: [], work: one });

const decideConfirm = (state: CeremonyState, command: Extract<Command, { type: 'confirm' }>): Result<Decision> => {
  const step = stepOf(state);
  // A start after an interruption may find both answers and no comparison.
  if (step?.kind === 'check' && step.answeredBy && openRound(state, step).length === 2) return accept(work({ kind: 'compare-answers' }));
  if (step && (step.kind === 'login' || step.kind === 'handover')) return refuse('RULE_ACTOR_ACTS', { reason: 'this step ends by itself', entry: 'step-completed' });
  const actor = step?.kind === 'check' || step?.kind === 'prove' ? 'app' as const : command.by;
  return accept(only({ type: 'step-completed', actor, body: { step: command.step } }));
};

/** What follows once both people have answered the open check; nothing before that. Asked when both answers are in the journal, each with its time. */
export const comparison = (state: CeremonyState): readonly Draft[] => {
  const step = stepOf(state);
  const round = step?.kind === 'check' && step.answeredBy ? openRound(state, step) : [];
  if (step?.kind !== 'check' || round.length !== 2) return [];
  const body = comparisonOf(state, step, round);
  const done: Draft = { type: 'step-completed', actor: 'app', body: { step: step.id } };
  return [{ type: 'answers-compared', actor: 'app', body }, ...(body.answers.every(({ matches }) => matches) ? [done] : [])];
};

/** The first answer stands alone; the second is followed by the comparison of both. */
const answerOfTwo = (state: CeremonyState, step: CheckStep, { by, value }: Extract<Command, { type: 'answer' }>): Decision => ({
  drafts: [{ type: 'answer', actor: by, body: { step: step.id, check: step.check, value, attempt: roundsOf(state, step) + 1 } }],
  work: openRound(state, step).length === 0 ? null : { kind: 'compare-answers' },
});

const decideAnswer = (state: CeremonyState, command: Extract<Command, { type: 'answer' }>, now: string): Result<Decision> => {
  const step = stepOf(state);
  if (step?.kind !== 'check') return refuse('RULE_STEP_KIND', { reason: 'this step asks for no answer', entry: 'answer' });
  if (step.answeredBy) return accept(answerOfTwo(state, step, command));
  const expected = expectedAnswer(state, step, now);
  const matches = answerMatches(step.check, command.value, expected);
  const attempt = (state.answers[step.id]?.length ?? 0) + 1;
  const answer: Draft = { type: 'answer', actor: command.by, body: { step: command.step, check: step.check, value: command.value, expected, matches, attempt } };
  return accept(matches ? only(answer, { type: 'step-completed', actor: 'app', body: { step: command.step } }) : only(answer));
};

const decideSeal = (state: CeremonyState, command: Extract<Command, { type: 'seal' }>): Result<Decision> => {
  const step = stepOf(state);
  if (step?.kind !== 'handover') return refuse('RULE_STEP_KIND', { reason: 'no share is being handed over', entry: 'sealed' });
  if (command.bagByCustodian !== command.bagByWitness) return refuse('RULE_READ_BACK_FIRST', { reason: 'the two bag numbers differ', entry: 'sealed' });
  const witness = witnessOf(state.plan);
  return accept(only(
    { type: 'sealed', actor: witness, body: { step: command.step, share: step.shareNumber, bag: command.bagByCustodian, custodian: step.custodian, witness, ...(command.cardBag ? { cardBag: command.cardBag } : {}) } },
    { type: 'step-completed', actor: 'app', body: { step: command.step } },
  ));
};

const decideException = (state: CeremonyState, command: Extract<Command, { type: 'exception' }>): Result<Decision> => {
  const step = state.current, { expected, decidedBy } = command;
  if (!step) return refuse('RULE_ONE_STEP_OPEN', { reason: 'no step is open', entry: 'exception' });
  return accept(only({
    type: 'exception', actor: command.noticedBy, open: { what: command.what, done: command.done, ...(expected === undefined ? {} : { expected }) },
    body: { number: state.exceptions.length + 1, kind: command.kind, step, what: COMMITTED, done: COMMITTED, effect: command.effect, noticedBy: command.noticedBy, ...(expected === undefined ? {} : { expected: COMMITTED }), ...(decidedBy === undefined ? {} : { decidedBy }) },
  }));
};

const decideObjection = (command: Extract<Command, { type: 'object' }>): Decision => only(
  { type: 'objection', actor: command.person, open: { words: command.words }, body: { step: command.step, person: command.person, words: COMMITTED } },
  { type: 'paused', actor: 'app', open: { text: command.words }, body: { reason: 'objection', text: COMMITTED, stayed: [] } },
);

const decideSign = (state: CeremonyState, command: Extract<Command, { type: 'sign' }>): Result<Decision> => {
  const step = stepOf(state);
  if (step?.kind !== 'sign' && step?.kind !== 'prove') return refuse('RULE_HOLD_POINT', { reason: 'no hold point is open', entry: 'signoff' });
  const person = personOf(state, command.person);
  const asked = step.kind === 'sign' ? step.actors.includes(command.person) : step.custodian === command.person;
  if (!person || !asked || person.credential.kind === 'paper' || signersOf(state, step.id).includes(command.person))
    return refuse('RULE_CUSTODIAN_SIGNS_ONCE', { reason: 'this person does not sign here, or has signed', entry: 'signoff' });
  return accept(work({ kind: 'sign', person: command.person }));
};

const decideRun = (state: CeremonyState): Result<Decision> => {
  const step = stepOf(state);
  if (step?.kind === 'machine' && step.operation === 'supersede') return decideSupersede(state);
  if (step?.kind === 'machine' && step.operation === 'enact') return decideEnact(state, step.id);
  return step?.kind === 'machine' ? accept(work({ kind: 'operation', operation: step.operation })) : refuse('RULE_STEP_KIND', { reason: 'no machine step is open', entry: 'intent' });
};

const decideReadBack = (state: CeremonyState, carrier: 'paper' | 'card'): Result<Decision> => {
  const step = stepOf(state);
  const share = step?.kind === 'handover' ? shareOf(state, step.shareNumber) : null;
  const out = carrier === 'paper' ? share?.paper === 'printed' : share?.card?.status === 'written';
  return out ? accept(work({ kind: carrier === 'paper' ? 'read-back' : 'read-card-back' })) : refuse('RULE_READ_BACK_FIRST', { reason: carrier === 'paper' ? 'no sheet of this share is out' : 'the card was not written', entry: 'read-back' });
};

/** Refused before the person is asked for a share that could not be recorded. Its own number is known only from the holder who brings it. */
const decideReadShare = (state: CeremonyState, command: Extract<Command, { type: 'read-share' }>): Result<Decision> => {
  const step = stepOf(state);
  const set = wantedSetOf(state);
  if (!step || !set) return refuse('RULE_SHARE_WANTED', { reason: 'no share is asked for', entry: 'share-read' });
  const holder = set?.holders.find((one) => one.person === command.holder);
  if (!holder) return refuse('RULE_SHARE_WANTED', { reason: 'not a holder of this set', entry: 'share-read' });
  const body = { step: step.id, setId: set.setId, share: holder.number, person: command.holder, presenter: command.presenter, carrier: command.carrier, how: command.carrier === 'card' ? 'card' as const : 'typed' as const, commitment: set.manifestSha256 };
  const refusal = admit(state, { type: 'share-read', actor: command.presenter, body });
  return refusal ?? accept(work({ kind: 'read-share', presenter: command.presenter, holder: command.holder, carrier: command.carrier }));
};

const decideUnproved = (state: CeremonyState, command: Extract<Command, { type: 'unproved' }>): Result<Decision> => {
  const step = stepOf(state);
  if (step?.kind !== 'prove') return refuse('RULE_SHARE_WANTED', { reason: 'no share is being checked', entry: 'share-unproved' });
  return accept(only({ type: 'share-unproved', actor: witnessOf(state.plan), body: { step: step.id, share: step.shareNumber, person: step.custodian, reason: command.reason } }));
};

/** The entry that accounts for a copy. @param effect what the app itself deleted, or null */
export const accountEntry = (state: CeremonyState, command: AccountCommand, effect: EffectId | null): Draft => {
  const witness = witnessOf(state.plan), { step, copy, outcome, method, bag, by } = command;
  return { type: 'copy-accounted', actor: by, body: { step, copy, outcome, method, bag, by, witness, effect } };
};
const decideAccount = (state: CeremonyState, command: AccountCommand): Result<Decision> =>
  accept(command.outcome === 'destroyed' && command.copy.kind !== 'sheet' ? work({ kind: 'destroy-copy', account: command }) : only(accountEntry(state, command, null)));

const decideMaterial = (state: CeremonyState, { step: id, item, present, bagByHolder, bagByWitness, intact, by }: Extract<Command, { type: 'material' }>): Result<Decision> => {
  const step = stepOf(state), planned = materialsOf(state.plan).find((one) => one.id === item);
  if (step?.kind !== 'materials' || planned === undefined) return refuse('RULE_MATERIALS_CALLED', { reason: 'this is not called here', entry: 'material' });
  if (bagByHolder !== bagByWitness) return refuse('RULE_MATERIALS_CALLED', { reason: 'the two bag numbers differ', entry: 'material' });
  const witness = witnessOf(state.plan), bag = bagByHolder;
  return accept(only({ type: 'material', actor: witness, body: { step: id, item, when: step.when, present, bag, intact, matches: bagMatches(planned, step.when, present, bag), by, witness } }));
};

const decideSupersede = (state: CeremonyState): Result<Decision> => {
  const old = state.plan.source?.set.setId, fresh = state.set?.setId;
  if (old === undefined || fresh === undefined || !state.current) return refuse('RULE_PROVED_BEFORE_SUPERSEDED', { reason: 'not the sets of this ceremony', entry: 'set-superseded' });
  return accept(only({ type: 'set-superseded', actor: 'app', body: { step: state.current, setId: old, by: fresh } }));
};

/** What is left to record of the new charter: a start after an interruption goes on where the entries end. */
const decideEnact = (state: CeremonyState, step: StepId): Result<Decision> => {
  const { charter } = state.plan;
  if (charter === undefined || state.charter !== null) return refuse('RULE_ENACTS_THE_PLAN', { reason: 'no charter is left to enact', entry: 'charter-enacted' });
  const left = plannedChanges(state.plan).slice(state.memberChanges.length);
  return accept(only(
    ...left.map((change): Draft => ({ type: 'member-changed', actor: 'app', body: { step, ...change } })),
    { type: 'charter-enacted', actor: 'app', body: { step, sha256: charterDigest(charter) } },
  ));
};

/** Whoever is absent does not record it themselves. */
const decidePresence = ({ plan }: CeremonyState, { step, person, present, identity }: Extract<Command, { type: 'mark-present' }>): Decision => {
  const administrator = administratorOf(plan), actor = hasRoomProtocol(plan) && person === administrator && !present ? witnessOf(plan) : administrator;
  return only({ type: 'presence', actor, body: { step, person, present, identity: present ? identity : 'absent' } });
};

const mean = (state: CeremonyState, command: Command, now: string): Result<Decision> => {
  switch (command.type) {
    case 'confirm': return decideConfirm(state, command);
    case 'mark-present': return accept(decidePresence(state, command));
    case 'deputise': return accept(only({ type: 'deputised', actor: witnessOf(state.plan), open: { reason: command.reason }, body: { step: command.step, for: command.for, by: command.by, reason: COMMITTED } }));
    case 'answer': return decideAnswer(state, command, now);
    case 'run': return decideRun(state);
    case 'login': return accept(work({ kind: 'login' }));
    case 'sign': return decideSign(state, command);
    case 'object': return accept(decideObjection(command));
    case 'print-sheet': return accept(work({ kind: 'print' }));
    case 'read-back': return decideReadBack(state, 'paper');
    case 'read-card-back': return decideReadBack(state, 'card');
    case 'write-card': return accept(work({ kind: 'write-card' }));
    case 'read-share': return decideReadShare(state, command);
    case 'unproved': return decideUnproved(state, command);
    case 'account': return decideAccount(state, command);
    case 'destroy-sheet': return accept(only({ type: 'sheet-destroyed', actor: command.witness, body: { step: command.step, share: command.share, attempt: command.attempt, witness: command.witness } }));
    case 'seal': return decideSeal(state, command);
    case 'void-set': return accept(work({ kind: 'void-set', reason: command.reason }));
    case 'exception': return decideException(state, command);
    case 'pause': return accept(only({ type: 'paused', actor: 'app', open: { text: command.text }, body: { reason: command.reason, text: COMMITTED, stayed: command.stayed, ...(command.sealed === undefined ? {} : { sealed: command.sealed }) } }));
    case 'resume': return accept(only({ type: 'resumed', actor: 'app', body: { present: command.present, serial: command.serial, ...(command.heads === undefined ? {} : { heads: command.heads }), ...(command.bags === undefined ? {} : { bags: command.bags }) } }));
    case 'abort': return accept({ drafts: [{ type: 'aborted', actor: command.by, open: { reason: command.reason }, body: { reason: COMMITTED, by: command.by } }], work: { kind: 'abort' } });
    case 'material': return decideMaterial(state, command);
    case 'postpone': return accept({ drafts: [{ type: 'postponed', actor: command.by, open: { reason: command.reason }, body: { reason: COMMITTED, until: command.until, by: command.by } }], work: { kind: 'postpone' } });
    case 'sign-record': return state.closing ? accept(work({ kind: 'sign-record', person: command.person })) : refuse('RULE_CLOSING_COMPLETE', { reason: 'the transcript is not closed yet', entry: 'record' });
    default: return assertNever(command);
  }
};

const staleStep = (state: CeremonyState, command: Command): Refusal | null =>
  'step' in command && command.step !== state.current ? refuse('RULE_ONE_STEP_OPEN', { reason: `step ${state.current ?? '-'} is open, not ${command.step}`, entry: command.type }) : null;

const IN_PAUSE: ReadonlySet<Command['type']> = new Set(['resume', 'exception', 'abort', 'postpone']), IN_PAUSE_OF_ROOM: ReadonlySet<Command['type']> = new Set(['mark-present', 'deputise']);
const mayInPause = ({ plan }: CeremonyState, { type }: Command): boolean => IN_PAUSE.has(type) || (IN_PAUSE_OF_ROOM.has(type) && hasRoomProtocol(plan));
/** Nobody is asked for a PIN or a share, and nothing is started, that could then not be recorded. */
const waitsForPeople = (work: Work | null): boolean => work !== null && work.kind !== 'abort' && work.kind !== 'postpone' && work.kind !== 'sign-record' && work.kind !== 'void-set';

/**
 * @param now the host's clock, ISO 8601 UTC with milliseconds.
 * @returns entries in order and at most one piece of work. Only the first entry is checked here: the host asks admit for each as it
 *   is written, since a later one is judged in the state after the earlier.
 */
export const decide = (state: CeremonyState, command: Command, now: string): Result<Decision> => {
  const stale = staleStep(state, command);
  if (stale) return stale;
  if (state.pause && !mayInPause(state, command)) return refuse('RULE_PAUSED_WAITS', { reason: 'the ceremony is paused', entry: command.type });
  const decision = mean(state, command, now);
  if (!decision.ok) return decision;
  const tooFew = waitsForPeople(decision.value.work) ? tooFewInRoom(state) : null;
  if (tooFew !== null) return refuse('RULE_DUTIES_HOLD', { reason: tooFew, entry: command.type });
  const first = decision.value.drafts[0];
  return (first && admit(state, first)) ?? decision;
};
