/** Opens a wrapped key: AES-256 (FIPS 197) in the one direction that is needed, RFC 5649 and CBC with PKCS#7 padding. */
import { join, same, wipe } from './bytes.ts';
import { divide, multiply } from './gf256.ts';

export type Algorithm = 'RFC5649' | 'AES-256-CBC-PAD';

/** The substitution of AES: the inverse in GF(256) and an affine map; and its inverse. */
const SBOX = Uint8Array.from({ length: 256 }, (_, value) => {
  const inverse = value === 0 ? 0 : divide(1, value);
  let out = 0x63;
  for (let turn = 0; turn < 5; turn++) out ^= ((inverse << turn) | (inverse >>> (8 - turn))) & 255;
  return out;
});
const UNBOX = new Uint8Array(256);
for (const [value, substituted] of SBOX.entries()) UNBOX[substituted] = value;
const ROUNDS = 14;

/** 15 round keys of 16 bytes. @param key 32 bytes. */
const expand = (key: Uint8Array): Uint8Array => {
  const out = new Uint8Array(16 * (ROUNDS + 1));
  out.set(key);
  for (let at = 32, constant = 1; at < out.length; at += 4) {
    let word = out.slice(at - 4, at);
    if (at % 32 === 0) {
      word = Uint8Array.of(SBOX[word[1]!]! ^ constant, SBOX[word[2]!]!, SBOX[word[3]!]!, SBOX[word[0]!]!);
      constant = multiply(constant, 2);
    } else if (at % 32 === 16) word = word.map((byte) => SBOX[byte]!);
    for (let i = 0; i < 4; i++) out[at + i] = out[at - 32 + i]! ^ word[i]!;
  }
  return out;
};

const MIX = [14, 11, 13, 9] as const;
const unmix = (state: Uint8Array): Uint8Array => state.map((_, at) => {
  const column = at - (at % 4);
  return MIX.reduce((sum, factor, i) => sum ^ multiply(factor, state[column + ((at + i) % 4)]!), 0);
});
/** Column-major state: row r is turned back by r columns, and substituted back. */
const unshift = (state: Uint8Array): Uint8Array => state.map((_, at) => UNBOX[state[(at + 16 - 4 * (at % 4)) % 16]!]!);

/** Deciphers one block of 16 bytes. */
const decipher = (keys: Uint8Array, block: Uint8Array): Uint8Array => {
  const addKey = (state: Uint8Array, round: number): Uint8Array => state.map((byte, i) => byte ^ keys[round * 16 + i]!);
  let state = addKey(block, ROUNDS);
  for (let round = ROUNDS - 1; round > 0; round--) {
    const before = state;
    state = unmix(addKey(unshift(state), round));
    wipe(before);
  }
  const last = unshift(state);
  wipe(state);
  try { return addKey(last, 0); } finally { wipe(last); }
};

const INITIAL = Uint8Array.of(0xa6, 0x59, 0x59, 0xa6);
/** RFC 3394, 2.2.2: six passes back over all 8-byte blocks; a single one is plain AES. */
const unrolled = (keys: Uint8Array, wrapped: Uint8Array): Uint8Array => {
  if (wrapped.length === 16) return decipher(keys, wrapped);
  const blocks = wrapped.length / 8 - 1, out = wrapped.slice(), head = out.subarray(0, 8);
  for (let step = 6 * blocks; step > 0; step--) {
    const at = 8 * (1 + ((step - 1) % blocks));
    // The counter: at most 6 · 8192 steps, so that four bytes hold it.
    new DataView(out.buffer).setUint32(4, (new DataView(out.buffer).getUint32(4) ^ step) >>> 0);
    const input = join(head, out.subarray(at, at + 8)), plain = decipher(keys, input);
    out.set(plain.subarray(0, 8));
    out.set(plain.subarray(8), at);
    wipe(input, plain);
  }
  return out;
};

const unwrapRfc5649 = (key: Uint8Array, wrapped: Uint8Array): Uint8Array | null => {
  if (wrapped.length % 8 !== 0 || wrapped.length < 16) return null;
  const keys = expand(key), out = unrolled(keys, wrapped);
  try {
    const length = new DataView(out.buffer).getUint32(4), room = out.length - 8;
    const sound = same(out.subarray(0, 4), INITIAL) && length <= room && length > room - 8 && out.subarray(8 + length).every((byte) => byte === 0);
    return sound ? out.slice(8, 8 + length) : null;
  } finally { wipe(keys, out); }
};

const openCbc = (key: Uint8Array, wrapped: Uint8Array): Uint8Array | null => {
  if (wrapped.length % 16 !== 0 || wrapped.length < 32) return null;
  const keys = expand(key), out = new Uint8Array(wrapped.length - 16);
  try {
    for (let at = 0; at < out.length; at += 16) {
      const plain = decipher(keys, wrapped.subarray(at + 16, at + 32));
      for (let i = 0; i < 16; i++) out[at + i] = plain[i]! ^ wrapped[at + i]!;
      wipe(plain);
    }
    const padding = out.at(-1)!;
    return padding >= 1 && padding <= 16 && out.subarray(-padding).every((byte) => byte === padding) ? out.slice(0, -padding) : null;
  } finally { wipe(keys, out); }
};

export const MAX_WRAPPED = 65_536;

/**
 * @param key the wrapping key, 32 bytes. @returns what was wrapped, which the caller wipes; null when the file is damaged, or is wrapped
 * under another key or in another way.
 */
export const unwrap = (key: Uint8Array, wrapped: Uint8Array, algorithm: Algorithm): Uint8Array | null => {
  if (wrapped.length > MAX_WRAPPED) return null;
  return algorithm === 'RFC5649' ? unwrapRfc5649(key, wrapped) : openCbc(key, wrapped);
};
