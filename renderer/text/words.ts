/** Names of roles, steps, states and work, as every screen says them. */
import type { Mode, Role } from '../../shared/ceremony/plan-schema.ts';
import type { Activity } from '../../shared/ipc/snapshot.ts';
import type { Operation, StepKind } from '../../shared/ceremony/script-types.ts';
import type { IconName } from '../components/icon.tsx';

export const ROLE_NAMES: Readonly<Record<Role, string>> = {
  administrator: 'Ceremony administrator', 'deputy-administrator': 'Deputy administrator', 'crypto-officer': 'Crypto officer', 'security-officer': 'Security officer',
  custodian: 'Custodian', 'deputy-custodian': 'Deputy custodian', holder: 'Holder of an old share', 'internal-witness': 'Internal witness', 'external-auditor': 'External auditor', candidate: 'Candidate',
};
export const MODE_NAMES: Readonly<Record<Mode | 'reading', string>> = { rehearsal: 'REHEARSAL', production: 'CEREMONY', reading: 'READING' };
export const KINDS: Readonly<Record<StepKind, { readonly name: string; readonly icon: IconName }>> = {
  say: { name: 'Say', icon: 'say' }, 'roll-call': { name: 'Roll call', icon: 'kcheck' }, check: { name: 'Check', icon: 'kcheck' },
  machine: { name: 'Machine', icon: 'mach' }, login: { name: 'PIN', icon: 'lock' }, sign: { name: 'Sign', icon: 'sign' }, handover: { name: 'Share', icon: 'sheet' },
  gather: { name: 'Gather', icon: 'sheet' }, prove: { name: 'Share check', icon: 'sheet' }, account: { name: 'Account', icon: 'kcheck' }, materials: { name: 'Materials', icon: 'kcheck' },
};
/** What the primary button of a machine step says. */
export const RUN_LABELS: Readonly<Record<Operation, string>> = {
  preflight: 'Check the air gap', 'inventory-before': 'Take the inventory', 'generate-key': 'Make the key pair', 'issue-certificate': 'Sign the certificate',
  split: 'Split the wrapping key', rebuild: 'Rebuild from the shares', wrap: 'Wrap the key', restore: 'Restore the key', lock: 'Lock the key', wipe: 'Wipe the vault',
  'inventory-after': 'Take the inventory', close: 'Close the transcript',
  'test-printer': 'Print the test page', combine: 'Rebuild from the gathered shares', 'open-pin': 'Open the HSM by quorum', rewrap: 'Wrap the key anew', 'prove-restore': 'Prove the new backup',
  supersede: 'Supersede the old set', 'split-pin': 'Split the PIN secret', 'rebuild-pin': 'Rebuild the PIN secret', 'change-pin': 'Change the PIN', enact: 'Enact the charter',
};
export const CONFIRM_LABELS: Readonly<Record<Operation, string>> = {
  preflight: 'The air gap is accepted', 'inventory-before': 'The inventory is read', 'generate-key': 'The key is made', 'issue-certificate': 'The certificate is signed',
  split: 'The set is read out', rebuild: 'The rebuild is shown', wrap: 'The media are numbered', restore: 'The restore is shown', lock: 'The lock is shown', wipe: 'The vault is wiped',
  'inventory-after': 'The inventory is read', close: 'Close the transcript',
  'test-printer': 'The test page is right', combine: 'The rebuild is shown', 'open-pin': 'The HSM is open', rewrap: 'The media are numbered', 'prove-restore': 'The proof is shown',
  supersede: 'The old set is superseded', 'split-pin': 'The PIN set is read out', 'rebuild-pin': 'The rebuild is shown', 'change-pin': 'The PIN is changed', enact: 'The charter is enacted',
};
/** What is going on, while it goes on. */
export const WORK_NAMES: Readonly<Record<Extract<Activity, { kind: 'effect' }>['operation'], string>> = {
  preflight: 'The computer looks at itself', 'inventory-before': 'The tokens list their objects', 'generate-key': 'The HSM makes the key pair', 'issue-certificate': 'The HSM signs the certificate',
  split: 'The wrapping key is made and split', rebuild: 'The wrapping key is rebuilt from the shares', wrap: 'The HSM wraps the key', restore: 'The HSM restores the key', lock: 'The key is locked on every token',
  wipe: 'The vault process ends and starts anew', 'inventory-after': 'The tokens list their objects', close: 'The closing entry is written', print: 'The sheet is printed', sign: 'The checkpoint is signed', login: 'The token is opened',
  'test-printer': 'The test page is printed', combine: 'The secret is rebuilt from the gathered shares', 'open-pin': 'The PIN is derived and the HSM is opened', rewrap: 'The HSM opens the old backup and wraps the key anew',
  'prove-restore': 'The second HSM opens the new backup and signs', supersede: 'The old set is marked as superseded', 'split-pin': 'The PIN secret is made and split', 'rebuild-pin': 'The PIN secret is rebuilt from the shares', 'change-pin': 'The PINs are changed and tried',
  'write-card': 'The share is written to the card', 'read-card': 'The share is read from the card', 'read-share': 'The share is judged', 'destroy-copy': 'The app looks for the copy and deletes it',
  enact: 'The charter is enacted',
};
export const PURPOSES: Readonly<Record<'pin' | 'new-pin' | 'passphrase' | 'new-passphrase' | 'share' | 'dice-code' | 'test-symbol', string>> = {
  pin: 'types the PIN', 'new-pin': 'chooses a PIN', passphrase: 'types the passphrase', 'new-passphrase': 'chooses a passphrase', share: 'reads the share from the paper', 'dice-code': 'types the dice code of the sheet', 'test-symbol': 'scans the test page',
};
export const SOFTWARE_SENTENCE = 'Software token: the key is kept by a program on this computer, not by a device made to keep it.';
export const REHEARSAL_SENTENCE = 'Practice only, not a record';
