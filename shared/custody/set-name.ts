/** Names of a share set for people: a short name to speak of it, and a fingerprint that proves it. */
import { sha256 } from '@noble/hashes/sha2.js';
import { encodeBase32 } from './base32.ts';
import { labelled } from './digests.ts';

/** Stones: short, told apart by ear, easy for people of many languages. */
const STONES = [
  'AGATE', 'AMBER', 'BASALT', 'BERYL', 'CHALK', 'CORAL', 'FLINT', 'GARNET', 'GNEISS', 'JADE', 'JASPER', 'JET', 'LAVA', 'MARBLE', 'MARL', 'MICA',
  'ONYX', 'OPAL', 'PEARL', 'PERIDOT', 'PUMICE', 'PYRITE', 'QUARTZ', 'RUBY', 'SAPPHIRE', 'SCHIST', 'SHALE', 'SLATE', 'SPINEL', 'TALC', 'TOPAZ', 'ZIRCON',
] as const;

/** Such as OPAL-2210. Names a set; proves nothing, since a set of the same name is found in a second. */
export const setName = (setId: Uint8Array): string => {
  const hash = sha256(labelled('KCS1/name', setId));
  const number = ((hash[1]! << 16) | (hash[2]! << 8) | hash[3]!) % 10_000;
  return `${STONES[hash[0]! & 31]!}-${String(number).padStart(4, '0')}`;
};

const CHARACTERS = 26;
/** The first 130 bits of SHA-256(set id): 26 characters in groups of four, as printed on every sheet and in the record. */
export const setFingerprint = (setId: Uint8Array): string => encodeBase32(sha256(setId)).slice(0, CHARACTERS).match(/.{1,4}/g)!.join(' ');

/** Compares a fingerprint that a person typed from paper. Spaces and case do not count, look-alikes are read as digits; shorter never matches. */
export const fingerprintMatches = (setId: Uint8Array, typed: string): boolean => {
  const read = typed.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll(/[IL]/g, '1').replaceAll('O', '0');
  return read === setFingerprint(setId).replaceAll(' ', '');
};
