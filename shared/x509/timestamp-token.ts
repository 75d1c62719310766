/**
 * Reads what an RFC 3161 time-stamp token says: over which digest, when, under which policy. Checks no signature and judges no certificate;
 * `openssl ts -verify` does. Source: RFC 3161 section 2.4.2, RFC 5652 section 5.
 */
import { membersOf, oidText, readOne, readSequence, TAG, contextTag, unsignedOf } from './der.ts';
import type { Der } from './der.ts';

export interface TimestampToken {
  /** Object identifier of the hash, dotted. */
  readonly hash: string;
  readonly imprint: Uint8Array;
  /** UTC, as the token has it: 2026-11-24T10:00:00Z, with a fraction of a second where there is one. */
  readonly at: string;
  /** Object identifier of the authority's policy, dotted. */
  readonly policy: string;
}

const SIGNED_DATA = '1.2.840.113549.1.7.2', TST_INFO = '1.2.840.113549.1.9.16.1.4';

const instantOf = (value: Der | undefined): string | null => {
  if (value?.tag !== TAG.generalizedTime) return null;
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\.\d{0,5}[1-9])?Z$/.exec(String.fromCodePoint(...value.content));
  return parts === null ? null : `${parts[1]}-${parts[2]}-${parts[3]}T${parts[4]}:${parts[5]}:${parts[6]}${parts[7] ?? ''}Z`;
};
/** What [0] EXPLICIT holds: one value with this tag. */
const explicit = (value: Der | undefined, tag: number): Der | null => (value?.tag === contextTag(0) ? readOne(value.content, tag) : null);
const isNumber = (value: Der | undefined, wanted: number): boolean => { const bytes = unsignedOf(value); return bytes?.length === 1 && bytes[0] === wanted; };

/** A response that grants a token (status 0 or 1), or the token itself. */
const tokenMembers = (file: Uint8Array): readonly Der[] | null => {
  const outer = readSequence(file);
  if (outer?.length !== 2 || outer[0]!.tag === TAG.oid) return outer;
  const status = membersOf(outer[0])?.[0];
  return outer[0]!.tag === TAG.sequence && (isNumber(status, 0) || isNumber(status, 1)) ? membersOf(outer[1]) : null;
};
const infoOf = (file: Uint8Array): readonly Der[] | null => {
  const token = tokenMembers(file);
  if (token?.length !== 2 || oidText(token[0]) !== SIGNED_DATA) return null;
  const content = membersOf(membersOf(explicit(token[1], TAG.sequence))?.[2]);
  if (content?.length !== 2 || oidText(content[0]) !== TST_INFO) return null;
  const info = explicit(content[1], TAG.octetString);
  return info === null ? null : readSequence(info.content);
};

/** @param file a TimeStampResp or a TimeStampToken, in strict DER. @returns null for anything else. */
export const readTimestampToken = (file: Uint8Array): TimestampToken | null => {
  const info = infoOf(file);
  if (info === null || info.length < 5 || !isNumber(info[0], 1)) return null;
  const [, policyId, messageImprint, , time] = info;
  const imprint = membersOf(messageImprint), policy = oidText(policyId), hash = oidText(membersOf(imprint?.[0])?.[0]), at = instantOf(time);
  return imprint?.length === 2 && imprint[1]!.tag === TAG.octetString && policy !== null && hash !== null && at !== null ? { hash, imprint: imprint[1]!.content, at, policy } : null;
};
