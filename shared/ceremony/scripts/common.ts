/** Steps and acts that several kinds of ceremony share. Numbers are given by build-script.ts. */
import { administratorOf, bringerOf, custodiansOf, gatheredSetOf, hasRoomProtocol, issuesPinSet, pinPeopleOf, witnessOf } from '../people.ts';
import type { KeyPlan, Plan, SetRef } from '../plan-schema.ts';
import type { Operation } from '../script-types.ts';
import * as custody from '../../text/custody-script.ts';
import * as words from '../../text/script.ts';
import type { PersonId } from '../../brand.ts';
import type { ActDraft, StepDraft } from '../step-draft.ts';
import { materials } from './materials.ts';
import { planWords, previousHead, serial, wallClock } from './checks.ts';

export const say = (plan: Plan, text: words.StepWords): StepDraft => ({ kind: 'say', ...text, actors: [administratorOf(plan)], irreversible: false, expectedMinutes: 1 });
export const machine = (plan: Plan, operation: Operation, text: words.StepWords, more: { irreversible?: boolean; expectedMinutes?: number } = {}): StepDraft =>
  ({ kind: 'machine', operation, ...text, actors: [administratorOf(plan)], irreversible: more.irreversible ?? false, expectedMinutes: more.expectedMinutes ?? 1 });
export const signBy = (actors: readonly PersonId[], threshold: number, text: words.StepWords & { statement: string }): StepDraft =>
  ({ kind: 'sign', ...text, threshold, actors, irreversible: false, expectedMinutes: 5 });
/** Signed by the custodians of the plan. */
export const sign = (plan: Plan, text: words.StepWords & { statement: string }): StepDraft =>
  signBy(custodiansOf(plan).map((person) => person.id), plan.quorum.threshold, text);
/** Who brings the shares of a set: its holders in the plan, or the deputies in their places. */
export const holdersIn = (plan: Plan, set: SetRef): readonly PersonId[] =>
  set.holders.map((holder) => bringerOf(plan, holder.person)).filter((id) => plan.people.some((person) => person.id === id));

export const open = (plan: Plan, aim: string): ActDraft => ({
  title: 'Open', aim: 'We open the ceremony, say who is here, and check that the plan is the one we approved.',
  steps: [
    say(plan, words.readAim(aim)),
    { kind: 'roll-call', ...words.rollCall(), actors: [administratorOf(plan)], irreversible: false, expectedMinutes: 5 },
    planWords(plan),
    ...(plan.lastHead === undefined && !hasRoomProtocol(plan) ? [] : plan.parents?.map((_, index) => previousHead(plan, index)) ?? [previousHead(plan)]),
  ],
});

export const preflight = (plan: Plan): StepDraft => machine(plan, 'preflight', words.preflight(), { expectedMinutes: 5 });

export const gatherStep = (plan: Plan, set: SetRef): StepDraft =>
  ({ kind: 'gather', holds: set.holds, threshold: set.threshold, ...custody.gather(set), actors: [administratorOf(plan), ...holdersIn(plan, set)], irreversible: false, expectedMinutes: 3 * set.threshold });

/** Opens the tokens: a person or two type the PIN, or a quorum's shares give it. */
const openTokens = (plan: KeyPlan, both: boolean): readonly StepDraft[] => {
  const pinSet = gatheredSetOf(plan, 'pin');
  if (pinSet) return [gatherStep(plan, pinSet), machine(plan, 'open-pin', custody.openPin(plan))];
  const login = (token: 'first' | 'second'): StepDraft => ({ kind: 'login', token, ...words.login(plan, token), actors: pinPeopleOf(plan), irreversible: false, expectedMinutes: 2 });
  return [login('first'), ...(both ? [login('second')] : [])];
};

/** Looks at the machine and opens the tokens of the plan. */
export const environment = (plan: KeyPlan, both: boolean): ActDraft => ({
  title: 'Environment', aim: 'We look at the room, the computer and the HSM before we trust them.',
  steps: [
    ...materials(plan, 'in'), preflight(plan), wallClock(plan), serial(plan),
    ...(plan.sheets.test === true ? [machine(plan, 'test-printer', custody.testPrinter(), { expectedMinutes: 3 })] : []),
    ...openTokens(plan, both),
    machine(plan, 'inventory-before', words.inventory('before')),
  ],
});

const handovers = (plan: Plan, holds: SetRef['holds'], text: (share: number) => words.StepWords): readonly StepDraft[] => custodiansOf(plan).map((person, index): StepDraft =>
  ({ kind: 'handover', shareNumber: index + 1, custodian: person.id, holds, ...text(index + 1), actors: [person.id, witnessOf(plan)], irreversible: false, expectedMinutes: 5 }));

export const distribute = (plan: KeyPlan, act: number): ActDraft => ({
  title: 'Distribute', aim: 'We split a fresh wrapping key and give each custodian one share, one at a time.',
  steps: [machine(plan, 'split', words.split(plan)), ...handovers(plan, 'wrapping-key', (share) => words.handover(plan, share)), say(plan, words.actComplete(act))],
});

/** The User PIN goes to a PIN set; the vault is wiped at its end. Empty where the plan does not ask for it. */
export const holdPin = (plan: KeyPlan): readonly ActDraft[] => (!issuesPinSet(plan) ? [] : [{
  title: 'Hold the PIN by quorum', aim: 'We split a second secret, and the PIN of each HSM is derived from it from now on.',
  steps: [
    machine(plan, 'split-pin', custody.splitPin(plan)), ...handovers(plan, 'pin', (share) => custody.pinHandover(plan, share)),
    machine(plan, 'rebuild-pin', custody.rebuildPin(plan)), machine(plan, 'change-pin', custody.changePin(plan), { irreversible: true, expectedMinutes: 2 }),
    wipe(plan),
  ],
}]);
export const wipe = (plan: Plan): StepDraft => machine(plan, 'wipe', words.wipe());

export const close = (plan: Plan): ActDraft => ({
  title: 'Close', aim: 'We look back, close the transcript and sign the record.',
  steps: [...materials(plan, 'out'), say(plan, words.reviewExceptions()), machine(plan, 'close', words.close(), { irreversible: true })],
});
