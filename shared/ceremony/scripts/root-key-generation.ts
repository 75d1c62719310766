/** The script of a root key generation. Numbers are given by build-script.ts; here is only what comes after what. */
import * as words from '../../text/script.ts';
import { issuesPinSet } from '../people.ts';
import type { KeyPlan } from '../plan-schema.ts';
import type { ActDraft } from '../step-draft.ts';
import { keyWords } from './checks.ts';
import { close, distribute, environment, holdPin, machine, open, say, sign, wipe } from './common.ts';

const aim = (plan: KeyPlan): string =>
  `This ceremony makes the root key ${words.keyName(plan)} for ${plan.ceremony.organisation}, gives it a certificate, and ${plan.key.backup.kind === 'split' ? 'splits and proves its backup' : 'locks it without a backup'}.`;

const generate = (plan: KeyPlan): ActDraft => ({
  title: 'Generate', aim: 'We make the key pair in the HSM and give it its certificate.',
  steps: [
    sign(plan, words.agreeToMake(plan)),
    machine(plan, 'generate-key', words.generate(plan), { irreversible: true, expectedMinutes: 3 }),
    say(plan, words.readFingerprint()), keyWords(plan),
    machine(plan, 'issue-certificate', words.certificate(plan), { irreversible: true, expectedMinutes: 2 }),
    say(plan, words.actComplete(3)),
  ],
});

/** The vault is wiped here unless it is still needed for the PIN. */
const lockSteps = (plan: KeyPlan) => [
  sign(plan, words.agreeToLock(plan)), machine(plan, 'lock', words.lock(), { irreversible: true }),
  machine(plan, 'inventory-after', words.inventory('after')), ...(issuesPinSet(plan) ? [] : [wipe(plan)]),
];

const prove = (plan: KeyPlan): ActDraft => ({
  title: 'Prove and lock', aim: 'We show that the paper recovers the key, and then lock the key.',
  steps: [
    machine(plan, 'rebuild', words.rebuild(plan)),
    machine(plan, 'wrap', words.wrap(plan), { irreversible: true, expectedMinutes: 2 }),
    machine(plan, 'restore', words.restore(plan), { expectedMinutes: 2 }),
    ...lockSteps(plan),
  ],
});

const lockOnly = (plan: KeyPlan): ActDraft => ({
  title: 'Lock', aim: 'We say that there is no backup, and lock the key.', steps: [say(plan, words.noBackup(plan)), ...lockSteps(plan)],
});

/** The acts of a root key generation under `plan`, in order. */
export const rootKeyGeneration = (plan: KeyPlan): readonly ActDraft[] => {
  const split = plan.key.backup.kind === 'split';
  return [open(plan, aim(plan)), environment(plan, split), generate(plan), ...(split ? [distribute(plan, 4), prove(plan)] : [lockOnly(plan)]), ...holdPin(plan), close(plan)];
};
