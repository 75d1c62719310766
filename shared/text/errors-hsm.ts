/** Texts of tokens, modules, the vault and the printer. */
import type { CredentialCode, HsmCode, PkiCode, PrintCode, VaultCode } from '../errors.ts';
import type { DetailReader, TextOf } from './error-text.ts';

const isCard = (d: DetailReader): boolean => d.text('of', '') === 'card';
const kind = (d: DetailReader): string => (isCard(d) ? 'card' : 'token');
const token = (d: DetailReader): string => (d.has('serial') ? `${kind(d)} ${d.text('serial', '')}` : `the ${kind(d)}`);
/** What a wrong PIN does no harm to. */
const unharmed = (d: DetailReader): string => (isCard(d) ? 'The share on the card is unharmed' : 'The keys on the token are unharmed');
const ckr = (d: DetailReader): string => (d.has('ckr') ? ` The module answered ${d.text('ckr', '')}.` : '');
const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

const moduleTexts = {
  HSM_MODULE_MISSING: (d) => ({
    title: 'The PKCS#11 module is not there',
    happened: `No file could be opened at ${d.text('path', 'the path given')}.`,
    safe: 'Nothing was sent to any token.',
    next: 'Check the path, install the vendor’s library, or choose another module.',
  }),
  HSM_MODULE_NOT_PKCS11: (d) => ({
    title: 'This file is not a PKCS#11 module',
    happened: `${d.text('path', 'The file')} could not be opened as a PKCS#11 library.${ckr(d)}`,
    safe: 'Nothing was sent to any token.',
    next: 'Choose the vendor’s PKCS#11 library. Its name often ends in pkcs11.so.',
  }),
  HSM_MODULE_DIGEST: (d) => ({
    title: 'The module is not the one in the plan',
    happened: `The file has the SHA-256 ${d.text('actual', 'shown in the transcript')}; the plan names ${d.text('expected', 'another')}.`,
    safe: 'The module was not used for this step.',
    next: 'Install the version that the plan names, or end this ceremony and prepare a plan with this version.',
  }),
  HSM_TOKEN_NOT_FOUND: (d) => ({
    title: `${capital(token(d))} is not connected`,
    happened: `The module does not show ${token(d)}.${d.has('found') ? ` It shows ${d.text('found', '')}.` : ''}`,
    safe: 'Nothing was sent to any other token.',
    next: 'Connect the token with this serial number, then do this step again.',
  }),
  HSM_TOKEN_REMOVED: (d) => ({
    title: `${capital(token(d))} was disconnected`,
    happened: `The token went away during the work.${ckr(d)}`,
    safe: isCard(d) ? 'No share is written twice: the app first looks at what the card holds.' : 'No key is made twice: after reconnecting, the app first asks the token what it holds.',
    next: isCard(d) ? `Insert ${token(d)} again, then do this step again.` : 'Connect the same token to the same port, then do this step again.',
  }),
  HSM_MECHANISM_MISSING: (d) => ({
    title: 'The token cannot do this',
    happened: `${capital(token(d))} does not offer ${d.text('mechanism', 'a mechanism that this step needs')}.`,
    safe: 'Nothing was changed on the token.',
    next: 'Use another key profile or another HSM in the plan. This step cannot be passed with this token.',
  }),
  HSM_CALL_FAILED: (d) => ({
    title: 'The token refused a call',
    happened: `${d.has('call') ? `The call ${d.text('call', '')} failed.` : 'A call failed.'}${ckr(d)}`,
    safe: 'The transcript says what had been done before this call.',
    next: 'Do the step again. If it fails again, record an exception and pause.',
  }),
} as const satisfies Partial<Record<HsmCode, TextOf>>;

/** Which PIN a token has after a change that failed. */
const PIN_STATES: ReadonlyMap<string, string> = new Map([['old', 'still the old one'], ['new', 'the new one already']]);
const pinState = (d: DetailReader, key: string): string => PIN_STATES.get(d.text(key, '')) ?? 'not known to be old or new';

