/** record.dsse.json: the participants' final signatures over what the replay says. */
import { equalBytes, fromBase64, fromUtf8 } from '../bytes.ts';
import type { Sha256Hex } from '../brand.ts';
import { isSha256Hex } from '../brand.ts';
import type { Person, Plan } from '../ceremony/plan-schema.ts';
import { recordSigners } from '../ceremony/select.ts';
import type { CeremonyState } from '../ceremony/state.ts';
import { findings as say } from '../text/findings.ts';
import { pae, parseEnvelope } from '../transcript/dsse.ts';
import type { Envelope } from '../transcript/dsse.ts';
import { keyIdOf } from '../transcript/key-id.ts';
import { RECORD_TYPE, recordPayload } from '../transcript/record.ts';
import type { Collector } from './collector.ts';
import type { FolderFiles } from './folder-files.ts';
import type { VerifyPorts } from './ports.ts';

const FILE = 'record.dsse.json';

/** The file is an envelope and a newline. @returns null when it is not there or not in that form. */
export const readRecord = (folder: FolderFiles): Envelope | null => {
  const bytes = folder.files.get(FILE);
  const text = bytes === undefined ? null : fromUtf8(bytes);
  return text?.endsWith('\n') ? parseEnvelope(text.slice(0, -1)) : null;
};
const signerOf = (plan: Plan, keyid: string): Person | null =>
  plan.people.find(({ credential }) => credential.kind !== 'paper' && credential.publicKey !== null && keyIdOf(fromBase64(credential.publicKey)!) === keyid) ?? null;
const verifies = (person: Person, message: Uint8Array, sig: Uint8Array, { checkSignature }: VerifyPorts): boolean => {
  const { credential } = person;
  return credential.kind !== 'paper' && credential.publicKey !== null && checkSignature(credential.algorithm, fromBase64(credential.publicKey)!, message, sig);
};

/**
 * The closing head that at least one person of the plan signed; used to tell whether the last line was altered. A record of a ceremony with
 * another plan says nothing of this one.
 */
export const signedHeadOf = (envelope: Envelope | null, { plan, sha256 }: { readonly plan: Plan; readonly sha256: Sha256Hex }, ports: VerifyPorts): Sha256Hex | null => {
  if (envelope === null || envelope.payloadType !== RECORD_TYPE) return null;
  const message = pae(envelope.payloadType, envelope.payload);
  const isSigned = envelope.signatures.some(({ keyid, sig }) => { const person = signerOf(plan, keyid); return person !== null && verifies(person, message, sig, ports); });
  if (!isSigned) return null;
  try {
    const { head, planSha256 } = JSON.parse(fromUtf8(envelope.payload) ?? '') as { head?: unknown; planSha256?: unknown };
    return planSha256 === sha256 && typeof head === 'string' && isSha256Hex(head) ? head : null;
  } catch { return null; }
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
  if (!folder.files.has(FILE)) { out.add('record', say.fileMissing(FILE, 'Nobody has signed the record.')); return []; }
  if (envelope === null) { out.add('record', say.recordForm('one line of JSON and a newline, exact keys, canonical base64, each key once')); return []; }
  if (envelope.payloadType !== RECORD_TYPE || !equalBytes(envelope.payload, recordPayload(state))) { out.add('record', say.recordPayload()); return []; }
  const signed = checkSigners(envelope, state.plan, ports, out);
  const missing = recordSigners(state).filter((person) => !signed.includes(person));
  if (!out.hasFault('record')) out.add('record', ...missing.map(({ name }) => say.notSigned(name)));
  out.row('record', signed.length === 0 ? 'not-done' : 'sound', missing.length === 0 ? `All ${signed.length} participants with a credential signed the record.` : `${signed.length} signed the record; not signed: ${missing.map(({ name }) => name).join(', ')}.`);
  return signed;
};
