/** root.crt, root.pem and pop.csr against the bytes that the intents bound before they were signed. */
import { X509Certificate } from 'node:crypto';
import { equalBytes, fromBase64, utf8 } from '../../shared/bytes.ts';
import type { KeyProfile, Plan } from '../../shared/ceremony/plan-schema.ts';
import type { CeremonyState } from '../../shared/ceremony/state.ts';
import { PROFILES } from '../../shared/keys/profiles.ts';
import { findings as say } from '../../shared/text/findings.ts';
import { sha256Of } from '../../shared/transcript/digest.ts';
import type { Entry } from '../../shared/transcript/entry-schema.ts';
import { decodePem, encodePem } from '../../shared/transcript/pem.ts';
import { bitsOf, membersOf, oidText, readSequence, textOf } from '../../shared/x509/der.ts';
import type { Der } from '../../shared/x509/der.ts';
import { OID } from '../../shared/x509/oids.ts';
import { checkKeySignature } from './check-signature.ts';
import type { Collector } from './collector.ts';
import type { FolderFiles } from './read-folder.ts';
import { lastEffect } from './replay.ts';

interface Signed { readonly body: Der; readonly algorithm: string | null; readonly signature: Uint8Array }
/** SEQUENCE { body, AlgorithmIdentifier, BIT STRING }: certificates and requests alike. */
const readSigned = (der: Uint8Array): Signed | null => {
  const members = readSequence(der);
  const signature = bitsOf(members?.[2]);
  return members?.length === 3 && signature !== null ? { body: members[0]!, algorithm: oidText(membersOf(members[1])?.[0]), signature } : null;
};
const holds = (signed: Signed, profile: KeyProfile, spki: Uint8Array): boolean =>
  signed.algorithm === PROFILES[profile].signatureOid && checkKeySignature(profile, spki, signed.body.bytes, signed.signature);

/** Attribute values of a Name by object identifier; one value an attribute. */
const nameOf = (name: Der | undefined): ReadonlyMap<string, string> => new Map((membersOf(name) ?? []).flatMap((set): [string, string][] => {
  const pair = membersOf(membersOf(set)?.[0]);
  const oid = oidText(pair?.[0]), text = textOf(pair?.[1]);
  return oid !== null && text !== null ? [[oid, text]] : [];
}));
/** Is this the subject of the plan? A rehearsal's common name begins with "REHEARSAL ". */
const isPlanned = (name: ReadonlyMap<string, string>, plan: Plan): boolean => {
  const { commonName, organization, country } = plan.certificate.subject;
  const expected = [[OID.commonName, plan.mode === 'rehearsal' ? `REHEARSAL ${commonName}` : commonName], [OID.organizationName, organization], ...(country === null ? [] : [[OID.countryName, country]])];
  return name.size === expected.length && expected.every(([oid, text]) => name.get(oid!) === text);
};

