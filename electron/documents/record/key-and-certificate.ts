/** Sections on key and certificate: the key as the module claims it and as it was checked outside, and what was signed with it. */
import { keyPlan } from '../../../shared/ceremony/people.ts';
import type { KeyClaims } from '../../../shared/transcript/entry-schema.ts';
import { algorithmName } from '../algorithm.ts';
import { certificateText } from '../certificate-text.ts';
import type { CertificateText } from '../certificate-text.ts';
import type { CeremonyFolder } from '../folder.ts';
import { fourDigits, hexGroups, listed, stamp } from '../format.ts';
import { html } from '../html.ts';
import type { Html, HtmlValue } from '../html.ts';
import { keyValues, lines, longCode, machineSaid, table, wordGrid } from '../parts.ts';
import { qrSvg } from '../qr.ts';
import { heading, sectionNumber } from './sections.ts';

const CLAIMS: readonly (readonly [keyof KeyClaims, string])[] = [
  ['local', 'CKA_LOCAL'], ['sensitive', 'CKA_SENSITIVE'], ['alwaysSensitive', 'CKA_ALWAYS_SENSITIVE'], ['extractable', 'CKA_EXTRACTABLE'],
  ['neverExtractable', 'CKA_NEVER_EXTRACTABLE'], ['sign', 'CKA_SIGN'], ['decrypt', 'CKA_DECRYPT'], ['derive', 'CKA_DERIVE'], ['unwrap', 'CKA_UNWRAP'], ['mechanism', 'CKA_KEY_GEN_MECHANISM'],
];
const claim = (value: boolean | string | null): HtmlValue => (value === null ? 'not given' : machineSaid(String(value)));
/** Attributes of key objects side by side, as the module claims them. */
export const claimsTable = (columns: readonly (readonly [string, KeyClaims])[]): Html =>
  table('', ['Attribute', ...columns.map(([head]) => head)], CLAIMS.map(([name, label]) => [html`<code>${label}</code>`, ...columns.map(([, claims]) => claim(claims[name]))]));

const fingerprint = (spkiSha256: string): Html => html`<h3>Public key, SHA-256 of SubjectPublicKeyInfo (DER)</h3><div class="two"><div>${wordGrid(spkiSha256)}<p class="after">${longCode(spkiSha256)}</p></div><div class="qrcell">${qrSvg(`QUORATE KEY ${spkiSha256.toUpperCase()}`, 0.8, 'SHA-256 of the public key')}</div></div>`;
const PURPOSE = ['Purpose', 'Signing key of a root CA: keyCertSign, cRLSign'] as const;

/** The key of a ceremony that stands on an earlier one: known from the plan, and from what the HSM showed of it here. */
const existingKey = (folder: CeremonyFolder): Html => {
  const { state } = folder, plan = keyPlan(folder.plan), key = state.key!, source = plan.source!, restored = state.backup?.restored ?? null;
  return html`<section class="page">${heading(plan, 'key', 'The key')}${keyValues([
    ['Label', key.label], ['Key id (CKA_ID)', html`<code>${hexGroups(key.keyId)}</code>`], PURPOSE, ['Algorithm', algorithmName(plan.key.profile)],
    ['Known from', `The plan, which names ceremony ${fourDigits(source.ceremony.number)} and its closing head; entry 0 names the plan`],
    ['SHA-256, certificate', source.key.certificateSha256 === null ? 'None known' : longCode(source.key.certificateSha256)],
    plan.mode === 'rehearsal' ? ['State', 'None: a rehearsal key has no state'] : null,
    restored === null ? null : ['Checked here', 'The HSM’s public key is equal, and a signature of it was verified outside the HSM'],
  ])}
${fingerprint(key.spkiSha256)}${restored?.claims ? html`<h3>Attributes, as the module claims them</h3><p class="s">Claims of the PKCS#11 module, read back after the restore, before the lock. They are not attestation.</p><div style="margin-top:1.5mm">${claimsTable([['Target HSM, after the restore', restored.claims]])}</div>` : null}</section>`;
};

