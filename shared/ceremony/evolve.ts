/** Folds entries into the state of a ceremony. Pure, and it judges nothing: admit.ts has said before that the entry may be. */
import type { EffectId, Sha256Hex, StepId } from '../brand.ts';
import { assertNever } from '../assert-never.ts';
import type { Body, Entry } from '../transcript/entry-schema.ts';
import { FIRST_PREV } from '../transcript/line.ts';
import type { Plan } from './plan-schema.ts';
import type { Script } from './script-types.ts';
import { allSteps, nextStep, stepOfOperation } from './build-script.ts';
import type { CeremonyState, SetFacts, ShareFacts } from './state.ts';
import { evolveResult } from './evolve-result.ts';

/** The state before line 0. */
export const initialState = (plan: Plan, script: Script): CeremonyState => ({
  plan, script, count: 0, head: FIRST_PREV, lastAt: null, opening: null, current: null, completed: {}, openedAt: null, present: {},
  answers: {}, preflight: [], loggedIn: [], moduleSha256: null, inventory: {}, openEffect: null, effects: 0, faults: [], key: null,
  certificate: null, set: null, voided: [], backup: null, locked: null, wiped: false, signoffs: [], exceptions: [], objections: [],
  pause: null, pauses: [], restarts: [], closing: null,
});

const changeShare = (set: SetFacts, number: number, change: (share: ShareFacts) => Partial<ShareFacts>): SetFacts =>
  ({ ...set, shares: set.shares.map((share) => (share.number === number ? { ...share, ...change(share) } : share)) });

const withFault = (state: CeremonyState, entry: Entry, fault: { code: string; details: Readonly<Record<string, unknown>> }): CeremonyState =>
  ({ ...state, faults: [...state.faults, { seq: entry.seq, code: fault.code, details: fault.details }] });

const completeStep = (state: CeremonyState, entry: Entry, step: StepId): CeremonyState => ({
  ...state, completed: { ...state.completed, [step]: { seq: entry.seq, at: entry.at } }, current: nextStep(state.script, step)?.id ?? null, faults: [],
});

/** A void set: everything from the split on is to be done again, and its sheets are scrap. */
const voidSet = (state: CeremonyState, body: Body<'set-voided'>): CeremonyState => {
  const splitStep = stepOfOperation(state.script, 'split')!.id;
  const steps = allSteps(state.script).map((step) => step.id);
  const from = steps.indexOf(splitStep);
  const completed = Object.fromEntries(Object.entries(state.completed).filter(([id]) => steps.indexOf(id as StepId) < from));
  const destroyed = (share: number, attempt: number) => state.set?.shares.some((facts) => facts.number === share && facts.destroyed.includes(attempt)) ?? false;
  const sheets = body.sheets.map((sheet) => ({ ...sheet, destroyed: destroyed(sheet.share, sheet.attempt) }));
  return { ...state, set: null, backup: null, completed, current: splitStep, faults: [], voided: [...state.voided, { setId: body.setId, reason: body.reason, sheets }], signoffs: state.signoffs.filter((one) => steps.indexOf(one.step) < from) };
};

const destroySheet = (state: CeremonyState, body: Body<'sheet-destroyed'>): CeremonyState => {
  const voided = state.voided.map((set) => ({ ...set, sheets: set.sheets.map((sheet) => (sheet.share === body.share && sheet.attempt === body.attempt ? { ...sheet, destroyed: true } : sheet)) }));
  const set = state.set?.shares.some((share) => share.number === body.share && share.attempts.includes(body.attempt))
    ? changeShare(state.set, body.share, (share) => ({ destroyed: [...share.destroyed, body.attempt], status: 'waiting' }))
    : state.set;
  return { ...state, voided, set };
};

const evolveFailed = (state: CeremonyState, entry: Entry, body: Body<'failed'>): CeremonyState => {
  const intent = state.openEffect?.intent;
  const next = withFault({ ...state, openEffect: null }, entry, body.fault);
  // A print of which nobody knows counts as printed until a person accounts for the sheet.
  if (intent?.kind === 'print-sheet' && body.happened === 'unknown' && next.set)
    return { ...next, set: changeShare(next.set, intent.share, (share) => ({ status: 'printed', attempts: [...share.attempts, intent.attempt] })) };
  return next;
};

