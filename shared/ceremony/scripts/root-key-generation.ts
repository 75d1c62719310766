/** The script of a root key generation. Numbers are given by build-script.ts; here is only what comes after what. */
import type { Plan } from '../plan-schema.ts';
import type { Operation } from '../script-types.ts';
import { administratorOf, auditorOf, custodiansOf, pinPeopleOf, witnessOf } from '../people.ts';
import * as words from '../../text/script.ts';
import type { ActDraft, StepDraft } from '../step-draft.ts';

const say = (plan: Plan, text: words.StepWords): StepDraft => ({ kind: 'say', ...text, actors: [administratorOf(plan)], irreversible: false, expectedMinutes: 1 });
const machine = (plan: Plan, operation: Operation, text: words.StepWords, more: { irreversible?: boolean; expectedMinutes?: number } = {}): StepDraft =>
  ({ kind: 'machine', operation, ...text, actors: [administratorOf(plan)], irreversible: more.irreversible ?? false, expectedMinutes: more.expectedMinutes ?? 1 });
const sign = (plan: Plan, text: words.StepWords & { statement: string }): StepDraft =>
  ({ kind: 'sign', ...text, threshold: plan.quorum.threshold, actors: custodiansOf(plan).map((person) => person.id), irreversible: false, expectedMinutes: 5 });

const open = (plan: Plan): ActDraft => ({
  title: 'Open', aim: 'We open the ceremony, say who is here, and check that the plan is the one we approved.',
  steps: [
    say(plan, words.readAim(`This ceremony makes the root key ${words.keyName(plan)} for ${plan.ceremony.organisation}, gives it a certificate, and ${plan.key.backup.kind === 'split' ? 'splits and proves its backup' : 'locks it without a backup'}.`)),
    { kind: 'roll-call', ...words.rollCall(), actors: [administratorOf(plan)], irreversible: false, expectedMinutes: 5 },
    { kind: 'check', check: 'plan-words', ...words.checkPlanWords(), hint: 'two words of the plan digest', answerLabel: 'Words as read from the printed script', actors: [administratorOf(plan), witnessOf(plan)], irreversible: false, expectedMinutes: 2 },
  ],
});

const environment = (plan: Plan): ActDraft => {
  const login = (token: 'first' | 'second'): StepDraft => ({ kind: 'login', token, ...words.login(plan, token), actors: pinPeopleOf(plan), irreversible: false, expectedMinutes: 2 });
  return {
    title: 'Environment', aim: 'We look at the room, the computer and the HSM before we trust them.',
    steps: [
      machine(plan, 'preflight', words.preflight(), { expectedMinutes: 5 }),
      { kind: 'check', check: 'wall-clock', ...words.wallClock(), hint: 'hours and minutes, 24 h, UTC', answerLabel: 'Time as read from the wall clock', actors: [administratorOf(plan), witnessOf(plan)], irreversible: false, expectedMinutes: 1 },
      { kind: 'check', check: 'hsm-serial', ...words.hsmSerial(plan), hint: 'all characters', answerLabel: 'Serial number as read', actors: [administratorOf(plan), witnessOf(plan)], irreversible: false, expectedMinutes: 2 },
      login('first'),
      ...(plan.key.backup.kind === 'split' ? [login('second')] : []),
      machine(plan, 'inventory-before', words.inventory('before')),
    ],
  };
};

const generate = (plan: Plan): ActDraft => ({
  title: 'Generate', aim: 'We make the key pair in the HSM and give it its certificate.',
  steps: [
    sign(plan, words.agreeToMake(plan)),
    machine(plan, 'generate-key', words.generate(plan), { irreversible: true, expectedMinutes: 3 }),
    say(plan, words.readFingerprint()),
    { kind: 'check', check: 'key-words', ...words.checkKeyWords(), hint: 'two words of the key fingerprint', answerLabel: 'Words as read from the paper', actors: [administratorOf(plan), auditorOf(plan)], irreversible: false, expectedMinutes: 2 },
    machine(plan, 'issue-certificate', words.certificate(plan), { irreversible: true, expectedMinutes: 2 }),
    say(plan, words.actComplete(3)),
  ],
});

const distribute = (plan: Plan): ActDraft => ({
  title: 'Distribute', aim: 'We split a fresh wrapping key and give each custodian one share, one at a time.',
  steps: [
    machine(plan, 'split', words.split(plan)),
    ...custodiansOf(plan).map((person, index): StepDraft => ({ kind: 'handover', shareNumber: index + 1, custodian: person.id, ...words.handover(plan, index + 1), actors: [person.id, witnessOf(plan)], irreversible: false, expectedMinutes: 5 })),
    say(plan, words.actComplete(4)),
  ],
});

const prove = (plan: Plan): ActDraft => ({
  title: 'Prove and lock', aim: 'We show that the paper recovers the key, and then lock the key.',
  steps: [
    machine(plan, 'rebuild', words.rebuild(plan)),
    machine(plan, 'wrap', words.wrap(plan), { irreversible: true, expectedMinutes: 2 }),
    machine(plan, 'restore', words.restore(plan), { expectedMinutes: 2 }),
    sign(plan, words.agreeToLock(plan)),
    machine(plan, 'lock', words.lock(), { irreversible: true }),
    machine(plan, 'inventory-after', words.inventory('after')),
    machine(plan, 'wipe', words.wipe()),
  ],
});

const lockOnly = (plan: Plan): ActDraft => ({
  title: 'Lock', aim: 'We say that there is no backup, and lock the key.',
  steps: [
    say(plan, words.noBackup(plan)),
    sign(plan, words.agreeToLock(plan)),
    machine(plan, 'lock', words.lock(), { irreversible: true }),
    machine(plan, 'inventory-after', words.inventory('after')),
    machine(plan, 'wipe', words.wipe()),
  ],
});

const close = (plan: Plan): ActDraft => ({
  title: 'Close', aim: 'We look back, close the transcript and sign the record.',
  steps: [say(plan, words.reviewExceptions()), machine(plan, 'close', words.close(), { irreversible: true })],
});

/** The acts of a root key generation under `plan`, in order. */
export const rootKeyGeneration = (plan: Plan): readonly ActDraft[] => [
  open(plan), environment(plan), generate(plan),
  ...(plan.key.backup.kind === 'split' ? [distribute(plan), prove(plan)] : [lockOnly(plan)]),
  close(plan),
];
