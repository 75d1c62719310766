/** One sentence an entry: what the transcript pane and the printed record say of it. */
import { fourDigits } from './ceremony-number.ts';
import { assertNever } from '../assert-never.ts';
import type { Copy, Plan } from '../ceremony/plan-schema.ts';
import { personById } from '../ceremony/people.ts';
import type { Body, COPY_OUTCOMES, Draft, Entry, Intent, Outcome, READ_HOW, UNPROVED } from '../transcript/entry-schema.ts';

import { materialFound } from './materials.ts';

type Told = Entry | Draft;
const short = (hex: string): string => `${hex.slice(0, 4)} ${hex.slice(4, 8)}…`;
const plural = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;
const subset = (numbers: readonly number[]): string => numbers.join(', ');

const HOW: Readonly<Record<(typeof READ_HOW)[number], string>> = { typed: 'typed', scanned: 'scanned', image: 'from a picture', card: 'from the card' };
/** A copy as people call it. */
export const copyText = (copy: Copy): string => {
  switch (copy.kind) {
    case 'sheet': return `sheet of share ${copy.share}, attempt ${copy.attempt}`;
    case 'card': return `share ${copy.share} on card ${copy.serial}`;
    case 'medium': return `wrapped key on medium ${copy.number}`;
  }
};
const OUTCOMES: Readonly<Record<(typeof COPY_OUTCOMES)[number], string>> = { destroyed: 'destroyed', collected: 'collected', resealed: 'sealed again', retained: 'kept', missing: 'missing' };
const UNPROVED_TEXT: Readonly<Record<(typeof UNPROVED)[number], string>> = { absent: 'its holder is absent', lost: 'it is lost', unreadable: 'it cannot be read', exposed: 'somebody else has seen it' };

const intentText = (intent: Intent): string => {
  switch (intent.kind) {
    case 'generate-key': return `Making key ${intent.label}, id ${short(intent.keyId)}, in HSM ${intent.serial}`;
    case 'sign-certificate': return 'Signing the root certificate';
    case 'sign-pop': return 'Signing the proof of possession';
    case 'split': return `Making and splitting a ${intent.holds === 'pin' ? 'PIN secret' : 'wrapping key'}, ${intent.threshold} of ${intent.shares}, attempt ${intent.attempt}`;
    case 'print-sheet': return `Printing the sheet of share ${intent.share}, attempt ${intent.attempt}`;
    case 'rebuild': return `Rebuilding from shares ${intent.subsets.map(subset).join(' and from ')}`;
    case 'wrap': return `Wrapping the key for ${plural(intent.media.length, 'medium', 'media')}`;
    case 'restore': return `Restoring the key on HSM ${intent.serial}`;
    case 'lock': return `Locking the key on ${plural(intent.serials.length, 'HSM')}`;
    case 'destroy-debris': return `Removing what an interrupted step left on HSM ${intent.serial}`;
    case 'wipe': return 'Wiping the vault';
    case 'test-printer': return `Printing a test page on ${intent.printer}`;
    case 'write-card': return `Writing share ${intent.share} to card ${intent.serial}, attempt ${intent.attempt}`;
    case 'combine': return `Combining shares ${subset(intent.shares)}`;
    case 'rewrap': return `Wrapping the key anew for ${plural(intent.media.length, 'medium', 'media')}`;
    case 'prove-restore': return `Proving the new backup on HSM ${intent.serial}`;
    case 'change-pin': return `Changing the PIN of ${plural(intent.serials.length, 'HSM')} to one that a quorum holds`;
    case 'destroy-copy': return `Deleting ${copyText(intent.copy)}`;
    default: return assertNever(intent);
  }
};