const evolveBody = (state: CeremonyState, entry: Entry): CeremonyState => {
  switch (entry.type) {
    case 'opening': return { ...state, opening: entry.body, openedAt: entry.at, current: allSteps(state.script)[0]!.id };
    case 'step-completed': return completeStep(state, entry, entry.body.step);
    case 'presence': return { ...state, present: { ...state.present, [entry.body.person]: { present: entry.body.present, identity: entry.body.identity } } };
    case 'answer': {
      const { step, value, matches, attempt } = entry.body;
      return { ...state, answers: { ...state.answers, [step]: [...(state.answers[step] ?? []), { value, matches, attempt, by: entry.actor }] } };
    }
    case 'preflight': return { ...state, preflight: entry.body.rows };
    case 'login': return { ...state, loggedIn: [...state.loggedIn.filter((serial) => serial !== entry.body.serial), entry.body.serial], moduleSha256: entry.body.moduleSha256, faults: [] };
    case 'login-failed': return withFault({ ...state, loggedIn: state.loggedIn.filter((serial) => serial !== entry.body.serial) }, entry, entry.body.fault);
    case 'inventory': return { ...state, inventory: { ...state.inventory, [entry.body.when]: entry.body.tokens } };
    case 'intent': return { ...state, effects: state.effects + 1, openEffect: { effect: entry.body.effect, step: entry.body.step, seq: entry.seq, intent: entry.body.intent } };
    case 'result': return evolveResult({ ...state, openEffect: null, faults: [] }, entry.body.outcome, state.openEffect!.intent, entry.seq);
    case 'failed': return evolveFailed(state, entry, entry.body);
    case 'read-back': return { ...state, faults: [], set: state.set && changeShare(state.set, entry.body.share, () => ({ status: 'read-back' })) };
    case 'read-back-failed': return withFault({ ...state, set: state.set && changeShare(state.set, entry.body.share, (share) => ({ readBackFaults: share.readBackFaults + 1 })) }, entry, entry.body.fault);
    case 'sheet-destroyed': return destroySheet(state, entry.body);
    case 'sealed': return { ...state, set: state.set && changeShare(state.set, entry.body.share, () => ({ status: 'sealed', bag: entry.body.bag })) };
    case 'set-voided': return voidSet(state, entry.body);
    case 'exception': { const { number, kind, step, effect, noticedBy } = entry.body; return { ...state, exceptions: [...state.exceptions, { number, kind, step, effect, noticedBy, seq: entry.seq, at: entry.at }] }; }
    case 'paused': { const pause = { seq: entry.seq, at: entry.at, reason: entry.body.reason, stayed: entry.body.stayed }; return { ...state, pause, pauses: [...state.pauses, { seq: entry.seq, from: entry.at, to: null, reason: pause.reason, stayed: pause.stayed }] }; }
    case 'resumed': return { ...state, pause: null, pauses: state.pauses.map((pause) => (pause.to === null ? { ...pause, to: entry.at } : pause)) };
    case 'objection': return { ...state, objections: [...state.objections, { seq: entry.seq, step: entry.body.step, person: entry.body.person }] };
    case 'signoff': return { ...state, signoffs: [...state.signoffs, { person: entry.body.person, step: entry.body.step, seq: entry.seq, at: entry.at, method: entry.body.method, head: state.head }] };
    case 'restarted': return { ...state, loggedIn: [], restarts: [...state.restarts, { seq: entry.seq, found: entry.body.found }] };
    case 'repair': return state;
    case 'aborted': return { ...state, current: null, pause: null, openEffect: null };
    case 'closing': return { ...state, closing: entry.body, current: null };
    default: return assertNever(entry);
  }
};

/**
 * @param head SHA-256 of this entry's line as written, newline included.
 * @returns the state after the entry. Does not check it: call admit first.
 */
export const evolve = (state: CeremonyState, entry: Entry, head: Sha256Hex): CeremonyState =>
  ({ ...evolveBody(state, entry), count: entry.seq + 1, head, lastAt: entry.at });

/** The id of the next intent. */
export const nextEffect = (state: CeremonyState): EffectId => `e${state.effects + 1}` as EffectId;
