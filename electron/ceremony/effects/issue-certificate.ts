/**
 * Signs the root certificate and the proof of possession. The intent holds the exact bytes; after a restart only those bytes are
 * signed again, and the record says that a second signature may exist.
 */
import path from 'node:path';
import type { Base64, EffectId, KeyIdHex } from '../../../shared/brand.ts';
import { fromBase64, toBase64, utf8 } from '../../../shared/bytes.ts';
import { nextEffect } from '../../../shared/ceremony/evolve.ts';
import { keyPlan } from '../../../shared/ceremony/people.ts';
import { AppError } from '../../../shared/errors.ts';
import { sha256Of } from '../../../shared/transcript/digest.ts';
import type { Intent, LintFinding } from '../../../shared/transcript/entry-schema.ts';
import { encodePem } from '../../../shared/transcript/pem.ts';
import { busy } from '../ask.ts';
import type { Session } from '../session.ts';

type SignCertificate = Extract<Intent, { kind: 'sign-certificate' }>;
type SignPop = Extract<Intent, { kind: 'sign-pop' }>;

const keyOf = (session: Session) => {
  const { key } = session.state, plan = keyPlan(session.state.plan);
  if (!key) throw new AppError('RULE_PROOF_ORDER', { reason: 'no key yet', entry: 'intent' });
  return { ref: { module: plan.hsm.module.path, serial: plan.hsm.serial!, keyId: key.keyId as KeyIdHex }, spki: key.spki as Base64, profile: plan.key.profile };
};
const lintErrors = (lint: readonly LintFinding[]): readonly LintFinding[] => lint.filter((finding) => finding.severity === 'error');
/** Writes a file that may already be there from before a restart; other bytes than before are a fault. */
const writeOnce = async (session: Session, name: string, bytes: Uint8Array): Promise<void> => {
  const file = path.join(session.folder.path, name);
  const present = await session.ports.disk.read(file);
  if (present === null) await session.ports.disk.create(file, bytes);
  else if (toBase64(present) !== toBase64(bytes)) await session.ports.disk.replace(file, bytes);
};

export const signCertificate = async (session: Session, effect: EffectId, intent: SignCertificate, again: boolean): Promise<void> => {
  const { ref, spki, profile } = keyOf(session);
  const made = await busy(session, 'issue-certificate', 'The HSM signs the certificate', () => session.ports.vault.call('pki.sign-root', { ...ref, profile, spki, tbs: intent.tbs }));
  const der = fromBase64(made.certificate)!;
  await writeOnce(session, 'root.crt', der);
  await writeOnce(session, 'root.pem', utf8(encodePem('CERTIFICATE', der)));
  await session.conclude(effect, { kind: 'sign-certificate', certificateSha256: sha256Of(der), lint: [...made.lint], secondSignatureMayExist: again });
};

export const signPop = async (session: Session, effect: EffectId, intent: SignPop, again: boolean): Promise<void> => {
  const { ref, spki, profile } = keyOf(session);
  const { request } = await busy(session, 'issue-certificate', 'The HSM signs the proof of possession', () => session.ports.vault.call('pki.sign-pop', { ...ref, profile, spki, tbs: intent.tbs }));
  const der = fromBase64(request)!;
  await writeOnce(session, 'pop.csr', utf8(encodePem('CERTIFICATE REQUEST', der)));
  await session.conclude(effect, { kind: 'sign-pop', popSha256: sha256Of(der), secondSignatureMayExist: again });
};

const prepareCertificate = async (session: Session): Promise<SignCertificate> => {
  const { ref, spki, profile } = keyOf(session);
  const { subject, notBefore, notAfter } = keyPlan(session.state.plan).certificate;
  const prepared = await busy(session, 'issue-certificate', 'Linting with a throw-away signature', () =>
    session.ports.vault.call('pki.prepare-root', { ...ref, profile, spki, subject, notBefore, notAfter, mode: session.state.plan.mode }));
  const errors = lintErrors(prepared.lint);
  if (errors.length > 0) throw new AppError('PKI_LINT_FAILED', { rules: errors.map((finding) => finding.rule) });
  return { kind: 'sign-certificate', serial: ref.serial, keyId: ref.keyId, tbs: prepared.tbs };
};

/** The request binds the head before its own intent, so nothing may be appended in between. */
const intendPop = async (session: Session): Promise<{ effect: EffectId; intent: SignPop }> => {
  const { ref, spki, profile } = keyOf(session);
  return session.exclusive(async (append) => {
    const { head, current } = session.state, plan = keyPlan(session.state.plan);
    const { tbs } = await session.ports.vault.call('pki.prepare-pop', { profile, spki, subject: plan.certificate.subject, mode: plan.mode, head });
    const intent: SignPop = { kind: 'sign-pop', serial: ref.serial, keyId: ref.keyId, tbs, head };
    const effect = nextEffect(session.state);
    await append({ type: 'intent', actor: 'app', body: { effect, step: current!, intent } });
    return { effect, intent };
  });
};

/** Both signatures, or what is still missing of them. */
export const issueCertificate = async (session: Session): Promise<void> => {
  if (!session.state.certificate) {
    const intent = await prepareCertificate(session);
    await signCertificate(session, await session.intend(intent), intent, false);
  }
  if (!session.state.certificate?.popSha256) {
    const { effect, intent } = await intendPop(session);
    await signPop(session, effect, intent, false);
  }
};
