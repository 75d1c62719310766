/** Sections 6 and 7: the key as the module claims it and as it was checked outside, and what was signed with it. */
import { PROFILES } from '../../../shared/keys/profiles.ts';
import { profileName } from '../../../shared/text/script.ts';
import type { KeyClaims } from '../../../shared/transcript/entry-schema.ts';
import { certificateText } from '../certificate-text.ts';
import type { CertificateText } from '../certificate-text.ts';
import type { CeremonyFolder } from '../folder.ts';
import { hexGroups, listed, stamp } from '../format.ts';
import { html } from '../html.ts';
import type { Html, HtmlValue } from '../html.ts';
import { keyValues, lines, longCode, machineSaid, table, wordGrid } from '../parts.ts';
import { qrSvg } from '../qr.ts';

const CLAIMS: readonly (readonly [keyof KeyClaims, string])[] = [
  ['local', 'CKA_LOCAL'], ['sensitive', 'CKA_SENSITIVE'], ['alwaysSensitive', 'CKA_ALWAYS_SENSITIVE'], ['extractable', 'CKA_EXTRACTABLE'],
  ['neverExtractable', 'CKA_NEVER_EXTRACTABLE'], ['sign', 'CKA_SIGN'], ['decrypt', 'CKA_DECRYPT'], ['derive', 'CKA_DERIVE'], ['unwrap', 'CKA_UNWRAP'], ['mechanism', 'CKA_KEY_GEN_MECHANISM'],
];
const claim = (value: boolean | string | null): HtmlValue => (value === null ? 'not given' : machineSaid(String(value)));
/** Attributes of a key object in two columns, as the module claims them. */
export const claimsTable = (first: KeyClaims, second: KeyClaims | null): Html =>
  table('', ['Attribute', 'First token', ...(second ? ['Second token, after restore'] : [])], CLAIMS.map(([name, label]) => [html`<code>${label}</code>`, claim(first[name]), ...(second ? [claim(second[name])] : [])]));

const algorithm = (profile: CeremonyFolder['plan']['key']['profile']): string => {
  const facts = PROFILES[profile];
  return facts.kind === 'ed25519' ? 'Ed25519' : `${facts.kind === 'rsa' ? `RSA, ${facts.modulusBits} bits, exponent 65537` : `ECDSA, ${profileName(profile)}`}; signs with ${facts.hash.toUpperCase().replace('SHA', 'SHA-')}`;
};

export const keySection = (folder: CeremonyFolder): Html => {
  const { key, backup } = folder.state;
  if (key === null) return html`<section class="page"><h2>6 Key generation</h2><p>No key was made.</p></section>`;
  const made = folder.entries.find(({ entry }) => entry.seq === key.seq)?.entry;
  return html`<section class="page"><h2>6 Key generation</h2>${keyValues([
    ['Label', key.label], ['Key id (CKA_ID)', html`<code>${hexGroups(key.keyId)}</code>`], ['Purpose', 'Signing key of a root CA: keyCertSign, cRLSign'], ['Algorithm', algorithm(folder.plan.key.profile)],
    ['Made', html`${made ? stamp(made.at) : ''}, entry ${key.seq}, in HSM <code>${folder.plan.hsm.serial}</code>${folder.plan.hsm.software ? html`, <b>a software token</b>` : null}`],
    ['State', folder.plan.mode === 'rehearsal' ? 'None: a rehearsal key has no state' : 'Pre-activation (SP 800-57), until the certificate is published'],
    ['Attestation', 'None. No device signed a statement about this key.'],
    ['Checked outside the HSM', listed(key.checks)],
  ])}
<h3>Public key, SHA-256 of SubjectPublicKeyInfo (DER)</h3><div class="two"><div>${wordGrid(key.spkiSha256)}<p class="after">${longCode(key.spkiSha256)}</p></div><div class="qrcell">${qrSvg(`QUORATE KEY ${key.spkiSha256.toUpperCase()}`, 0.8, 'SHA-256 of the public key')}</div></div>
<h3>Attributes, as the module claims them</h3><p class="s">Claims of the PKCS#11 module, read back after generation and after the restore, before the lock of section 9. They are not attestation.</p><div style="margin-top:1.5mm">${claimsTable(key.claims, backup?.restored?.claims ?? null)}</div></section>`;
};

const certificateFacts = (text: CertificateText): Html => keyValues([
  ['Subject', text.subject], ['Issuer', text.issuer], ['Serial number', html`<code class="long">${hexGroups(text.serial)}</code>`],
  ['Validity', `${stamp(text.notBefore)} to ${stamp(text.notAfter)}`], ['Extensions', lines(text.extensions)],
]);
export const certificateSection = (folder: CeremonyFolder): Html => {
  const { certificate } = folder.state, text = folder.certificate === null ? null : certificateText(folder.certificate);
  if (certificate === null) return html`<section><h2>7 Certificate and proof of possession</h2><p>No certificate was signed.</p></section>`;
  return html`<section><h2>7 Certificate and proof of possession</h2>${text ? certificateFacts(text) : html`<p><b>root.crt is not in the folder, or cannot be read.</b></p>`}
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
