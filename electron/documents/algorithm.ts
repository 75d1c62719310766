/** A key profile as paper names it, with the hash it signs with. */
import type { KeyProfile } from '../../shared/ceremony/plan-schema.ts';
import { PROFILES } from '../../shared/keys/profiles.ts';
import { profileName } from '../../shared/text/script.ts';

/** "ECDSA, P-384; signs with SHA-384" */
export const algorithmName = (profile: KeyProfile): string => {
  const facts = PROFILES[profile];
  return facts.kind === 'ed25519' ? 'Ed25519' : `${facts.kind === 'rsa' ? `RSA, ${facts.modulusBits} bits, exponent 65537` : `ECDSA, ${profileName(profile)}`}; signs with ${facts.hash.toUpperCase().replace('SHA', 'SHA-')}`;
};
