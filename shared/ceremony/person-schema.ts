/** A person of a plan or of the roster: role, credential, and what a share is carried away on. */
import * as v from 'valibot';
import { base64, line, personId } from '../schema.ts';

/**
 * What people do in a ceremony. `holder`: brings a share of a set that is being replaced or destroyed, and gets none of a new one.
 * `crypto-officer`: types the PIN of an HSM. `security-officer`: answers for the security of the room. `candidate`: is being enrolled and does nothing else.
 */
export const ROLES = ['administrator', 'deputy-administrator', 'crypto-officer', 'security-officer', 'custodian', 'deputy-custodian', 'holder', 'internal-witness', 'external-auditor', 'candidate'] as const;
export type Role = (typeof ROLES)[number];
/** Signature algorithms of credentials; hash and padding are part of the name. ECDSA signatures are DER; PSS salt length = hash length. */
export const CREDENTIAL_ALGORITHMS = ['Ed25519', 'ECDSA-P256-SHA256', 'ECDSA-P384-SHA384', 'RSASSA-PSS-SHA256', 'RSASSA-PSS-SHA384'] as const;
export type CredentialAlgorithm = (typeof CREDENTIAL_ALGORITHMS)[number];

/** `publicKey` is SubjectPublicKeyInfo (DER, base64); null only in a draft, before enrolment. */
const fileCredential = v.strictObject({ kind: v.literal('file'), algorithm: v.literal('Ed25519'), publicKey: v.nullable(base64) });
const tokenCredential = v.strictObject({
  kind: v.literal('token'), algorithm: v.picklist(CREDENTIAL_ALGORITHMS), publicKey: v.nullable(base64),
  /** The token's serial number (CK_TOKEN_INFO.serialNumber, trailing spaces removed). */
  serial: v.nullable(line(64)), module: line(512),
});
/** Signs with ink on the printed record only; never counts towards a hold point. */
const paperCredential = v.strictObject({ kind: v.literal('paper') });

export const CARRIERS = ['paper', 'card', 'both'] as const;
export type Carrier = (typeof CARRIERS)[number];
/** What a custodian carries a share away on; without it: a standard sheet of paper. */
export const custodySchema = v.strictObject({
  carrier: v.picklist(CARRIERS),
  /** How the sheet is printed, where there is one: as it is, in large letters, or encrypted under a code the holder throws with dice. */
  sheet: v.picklist(['standard', 'large', 'blind']),
  /** The custodian's own token that takes the share; null for paper. */
  card: v.nullable(v.strictObject({ module: line(512), serial: v.nullable(line(64)) })),
});
export type Custody = v.InferOutput<typeof custodySchema>;

export const credentialSchema = v.variant('kind', [fileCredential, tokenCredential, paperCredential]);
export type Credential = v.InferOutput<typeof credentialSchema>;

export const personSchema = v.strictObject({
  id: personId, name: line(64), organisation: line(64), role: v.picklist(ROLES),
  credential: credentialSchema,
  custody: v.optional(custodySchema),
  /** The name of the person this one reports to, in the plan or outside it; null: nobody who could come here. */
  reportsTo: v.optional(v.nullable(line(64))),
  /** Of a deputy: the id of the person this one stands in for. */
  deputyOf: v.optional(personId),
});
export type Person = v.InferOutput<typeof personSchema>;