const TBS_SUBJECT = 5;
const certificateFaults = (der: Uint8Array, signed: Signed, plan: Plan, spki: Uint8Array): readonly string[] => {
  let parsed: X509Certificate;
  try { parsed = new X509Certificate(der); } catch { return ['it does not read as a certificate.']; }
  const subject = membersOf(signed.body)?.[TBS_SUBJECT];
  return [
    ...(new Uint8Array(parsed.publicKey.export({ format: 'der', type: 'spki' })).every((byte, i) => byte === spki[i]) ? [] : ['it is for another public key than the transcript says.']),
    ...(holds(signed, plan.key.profile, spki) ? [] : ['its signature does not verify under the key of this ceremony.']),
    ...(parsed.ca && parsed.subject === parsed.issuer ? [] : ['it is not a self-issued CA certificate.']),
    ...(isPlanned(nameOf(subject), plan) ? [] : ['its subject is not that of the plan.']),
    ...(Date.parse(parsed.validFrom) === Date.parse(plan.certificate.notBefore) && Date.parse(parsed.validTo) === Date.parse(plan.certificate.notAfter) ? [] : ['its validity is not that of the plan.']),
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
  const bytes = expectedFile(folder, 'root.crt', state.certificate!.certificateSha256, effect.seq, out);
  const signed = bytes && readSigned(bytes);
  if (bytes !== null) {
    if (signed === null) out.add('certificate', say.fileInvalid('root.crt', 'it is not a certificate in DER.'));
    else {
      if (!equalBytes(signed.body.bytes, fromBase64(effect.intent.tbs)!)) out.add('certificate', say.fileInvalid('root.crt', `it is not over the bytes that entry ${effect.intentSeq} bound.`));
      for (const why of certificateFaults(bytes, signed, state.plan, spki)) out.add('certificate', say.fileInvalid('root.crt', why));
    }
    const pem = folder.files.get('root.pem');
    if (pem === undefined) out.add('certificate', say.fileMissing('root.pem', 'It is root.crt as text.'));
    else if (!equalBytes(pem, utf8(encodePem('CERTIFICATE', bytes)))) out.add('certificate', say.fileInvalid('root.pem', 'it is not root.crt as PEM.'));
  }
  for (const finding of effect.result.outcome.kind === 'sign-certificate' ? effect.result.outcome.lint : []) {
    if (finding.severity === 'error') out.add('certificate', say.fact(effect.seq, `the certificate has a lint error (${finding.rule})`));
  }
};

/** The head in the request's own attribute, or null. */
const boundHead = (request: Signed): string | null => {
  const attributes = membersOf(request.body)?.[3];
  const own = (membersOf(attributes) ?? []).map((attribute) => membersOf(attribute)).find((pair) => oidText(pair?.[0]) === OID.transcriptHead);
  return textOf(membersOf(own?.[1])?.[0]);
};
const checkRequest = (folder: FolderFiles, state: CeremonyState, entries: readonly Entry[], spki: Uint8Array, out: Collector): void => {
  const effect = lastEffect(entries, 'sign-pop')!;
  const bytes = expectedFile(folder, 'pop.csr', state.certificate!.popSha256!, effect.seq, out);
  if (bytes === null) return;
  const signed = readSigned(bytes);
  if (signed === null) { out.add('certificate', say.fileInvalid('pop.csr', 'it is not a certificate request.')); return; }
  if (!equalBytes(signed.body.bytes, fromBase64(effect.intent.tbs)!)) out.add('certificate', say.fileInvalid('pop.csr', `it is not over the bytes that entry ${effect.intentSeq} bound.`));
  if (boundHead(signed) !== effect.intent.head) out.add('certificate', say.fileInvalid('pop.csr', `it is not bound to the head before entry ${effect.intentSeq}.`));
  const key = membersOf(signed.body)?.[2]?.bytes;
  if (key === undefined || !equalBytes(key, spki)) out.add('certificate', say.fileInvalid('pop.csr', 'it is for another public key than the transcript says.'));
  if (!holds(signed, state.plan.key.profile, spki)) out.add('certificate', say.fileInvalid('pop.csr', 'its signature does not verify under the key of this ceremony.'));
};

/** Files of this kind that no entry speaks of do not belong in the folder. */
export const checkCertificate = (folder: FolderFiles, state: CeremonyState, entries: readonly Entry[], spki: Uint8Array | null, out: Collector): void => {
  const { certificate } = state;
  for (const file of ['root.crt', 'root.pem']) if (certificate === null && folder.files.has(file)) out.add('folder', say.unknownFile(file));
  if (!certificate?.popSha256 && folder.files.has('pop.csr')) out.add('folder', say.unknownFile('pop.csr'));
  if (certificate === null || spki === null) { out.row('certificate', 'not-done', 'No certificate was issued.'); return; }
  checkRoot(folder, state, entries, spki, out);
  if (certificate.popSha256 !== null) checkRequest(folder, state, entries, spki, out);
  out.row('certificate', 'sound', certificate.popSha256 === null ? 'The certificate is the one that was bound, and verifies.' : 'The certificate and the proof of possession are the ones that were bound, and verify.');
};
