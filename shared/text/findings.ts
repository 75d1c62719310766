/**
 * What the verifier can say of a folder: code, place and wording in one place. A code without prefix LIMIT_ or NOTE_ is a fault.
 * Sentences say what was found, never who did it.
 */
import { staleMaterialsText } from './materials.ts';
import type { SourcePart } from '../register/source.ts';
import type { Finding } from '../transcript/report.ts';
import { sourceDifferenceText } from './source.ts';

const TRANSCRIPT = 'transcript.jsonl';
const make = (level: Finding['level']) => (code: string, file: string | null, seq: number | null, text: string): Finding => ({ level, code, file, seq, text });
const fault = make('fault');
const limit = (code: string, file: string | null, seq: number | null, text: string): Finding => make('limit')(`LIMIT_${code}`, file, seq, text);
const note = (code: string, file: string | null, seq: number | null, text: string): Finding => make('note')(`NOTE_${code}`, file, seq, text);

const LINE_REASONS: Readonly<Record<string, string>> = {
  newline: 'it does not end as a line', length: 'it is longer than a line may be', utf8: 'it is not UTF-8', json: 'it is not JSON', schema: 'a field is missing, unknown or out of its range', form: 'it is not written in the one form an entry has',
};

const partedText = (past: string | null): string => (past === null ? 'They have no ceremony in common.' : `They part after ${past}.`);

const folderFaults = {
  missing: (path: string) => fault('FOLDER_MISSING', null, null, `There is no folder at ${path}. Nothing was checked.`),
  notCeremony: (path: string) => fault('FOLDER_NOT_CEREMONY', null, null, `${path} is neither a ceremony folder nor an archive of them.`),
  link: (file: string) => fault('FOLDER_LINK', file, null, `${file} is a link. It was not followed; the file itself must be in its place.`),
  unknownFile: (file: string) => fault('FOLDER_FILE_UNKNOWN', file, null, `${file} does not belong in this folder. No signature covers it.`),
  unreadable: (file: string) => fault('FOLDER_FILE_INVALID', file, null, `${file} cannot be read as a regular file.`),
  fileMissing: (file: string, why: string) => fault('FOLDER_FILE_MISSING', file, null, `${file} is missing. ${why}`),
  fileDigest: (file: string, seq: number | null) => fault('FOLDER_FILE_DIGEST', file, seq, `${file} was changed: its SHA-256 is not the one in entry ${seq ?? '?'}.`),
  sourceDigest: (file: string, setName: string) => fault('FOLDER_FILE_DIGEST', file, null, `${file} was changed: it is not the manifest of set ${setName} that the plan names.`),
  fileInvalid: (file: string, why: string) => fault('FOLDER_FILE_INVALID', file, null, `${file} does not hold: ${why}`),
  timestampStrange: (file: string) => fault('FOLDER_TIMESTAMP', file, null, `${file} is a time stamp of a head that no ceremony here has. The ceremony that had it is missing, or was changed afterwards.`),
  closingFiles: (seq: number, name: string, extra: boolean) => fault('FOLDER_FILE_MISSING', TRANSCRIPT, seq, extra ? `Entry ${seq} lists ${name}, which is no file of this ceremony.` : `Entry ${seq} closes the ceremony without the digest of ${name}.`),
  anchorFormat: () => fault('FOLDER_ANCHOR_FORMAT', null, null, 'The anchor is neither 64 hex digits nor 32 words. Nothing was compared; type it as it stands on the paper.'),
  anchorMismatch: (seq: number | null) => fault('FOLDER_ANCHOR_MISMATCH', TRANSCRIPT, seq, 'The closing head is not the anchor. This is not the transcript that the paper is from, or its last entry was changed.'),
};

