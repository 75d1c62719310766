/** Texts of plans, transcripts, folders, signatures, storage and the window's own calls. */
import type { FolderCode, IpcCode, PlanCode, SignatureCode, StorageCode, TranscriptCode } from '../errors.ts';
import type { DetailReader, TextOf } from './error-text.ts';

const where = (d: DetailReader): string => (d.has('where') && d.text('where', '') !== '' ? `At ${d.text('where', '')}: ` : '');
const entry = (d: DetailReader): string => (d.has('seq') ? `Entry ${d.text('seq', '')}` : 'An entry');
const file = (d: DetailReader): string => d.text('file', d.text('path', 'a file of the folder'));
const KEEP = 'Keep this folder and every copy as they are, and compare with the printed record.';
const NOT_RELIED = 'What comes before it is intact. What it says and what follows cannot be relied on.';

const plan: Readonly<Record<PlanCode, TextOf>> = {
  PLAN_TOO_LARGE: () => ({ title: 'The plan is too large', happened: 'A plan has at most one mebibyte.', safe: 'The file was not read.', next: 'Check that the right file was chosen.' }),
  PLAN_NOT_JSON: (d) => ({ title: 'The plan is not JSON', happened: `${where(d)}${d.text('text', 'the text cannot be read as JSON')}.`, safe: 'Nothing was changed.', next: 'Correct the file and load it again.' }),
  PLAN_DUPLICATE_KEY: (d) => ({ title: 'The plan names a field twice', happened: `${where(d)}this field stands in the file more than once.`, safe: 'Nothing was changed.', next: 'Keep one of them and load the file again.' }),
  PLAN_FIELD: (d) => ({ title: 'A field of the plan is not as it must be', happened: `${where(d)}${d.text('text', 'missing, or not in its form')}.`, safe: 'Nothing was changed.', next: 'Correct the field.' }),
  PLAN_UNKNOWN_FIELD: (d) => ({ title: 'The plan has a field that no plan has', happened: `${where(d)}this name is not known.`, safe: 'Nothing was changed.', next: 'Check the spelling, or take the field out.' }),
  PLAN_RULE: (d) => ({ title: 'The plan breaks a rule', happened: `${where(d)}${d.text('text', 'a rule is not met')}.`, safe: 'Nothing was changed.', next: 'Change the task that is named.' }),
  PLAN_INCOMPLETE: (d) => ({ title: 'The plan is not complete', happened: `${where(d)}${d.text('text', 'a value is still missing')}.`, safe: 'What is there is kept.', next: 'Complete the tasks that are open.' }),
};

const transcript: Readonly<Record<TranscriptCode, TextOf>> = {
  TRANSCRIPT_TORN: () => ({ title: 'The last line is torn', happened: 'The transcript ends in the middle of a line.', safe: 'All whole lines are kept. The torn bytes are moved aside, never deleted.', next: 'Open the ceremony again: the repair is an entry of its own.' }),
  TRANSCRIPT_LINE: (d) => ({ title: `${entry(d)} is not an entry`, happened: 'The line is not in the exact form an entry has.', safe: NOT_RELIED, next: KEEP }),
  TRANSCRIPT_PREV_MISMATCH: (d) => ({ title: `${entry(d)} does not match the line before it`, happened: 'The digest it names is not the digest of that line.', safe: NOT_RELIED, next: KEEP }),
  TRANSCRIPT_SEQ: (d) => ({ title: `${entry(d)} has the wrong number`, happened: 'Entries count up by one, from 0.', safe: NOT_RELIED, next: KEEP }),
  TRANSCRIPT_TIME: (d) => ({ title: `${entry(d)} is earlier than the entry before it`, happened: 'The clock went back, or the entry was changed.', safe: 'Order is proved by the chain, not by the clock.', next: 'Compare with the wall clock and the printed record.' }),
  TRANSCRIPT_REPLAY: (d) => ({ title: `${entry(d)} breaks a rule of the ceremony`, happened: `${d.text('text', `The entry is not possible at its place${d.has('rule') ? ` (${d.text('rule', '')})` : ''}`)}.`, safe: NOT_RELIED, next: KEEP }),
  TRANSCRIPT_NOT_CLOSED: () => ({ title: 'The transcript is not closed', happened: 'There is no closing entry.', safe: 'The entries that are there hold.', next: 'Finish the ceremony, or treat it as unfinished.' }),
  TRANSCRIPT_AFTER_CLOSING: (d) => ({ title: `${entry(d)} comes after the closing`, happened: 'Nothing may follow the closing entry.', safe: 'The entries up to the closing hold.', next: KEEP }),
  TRANSCRIPT_EMPTY: () => ({ title: 'The transcript is empty', happened: 'There is no line 0.', safe: 'The ceremony has not begun.', next: 'Begin it, or look for another copy.' }),
  TRANSCRIPT_COMMITMENT: (d) => ({ title: d.has('seq') ? `The text of entry ${d.text('seq', '')} does not match` : 'A text does not match its entry', happened: 'The free text in the folder is not the text that was committed to.', safe: 'The chain holds; only this text does not.', next: KEEP }),
};

