/** People with real Ed25519 keys made from fixed seeds, so that golden files stay the same. For tests only. */
import { createHash, createPrivateKey, createPublicKey, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { Base64, PersonId } from '../../shared/brand.ts';
import { toBase64 } from '../../shared/bytes.ts';
import type { Person } from '../../shared/ceremony/plan-schema.ts';
import { keyIdOf } from '../../shared/transcript/key-id.ts';

/** PKCS#8 of an Ed25519 seed (RFC 8410 §7). */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');

export const sampleKey = (id: string): KeyObject => {
  const seed = createHash('sha256').update(`quorate sample person ${id}`).digest();
  return createPrivateKey({ key: Buffer.concat([PKCS8_PREFIX, seed]), format: 'der', type: 'pkcs8' });
};
export const spkiOf = (key: KeyObject): Uint8Array => new Uint8Array(createPublicKey(key).export({ format: 'der', type: 'spki' }));
export const publicKeyOf = (id: string): Base64 => toBase64(spkiOf(sampleKey(id)));
export const sampleKeyId = (id: string): string => keyIdOf(spkiOf(sampleKey(id)));
/** Ed25519 signature of a sample person. */
export const signAs = (id: string, message: Uint8Array): Uint8Array => new Uint8Array(sign(null, message, sampleKey(id)));

const withFile = (id: string, name: string, role: Person['role'], organisation: string): Person =>
  ({ id: id as PersonId, name, organisation, role, credential: { kind: 'file', algorithm: 'Ed25519', publicKey: publicKeyOf(id) } });

const CUSTODIANS = [['ada', 'Ada Okafor'], ['bruno', 'Bruno Keller'], ['chen', 'Chen Wei'], ['dalia', 'Dalia Haddad'], ['emil', 'Emil Novak'], ['farah', 'Farah Rahimi'], ['goran', 'Goran Ilić']] as const;

/** An administrator, an internal witness, an external auditor, and `custodians` custodians (2 to 7), all with credential files. */
export const samplePeople = (custodians = 5): Person[] => [
  withFile('maria', 'Maria Lindqvist', 'administrator', 'Example Trust'),
  withFile('walter', 'Walter Brandt', 'internal-witness', 'Example Trust'),
  withFile('xenia', 'Xenia Petrou', 'external-auditor', 'Harbour Audit'),
  ...CUSTODIANS.slice(0, custodians).map(([id, name]) => withFile(id, name, 'custodian', 'Example Trust')),
];
