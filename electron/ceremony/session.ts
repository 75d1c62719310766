/** One ceremony that is open in this process: its folder, journal and state, and the only way to add an entry. */
import type { EffectId, StepId } from '../../shared/brand.ts';
import { admit } from '../../shared/ceremony/admit.ts';
import { buildScript } from '../../shared/ceremony/build-script.ts';
import { evolve, initialState, nextEffect } from '../../shared/ceremony/evolve.ts';
import { frozenPlan } from '../../shared/ceremony/parse-plan.ts';
import type { CeremonyState } from '../../shared/ceremony/state.ts';
import { AppError, toFault, type Fault } from '../../shared/errors.ts';
import type { Activity } from '../../shared/ipc/snapshot.ts';
import type { Body, Draft, Entry, Intent, Outcome } from '../../shared/transcript/entry-schema.ts';
import type { Opening } from '../../shared/transcript/openings.ts';
import { openJournal, type Torn } from '../archive/journal.ts';
import { readText, type Folder } from '../archive/folders.ts';
import type { HostPorts } from './ports.ts';

export interface Session {
  readonly folder: Folder;
  readonly ports: HostPorts;
  readonly planText: string;
  readonly state: CeremonyState;
  readonly entries: readonly Entry[];
  readonly openings: readonly Opening[];
  readonly torn: Torn | null;
  /** Set when a write failed: nothing more is written, the folder must be opened again. */
  readonly broken: Fault | null;
  /** Asks the rules, writes, folds. Entries are judged one after the other. @throws RULE_… when a rule refuses. */
  append(...drafts: readonly Draft[]): Promise<void>;
  /** Runs `work` while nobody else appends, for work that depends on the head. */
  exclusive<T>(work: (append: (draft: Draft) => Promise<void>) => Promise<T>): Promise<T>;
  /** Writes an intent for the open step and gives its id. */
  intend(intent: Intent): Promise<EffectId>;
  conclude(effect: EffectId, outcome: Outcome): Promise<void>;
  fail(effect: EffectId, error: unknown, happened: Body<'failed'>['happened']): Promise<void>;
  setActivity(activity: Activity | null): void;
  readonly activity: Activity | null;
}

/** Entries are never earlier than the one before, even when the computer's clock went back; the air-gap check shows the clock. */
const timeOf = (now: Date, last: string | null): string => {
  const at = now.toISOString();
  return last !== null && at < last ? last : at;
};

const replayed = (planText: string, entries: readonly { entry: Entry; head: CeremonyState['head'] }[]): CeremonyState => {
  const plan = frozenPlan(planText);
  let state = initialState(plan, buildScript(plan));
  for (const { entry, head } of entries) {
    const refusal = admit(state, entry);
    if (refusal) throw new AppError('TRANSCRIPT_REPLAY', { seq: entry.seq, rule: refusal.fault.code });
    state = evolve(state, entry, head);
  }
  return state;
};

const queue = () => {
  let last: Promise<unknown> = Promise.resolve();
  return <T>(work: () => Promise<T>): Promise<T> => {
    const next = last.then(work, work);
    last = next.catch(() => undefined);
    return next;
  };
};

/**
 * Opens a ceremony folder for writing and replays it.
 * @throws TRANSCRIPT_… or PLAN_… when what is on disk is not what was written; such a ceremony is not continued.
 */
export const openSession = async (ports: HostPorts, folder: Folder, changed: () => void): Promise<Session> => {
  const planText = await readText(ports.disk, folder.path, 'plan.json');
  const journal = await openJournal(ports.disk, folder.path, ports.random);
  const inOrder = queue();
  let state = replayed(planText, journal.entries);
  let broken: Fault | null = null;
  let activity: Activity | null = null;

  const write = async (draft: Draft): Promise<void> => {
    if (broken) throw new AppError(broken.code, broken.details);
    const refusal = admit(state, draft);
    if (refusal) throw new AppError(refusal.fault.code, refusal.fault.details);
    try {
      const written = await journal.append(draft, timeOf(ports.now(), state.lastAt));
      state = evolve(state, written.entry, written.head);
    } catch (error) { broken = toFault(error); throw error; }
    changed();
  };
  const step = (): StepId => {
    if (!state.current) throw new AppError('RULE_ONE_STEP_OPEN', { reason: 'no step is open', entry: 'intent' });
    return state.current;
  };
  const append = (...drafts: readonly Draft[]): Promise<void> => inOrder(async () => { for (const draft of drafts) await write(draft); });
  return {
    folder, ports, planText,
    get state() { return state; },
    get entries() { return journal.entries.map((written) => written.entry); },
    get openings() { return journal.openings; },
    torn: journal.torn,
    get broken() { return broken; },
    append,
    exclusive: (work) => inOrder(() => work(write)),
    intend: (intent) => inOrder(async () => {
      const effect = nextEffect(state);
      await write({ type: 'intent', actor: 'app', body: { effect, step: step(), intent } });
      return effect;
    }),
    conclude: (effect, outcome) => append({ type: 'result', actor: 'app', body: { effect, step: step(), outcome } }),
    fail: (effect, error, happened) => append({ type: 'failed', actor: 'app', body: { effect, step: step(), fault: faultBody(error), happened } }),
    setActivity: (next) => { activity = next; changed(); },
    get activity() { return activity; },
  };
};

/** A fault as an entry keeps it: code and plain details. */
export const faultBody = (error: unknown): Body<'failed'>['fault'] => {
  const { code, details } = toFault(error);
  const plain = Object.entries(details).map(([name, value]) => [name, Array.isArray(value) ? [...value] as string[] : value] as const);
  return { code, details: Object.fromEntries(plain) as Body<'failed'>['fault']['details'] };
};
