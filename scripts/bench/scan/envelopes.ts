/** Real share envelopes made from a seed, for pictures of symbols. Never use their values for anything else. */
import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { encodeShare } from '../../../shared/custody/envelope.ts';
import { qrText } from '../../../shared/custody/qr-text.ts';
import { shareSymbol, type SymbolGrid } from '../../../electron/vault/sheets/symbol.ts';
import { randomOf, type Random } from './corpus.ts';

/** Of different lengths, so that symbols of different versions come. */
const NAMES = ['Bob Ng', 'Ana Ilic', 'Chiamaka O. Nwachukwu', 'Lena Brandt', 'Arjun Mehta-Fitzgerald'];
const bytesOf = (random: Random, length: number): Uint8Array => Uint8Array.from({ length }, () => Math.floor(random() * 256));

/** An Ed25519 private key follows (RFC 8410). */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

export interface Envelope { readonly text: string; readonly grid: SymbolGrid }

/** One of each name. */
export const envelopesOf = (seed: number): readonly Envelope[] => {
  const random = randomOf(seed), privateKey = createPrivateKey({ key: Buffer.concat([PKCS8, bytesOf(random, 32)]), format: 'der', type: 'pkcs8' });
  const setId = Uint8Array.from(createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).subarray(-32)), kekCheck = bytesOf(random, 16);
  return NAMES.map((name, index) => {
    const fields = { drill: true, threshold: 3, shares: NAMES.length, number: index + 1, x: 11 + 7 * index, epoch: 1, issuedMinutes: 14_000_000, reviewMonths: 24, setId, kekCheck, y: bytesOf(random, 32), name };
    const share = encodeShare(fields, (message) => Uint8Array.from(sign(null, message, privateKey)));
    return { text: qrText(share), grid: shareSymbol(share) };
  });
};