const folder: Readonly<Record<FolderCode, TextOf>> = {
  FOLDER_MISSING: (d) => ({ title: 'The folder is not there', happened: `Nothing could be read at ${d.text('path', 'the path given')}.`, safe: 'Nothing was written.', next: 'Check the path.' }),
  FOLDER_NOT_CEREMONY: (d) => ({ title: 'This is not a ceremony folder', happened: `${d.text('path', 'The folder')} holds neither a plan and a transcript nor an archive of them.`, safe: 'Nothing was written.', next: 'Choose a folder such as archive/0001-root.' }),
  INVENTORY_EMPTY: () => ({ title: 'There is nothing to print yet', happened: 'No ceremony of this archive is closed.', safe: 'Nothing was written.', next: 'Close a ceremony first.' }),
  FOLDER_FILE_MISSING: (d) => ({ title: 'A file is missing', happened: `${file(d)} is named by the transcript and is not in the folder.`, safe: 'The other files were checked.', next: 'Look for another copy of the folder.' }),
  FOLDER_FILE_UNKNOWN: (d) => ({ title: 'There is a file that does not belong here', happened: `${file(d)} is not part of a ceremony folder.`, safe: 'It is not covered by any signature.', next: 'Find out who put it there. Do not rely on it.' }),
  FOLDER_FILE_DIGEST: (d) => ({ title: 'A file was changed', happened: `${file(d)} does not have the digest that the transcript names.`, safe: 'The transcript itself was checked on its own.', next: KEEP }),
  FOLDER_FILE_INVALID: (d) => ({ title: 'A file is not in its form', happened: `${file(d)} cannot be read as what it must be.`, safe: 'The other files were checked.', next: KEEP }),
  FOLDER_LINK: (d) => ({ title: 'There is a link in the folder', happened: `${file(d)} is a link and not a file.`, safe: 'It was not followed.', next: 'Put the file itself in its place.' }),
  FOLDER_ANCHOR_MISMATCH: () => ({ title: 'The closing head is not the one on paper', happened: 'The head of this folder differs from the head that was typed.', safe: 'The folder may be sound in itself, but it is not the ceremony that the paper is from.', next: 'Read the paper again. If it still differs, keep everything and call the auditor.' }),
  FOLDER_ANCHOR_FORMAT: () => ({ title: 'This is not a closing head', happened: 'A head is 64 hex digits or 32 words.', safe: 'Nothing was compared.', next: 'Type it as it stands on the paper.' }),
  FOLDER_EXISTS: (d) => ({ title: 'The name is taken', happened: `${file(d)} exists already and was not replaced.`, safe: 'What exists is unharmed.', next: 'Move it away, or choose another name.' }),
  FOLDER_AMBIGUOUS: (d) => ({ title: 'Several ceremonies have this number', happened: `${d.text('names', 'More than one folder')} ${d.has('names') ? 'have' : 'has'} the number ${d.text('number', 'that was asked for')}: they come from archives that were joined.`, safe: 'Nothing was written.', next: 'Name the folder.' }),
  FOLDER_LOCKED: (d) => ({ title: 'Another Quorate has this folder open', happened: `${d.text('path', 'The archive')} is in use.`, safe: 'Nothing was written here.', next: 'Close the other window first.' }),
};