const transcriptFaults = {
  empty: () => fault('TRANSCRIPT_EMPTY', TRANSCRIPT, null, 'The transcript has no line 0: the ceremony has not begun.'),
  line: (seq: number, reason: string, where: string) => fault('TRANSCRIPT_LINE', TRANSCRIPT, seq, `Entry ${seq} is not an entry: ${LINE_REASONS[reason] ?? reason}${where === '' ? '' : ` (${where})`}.`),
  torn: (seq: number, bytes: number) => fault('TRANSCRIPT_TORN', TRANSCRIPT, seq, `Entry ${seq} is torn: ${bytes} bytes without a newline at the end of the transcript.`),
  number: (seq: number, says: number) => fault('TRANSCRIPT_SEQ', TRANSCRIPT, seq, `Entry ${seq} says that it is entry ${says}. Entries count up by one from 0; lines are missing, added or moved here.`),
  altered: (seq: number) => fault('TRANSCRIPT_PREV_MISMATCH', TRANSCRIPT, seq, `Entry ${seq} was altered: its bytes do not have the digest that was written after it.`),
  salt: (seq: number, earlier: number) => fault('TRANSCRIPT_LINE', TRANSCRIPT, seq, `Entry ${seq} has the same salt as entry ${earlier}.`),
  replay: (seq: number, rule: string, reason: string) => fault('TRANSCRIPT_REPLAY', TRANSCRIPT, seq, `Entry ${seq} breaks a rule of the ceremony: ${reason} (${rule}).`),
  fact: (seq: number, reason: string) => fault('TRANSCRIPT_REPLAY', TRANSCRIPT, seq, `Entry ${seq} cannot be true: ${reason}.`),
  notClosed: () => fault('TRANSCRIPT_NOT_CLOSED', TRANSCRIPT, null, 'The transcript has no closing entry. The ceremony is unfinished, or its end was cut off.'),
  opening: (seq: number, field: string) => fault('TRANSCRIPT_COMMITMENT', 'openings.jsonl', seq, `The text given for "${field}" of entry ${seq} is not the text that the entry committed to.`),
  openingLine: (line: number) => fault('FOLDER_FILE_INVALID', 'openings.jsonl', null, `Line ${line} of openings.jsonl is not in its one form.`),
};

const signatureFaults = {
  signoff: (seq: number, name: string) => fault('SIGNATURE_INVALID', TRANSCRIPT, seq, `The signature of ${name} in entry ${seq} does not verify under the key of the roster.`),
  recordForm: (why: string) => fault('SIGNATURE_ENCODING', 'record.dsse.json', null, `The record is not an envelope in its one form: ${why}.`),
  recordPayload: () => fault('SIGNATURE_PAYLOAD', 'record.dsse.json', null, 'The record that was signed is not the record of this transcript.'),
  recordKey: (keyid: string) => fault('SIGNATURE_UNKNOWN_KEY', 'record.dsse.json', null, `The record has a signature by the key ${keyid}, which is nobody's on the roster.`),
  recordSignature: (name: string) => fault('SIGNATURE_INVALID', 'record.dsse.json', null, `The signature of ${name} on the record does not verify.`),
};

const previousFaults = {
  previousHead: (number: number, seq: number) => fault('FOLDER_PREVIOUS', TRANSCRIPT, seq, `Entry ${seq} names another closing head for ceremony ${number} than the one in this archive.`),
  previousRecord: (number: number, seq: number) => fault('FOLDER_PREVIOUS', TRANSCRIPT, seq, `Entry ${seq} names another record for ceremony ${number} than the one in this archive.`),
  previousNone: (number: number, seq: number) => fault('FOLDER_PREVIOUS', TRANSCRIPT, seq, `Entry ${seq} names no previous ceremony, but the archive has ceremony ${number} before it.`),
  materials: (ids: readonly string[]) => fault('FOLDER_SOURCE', 'plan.json', null, staleMaterialsText(ids)),
  parentMissing: (number: number, seq: number) => fault('FOLDER_PREVIOUS', TRANSCRIPT, seq, `Entry ${seq} joins ceremony ${number}, which is not in this archive. What it brought is missing.`),
  parentNested: (number: number, seq: number) => fault('FOLDER_PREVIOUS', TRANSCRIPT, seq, `Entry ${seq} joins ceremony ${number}, which went before another ceremony that it joins.`),
  source: (part: SourcePart, number: number) => fault('FOLDER_SOURCE', 'plan.json', null, `The plan stands on a share set of ceremony ${number}, and is not what the archive says. ${sourceDifferenceText(part)}.`),
  charter: (departure: string) => fault('FOLDER_CHARTER', 'plan.json', null, `The plan departs from the charter of the archive. ${departure}.`),
  numberTwice: (number: number) => fault('FOLDER_PREVIOUS', null, null, `Two folders of this archive have the ceremony number ${number}.`),
};

