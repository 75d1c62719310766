/** root.crt, root.pem and pop.csr against the bytes that the intents bound before they were signed. */
import { X509Certificate } from 'node:crypto';
import { equalBytes, fromBase64, utf8 } from '../../shared/bytes.ts';
import type { Plan } from '../../shared/ceremony/plan-schema.ts';
import type { CeremonyState } from '../../shared/ceremony/state.ts';
import { findings as say } from '../../shared/text/findings.ts';
import { sha256Of } from '../../shared/transcript/digest.ts';
import type { Entry } from '../../shared/transcript/entry-schema.ts';
import { decodePem, encodePem } from '../../shared/transcript/pem.ts';
import { lintRoot } from '../../shared/x509/lint.ts';
import { encodeName, encodeTime } from '../../shared/x509/names.ts';
import { parsePossession } from '../../shared/x509/possession.ts';
import { readCertificate } from '../../shared/x509/read-certificate.ts';
import type { Certificate } from '../../shared/x509/read-certificate.ts';
import { signatureAlgorithm } from '../../shared/x509/root-certificate.ts';
import { checkKeySignature } from './check-signature.ts';
import type { Collector } from './collector.ts';
import type { FolderFiles } from './read-folder.ts';
import { lastEffect } from './replay.ts';

/** A second reading, by the TLS library of this program: does it see the same key, a CA, and a self-signature? */
const secondReading = (der: Uint8Array, spki: Uint8Array): boolean => {
  try {
    const parsed = new X509Certificate(der);
    return parsed.ca && parsed.verify(parsed.publicKey) && equalBytes(new Uint8Array(parsed.publicKey.export({ format: 'der', type: 'spki' })), spki);
  } catch { return false; }
};
const unless = (holds: boolean, why: string): readonly string[] => (holds ? [] : [why]);

const certificateFaults = (der: Uint8Array, read: Certificate, plan: Plan, spki: Uint8Array): readonly string[] => {
  const { subject, notBefore, notAfter } = plan.certificate;
  const { profile } = plan.key;
  const name = encodeName(subject, plan.mode);
  return [
    ...unless(equalBytes(read.spki, spki), 'it is for another public key than the transcript says.'),
    ...unless(equalBytes(read.outerAlgorithm, signatureAlgorithm(profile)) && checkKeySignature(profile, spki, read.tbs, read.signature), 'its signature does not verify under the key of this ceremony.'),
    ...unless(secondReading(der, spki), 'it does not read as a self-signed CA certificate of this key.'),
    ...unless(equalBytes(read.subject, name) && equalBytes(read.issuer, name), 'its subject is not that of the plan.'),
    ...unless(equalBytes(read.notBefore.bytes, encodeTime(notBefore)) && equalBytes(read.notAfter.bytes, encodeTime(notAfter)), 'its validity is not that of the plan.'),
    ...lintRoot(der, { profile, mode: plan.mode }).filter(({ severity }) => severity === 'error').map(({ rule, text }) => `${text} (${rule})`),
  ];
};

/** Reads a file that the state says exists and the digest of whose DER an entry has. @returns that DER. */
const expectedFile = (folder: FolderFiles, file: 'root.crt' | 'pop.csr', digest: string, seq: number, out: Collector): Uint8Array | null => {
  const bytes = folder.files.get(file);
  if (bytes === undefined) { out.add('certificate', say.fileMissing(file, `Entry ${seq} says that it was made.`)); return null; }
  const der = file === 'root.crt' ? bytes : decodePem('CERTIFICATE REQUEST', bytes);
  if (der === null) { out.add('certificate', say.fileInvalid(file, 'it is not a certificate request in PEM, in its one form.')); return null; }
  if (sha256Of(der) === digest) return der;
  out.add('certificate', say.fileDigest(file, seq));
  return null;
};

const checkRoot = (folder: FolderFiles, state: CeremonyState, entries: readonly Entry[], spki: Uint8Array, out: Collector): void => {
  const effect = lastEffect(entries, 'sign-certificate')!;
  const der = expectedFile(folder, 'root.crt', state.certificate!.certificateSha256, effect.seq, out);
  if (der === null) return;
  const read = readCertificate(der);
  const fault = (why: string): void => { out.add('certificate', say.fileInvalid('root.crt', why)); };
  if (read === null) fault('it is not a certificate in strict DER.');
  else if (!equalBytes(read.tbs, fromBase64(effect.intent.tbs)!)) fault(`it is not over the bytes that entry ${effect.intentSeq} bound.`);
  else certificateFaults(der, read, state.plan, spki).forEach(fault);
  const pem = folder.files.get('root.pem');
  if (pem === undefined) out.add('certificate', say.fileMissing('root.pem', 'It is root.crt as text.'));
  else if (!equalBytes(pem, utf8(encodePem('CERTIFICATE', der)))) out.add('certificate', say.fileInvalid('root.pem', 'it is not root.crt as PEM.'));
};

const checkRequest = (folder: FolderFiles, state: CeremonyState, entries: readonly Entry[], spki: Uint8Array, out: Collector): void => {
  const effect = lastEffect(entries, 'sign-pop')!;
  const der = expectedFile(folder, 'pop.csr', state.certificate!.popSha256!, effect.seq, out);
  if (der === null) return;
  const { plan } = state;
  const read = parsePossession(der);
  const faults = read === null ? ['it is not a certificate request with a transcript head.'] : [
    ...unless(equalBytes(read.tbs, fromBase64(effect.intent.tbs)!), `it is not over the bytes that entry ${effect.intentSeq} bound.`),
    ...unless(read.head === effect.intent.head, `it is not bound to the head before entry ${effect.intentSeq}.`),
    ...unless(equalBytes(read.spki, spki), 'it is for another public key than the transcript says.'),
    ...unless(equalBytes(read.subject, encodeName(plan.certificate.subject, plan.mode)), 'its subject is not that of the plan.'),
    ...unless(equalBytes(read.algorithm, signatureAlgorithm(plan.key.profile)) && checkKeySignature(plan.key.profile, spki, read.tbs, read.signature), 'its signature does not verify under the key of this ceremony.'),
  ];
  for (const why of faults) out.add('certificate', say.fileInvalid('pop.csr', why));
};

/** Files of this kind that no entry speaks of do not belong in the folder. */
export const checkCertificate = (folder: FolderFiles, state: CeremonyState, entries: readonly Entry[], spki: Uint8Array | null, out: Collector): void => {
  const { certificate } = state;
  for (const file of ['root.crt', 'root.pem']) if (certificate === null && folder.files.has(file)) out.add('folder', say.unknownFile(file));
  if (!certificate?.popSha256 && folder.files.has('pop.csr')) out.add('folder', say.unknownFile('pop.csr'));
  if (certificate === null || spki === null) { out.row('certificate', state.plan.source ? 'sound' : 'not-done', state.plan.source ? 'A ceremony of this kind issues no certificate, and there is none.' : 'No certificate was issued.'); return; }
  checkRoot(folder, state, entries, spki, out);
  if (certificate.popSha256 !== null) checkRequest(folder, state, entries, spki, out);
  out.row('certificate', 'sound', certificate.popSha256 === null ? 'The certificate is the one that was bound, and verifies.' : 'The certificate and the proof of possession are the ones that were bound, and verify.');
};