const outcomeText = (outcome: Outcome): string => {
  switch (outcome.kind) {
    case 'generate-key': return `Key made; public key ${short(outcome.spkiSha256)}, ${plural(outcome.checks.length, 'check')} passed, test signature verified`;
    case 'sign-certificate': return `Root certificate signed, ${short(outcome.certificateSha256)}; lint: ${plural(outcome.lint.length, 'finding')}${outcome.secondSignatureMayExist ? '; a second signature may exist' : ''}`;
    case 'sign-pop': return `Proof of possession signed, ${short(outcome.popSha256)}${outcome.secondSignatureMayExist ? '; a second signature may exist' : ''}`;
    case 'split': return `Share set ${outcome.setName} made; manifest ${short(outcome.manifestSha256)}`;
    case 'print-sheet': return `Print job ${outcome.job} done: ${plural(outcome.pages, 'sheet')}`;
    case 'rebuild': return `Secret rebuilt from shares ${outcome.subsets.map(subset).join(' and from ')}`;
    case 'wrap': return `Key wrapped with ${outcome.algorithm}, ${outcome.length} bytes, on ${plural(outcome.media.length, 'medium', 'media')}`;
    case 'restore': return 'Key restored; the public key is equal and its signature verifies';
    case 'lock': return `Key locked: ${outcome.tokens.map((token) => `${token.serial} refused a wrap with ${token.refusedWith}`).join('; ')}`;
    case 'destroy-debris': return `Removed ${plural(outcome.destroyed.length, 'object')}`;
    case 'wipe': return 'Vault wiped and replaced';
    case 'test-printer': return `Test page printed, job ${outcome.job}; its symbol was read back (${HOW[outcome.how]})`;
    case 'write-card': return `Share written as “${outcome.label}”, ${outcome.length} bytes${outcome.encryptedTo === null ? '' : `, encrypted to the card’s key (${outcome.encryptedTo})`}`;
    case 'combine': return `Shares ${subset(outcome.shares)} combined; the check of the manifest is right`;
    case 'rewrap': return `Key wrapped anew with ${outcome.algorithm}, ${outcome.length} bytes, on ${plural(outcome.media.length, 'medium', 'media')}`;
    case 'prove-restore': return 'New backup proved: the key it holds signed, and is gone from the HSM again';
    case 'change-pin': return `PIN changed: ${outcome.tokens.map((token) => `${token.serial} refused the old one with ${token.oldRefusedWith}${token.soChanged ? ', SO PIN changed too' : ''}`).join('; ')}`;
    case 'destroy-copy': return outcome.found ? 'Found, deleted, and its absence read back' : 'Nothing of it was found; its absence was read back';
    default: return assertNever(outcome);
  }
};

/** "2 min ahead", of a clock that was read beside the computer's. */
export const offsetText = (offset: string): string => (offset === '0' ? 'no difference' : `${offset.slice(1)} min ${offset.startsWith('+') ? 'ahead' : 'behind'}`);

const CHANGES: Readonly<Record<Body<'member-changed'>['change'], string>> = { enrolled: 'enrolled', 'credential-replaced': 'has another credential', left: 'has left', revoked: 'key revoked', returned: 'acts again', changed: 'roles or details changed' };

