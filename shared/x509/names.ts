/** Distinguished names and times as Quorate writes them (RFC 5280 §4.1.2.4, §4.1.2.5, appendix A). */
import type { KeyPlan, Mode } from '../ceremony/plan-schema.ts';
import { utf8 } from '../bytes.ts';
import { objectIdentifier, printableString, sequence, setOfOne, TAG, tlv, utf8String } from './der.ts';
import { OID } from './oids.ts';

export type Subject = KeyPlan['certificate']['subject'];
/** Prefix of the common name in every certificate and request of a rehearsal. */
export const REHEARSAL_PREFIX = 'REHEARSAL ';
/** ub-common-name and ub-organization-name, in characters. */
export const NAME_LIMIT = 64;

export const commonNameOf = (subject: Subject, mode: Mode): string => (mode === 'rehearsal' ? REHEARSAL_PREFIX : '') + subject.commonName;

const attribute = (oid: string, value: Uint8Array): Uint8Array => setOfOne(sequence(objectIdentifier(oid), value));

/** Country (when given), organization, common name, in this order, each its own RelativeDistinguishedName. */
export const encodeName = (subject: Subject, mode: Mode): Uint8Array => sequence(
  ...(subject.country === null ? [] : [attribute(OID.countryName, printableString(subject.country))]),
  attribute(OID.organizationName, utf8String(subject.organization)),
  attribute(OID.commonName, utf8String(commonNameOf(subject, mode))),
);

/** UTCTime through 2049, GeneralizedTime from 2050. @param instant `YYYY-MM-DDTHH:MM:SSZ` */
export const encodeTime = (instant: string): Uint8Array => {
  const digits = instant.replace(/[-:T]/g, '');
  return Number(instant.slice(0, 4)) < 2050 ? tlv(TAG.utcTime, utf8(digits.slice(2))) : tlv(TAG.generalizedTime, utf8(digits));
};