export const keySection = (folder: CeremonyFolder): Html => {
  const { key, backup } = folder.state, plan = keyPlan(folder.plan);
  if (key !== null && plan.source) return existingKey(folder);
  if (key === null) return html`<section class="page">${heading(plan, 'key', 'Key generation')}<p>No key was made.</p></section>`;
  const made = folder.entries.find(({ entry }) => entry.seq === key.seq)?.entry, restored = backup?.restored?.claims ?? null;
  return html`<section class="page">${heading(plan, 'key', 'Key generation')}${keyValues([
    ['Label', key.label], ['Key id (CKA_ID)', html`<code>${hexGroups(key.keyId)}</code>`], PURPOSE, ['Algorithm', algorithmName(plan.key.profile)],
    ['Made', html`${made ? stamp(made.at) : ''}, entry ${key.seq}, in HSM <code>${plan.hsm.serial}</code>${plan.hsm.software ? html`, <b>a software token</b>` : null}`],
    ['State', plan.mode === 'rehearsal' ? 'None: a rehearsal key has no state' : 'Pre-activation (SP 800-57), until the certificate is published'],
    ['Attestation', 'None. No device signed a statement about this key.'],
    ['Checked outside the HSM', listed(key.checks)],
  ])}
${fingerprint(key.spkiSha256)}
<h3>Attributes, as the module claims them</h3><p class="s">Claims of the PKCS#11 module, read back after generation and after the restore, before the lock of section ${sectionNumber(plan, 'backup')}. They are not attestation.</p><div style="margin-top:1.5mm">${claimsTable([['First token', key.claims], ...(restored ? [['Second token, after restore', restored] as const] : [])])}</div></section>`;
};

const certificateFacts = (text: CertificateText): Html => keyValues([
  ['Subject', text.subject], ['Issuer', text.issuer], ['Serial number', html`<code class="long">${hexGroups(text.serial)}</code>`],
  ['Validity', `${stamp(text.notBefore)} to ${stamp(text.notAfter)}`], ['Extensions', lines(text.extensions)],
]);
export const certificateSection = (folder: CeremonyFolder): Html => {
  const { certificate } = folder.state, text = folder.certificate === null ? null : certificateText(folder.certificate);
  if (certificate === null) return html`<section>${heading(folder.plan, 'certificate', 'Certificate and proof of possession')}<p>No certificate was signed.</p></section>`;
  return html`<section>${heading(folder.plan, 'certificate', 'Certificate and proof of possession')}${text ? certificateFacts(text) : html`<p><b>root.crt is not in the folder, or cannot be read.</b></p>`}
${keyValues([
    ['SHA-256, root.crt', longCode(certificate.certificateSha256)],
    ['SHA-256, pop.csr', certificate.popSha256 === null ? 'No request was signed' : longCode(certificate.popSha256)],
    ['What pop.csr proves', 'The key signed a PKCS#10 request that carries the head of the transcript at that time.'],
    certificate.secondSignatureMayExist ? ['Second signature', html`<b>May exist.</b> The program was interrupted while it signed; the same bytes were signed again.`] : null,
  ])}
<h3>Lint</h3>${certificate.lint.length === 0 ? html`<p>No finding, before signing with a throw-away key and again after signing.</p>` : table('', ['Severity', 'Rule', 'Finding'], certificate.lint.map((one) => [one.severity, html`<code>${one.rule}</code>`, one.text]))}</section>`;
};

export const certificateAnnex = (folder: CeremonyFolder): HtmlValue => {
  const text = folder.certificate === null ? null : certificateText(folder.certificate);
  return text && html`<section class="page"><h2>Annex A: the root certificate in text</h2><div class="pre">${text.full}</div></section>`;
};
