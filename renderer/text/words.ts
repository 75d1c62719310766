/** Names of roles, steps, states and work, as every screen says them. */
import type { Mode, Role } from '../../shared/ceremony/plan-schema.ts';
import type { Operation, StepKind } from '../../shared/ceremony/script-types.ts';
import type { IconName } from '../components/icon.tsx';

export const ROLE_NAMES: Readonly<Record<Role, string>> = {
  administrator: 'Ceremony administrator', custodian: 'Custodian', 'internal-witness': 'Internal witness', 'external-auditor': 'External auditor',
};
export const MODE_NAMES: Readonly<Record<Mode | 'reading', string>> = { rehearsal: 'REHEARSAL', production: 'CEREMONY', reading: 'READING' };
export const KINDS: Readonly<Record<StepKind, { readonly name: string; readonly icon: IconName }>> = {
  say: { name: 'Say', icon: 'say' }, 'roll-call': { name: 'Roll call', icon: 'kcheck' }, check: { name: 'Check', icon: 'kcheck' },
  machine: { name: 'Machine', icon: 'mach' }, login: { name: 'PIN', icon: 'lock' }, sign: { name: 'Sign', icon: 'sign' }, handover: { name: 'Share', icon: 'sheet' },
};
/** What the primary button of a machine step says. */
export const RUN_LABELS: Readonly<Record<Operation, string>> = {
  preflight: 'Check the air gap', 'inventory-before': 'Take the inventory', 'generate-key': 'Make the key pair', 'issue-certificate': 'Sign the certificate',
  split: 'Split the wrapping key', rebuild: 'Rebuild from the shares', wrap: 'Wrap the key', restore: 'Restore the key', lock: 'Lock the key', wipe: 'Wipe the vault',
  'inventory-after': 'Take the inventory', close: 'Close the transcript',
};
export const CONFIRM_LABELS: Readonly<Record<Operation, string>> = {
  preflight: 'The air gap is accepted', 'inventory-before': 'The inventory is read', 'generate-key': 'The key is made', 'issue-certificate': 'The certificate is signed',
  split: 'The set is read out', rebuild: 'The rebuild is shown', wrap: 'The media are numbered', restore: 'The restore is shown', lock: 'The lock is shown', wipe: 'The vault is wiped',
  'inventory-after': 'The inventory is read', close: 'Close the transcript',
};
/** What is going on, while it goes on. */
export const WORK_NAMES: Readonly<Record<Operation | 'print' | 'sign' | 'login', string>> = {
  preflight: 'The computer looks at itself', 'inventory-before': 'The tokens list their objects', 'generate-key': 'The HSM makes the key pair', 'issue-certificate': 'The HSM signs the certificate',
  split: 'The wrapping key is made and split', rebuild: 'The wrapping key is rebuilt from the shares', wrap: 'The HSM wraps the key', restore: 'The second HSM restores the key', lock: 'The key is locked on every token',
  wipe: 'The vault process ends and starts anew', 'inventory-after': 'The tokens list their objects', close: 'The closing entry is written', print: 'The sheet is printed', sign: 'The checkpoint is signed', login: 'The token is opened',
};
export const PURPOSES: Readonly<Record<'pin' | 'new-pin' | 'passphrase' | 'new-passphrase' | 'share' | 'dice-code' | 'test-symbol', string>> = {
  pin: 'types the PIN', 'new-pin': 'chooses a PIN', passphrase: 'types the passphrase', 'new-passphrase': 'chooses a passphrase', share: 'reads the share from the paper', 'dice-code': 'types the dice code of the sheet', 'test-symbol': 'scans the test page',
};
export const SOFTWARE_SENTENCE = 'Software token: the key is kept by a program on this computer, not by a device made to keep it.';
export const REHEARSAL_SENTENCE = 'Practice only, not a record';
