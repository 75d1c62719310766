/** Test signers for every credential algorithm: a plan's people with real keys, and signing in their name. */
import { constants, generateKeyPairSync, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { toBase64 } from '../../shared/bytes.ts';
import type { CredentialAlgorithm, Person } from '../../shared/ceremony/plan-schema.ts';
import { samplePeople, sampleKey, spkiOf } from './sample-people.ts';

const made = new Map<string, KeyObject>();
const makeKey = (algorithm: CredentialAlgorithm): KeyObject => {
  switch (algorithm) {
    case 'Ed25519': return generateKeyPairSync('ed25519').privateKey;
    case 'ECDSA-P256-SHA256': return generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey;
    case 'ECDSA-P384-SHA384': return generateKeyPairSync('ec', { namedCurve: 'secp384r1' }).privateKey;
    case 'RSASSA-PSS-SHA256': case 'RSASSA-PSS-SHA384': return generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  }
};

/** A person of the sample with a token credential of `algorithm` in place of the file. The key lives as long as the process. */
export const onToken = (person: Person, algorithm: CredentialAlgorithm): Person => {
  const key = made.get(person.id) ?? makeKey(algorithm);
  made.set(person.id, key);
  return { ...person, credential: { kind: 'token', algorithm, publicKey: toBase64(spkiOf(key)), serial: `T-${person.id}`, module: '/usr/lib/module.so' } };
};

const HASHES: Readonly<Record<CredentialAlgorithm, string | null>> = { Ed25519: null, 'ECDSA-P256-SHA256': 'sha256', 'ECDSA-P384-SHA384': 'sha384', 'RSASSA-PSS-SHA256': 'sha256', 'RSASSA-PSS-SHA384': 'sha384' };
export const signWith = (algorithm: CredentialAlgorithm, key: KeyObject, message: Uint8Array): Uint8Array => {
  const pss = algorithm.startsWith('RSASSA') ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST } : {};
  return new Uint8Array(sign(HASHES[algorithm], message, { key, ...pss }));
};
/** Signs as `person` of a plan made of sample people, by file or token. */
export const signFor = (person: Person, message: Uint8Array): Uint8Array => {
  if (person.credential.kind === 'paper') throw new Error(`${person.id} signs on paper`);
  return signWith(person.credential.algorithm, person.credential.kind === 'file' ? sampleKey(person.id) : made.get(person.id)!, message);
};

const ALGORITHMS: Readonly<Record<string, CredentialAlgorithm>> = { ada: 'ECDSA-P256-SHA256', bruno: 'ECDSA-P384-SHA384', chen: 'RSASSA-PSS-SHA256', dalia: 'RSASSA-PSS-SHA384' };
/** Sample people of whom four custodians sign with tokens, one by each algorithm, and the others with files. */
export const peopleOnTokens = (): Person[] => samplePeople().map((person) => (ALGORITHMS[person.id] === undefined ? person : onToken(person, ALGORITHMS[person.id]!)));