const pinTexts = {
  HSM_PIN_INCORRECT: (d) => ({
    title: d.text('of', '') === 'so' ? 'That SO PIN does not open the token' : `That PIN does not open ${isCard(d) ? token(d) : 'the token'}`,
    happened: `${capital(token(d))} refused the ${d.text('of', '') === 'so' ? 'SO PIN' : 'PIN'}. One try was used.`,
    safe: `${unharmed(d)}.`,
    next: 'Take your time and type the PIN again. PKCS#11 does not tell how many tries are left.',
  }),
  HSM_PIN_LAST_TRY: (d) => ({
    title: 'One try is left',
    happened: `${capital(token(d))} says that the next wrong PIN locks it.`,
    safe: `${unharmed(d)}, and it is not locked now.`,
    next: 'Do not try from memory. Fetch the written PIN, or pause the ceremony.',
  }),
  HSM_PIN_LOCKED: (d) => ({
    title: 'The PIN is locked',
    happened: `${capital(token(d))} takes no PIN any more.`,
    safe: `${unharmed(d)}, but this PIN opens nothing today.`,
    next: isCard(d) ? 'Put the card back into its bag and record an exception. Use the paper of this share, or another custodian’s share.' : 'Record an exception. Whoever holds the SO PIN can set a new PIN outside this ceremony.',
  }),
  HSM_PIN_FORMAT: (d) => ({
    title: 'This PIN has a form the token does not take',
    happened: d.has('minLength') ? `The token takes ${d.text('minLength', '')} to ${d.text('maxLength', 'more')} characters.` : 'The token takes another length or other characters.',
    safe: 'No try was used.',
    next: 'Type a PIN of the length the token takes.',
  }),
  HSM_PIN_CHANGE_FAILED: (d) => ({
    title: 'The PIN was not changed on every token',
    happened: `The change failed on ${token(d)}. Its User PIN is ${pinState(d, 'pin')}, its SO PIN ${pinState(d, 'soPin')}.${ckr(d)}`,
    safe: `The keys on it are unharmed. ${d.text('changed', '') === '' ? 'No other token was changed.' : `Changed before it: ${d.text('changed', '')}.`}`,
    next: 'Keep the shares of the new set: they open what was changed. Record an exception, and do the step again for the tokens that have the old PIN.',
  }),
  HSM_NOT_LOGGED_IN: (d) => ({
    title: 'The token is closed',
    happened: `Nobody has opened ${token(d)} since the vault was started.`,
    safe: 'Nothing was done on the token.',
    next: 'Open the token with its PIN, then do this step again.',
  }),
} as const satisfies Partial<Record<HsmCode, TextOf>>;

const keyTexts = {
  HSM_LABEL_IN_USE: (d) => ({
    title: 'The key label is already in use',
    happened: `An object with the label “${d.text('label', 'of the plan')}” is on ${token(d)}.`,
    safe: 'It was not touched, and no key was made.',
    next: 'Use another label in a new plan, or another token. The app does not delete what it did not make.',
  }),
  HSM_KEY_ID_IN_USE: (d) => ({
    title: 'The key id is already in use',
    happened: `An object with the id ${d.text('keyId', 'chosen')} is on ${token(d)}.`,
    safe: 'It was not touched, and no key was made.',
    next: 'Do this step again: another id is chosen.',
  }),
  HSM_KEY_CHECK_FAILED: (d) => ({
    title: 'The new key failed its check',
    happened: `The public key or the test signature is not as it must be${d.has('check') ? `: ${d.text('check', '')}` : ''}.`,
    safe: 'The key was not used for anything else.',
    next: 'Do not go on with this token. Record an exception and pause.',
  }),
  HSM_KEY_NOT_WRAPPABLE: (d) => ({
    title: 'The token does not wrap this key',
    happened: `${capital(token(d))} refused to wrap the key.${ckr(d)}`,
    safe: 'The key is still on the token, and no copy has left it.',
    next: 'Without a wrap there is no backup. Record an exception, or end and plan another backup.',
  }),
  HSM_KEY_NOT_FOUND: (d) => ({
    title: 'The key is not on the token',
    happened: `${capital(token(d))} shows no complete key pair with the id ${d.text('keyId', 'of this ceremony')}.`,
    safe: 'Nothing was changed on the token.',
    next: 'Check that the right token is connected, then do this step again.',
  }),
  HSM_BLOB_DAMAGED: (d) => (d.text('why', '') === 'other-file' ? {
    title: 'Another file is in the place of the wrapped key',
    happened: `${d.text('path', 'The file on the medium')} is not the wrapped key that was to be deleted.`,
    safe: 'It was not deleted.',
    next: 'Look at the label of the medium, and take the one that the list names.',
  } : d.text('why', '') === 'missing' ? {
    title: 'No medium with the wrapped key is at hand',
    happened: 'None of the media that the plan names was found with the wrapped key on it.',
    safe: 'Nothing was loaded into any token.',
    next: 'Put in one of the media that the plan names, and try again.',
  } : {
    title: 'The wrapped key does not match its digest',
    happened: `What is on ${d.has('medium') ? `medium ${d.text('medium', '')}` : 'the medium'} is not what was written.`,
    safe: 'It was not loaded into any token.',
    next: 'Use another medium, or write the wrapped key again.',
  }),
  HSM_LOCK_FAILED: (d) => ({
    title: 'The key could not be locked',
    happened: `${capital(token(d))} still says that the key is extractable, or it did not refuse the trial wrap.${ckr(d)}`,
    safe: 'The key has not left the token.',
    next: 'Keep the token under dual control and record an exception. The record says it on its first page.',
  }),
} as const satisfies Partial<Record<HsmCode, TextOf>>;

