/** The root certificate in two calls: prepare gives the exact bytes to be signed, already linted; sign signs exactly those. */
import { createPublicKey, X509Certificate } from 'node:crypto';
import { equalBytes, toBase64 } from '../../../shared/bytes.ts';
import type { KeyProfile } from '../../../shared/ceremony/plan-schema.ts';
import { AppError } from '../../../shared/errors.ts';
import { PROFILES } from '../../../shared/keys/profiles.ts';
import type { LintFinding } from '../../../shared/transcript/entry-schema.ts';
import type { VaultRequest, VaultResponse } from '../../../shared/vault/contract.ts';
import { sequence, unsignedInteger } from '../../../shared/x509/der.ts';
import { hasLintError, lintRoot } from '../../../shared/x509/lint.ts';
import type { LintContext } from '../../../shared/x509/lint-rules.ts';
import { readCertificate } from '../../../shared/x509/read-certificate.ts';
import { assembleSigned, encodeRootTbs, splitSigned, type RootFields } from '../../../shared/x509/root-certificate.ts';
import type { VaultContext } from '../context.ts';
import { signWithKey } from '../keys/use-key.ts';
import { verifiesByProfile } from '../keys/verify.ts';
import { bytesOf } from '../request.ts';
import { makeThrowAwayKey } from './throw-away.ts';

/** One more byte than 128 random bits; its top bits make the number positive and its length always the same. */
const SERIAL_BYTES = 17;

const serialFromToken = (context: VaultContext, module: string, serial: string): Promise<Buffer> =>
  context.modules.loggedInToken(module, serial).use(({ p11, handle }) => {
    const number = p11.C_GenerateRandom(handle, Buffer.alloc(SERIAL_BYTES));
    number[0] = (number[0]! & 0x3f) | 0x40;
    return number;
  });

/** @returns warnings and notices. @throws PKI_LINT_FAILED with the rules that failed */
const assertLint = (certificate: Uint8Array, lint: LintContext, when: string): readonly LintFinding[] => {
  const findings = lintRoot(certificate, lint);
  if (hasLintError(findings)) throw new AppError('PKI_LINT_FAILED', { when, rules: findings.filter(({ severity }) => severity === 'error').map(({ rule }) => rule) });
  return findings;
};

/** Self-signature and readability by a second implementation (OpenSSL in Node). @throws PKI_SIGNATURE_INVALID */
const assertSelfSigned = (certificate: Uint8Array, spki: Uint8Array, profile: KeyProfile): void => {
  const signed = splitSigned(certificate);
  const key = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
  const isGood = signed !== null && verifiesByProfile(profile, spki, signed.tbs, signed.signature) && new X509Certificate(certificate).verify(key);
  if (!isGood) throw new AppError('PKI_SIGNATURE_INVALID', {});
};

/**
 * Two lints come before the real key is used: of the same certificate for a throw-away key, which must also verify; and of the real
 * bytes under a throw-away signature.
 * @throws PKI_LINT_FAILED, PKI_SIGNATURE_INVALID, HSM_NOT_LOGGED_IN, HSM_CALL_FAILED
 */
export const prepareRoot = async (context: VaultContext, request: VaultRequest<'pki.prepare-root'>): Promise<VaultResponse<'pki.prepare-root'>> => {
  const { profile, mode, subject, notBefore, notAfter } = request;
  const serialNumber = await serialFromToken(context, request.module, request.serial);
  const fields: RootFields = { profile, mode, subject, notBefore, notAfter, serialNumber, spki: bytesOf(request.spki, 'spki') };
  const throwAway = await makeThrowAwayKey(profile);
  const trialTbs = encodeRootTbs({ ...fields, spki: throwAway.spki });
  const trial = assembleSigned(trialTbs, profile, throwAway.sign(trialTbs));
  assertLint(trial, { profile, mode }, 'trial');
  assertSelfSigned(trial, throwAway.spki, profile);
  const tbs = encodeRootTbs(fields);
  const lint = assertLint(assembleSigned(tbs, profile, throwAway.sign(tbs)), { profile, mode }, 'before-signing');
  return { tbs: toBase64(tbs), lint };
};

/** Bytes in the form of a signature, for the lint alone; prepareRoot has linted the same bytes under a real one. */
const placeholderSignature = (profile: KeyProfile): Uint8Array => {
  const facts = PROFILES[profile];
  const one = unsignedInteger(Uint8Array.of(1));
  return facts.kind === 'rsa' ? new Uint8Array(facts.modulusBits / 8) : facts.kind === 'ec' ? sequence(one, one) : new Uint8Array(64);
};

/** The bytes are a certificate of this key and profile before anything is signed. @throws PKI_TBS_MISMATCH, PKI_LINT_FAILED */
const assertSignable = (tbs: Uint8Array, spki: Uint8Array, profile: KeyProfile): void => {
  const trial = assembleSigned(tbs, profile, placeholderSignature(profile));
  const certificate = readCertificate(trial);
  if (certificate === null || !equalBytes(certificate.tbs, tbs) || !equalBytes(certificate.spki, spki)) throw new AppError('PKI_TBS_MISMATCH', { when: 'before-signing' });
  assertLint(trial, { profile, mode: null }, 'before-signing');
};

/**
 * Signs exactly `tbs`, which has been in an intent; then compares it byte for byte, verifies and lints the result.
 * @throws PKI_TBS_MISMATCH, PKI_LINT_FAILED, PKI_SIGNATURE_INVALID, HSM_KEY_NOT_FOUND, HSM_NOT_LOGGED_IN, HSM_TOKEN_REMOVED, HSM_CALL_FAILED
 */
export const signRoot = async (context: VaultContext, request: VaultRequest<'pki.sign-root'>): Promise<VaultResponse<'pki.sign-root'>> => {
  const { profile } = request;
  const tbs = bytesOf(request.tbs, 'tbs'), spki = bytesOf(request.spki, 'spki');
  assertSignable(tbs, spki, profile);
  const signature = await signWithKey(context, request, profile, spki, tbs);
  const certificate = assembleSigned(tbs, profile, signature);
  if (!equalBytes(splitSigned(certificate)?.tbs ?? Buffer.alloc(0), tbs)) throw new AppError('PKI_TBS_MISMATCH', { when: 'after-signing' });
  assertSelfSigned(certificate, spki, profile);
  const lint = assertLint(certificate, { profile, mode: null }, 'after-signing');
  return { certificate: toBase64(certificate), lint };
};
