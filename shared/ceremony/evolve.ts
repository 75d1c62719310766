/** Folds entries into the state of a ceremony. Pure, and it judges nothing: admit.ts has said before that the entry may be. */
import type { EffectId, Sha256Hex, StepId } from '../brand.ts';
import { assertNever } from '../assert-never.ts';
import type { Body, Entry } from '../transcript/entry-schema.ts';
import { FIRST_PREV } from '../transcript/line.ts';
import { COPIED } from './lists.ts';
import type { Lists } from './lists.ts';
import { hasRoomProtocol } from './people.ts';
import type { Plan } from './plan-schema.ts';
import type { Script } from './script-types.ts';
import { allSteps, buildScript, firstOpen, stepOfOperation } from './build-script.ts';
import { withDeputy } from './stand-in.ts';
import type { CeremonyState, KeyFacts } from './state.ts';
import { afterRestart, evolveCustody } from './evolve-custody.ts';
import { evolveResult } from './evolve-result.ts';
import { changeShare, printed, readBack, sealed, sheetDestroyed, written } from './shares.ts';

const UNKNOWN_CLAIMS: KeyFacts['claims'] = { local: null, sensitive: null, extractable: null, alwaysSensitive: null, neverExtractable: null, sign: null, decrypt: null, derive: null, unwrap: null, mechanism: null };

/** Where a ceremony is about a key that exists, the key is known from the plan; nothing is claimed of it but what the plan says. */
const keyOfSource = ({ source, key }: Plan): KeyFacts | null => source === undefined || key === undefined ? null
  : { keyId: source.key.keyId, label: key.label, spki: source.key.spki, spkiSha256: source.key.spkiSha256, claims: UNKNOWN_CLAIMS, checks: [], seq: -1 };

/** The state before line 0. */
export const initialState = (plan: Plan, script: Script): CeremonyState => ({
  plan, script, count: 0, head: FIRST_PREV, lastAt: null, opening: null, current: null, completed: {}, openedAt: null, present: {}, deputised: [],
  answers: {}, preflight: [], loggedIn: [], moduleSha256: null, inventory: {}, openEffect: null, effects: 0, faults: [], key: keyOfSource(plan),
  certificate: null, set: null, issued: [], gatherings: [], refused: [], proofs: [], accounted: [], superseded: null, destroyedCopies: [], pinUncertain: false, pinChanged: null, printerTested: null, voided: [], backup: null, locked: null, wiped: false, signoffs: [], exceptions: [], memberChanges: [], charter: null, objections: [],
  pause: null, pauses: [], restarts: [], materials: [], ended: null, begun: false, closing: null,
});

const withFault = (state: CeremonyState, entry: Entry, fault: { code: string; details: Readonly<Record<string, unknown>> }, { append }: Lists): CeremonyState =>
  ({ ...state, faults: append(state.faults, { seq: entry.seq, code: fault.code, details: fault.details }) });

const completeStep = (state: CeremonyState, entry: Entry, step: StepId): CeremonyState => {
  const completed = { ...state.completed, [step]: { seq: entry.seq, at: entry.at } };
  return { ...state, completed, current: firstOpen(state.script, completed), faults: [] };
};

/** A void set: everything from its split on is to be done again, and its sheets are scrap. A PIN set leaves the wrapping set as it is. */
const voidSet = (state: CeremonyState, body: Body<'set-voided'>): CeremonyState => {
  const pin = state.set?.holds === 'pin';
  const splitStep = stepOfOperation(state.script, pin ? 'split-pin' : 'split')!.id;
  const steps = allSteps(state.script).map((step) => step.id);
  const from = steps.indexOf(splitStep);
  const completed = Object.fromEntries(Object.entries(state.completed).filter(([id]) => steps.indexOf(id as StepId) < from));
  const destroyed = (share: number, attempt: number) => state.set?.shares.some((facts) => facts.number === share && facts.destroyed.includes(attempt)) ?? false;
  const sheets = body.sheets.map((sheet) => ({ ...sheet, destroyed: destroyed(sheet.share, sheet.attempt) }));
  const voided = [...state.voided, { setId: body.setId, holds: state.set?.holds ?? 'wrapping-key', reason: body.reason, sheets, cards: (body.cards ?? []).map((card) => ({ ...card, erased: false })) }];
  return {
    // Where tokens are opened by shares, these may have to be gathered again before the split.
    ...state, completed, current: firstOpen(state.script, completed), faults: [], voided, signoffs: state.signoffs.filter((one) => steps.indexOf(one.step) < from),
    ...(pin ? { set: state.issued.at(-1) ?? null, issued: state.issued.slice(0, -1) } : { set: null, backup: null, gatherings: state.gatherings.map((one) => (one.holds === 'pin' ? one : { ...one, open: false })) }),
  };
};