const pki = {
  PKI_LINT_FAILED: (d) => ({
    title: 'The certificate fails its rules',
    happened: d.has('rule') ? `Rule ${d.text('rule', '')}: ${d.text('text', 'not met')}.` : 'The lint of the certificate found an error.',
    safe: 'Only a throw-away key signed it; the root key did not.',
    next: 'Correct the certificate part in a new plan.',
  }),
  PKI_TBS_MISMATCH: () => ({
    title: 'The signed bytes are not the bytes that were checked',
    happened: 'The part to be signed changed between the lint and the signature.',
    safe: 'The certificate was not written to the folder.',
    next: 'Stop here, record an exception and keep the computer as it is.',
  }),
  PKI_SIGNATURE_INVALID: () => ({
    title: 'The signature does not verify',
    happened: 'The signature of the token does not fit the public key.',
    safe: 'Nothing with this signature was written to the folder.',
    next: 'Do the step again. If it fails again, record an exception and pause.',
  }),
  PKI_PROFILE_INVALID: (d) => ({
    title: 'The certificate profile cannot be used',
    happened: `${d.text('text', 'A value of the certificate part of the plan is outside the profile')}.`,
    safe: 'Nothing was signed.',
    next: 'Correct the certificate part in a new plan.',
  }),
} as const satisfies Record<PkiCode, TextOf>;

const credentials = {
  CREDENTIAL_PASSPHRASE: () => ({
    title: 'That passphrase does not open the credential',
    happened: 'The credential file stayed closed, and nothing was signed.',
    safe: 'The file is unharmed. A file does not lock.',
    next: 'Type the passphrase again.',
  }),
  CREDENTIAL_FILE_INVALID: (d) => ({
    title: 'This is not a credential file',
    happened: `${d.text('path', 'The file')} is missing or not in the form this app writes.`,
    safe: 'Nothing was signed.',
    next: 'Put the person’s own credential file in its place, or enrol again in a new plan.',
  }),
  CREDENTIAL_WRONG_PERSON: (d) => ({
    title: 'This credential belongs to someone else',
    happened: `Its public key is not the one the plan names for ${d.text('person', 'this person')}.`,
    safe: 'Nothing was signed, and no PIN try was used.',
    next: 'Take the credential of the person who signs now.',
  }),
  CREDENTIAL_WEAK_PASSPHRASE: (d) => ({
    title: 'This passphrase is too short',
    happened: `A passphrase has at least ${d.text('minLength', '12')} characters.`,
    safe: 'No credential was made.',
    next: 'Choose a longer one, for example five words.',
  }),
  CREDENTIAL_FILE_EXISTS: (d) => ({
    title: 'A credential of this person is already there',
    happened: `${d.text('path', 'The file')} exists and was not replaced.`,
    safe: 'The credential that exists is unharmed.',
    next: 'Use it, or move it away first.',
  }),
} as const satisfies Record<CredentialCode, TextOf>;

