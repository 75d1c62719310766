/** root.crt, root.pem and pop.csr against the bytes that the intents bound before they were signed. */
import { equalBytes, fromBase64, utf8 } from '../bytes.ts';
import type { Plan } from '../ceremony/plan-schema.ts';
import { findings as say } from '../text/findings.ts';
import { decodePem, encodePem } from '../transcript/pem.ts';
import { lintRoot } from '../x509/lint.ts';
import { encodeName, encodeTime } from '../x509/names.ts';
import { parsePossession } from '../x509/possession.ts';
import { readCertificate } from '../x509/read-certificate.ts';
import type { Certificate } from '../x509/read-certificate.ts';
import { signatureAlgorithm } from '../x509/root-certificate.ts';
import type { Checked } from './checked.ts';
import type { VerifyPorts } from './ports.ts';
import { lastEffect } from './replay.ts';
import { keyPlan } from '../ceremony/people.ts';

const unless = (holds: boolean, why: string): readonly string[] => (holds ? [] : [why]);

const certificateFaults = (der: Uint8Array, read: Certificate, plan: Plan, spki: Uint8Array, { checkKeySignature, secondReading }: VerifyPorts): readonly string[] => {
  const { subject, notBefore, notAfter } = keyPlan(plan).certificate;
  const { profile } = keyPlan(plan).key;
  const name = encodeName(subject, plan.mode);
  return [
    ...unless(equalBytes(read.spki, spki), 'it is for another public key than the transcript says.'),
    ...unless(equalBytes(read.outerAlgorithm, signatureAlgorithm(profile)) && checkKeySignature(profile, spki, read.tbs, read.signature), 'its signature does not verify under the key of this ceremony.'),
    ...unless(secondReading?.(der, spki) ?? true, 'it does not read as a self-signed CA certificate of this key.'),
    ...unless(equalBytes(read.subject, name) && equalBytes(read.issuer, name), 'its subject is not that of the plan.'),
    ...unless(equalBytes(read.notBefore.bytes, encodeTime(notBefore)) && equalBytes(read.notAfter.bytes, encodeTime(notAfter)), 'its validity is not that of the plan.'),
    ...lintRoot(der, { profile, mode: plan.mode }).filter(({ severity }) => severity === 'error').map(({ rule, text }) => `${text} (${rule})`),
  ];
};

/** Reads a file that the state says exists and the digest of whose DER an entry has. @returns that DER. */
const expectedFile = ({ folder, ports, out }: Checked, file: 'root.crt' | 'pop.csr', digest: string, seq: number): Uint8Array | null => {
  const bytes = folder.files.get(file);
  if (bytes === undefined) { out.add('certificate', say.fileMissing(file, `Entry ${seq} says that it was made.`)); return null; }
  const der = file === 'root.crt' ? bytes : decodePem('CERTIFICATE REQUEST', bytes);
  if (der === null) { out.add('certificate', say.fileInvalid(file, 'it is not a certificate request in PEM, in its one form.')); return null; }
  if (ports.chain.digest(der) === digest) return der;
  out.add('certificate', say.fileDigest(file, seq));
  return null;
};

const checkRoot = (checked: Checked, spki: Uint8Array): void => {
  const { folder, state, entries, ports, out } = checked;
  const effect = lastEffect(entries, 'sign-certificate')!;
  const der = expectedFile(checked, 'root.crt', state.certificate!.certificateSha256, effect.seq);
  if (der === null) return;
  const read = readCertificate(der);
  const fault = (why: string): void => { out.add('certificate', say.fileInvalid('root.crt', why)); };
  if (read === null) fault('it is not a certificate in strict DER.');
  else if (!equalBytes(read.tbs, fromBase64(effect.intent.tbs)!)) fault(`it is not over the bytes that entry ${effect.intentSeq} bound.`);
  else certificateFaults(der, read, state.plan, spki, ports).forEach(fault);
  const pem = folder.files.get('root.pem');
  if (pem === undefined) out.add('certificate', say.fileMissing('root.pem', 'It is root.crt as text.'));
  else if (!equalBytes(pem, utf8(encodePem('CERTIFICATE', der)))) out.add('certificate', say.fileInvalid('root.pem', 'it is not root.crt as PEM.'));
};

const checkRequest = (checked: Checked, spki: Uint8Array): void => {
  const { state, entries, ports, out } = checked;
  const effect = lastEffect(entries, 'sign-pop')!;
  const der = expectedFile(checked, 'pop.csr', state.certificate!.popSha256!, effect.seq);
  if (der === null) return;
  const { plan } = state;
  const read = parsePossession(der);
  const faults = read === null ? ['it is not a certificate request with a transcript head.'] : [
    ...unless(equalBytes(read.tbs, fromBase64(effect.intent.tbs)!), `it is not over the bytes that entry ${effect.intentSeq} bound.`),
    ...unless(read.head === effect.intent.head, `it is not bound to the head before entry ${effect.intentSeq}.`),
    ...unless(equalBytes(read.spki, spki), 'it is for another public key than the transcript says.'),
    ...unless(equalBytes(read.subject, encodeName(keyPlan(plan).certificate.subject, plan.mode)), 'its subject is not that of the plan.'),
    ...unless(equalBytes(read.algorithm, signatureAlgorithm(keyPlan(plan).key.profile)) && ports.checkKeySignature(keyPlan(plan).key.profile, spki, read.tbs, read.signature), 'its signature does not verify under the key of this ceremony.'),
  ];
  for (const why of faults) out.add('certificate', say.fileInvalid('pop.csr', why));
};

/** Files of this kind that no entry speaks of do not belong in the folder. */
export const checkCertificate = (checked: Checked, spki: Uint8Array | null): void => {
  const { folder, state, out } = checked, { certificate } = state;
  for (const file of ['root.crt', 'root.pem']) if (certificate === null && folder.files.has(file)) out.add('folder', say.unknownFile(file));
  if (!certificate?.popSha256 && folder.files.has('pop.csr')) out.add('folder', say.unknownFile('pop.csr'));
  if (certificate === null || spki === null) { out.row('certificate', state.plan.source ? 'sound' : 'not-done', state.plan.source ? 'A ceremony of this kind issues no certificate, and there is none.' : 'No certificate was issued.'); return; }
  checkRoot(checked, spki);
  if (certificate.popSha256 !== null) checkRequest(checked, spki);
  out.row('certificate', 'sound', certificate.popSha256 === null ? 'The certificate is the one that was bound, and verifies.' : 'The certificate and the proof of possession are the ones that were bound, and verify.');
};
