/** The plan: the one reviewed document that decides a ceremony. This file gives its shape; parse-plan.ts reads it strictly. */
import * as v from 'valibot';
import { base64, between, isoDate, line, personId, sha256Hex, utcSecond } from '../schema.ts';

export const ROLES = ['administrator', 'custodian', 'internal-witness', 'external-auditor'] as const;
export type Role = (typeof ROLES)[number];
export const KEY_PROFILES = ['rsa-3072', 'rsa-4096', 'ec-p256', 'ec-p384', 'ec-p521', 'ed25519'] as const;
export type KeyProfile = (typeof KEY_PROFILES)[number];
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

export const personSchema = v.strictObject({
  id: personId, name: line(64), organisation: line(64), role: v.picklist(ROLES),
  credential: v.variant('kind', [fileCredential, tokenCredential, paperCredential]),
});

export const planSchema = v.strictObject({
  format: v.literal('quorate-plan/1'),
  mode: v.picklist(['rehearsal', 'production']),
  ceremony: v.strictObject({ kind: v.literal('root-key-generation'), title: line(64), organisation: line(64), place: line(128), date: isoDate }),
  people: v.pipe(v.array(personSchema), v.minLength(4), v.maxLength(32)),
  /** threshold M of N custodians: signs at hold points and recovers the wrapping key. N is the number of custodians. */
  quorum: v.strictObject({ threshold: between(2, 16), shares: between(2, 16) }),
  key: v.strictObject({
    label: line(32), profile: v.picklist(KEY_PROFILES),
    backup: v.variant('kind', [
      v.strictObject({ kind: v.literal('split') }),
      v.strictObject({ kind: v.literal('none'), reason: line(256), approvedBy: line(64) }),
    ]),
  }),
  certificate: v.strictObject({
    subject: v.strictObject({ commonName: line(64), organization: line(64), country: v.nullable(v.pipe(v.string(), v.regex(/^[A-Z]{2}$/))) }),
    notBefore: utcSecond, notAfter: utcSecond,
  }),
  hsm: v.strictObject({
    module: v.strictObject({ path: line(512), sha256: v.nullable(sha256Hex) }),
    /** Serial of the token that makes the key, and of the second token that proves the restore (null without backup, or in a draft). */
    serial: v.nullable(line(64)), secondSerial: v.nullable(line(64)),
    /** True when the person who wrote the plan knows that the token is software; said on every page. */
    software: v.boolean(),
  }),
  /** Who types the HSM's User PIN: one person ("single control" on the record), or two, half each. */
  pin: v.variant('control', [
    v.strictObject({ control: v.literal('single'), person: personId }),
    v.strictObject({ control: v.literal('halves'), first: personId, second: personId }),
  ]),
  sheets: v.strictObject({ paper: v.picklist(['A4', 'Letter']), printer: v.variant('kind', [
    v.strictObject({ kind: v.literal('folder') }),
    v.strictObject({ kind: v.literal('cups'), queue: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_.][A-Za-z0-9_.-]{0,126}$/)) }),
  ]) }),
  /** How many numbered media take the wrapped key; 0 only without backup. */
  media: between(0, 9),
});
export type Plan = v.InferOutput<typeof planSchema>;
export type Person = v.InferOutput<typeof personSchema>;
export type Mode = Plan['mode'];