const limits = {
  notAnchored: () => limit('NOT_ANCHORED', null, null, 'No anchor was given. Everything in a folder can be forged together: compare the closing head with the one on paper (--anchor).'),
  anchorBranch: (name: string, others: readonly string[]) => limit('NOT_ANCHORED', name, null, `The anchor is the head of ${name}. It does not cover ${others.join(', ')}: no link leads there.`),
  forkOpen: (ends: readonly string[], past: string | null) => limit('FORK', null, null, `This archive has ${ends.length} ends that no merge joins: ${ends.join(', ')}. ${partedText(past)} The head of one proves nothing of the others.`),
  anchorEarlier: (name: string) => limit('NOT_ANCHORED', name, null, `The anchor is the head of ${name}. What came after it in the archive is not anchored.`),
  predecessor: (number: number, seq: number) => limit('PREDECESSOR_NOT_SEEN', TRANSCRIPT, seq, `The ceremony before this one (number ${number}) was not seen; its link was not checked.`),
  sourceNotSeen: (number: number) => limit('SOURCE_NOT_SEEN', 'plan.json', null, `The ceremony that issued the share set (number ${number}) was not seen; what the plan says of it was not compared.`),
  destruction: () => limit('DESTRUCTION_SAID', TRANSCRIPT, null, 'That a sheet was destroyed or is missing is what the witness said. A copy made unseen before is in no count.'),
  slips: () => limit('SLIP_PROVES_READING', TRANSCRIPT, null, 'A slip proves that a share was read on that day, whole and unaltered. It does not prove that no copy of it exists.'),
  gathered: () => limit('GATHERED', TRANSCRIPT, null, 'That the shares were combined in the vault and then wiped is what the program says. What it showed nobody cannot be verified from here.'),
  notBegun: () => limit('NOT_BEGUN', TRANSCRIPT, null, 'The plan is frozen and the ceremony has not begun. There is nothing to verify yet.'),
  unfounded: () => limit('NOT_FOUNDED', 'plan.json', null, 'The archive had no charter when this ceremony was held: no quorum had approved who may act in it.'),
  charterNotSeen: () => limit('CHARTER_NOT_SEEN', 'plan.json', null, 'The ceremony that enacted the charter was not seen; what the plan says of it was not compared.'),
  withheld: (count: number) => limit('TEXT_WITHHELD', 'openings.jsonl', null, `${count} text${count === 1 ? ' of a person is' : 's of people are'} not in the folder. The chain holds without; only the words cannot be read.`),
  notSigned: (name: string) => limit('RECORD_NOT_SIGNED', 'record.dsse.json', null, `${name} has not signed the record.`),
  claims: () => limit('MODULE_CLAIMS', null, null, "What the key's attributes say is the claim of the HSM's module. It was recorded, and cannot be verified from here."),
  derived: (files: string) => limit('DERIVED_FILES', null, null, `${files}: made from the other files and not signed. Rely on the transcript.`),
};

