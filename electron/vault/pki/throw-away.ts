/** A key pair in memory that signs one test certificate and is forgotten: shows that the certificate is right before the real key signs. */
import { generateKeyPair, sign } from 'node:crypto';
import { promisify } from 'node:util';
import type { KeyProfile } from '../../../shared/ceremony/plan-schema.ts';
import { PROFILES } from '../../../shared/keys/profiles.ts';

export interface ThrowAwayKey { readonly spki: Buffer; readonly sign: (message: Uint8Array) => Buffer }

const generate = promisify(generateKeyPair) as unknown as (type: string, options: object) => Promise<{ publicKey: import('node:crypto').KeyObject; privateKey: import('node:crypto').KeyObject }>;
const CURVE_NAMES = { p256: 'P-256', p384: 'P-384', p521: 'P-521' } as const;

export const makeThrowAwayKey = async (profile: KeyProfile): Promise<ThrowAwayKey> => {
  const facts = PROFILES[profile];
  const { publicKey, privateKey } = facts.kind === 'rsa' ? await generate('rsa', { modulusLength: facts.modulusBits, publicExponent: 65_537 })
    : facts.kind === 'ec' ? await generate('ec', { namedCurve: CURVE_NAMES[facts.curve] }) : await generate('ed25519', {});
  const hash = facts.kind === 'ed25519' ? null : facts.hash;
  return { spki: publicKey.export({ type: 'spki', format: 'der' }), sign: (message) => sign(hash, message, privateKey) };
};
