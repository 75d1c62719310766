/**
 * The lint of a root certificate: rules over its DER bytes, each with an id and a severity. Pure; the signature itself is checked by
 * whoever has a crypto library. Sources: RFC 5280, 3279, 4055, 5480, 5758, 8410, and this product's fixed profile.
 */
import type { LintFinding } from '../transcript/entry-schema.ts';
import { LINT_RULES, type LintContext } from './lint-rules.ts';
import { readCertificate } from './read-certificate.ts';

/** What the rules find, in the order of the table; empty for a certificate without fault. Unreadable DER gives the one finding der_strict. */
export const lintRoot = (der: Uint8Array, context: LintContext): readonly LintFinding[] => {
  const certificate = readCertificate(der);
  if (certificate === null) return [{ rule: 'der_strict', severity: 'error', text: 'The bytes are not a certificate in strict DER.' }];
  return LINT_RULES.filter((rule) => !rule.holds(certificate, context)).map(({ id, severity, text }) => ({ rule: id, severity, text }));
};

export const hasLintError = (findings: readonly LintFinding[]): boolean => findings.some(({ severity }) => severity === 'error');