const BEGINS: ReadonlySet<Entry['type']> = new Set(['share-read', 'share-refused', 'share-unproved', 'copy-accounted', 'member-changed', 'charter-enacted']);
/** A page on the printer is the only effect that touches no key and no card. */
const begins = (entry: Entry): boolean => (entry.type === 'intent' ? entry.body.intent.kind !== 'test-printer' : BEGINS.has(entry.type));

/** Under the room protocol the roll of a resume counts: who is not in it is not here. */
const calledAgain = ({ plan, present }: CeremonyState, { present: here }: Body<'resumed'>): CeremonyState['present'] => {
  if (!hasRoomProtocol(plan) || Object.keys(present).length === 0) return present;
  return Object.fromEntries(plan.people.map(({ id }) => {
    const before = present[id]?.identity ?? 'absent', known = before === 'absent' ? 'known' : before, isHere = here.includes(id);
    return [id, { present: isHere, identity: isHere ? known : 'absent' }];
  }));
};

/** The answers of the round get what came of the comparison. */
const compared = (state: CeremonyState, { step, attempt, answers }: Body<'answers-compared'>): CeremonyState => {
  const given = (state.answers[step] ?? []).map((one) => {
    const found = one.attempt === attempt ? answers.find(({ person }) => person === one.by) : undefined;
    return found ? { ...one, matches: found.matches, offset: found.offset } : one;
  });
  return { ...state, answers: { ...state.answers, [step]: given } };
};

const destroySheet = (state: CeremonyState, body: Body<'sheet-destroyed'>): CeremonyState => {
  const voided = state.voided.map((set) => ({ ...set, sheets: set.sheets.map((sheet) => (sheet.share === body.share && sheet.attempt === body.attempt ? { ...sheet, destroyed: true } : sheet)) }));
  const set = state.set?.shares.some((share) => share.number === body.share && share.attempts.includes(body.attempt))
    ? sheetDestroyed(state.set, body.share, body.attempt)
    : state.set;
  return { ...state, voided, set };
};

const evolveFailed = (state: CeremonyState, entry: Entry, body: Body<'failed'>, lists: Lists): CeremonyState => {
  const intent = state.openEffect?.intent;
  const pinUncertain = state.pinUncertain || (intent?.kind === 'change-pin' && body.happened !== 'no');
  const next = withFault({ ...state, openEffect: null, pinUncertain }, entry, body.fault, lists);
  // A print of which nobody knows counts as printed until a person accounts for the sheet.
  if (intent?.kind === 'print-sheet' && body.happened === 'unknown' && next.set)
    return { ...next, set: printed(next.set, intent.share, intent.attempt) };
  if (intent?.kind === 'write-card' && body.happened === 'unknown' && next.set) return { ...next, set: written(next.set, intent.share, null) };
  return next;
};

/** From here on everything follows the plan as it stands with the deputy. Who is stood in for is not here. */
const standIn = (state: CeremonyState, { body, seq, at }: Extract<Entry, { type: 'deputised' }>, { append }: Lists): CeremonyState => {
  const plan = withDeputy(state.plan, body);
  return {
    ...state, plan, script: buildScript(plan), present: { ...state.present, [body.for]: { present: false, identity: 'absent' } },
    deputised: append(state.deputised, { for: body.for, by: body.by, step: body.step, seq, at }),
  };
};

/** Only the last pause can be open: nobody pauses twice. */
const endPause = ({ pauses }: CeremonyState, { at }: Entry, { replaceLast }: Lists): CeremonyState['pauses'] => {
  const last = pauses.at(-1);
  return last?.to === null ? replaceLast(pauses, { ...last, to: at }) : pauses;
};