/** @returns a sentence without full stop, with no secret and no restricted text (texts of people are only committed to). */
export const entryText = (entry: Told, plan: Plan): string => {
  const name = (id: string): string => (id === 'app' ? 'The app' : personById(plan, id)?.name ?? id);
  switch (entry.type) {
    case 'opening': return `Ceremony ${fourDigits(entry.body.number)} opened, ${entry.body.mode}`;
    case 'step-completed': return entry.actor === 'app' ? 'Step complete' : `Step complete, said by ${name(entry.actor)}`;
    case 'presence': return entry.body.present ? `${name(entry.body.person)} is here, ${entry.body.identity === 'document' ? 'document seen' : 'known to the room'}` : `${name(entry.body.person)} is absent`;
    // What the first of two people read is not told before the second has answered.
    case 'answer': return entry.body.matches === undefined ? `${name(entry.actor)} answered` : `${name(entry.actor)} answered “${entry.body.value}”: ${entry.body.matches ? 'matches' : 'does not match'}`;
    case 'answers-compared': return entry.body.answers.map(({ person, value, matches, offset }) => `${name(person)} read “${value}”: ${matches ? 'matches' : 'does not match'}${offset === null ? '' : `, ${offsetText(offset)}`}`).join('; ');
    case 'preflight': { const bad = entry.body.rows.filter((row) => !row.ok).length; return `Air gap: ${entry.body.rows.length - bad} of ${entry.body.rows.length} rows as expected`; }
    case 'login': return entry.body.control === 'quorum' ? `HSM ${entry.body.serial} opened by the quorum of ${entry.body.typedBy.map(name).join(', ')}` : `HSM ${entry.body.serial} opened; PIN typed by ${entry.body.typedBy.map(name).join(' and ')}${entry.body.control === 'single' ? ', single control' : ''}`;
    case 'login-failed': return `HSM ${entry.body.serial} not opened: ${entry.body.fault.code}`;
    case 'inventory': return `Inventory ${entry.body.when}: ${entry.body.tokens.map((token) => `${plural(token.objects.length, 'object')} on ${token.serial}`).join(', ')}`;
    case 'intent': return intentText(entry.body.intent);
    case 'result': return outcomeText(entry.body.outcome);
    case 'failed': return `Not done (${entry.body.fault.code}); happened: ${entry.body.happened}`;
    case 'read-back': return `Share ${entry.body.share} read back from ${entry.body.carrier === 'card' ? 'the card' : `paper, ${HOW[entry.body.how]},`} by ${name(entry.body.person)}`;
    case 'read-back-failed': return `Read-back of share ${entry.body.share} refused: ${entry.body.fault.code}`;
    case 'sheet-destroyed': return `Sheet of share ${entry.body.share}, attempt ${entry.body.attempt}, destroyed before ${name(entry.body.witness)}`;
    case 'sealed': return `Share ${entry.body.share} sealed in bag ${entry.body.bag}${entry.body.cardBag === undefined ? '' : `, its card in bag ${entry.body.cardBag},`} by ${name(entry.body.custodian)}`;
    case 'set-voided': return `Share set void (${entry.body.reason}); ${plural(entry.body.sheets.length, 'sheet')} to destroy`;
    case 'share-read': return `Share ${entry.body.share} of ${name(entry.body.person)} accepted, ${entry.body.carrier === 'card' ? 'from the card' : `on paper, ${HOW[entry.body.how]}`}${entry.body.presenter === entry.body.person ? '' : `; brought by ${name(entry.body.presenter)}`}`;
    case 'share-refused': return `Share brought by ${name(entry.body.presenter)} refused: ${entry.body.fault.code}`;
    case 'share-unproved': return `Share ${entry.body.share} of ${name(entry.body.person)} not proved: ${UNPROVED_TEXT[entry.body.reason]}`;
    case 'copy-accounted': { const text = copyText(entry.body.copy); return `${text.charAt(0).toUpperCase()}${text.slice(1)}: ${OUTCOMES[entry.body.outcome]}, ${entry.body.method}${entry.body.bag === null ? '' : `, bag ${entry.body.bag}`}`; }
    case 'set-superseded': return 'The old share set is superseded';
    case 'deputised': return `${name(entry.body.by)} stands in for ${name(entry.body.for)}`;
    case 'exception': return `E${entry.body.number} recorded: ${entry.body.kind}. Effect: ${entry.body.effect}`;
    case 'paused': return `Paused: ${entry.body.reason}`;
    case 'resumed': return `Resumed with ${plural(entry.body.present.length, 'person', 'people')}, HSM ${entry.body.serial}${entry.body.bags === undefined ? '' : `, ${plural(entry.body.bags.length, 'sealed bag')} read again`}`;
    case 'objection': return `${name(entry.body.person)} does not agree`;
    case 'signoff': return `${name(entry.body.person)} signed with a ${entry.body.method === 'token' ? 'token' : 'credential file'}`;
    case 'restarted': return `Started again: ${entry.body.found}`;
    case 'member-changed': return `${name(entry.body.person)}: ${CHANGES[entry.body.change]}`;
    case 'charter-enacted': return `Charter enacted, digest ${entry.body.sha256}`;
    case 'repair': return `A torn last line of ${entry.body.tornBytes} bytes was set aside`;
    case 'material': { const what = plan.materials?.find(({ id }) => id === entry.body.item)?.what ?? entry.body.item; return `${what} ${materialFound(entry.body)}`; }
    case 'postponed': return `Postponed by ${name(entry.body.by)}${entry.body.until === null ? '' : ` until ${entry.body.until}`}`;
    case 'aborted': return `Aborted by ${name(entry.body.by)}`;
    case 'closing': return `Transcript closed: ${entry.body.outcome}, ${plural(entry.body.exceptions, 'exception')}`;
    default: return assertNever(entry);
  }
};