const signature: Readonly<Record<SignatureCode, TextOf>> = {
  SIGNATURE_INVALID: (d) => ({ title: 'A signature does not verify', happened: `${d.has('person') ? `The signature of ${d.text('person', '')}` : 'A signature'}${d.has('seq') ? ` in entry ${d.text('seq', '')}` : ''} does not fit its text and its key.`, safe: 'It is not counted.', next: KEEP }),
  SIGNATURE_UNKNOWN_KEY: (d) => ({ title: 'A signature is by a key that is not in the roster', happened: `The key ${d.text('keyid', 'named')} belongs to nobody in the plan.`, safe: 'It is not counted.', next: KEEP }),
  SIGNATURE_PAYLOAD: (d) => ({ title: 'A signature is over something else', happened: `${d.has('seq') ? `The text signed in entry ${d.text('seq', '')}` : 'The signed text'} is not the text that this place needs.`, safe: 'It is not counted.', next: KEEP }),
  SIGNATURE_MISSING: (d) => ({ title: 'A signature is missing', happened: `${d.text('person', 'Someone')} has not signed.`, safe: 'The signatures that are there hold.', next: 'Sign now, or let the record say who did not.' }),
  SIGNATURE_ENCODING: (d) => ({ title: 'A signature is not in its form', happened: `${file(d)} is not an envelope in the exact form.`, safe: 'It is not counted.', next: KEEP }),
};

const storage: Readonly<Record<StorageCode, TextOf>> = {
  STORAGE_FULL: (d) => ({ title: 'The disk is full', happened: `${file(d)} could not be written whole.`, safe: 'Every entry before it is on disk. No step is done twice.', next: 'Make room, then start Quorate again. It goes on at this step.' }),
  STORAGE_SYNC_FAILED: () => ({ title: 'The disk did not confirm a write', happened: 'It is not certain that the last entry is on the disk.', safe: 'The app stops rather than go on without a record.', next: 'Check the disk and its cable, then start Quorate again.' }),
  STORAGE_READ_ONLY: (d) => ({ title: 'The disk cannot be written', happened: `${file(d)} is on a disk or in a folder that takes no writes.`, safe: 'Nothing was done without a record.', next: 'Make it writable, then do this again.' }),
  STORAGE_IO: (d) => ({ title: 'The disk reported an error', happened: `${file(d)} could not be read or written.`, safe: 'Every entry before it is on disk.', next: 'Check the disk, then start Quorate again.' }),
};

const ipc: Readonly<Record<IpcCode, TextOf>> = {
  IPC_SENDER: () => ({ title: 'A call came from a place it may not come from', happened: 'It was refused.', safe: 'Nothing was done.', next: 'Restart Quorate. If it happens again, stop and keep the computer as it is.' }),
  IPC_REQUEST: (d) => ({ title: 'The app did not understand this request', happened: `${d.has('where') ? `The field ${d.text('where', '')} is not as it must be` : 'Something in it is not as it must be'}.`, safe: 'Nothing was done.', next: 'Check what was typed and try again.' }),
  IPC_RESPONSE: () => ({ title: 'The app got an answer it does not understand', happened: 'Two parts of the app do not agree.', safe: 'The transcript on disk is the truth.', next: 'Restart Quorate. It goes on where it was.' }),
  IPC_UNKNOWN_CALL: () => ({ title: 'There is no such call', happened: 'It was refused.', safe: 'Nothing was done.', next: 'Restart Quorate.' }),
};

const internal: TextOf = (d) => ({
  title: 'Something unexpected happened',
  happened: `The app met an error it has no words for${d.has('name') ? ` (${d.text('name', '')})` : ''}.`,
  safe: 'The transcript on disk is the truth, and no step is done twice.',
  next: 'Do the step again. If it happens again, record an exception and restart Quorate.',
});

export const recordTexts: Readonly<Record<PlanCode | TranscriptCode | FolderCode | SignatureCode | StorageCode | IpcCode | 'INTERNAL', TextOf>> =
  { ...plan, ...transcript, ...folder, ...signature, ...storage, ...ipc, INTERNAL: internal };
