/** Steps by their place in the map of clauses: how they are called, and which of them a step of a script is. */
import type { Step } from '../ceremony/script-types.ts';
import type { StepRef } from './clause.ts';

export const STEP_NAMES: Readonly<Record<StepRef, string>> = {
  materials: 'materials called in or out',
  say: 'something read aloud', 'roll-call': 'a roll call', login: 'a PIN typed by people', sign: 'a hold point', handover: 'shares handed over one by one', gather: 'shares gathered', prove: 'a share proved by its holder',
  'check:plan-words': 'the plan checked against paper', 'check:previous-head': 'the head of the ceremony before, read from paper', 'check:wall-clock': 'the clock checked', 'check:hsm-serial': 'the serial of the HSM checked', 'check:key-words': 'the fingerprint of the key checked',
  'account:used': 'copies that were used accounted for', 'account:superseded': 'copies of the old set accounted for', 'account:all': 'every copy accounted for',
  'machine:preflight': 'the look at the machine', 'machine:inventory-before': 'the inventory before', 'machine:generate-key': 'the key generation', 'machine:issue-certificate': 'the certificate',
  'machine:split': 'the split', 'machine:rebuild': 'the rebuilding from two subsets', 'machine:wrap': 'the wrapping', 'machine:restore': 'the restore', 'machine:lock': 'the lock', 'machine:wipe': 'the wipe',
  'machine:inventory-after': 'the inventory after', 'machine:close': 'the closing', 'machine:test-printer': 'the test of the printer', 'machine:combine': 'the combining of shares', 'machine:open-pin': 'the PIN opened by a quorum',
  'machine:rewrap': 'the wrapping under a new key', 'machine:prove-restore': 'the proof of the restore', 'machine:supersede': 'the end of the old set', 'machine:split-pin': 'the split of the PIN secret',
  'machine:rebuild-pin': 'the rebuilding of the PIN secret', 'machine:change-pin': 'the change of the PIN', 'machine:enact': 'the charter enacted',
};

export const refOf = (step: Step): StepRef => {
  switch (step.kind) {
    case 'check': return `check:${step.check}`;
    case 'machine': return `machine:${step.operation}`;
    case 'account': return `account:${step.about}`;
    default: return step.kind;
  }
};
