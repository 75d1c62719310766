/** What may be typed into each kind of entry. Looks at bytes, keeps none of them, and never says how long a refused value was. */
import { isUtf8 } from 'node:buffer';
import { accept, refuse, type Result } from '../../shared/errors.ts';
import type { EntrySpec } from '../../shared/vault/contract.ts';

/** A PIN half has no limits of its own; the two together are checked when they are joined. */
const MAX_BYTES = 1024;
const LINES = 4;

/** How many values a commit carries: new secrets are typed twice. */
export const valuesExpected = (spec: EntrySpec): number =>
  spec.kind === 'share-lines' ? LINES : spec.kind === 'new-pin' || spec.kind === 'new-passphrase' ? 2 : 1;

const isPlainText = (value: Buffer): boolean => isUtf8(value) && value.every((byte) => byte >= 0x20 && byte !== 0x7f);

const checkPin = (value: Buffer, minLength: number, maxLength: number): Result<true> =>
  value.length < minLength || value.length > maxLength ? refuse('HSM_PIN_FORMAT', { minLength, maxLength }) : accept(true);

/** Code points, so that "é" counts once; the text is normalised to NFC where the key is derived. */
const characters = (value: Buffer): number => value.reduce((sum, byte) => sum + ((byte & 0xc0) === 0x80 ? 0 : 1), 0);

const checkTwice = (values: readonly Buffer[]): Result<true> =>
  values[0]!.equals(values[1]!) ? accept(true) : refuse('VAULT_ENTRY_DIFFERS');

const checkOne = (value: Buffer, spec: Exclude<EntrySpec, { kind: 'share-lines' }>): Result<true> => {
  switch (spec.kind) {
    case 'pin': return checkPin(value, spec.minLength, spec.maxLength);
    case 'pin-half': return value.length === 0 ? refuse('HSM_PIN_FORMAT', { minLength: 1 }) : accept(true);
    case 'new-pin': return spec.half === 'whole' ? checkPin(value, spec.minLength, spec.maxLength) : checkPin(value, Math.ceil(spec.minLength / 2), spec.maxLength);
    case 'passphrase': return value.length === 0 ? refuse('CREDENTIAL_PASSPHRASE') : accept(true);
    case 'new-passphrase': return characters(value) < spec.minLength ? refuse('CREDENTIAL_WEAK_PASSPHRASE', { minLength: spec.minLength }) : accept(true);
  }
};

/**
 * Judges a whole commit, except share lines' own checks.
 * @returns HSM_PIN_FORMAT, CREDENTIAL_WEAK_PASSPHRASE, CREDENTIAL_PASSPHRASE, VAULT_ENTRY_DIFFERS or IPC_REQUEST (`reason`: count, text).
 */
export const checkValues = (spec: EntrySpec, values: readonly Buffer[]): Result<true> => {
  if (values.length !== valuesExpected(spec)) return refuse('IPC_REQUEST', { reason: 'count' });
  if (!values.every((value) => value.length <= MAX_BYTES && isPlainText(value))) return refuse('IPC_REQUEST', { reason: 'text' });
  if (spec.kind === 'share-lines') return accept(true);
  const one = checkOne(values[0]!, spec);
  return one.ok && values.length === 2 ? checkTwice(values) : one;
};