const print = {
  PRINT_QUEUE_MISSING: (d) => ({
    title: 'The printer is not there',
    happened: `There is no print queue named ${d.text('queue', 'as in the plan')}.`,
    safe: 'Nothing was printed. The share is still only in the vault.',
    next: 'Connect the printer and set up the queue, then print again.',
  }),
  PRINT_JOB_FAILED: (d) => ({
    title: 'The print did not finish',
    happened: `${d.has('job') ? `Job ${d.text('job', '')}` : 'The job'} was not completed. Part of the page may be on paper${d.has('spool') ? ' and in the print queue' : ''}.`,
    safe: 'The share is still in the vault and can be printed again.',
    next: 'Keep the tray shielded. Custodian and witness destroy what came out, then print the next attempt.',
  }),
  PRINT_QUEUE_NETWORK: (d) => ({
    title: 'The printer is on a network',
    happened: `The device of the queue ${d.text('queue', 'in the plan')} is of the kind “${d.text('device', 'unknown')}”. A share goes only to a printer on a cable of this computer.`,
    safe: 'Nothing was printed. The share is still only in the vault.',
    next: 'Connect a printer by USB, set up its queue, and name it in the plan.',
  }),
  PRINT_SPOOL_KEPT: (d) => ({
    title: 'The print queue still holds the page',
    happened: `Job ${d.text('job', 'of this sheet')} was printed, but its data could not be removed from the computer’s print queue.`,
    safe: 'The paper is good, and the share is still in the vault.',
    next: 'Set “PreserveJobFiles No” for CUPS, purge the job as its administrator, and record an exception.',
  }),
  PRINT_TEST_DIFFERS: (d) => ({
    title: 'This is not the test page just printed',
    happened: d.text('reason', 'other') === 'none' ? 'No test page has been printed since the vault was started.' : 'The symbol that was read carries other content than the one that was printed last.',
    safe: 'No share has been printed by this.',
    next: 'Print a new test page, and read the symbol from that page.',
  }),
  PRINT_FOLDER_NOT_REHEARSAL: () => ({
    title: 'Printing to a folder is for rehearsals',
    happened: 'A ceremony may not write share sheets to disk.',
    safe: 'No sheet was made.',
    next: 'Name a print queue in the plan.',
  }),
} as const satisfies Record<PrintCode, TextOf>;

const vault = {
  VAULT_GONE: () => ({
    title: 'The vault process ended',
    happened: 'The process that talks to the tokens stopped. A new one was started.',
    safe: 'The transcript is complete. What was in the memory of the vault is gone, and so are open sessions.',
    next: 'Open the tokens again. Shares not yet proved belong to a set that is void; act 4 starts again.',
  }),
  VAULT_STATE: (d) => ({
    title: 'The vault does not hold what this step needs',
    happened: `${d.text('text', 'It was started again, or an earlier step was not done in it')}.`,
    safe: 'Nothing was done on a token.',
    next: 'Go on from the step that the app shows now.',
  }),
  VAULT_ENTRY_CANCELLED: () => ({
    title: 'The entry window was closed',
    happened: 'Nothing was taken over from it.',
    safe: 'No PIN try was used.',
    next: 'Open it again when the person is ready.',
  }),
  VAULT_ENTRY_DIFFERS: () => ({
    title: 'The two entries differ',
    happened: 'What was typed first and what was typed second are not the same.',
    safe: 'Nothing was set.',
    next: 'Type both again.',
  }),
  VAULT_ENTRY_MISSING: () => ({
    title: 'What was typed is no longer there',
    happened: 'An entry is used once and then wiped.',
    safe: 'Nothing was done with it.',
    next: 'Type it again.',
  }),
} as const satisfies Record<VaultCode, TextOf>;

export const hsmTexts: Readonly<Record<HsmCode | PkiCode | CredentialCode | PrintCode | VaultCode, TextOf>> =
  { ...moduleTexts, ...pinTexts, ...keyTexts, ...pki, ...credentials, ...print, ...vault };