const evolveBody = (state: CeremonyState, entry: Entry, lists: Lists): CeremonyState => {
  const { append, change } = lists;
  switch (entry.type) {
    case 'opening': return { ...state, opening: entry.body, openedAt: entry.at, current: allSteps(state.script)[0]!.id };
    case 'step-completed': return completeStep(state, entry, entry.body.step);
    case 'presence': return { ...state, present: { ...state.present, [entry.body.person]: { present: entry.body.present, identity: entry.body.identity } } };
    case 'deputised': return standIn(state, entry, lists);
    case 'answer': {
      const { step, value, matches, attempt } = entry.body;
      return { ...state, answers: { ...state.answers, [step]: [...(state.answers[step] ?? []), { value, matches: matches ?? null, attempt, by: entry.actor, at: entry.at, offset: null }] } };
    }
    case 'answers-compared': return compared(state, entry.body);
    case 'preflight': return { ...state, preflight: entry.body.rows };
    case 'login': return { ...state, loggedIn: [...state.loggedIn.filter((serial) => serial !== entry.body.serial), entry.body.serial], moduleSha256: entry.body.moduleSha256, faults: [] };
    case 'login-failed': return withFault({ ...state, loggedIn: state.loggedIn.filter((serial) => serial !== entry.body.serial) }, entry, entry.body.fault, lists);
    case 'inventory': return { ...state, inventory: { ...state.inventory, [entry.body.when]: entry.body.tokens } };
    case 'intent': return change(state, { effects: state.effects + 1, openEffect: { effect: entry.body.effect, step: entry.body.step, seq: entry.seq, intent: entry.body.intent } });
    case 'result': return evolveResult({ ...state, openEffect: null, faults: [] }, entry.body.outcome, state.openEffect!, entry.seq);
    case 'failed': return evolveFailed(state, entry, entry.body, lists);
    case 'read-back': return { ...state, faults: [], set: state.set && readBack(state.set, entry.body.share, entry.body.carrier, entry.body.how) };
    case 'read-back-failed': return withFault({ ...state, set: state.set && changeShare(state.set, entry.body.share, (share) => ({ readBackFaults: share.readBackFaults + 1 })) }, entry, entry.body.fault, lists);
    case 'sheet-destroyed': return destroySheet(state, entry.body);
    case 'sealed': return { ...state, set: state.set && sealed(state.set, entry.body.share, entry.body.bag, entry.body.cardBag ?? null) };
    case 'set-voided': return voidSet(state, entry.body);
    case 'exception': { const { number, kind, step, effect, noticedBy, decidedBy } = entry.body; return change(state, { exceptions: append(state.exceptions, { number, kind, step, effect, noticedBy, decidedBy: decidedBy ?? null, seq: entry.seq, at: entry.at }) }); }
    case 'paused': { const pause = { seq: entry.seq, at: entry.at, reason: entry.body.reason, stayed: entry.body.stayed, sealed: entry.body.sealed ?? [] }; return change(state, { pause, pauses: append(state.pauses, { seq: entry.seq, from: entry.at, to: null, reason: pause.reason, stayed: pause.stayed }) }); }
    case 'resumed': return change(state, { present: calledAgain(state, entry.body), pause: null, pauses: endPause(state, entry, lists) });
    case 'objection': return { ...state, objections: append(state.objections, { seq: entry.seq, step: entry.body.step, person: entry.body.person }) };
    case 'signoff': return change(state, { signoffs: append(state.signoffs, { person: entry.body.person, step: entry.body.step, seq: entry.seq, at: entry.at, method: entry.body.method, head: state.head }) });
    case 'restarted': return { ...afterRestart(state), loggedIn: [], restarts: append(state.restarts, { seq: entry.seq, found: entry.body.found }) };
    case 'share-read':
    case 'share-refused':
    case 'share-unproved':
    case 'copy-accounted':
    case 'set-superseded': return evolveCustody(state, entry);
    case 'member-changed': { const { person, change, keyBefore, keyAfter } = entry.body; return { ...state, memberChanges: append(state.memberChanges, { person, change, keyBefore, keyAfter, seq: entry.seq }) }; }
    case 'charter-enacted': return { ...state, charter: { sha256: entry.body.sha256, seq: entry.seq, at: entry.at } };
    case 'material': return { ...state, materials: append(state.materials, { ...entry.body, seq: entry.seq, at: entry.at }) };
    case 'repair': return state;
    case 'aborted':
    case 'postponed': return { ...state, current: null, pause: null, openEffect: null, ended: entry.type };
    case 'closing': return { ...state, closing: entry.body, current: null };
    default: return assertNever(entry);
  }
};

type Place = 'count' | 'head' | 'lastAt' | 'begun';
type Placed = Omit<CeremonyState, Place> & { -readonly [K in Place]: CeremonyState[K] };
/**
 * @param head SHA-256 of this entry's line as written, newline included. @param lists whether the state before may be used up.
 * @returns the state after the entry. Does not check it: call admit first.
 */
export const evolve = (state: CeremonyState, entry: Entry, head: Sha256Hex, lists: Lists = COPIED): CeremonyState => {
  const begun = state.begun || begins(entry), next = evolveBody(state, entry, lists), after: Placed = next === state ? lists.change(state, {}) : next;
  after.count = entry.seq + 1;
  after.head = head;
  after.lastAt = entry.at;
  after.begun = begun;
  return after;
};

/** The id of the next intent. */
export const nextEffect = (state: CeremonyState): EffectId => `e${state.effects + 1}` as EffectId;