const notes = {
  forkJoined: (name: string, parents: readonly string[], past: string | null) => note('FORK', name, 0, `This ceremony joins ${parents.join(' and ')}. ${partedText(past)}`),
  setFork: (setName: string, successors: readonly { readonly setName: string; readonly ceremony: string }[]) => note('FORK', null, null,
    `Set ${setName} was replaced more than once, in archives that did not know of each other: by ${successors.map((one) => `${one.setName} in ${one.ceremony}`).join(' and by ')}. Each of them stands.`),
  rehearsal: (isAboutKey: boolean) => note('REHEARSAL', TRANSCRIPT, 0, isAboutKey ? 'This is a rehearsal. Its key must not be used.' : 'This is a rehearsal. Its charter counts for nothing outside its archive.'),
  drill: () => note('DRILL', 'plan.json', null, 'This is a drill with real people. Its shares and its key must not be used.'),
  purpose: (aim: string) => note('PURPOSE', 'plan.json', null, aim),
  pinQuorum: (setName: string, so: string) => note('PIN_QUORUM', TRANSCRIPT, null, `The PIN of the HSM is held by the quorum of PIN set ${setName}. ${so}`),
  pinUncertain: (setName: string) => note('PIN_UNCERTAIN', TRANSCRIPT, null, `A change of the PIN was begun and not finished. Each HSM has either the PIN it had before or the one of PIN set ${setName}, whose shares are to be kept.`),
  refusedShare: (seq: number, presenter: string, code: string) => note('SHARE_REFUSED', TRANSCRIPT, seq, `A share that ${presenter} presented was refused in entry ${seq} (${code}).`),
  broughtByOther: (seq: number, share: number, presenter: string, holder: string) => note('SHARE_BROUGHT', TRANSCRIPT, seq, `Share ${share} of ${holder} was brought by ${presenter} (entry ${seq}).`),
  slip: (seq: number, name: string, share: number) => note('SHARE_PROVED', TRANSCRIPT, seq, `${name} proved share ${share}.`),
  unproved: (seq: number, name: string, share: number, why: string) => note('SHARE_UNPROVED', TRANSCRIPT, seq, `Share ${share} of ${name} was not proved: ${why}.`),
  waived: (index: number, by: string, says: string, people: string, reason: string) => note('DUTY_EXCEPTED', 'plan.json', null, `Exception ${index} from the separation of duties, by ${by}: “${says}”${people === '' ? '' : ` It is about ${people}.`} Their reason: ${reason}${/[.!?]$/.test(reason) ? '' : '.'}`),
  deputised: (seq: number, deputy: string, person: string) => note('DEPUTISED', TRANSCRIPT, seq, `${deputy} stood in for ${person} from entry ${seq} on, as the plan allows.`),
  superseded: (seq: number, setName: string) => note('SET_SUPERSEDED', TRANSCRIPT, seq, `Set ${setName} was superseded in entry ${seq}.`),
  aftermath: (text: string) => note('COPIES_LEFT', TRANSCRIPT, null, text),
  copyMissing: (seq: number, what: string) => note('COPY_MISSING', TRANSCRIPT, seq, `Missing: ${what}.`),
  software: () => note('SOFTWARE_TOKEN', 'plan.json', null, 'The key was made on a software token. Whoever copies the token has the key.'),
  singleControl: (name: string) => note('SINGLE_CONTROL', 'plan.json', null, `Single control: ${name} alone typed the PIN of the HSM.`),
  noBackup: (reason: string, approvedBy: string) => note('NO_BACKUP', 'plan.json', null, `There is no backup of the key: ${reason} (approved by ${approvedBy}).`),
  fileCredentials: (names: string) => note('FILE_CREDENTIAL', null, null, `${names}: signed with a file credential, used on the ceremony machine. It could have been copied there.`),
  paperOnly: (names: string) => note('PAPER_ONLY', null, null, `${names}: signs on the printed record only. Look for the ink.`),
  signedThrough: (seq: number) => note('SIGNED_THROUGH', TRANSCRIPT, seq, `Signatures reach to entry ${seq}. They prove nothing about later entries.`),
  postponed: (seq: number) => note('POSTPONED', TRANSCRIPT, seq, 'The ceremony was postponed. Nothing was done to a key or a card.'),
  aborted: (seq: number) => note('ABORTED', TRANSCRIPT, seq, 'The ceremony was aborted.'),
  exception: (seq: number, number: number, kind: string, effect: string) => note('EXCEPTION', TRANSCRIPT, seq, `Exception ${number}: ${kind.replaceAll('-', ' ')}; effect on the key: ${effect.replaceAll('-', ' ')}.`),
  charterEnacted: (seq: number, changes: number) => note('CHARTER_ENACTED', TRANSCRIPT, seq, `A charter was enacted in entry ${seq}, with ${changes} change${changes === 1 ? '' : 's'} of the roster. That a person is who the roster says is what the room knew.`),
  objection: (seq: number, name: string) => note('OBJECTION', TRANSCRIPT, seq, `${name} did not agree, in entry ${seq}.`),
  voided: (setId: string | null) => note('SET_VOIDED', TRANSCRIPT, null, `A share set was given up${setId === null ? '' : ` (${setId.slice(0, 16)}…)`}. Nothing was wrapped under it.`),
  restarted: (seq: number) => note('RESTARTED', TRANSCRIPT, seq, 'The program was started again after an end that was not planned.'),
  secondSignature: () => note('SECOND_SIGNATURE', 'root.crt', null, 'A second signature over the same certificate or request may exist: the program ended while it was made.'),
  checkout: () => note('CHECKOUT', TRANSCRIPT, 0, 'The program ran from a checkout, not from a signed package.'),
  clockBack: (seq: number) => note('CLOCK_BACK', TRANSCRIPT, seq, `The time of entry ${seq} is before that of the entry before it. The order is proved by the chain, not by the clock.`),
  preflight: (rows: string) => note('PREFLIGHT', TRANSCRIPT, null, `The machine was not as expected: ${rows}.`),
  folderName: (name: string, expected: string) => note('FOLDER_NAME', null, null, `The folder is named ${name}; its transcript was made in ${expected}.`),
  timestamp: (file: string, ceremony: string, at: string, policy: string) => note('TIMESTAMP', file, null, `A time-stamp token over the head of ${ceremony} says ${at}, under policy ${policy}. Its signature and the certificate of its authority were not judged: openssl ts -verify does that.`),
  timestampNote: (file: string, ceremony: string) => note('TIMESTAMP_NOTE', file, null, `A note says where the head of ${ceremony} was published. It was not judged: look there.`),
  notInArchive: (name: string) => note('OTHER_ENTRY', name, null, `${name} is not a ceremony folder and was not looked at.`),
};

/** Every finding there is. */
export const findings = { ...folderFaults, ...transcriptFaults, ...signatureFaults, ...previousFaults, ...limits, ...notes };
