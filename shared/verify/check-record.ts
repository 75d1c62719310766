/** record.dsse.json: the participants' final signatures over what the replay says. */
import { equalBytes, fromBase64, latin1Text } from '../bytes.ts';
import type { Sha256Hex } from '../brand.ts';
import type { Person, Plan } from '../ceremony/plan-schema.ts';
import { rosterKeysOf } from '../ceremony/roster-keys.ts';
import { recordSigners } from '../ceremony/select.ts';
import type { CeremonyState } from '../ceremony/state.ts';
import { findings as say } from '../text/findings.ts';
import { pae, parseEnvelope } from '../transcript/dsse.ts';
import type { Envelope } from '../transcript/dsse.ts';
import { RECORD_TYPE, recordDigest, recordPayload } from '../transcript/record.ts';
import type { Collector } from './collector.ts';
import type { FolderFiles } from './folder-files.ts';
import type { VerifyPorts } from './ports.ts';

const FILE = 'record.dsse.json';

/** The file is an envelope and a newline. @returns null when it is not there or not in that form. */
export const readRecord = (folder: FolderFiles, { chain }: VerifyPorts): Envelope | null => {
  const bytes = folder.files.get(FILE);
  // An envelope is ASCII: read as Latin-1, anything else is none.
  return bytes?.at(-1) === 0x0a ? parseEnvelope(chain.latin1(bytes.subarray(0, -1))) : null;
};
const signerOf = (plan: Plan, keyid: string): Person | null => rosterKeysOf(plan).signers.get(keyid) ?? null;
const verifies = (person: Person, message: Uint8Array, sig: Uint8Array, { checkSignature }: VerifyPorts): boolean => {
  const { credential } = person;
  return credential.kind !== 'paper' && credential.publicKey !== null && checkSignature(credential.algorithm, fromBase64(credential.publicKey)!, message, sig);
};

/** Where a record in its one form says its plan and its head; both come long before this many bytes. */
const CLAIM = /"planSha256":"([0-9a-f]{64})","entries":\d+,"head":"([0-9a-f]{64})"/, CLAIM_WITHIN = 4096;
/**
 * The closing head that the record says; used to tell whether the last line was altered. A record of a ceremony with another plan says
 * nothing of this one.
 */
export const claimedHeadOf = ({ payloadType, payload }: Envelope, planSha256: Sha256Hex): Sha256Hex | null => {
  const claim = payloadType === RECORD_TYPE ? CLAIM.exec(latin1Text(payload.subarray(0, CLAIM_WITHIN))) : null;
  return claim?.[1] === planSha256 ? claim[2] as Sha256Hex : null;
};
/** Whether at least one person of the plan signed it. */
export const isSigned = (envelope: Envelope, plan: Plan, ports: VerifyPorts): boolean => {
  const message = pae(envelope.payloadType, envelope.payload);
  return envelope.signatures.some(({ keyid, sig }) => { const person = signerOf(plan, keyid); return person !== null && verifies(person, message, sig, ports); });
};

/** Judges each signature; @returns the people whose signature verifies. */
const checkSigners = (envelope: Envelope, plan: Plan, ports: VerifyPorts, out: Collector): readonly Person[] => {
  const message = pae(envelope.payloadType, envelope.payload);
  return envelope.signatures.flatMap(({ keyid, sig }): readonly Person[] => {
    const person = signerOf(plan, keyid);
    if (person === null) { out.add('record', say.recordKey(keyid)); return []; }
    if (verifies(person, message, sig, ports)) return [person];
    out.add('record', say.recordSignature(person.name));
    return [];
  });
};

/** @param state the whole replay, ended by its closing entry. @returns the people whose signature over the record verifies. */
export const checkRecord = (folder: FolderFiles, envelope: Envelope | null, state: CeremonyState, ports: VerifyPorts, out: Collector): readonly Person[] => {
  // Now, while there is a fast digest at hand: a later ceremony's link asks for it.
  recordDigest(state, ports.chain.digest);
  if (!folder.files.has(FILE)) { out.add('record', say.fileMissing(FILE, 'Nobody has signed the record.')); return []; }
  if (envelope === null) { out.add('record', say.recordForm('one line of JSON and a newline, exact keys, canonical base64, each key once')); return []; }
  if (envelope.payloadType !== RECORD_TYPE || !equalBytes(envelope.payload, recordPayload(state))) { out.add('record', say.recordPayload()); return []; }
  const signed = checkSigners(envelope, state.plan, ports, out);
  const missing = recordSigners(state).filter((person) => !signed.includes(person));
  if (!out.hasFault('record')) out.add('record', ...missing.map(({ name }) => say.notSigned(name)));
  out.row('record', signed.length === 0 ? 'not-done' : 'sound', missing.length === 0 ? `All ${signed.length} participants with a credential signed the record.` : `${signed.length} signed the record; not signed: ${missing.map(({ name }) => name).join(', ')}.`);
  return signed;
};
