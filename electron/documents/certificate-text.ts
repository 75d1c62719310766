/** Reads the root certificate for print. It displays; linting and comparing is the vault's and the verifier's work. */
import 'reflect-metadata';
import { BasicConstraintsExtension, KeyUsagesExtension, SubjectKeyIdentifierExtension, KeyUsageFlags, X509Certificate } from '@peculiar/x509';

export interface CertificateText {
  readonly subject: string; readonly issuer: string; readonly serial: string; readonly notBefore: string; readonly notAfter: string;
  readonly keyIdentifier: string | null; readonly extensions: readonly string[]; readonly full: string;
}
const USAGES = Object.entries(KeyUsageFlags).filter((pair): pair is [string, KeyUsageFlags] => typeof pair[1] === 'number');
const OTHER_NAMES: Readonly<Record<string, string>> = { '2.5.29.35': 'authorityKeyIdentifier', '2.5.29.31': 'cRLDistributionPoints', '2.5.29.32': 'certificatePolicies' };

const extensionText = (extension: X509Certificate['extensions'][number]): string => {
  const critical = extension.critical ? ', critical' : '';
  if (extension instanceof BasicConstraintsExtension)
    return `basicConstraints${critical}: CA ${String(extension.ca)}${extension.pathLength === undefined ? '' : `, path length ${extension.pathLength}`}`;
  if (extension instanceof KeyUsagesExtension) return `keyUsage${critical}: ${USAGES.filter(([, flag]) => (extension.usages & flag) !== 0).map(([name]) => name).join(', ')}`;
  if (extension instanceof SubjectKeyIdentifierExtension) return `subjectKeyIdentifier${critical}: ${extension.keyId}`;
  return `${OTHER_NAMES[extension.type] ?? extension.type}${critical}`;
};

/** @param der the certificate as in root.crt. @returns null when it cannot be read as a certificate. */
export const certificateText = (der: Uint8Array): CertificateText | null => {
  try {
    const certificate = new X509Certificate(Uint8Array.from(der).buffer);
    return {
      subject: certificate.subject, issuer: certificate.issuer, serial: certificate.serialNumber,
      notBefore: certificate.notBefore.toISOString(), notAfter: certificate.notAfter.toISOString(),
      keyIdentifier: certificate.getExtension(SubjectKeyIdentifierExtension)?.keyId ?? null,
      extensions: certificate.extensions.map(extensionText), full: certificate.toString('text'),
    };
  } catch { return null; }
};
