import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { checkSignature } from '../../../electron/verify/check-signature.ts';
import type { Sha256Hex } from '../../../shared/brand.ts';
import { fromBase64, fromHex, fromUtf8, toBase64, toHex, utf8 } from '../../../shared/bytes.ts';
import { parsePlan, planDigest } from '../../../shared/ceremony/parse-plan.ts';
import { readChain } from '../../../shared/transcript/chain.ts';
import { checkpointPayload, parseCheckpoint } from '../../../shared/transcript/checkpoint.ts';
import type { Checkpoint } from '../../../shared/transcript/checkpoint.ts';
import { commitText } from '../../../shared/transcript/commitment.ts';
import { encodeEnvelope, pae, parseEnvelope } from '../../../shared/transcript/dsse.ts';
import { encodeLine, lineDigest, parseLine } from '../../../shared/transcript/line.ts';
import { fromWords, toWords } from '../../../shared/transcript/words.ts';

/** Files of test/vectors; any implementation can be held against them. */
const load = <T>(name: string): T => JSON.parse(readFileSync(new URL(`../../vectors/${name}.json`, import.meta.url), 'utf8')) as T;
interface Named { readonly name: string }

describe('line vectors', () => {
  const vectors = load<{ accept: { text: string; sha256: string }[]; reject: (Named & { base64: string })[] }>('line');
  test.each(vectors.accept)('reads and writes $sha256', ({ text, sha256 }) => {
    const read = parseLine(utf8(text));
    expect(read.ok).toBe(true);
    if (read.ok) expect(fromUtf8(encodeLine(read.value))).toBe(text);
    expect(lineDigest(utf8(text))).toBe(sha256);
  });
  test.each(vectors.reject)('refuses $name', ({ base64 }) => {
    expect(parseLine(new Uint8Array(Buffer.from(base64, 'base64'))).ok).toBe(false);
  });
});

describe('chain vectors', () => {
  const { cases } = load<{ cases: (Named & { text: string; head: string | null; signedHead: string | null; faults: [string, number][] })[] }>('chain');
  test.each(cases)('$name', ({ text, head, signedHead, faults }) => {
    const chain = readChain(utf8(text), () => signedHead as Sha256Hex | null);
    expect(chain.head).toBe(head);
    expect(chain.faults.map(({ kind, seq }) => [kind, seq]).slice(0, Math.max(1, faults.length))).toEqual(faults);
  });
});

describe('commitment vectors', () => {
  const vectors = load<{ accept: { salt: string; field: string; text: string; commitment: string }[]; reject: (Named & { salt: string; field: string; text: string })[] }>('commitment');
  test.each(vectors.accept)('$commitment', ({ salt, field, text, commitment }) => { expect(commitText(salt, field, text)).toBe(commitment); });
  test.each(vectors.reject)('refuses $name', ({ salt, field, text }) => { expect(() => commitText(salt, field, text)).toThrow('TRANSCRIPT_COMMITMENT'); });
});

describe('DSSE vectors', () => {
  interface Signed { envelope: string; publicKey: string }
  const vectors = load<{ pae: { type: string; payload: string; pae: string }[]; accept: Signed[]; reject: (Named & { envelope: string })[]; unverified: (Named & Signed)[] }>('dsse');
  const verifies = ({ envelope, publicKey }: Signed): boolean => {
    const read = parseEnvelope(envelope)!;
    return checkSignature('Ed25519', fromBase64(publicKey)!, pae(read.payloadType, read.payload), read.signatures[0]!.sig);
  };
  test.each(vectors.pae)('PAE of $type', (one) => { expect(toBase64(pae(one.type, fromBase64(one.payload)!))).toBe(one.pae); });
  test.each(vectors.accept)('reads, writes and verifies $envelope', (signed) => {
    expect(encodeEnvelope(parseEnvelope(signed.envelope)!)).toBe(signed.envelope);
    expect(verifies(signed)).toBe(true);
  });
  test.each(vectors.reject)('refuses $name', ({ envelope }) => { expect(parseEnvelope(envelope)).toBeNull(); });
  test.each(vectors.unverified)('reads but does not verify $name', (signed) => { expect(verifies(signed)).toBe(false); });
});

describe('word vectors', () => {
  const vectors = load<{ accept: { hex: string; words: string }[]; reject: string[] }>('words');
  const split = (text: string): string[] => (text === '' ? [] : text.split(' '));
  test.each(vectors.accept)('$hex', ({ hex, words }) => {
    expect(toWords(fromHex(hex)!)).toEqual(split(words));
    expect(toHex(fromWords(split(words.toLowerCase()))!)).toBe(hex);
  });
  test.each(vectors.reject)('refuses %j', (words) => { expect(fromWords(split(words))).toBeNull(); });
});

describe('checkpoint vectors', () => {
  const vectors = load<{ accept: { checkpoint: Checkpoint; payload: string }[]; reject: (Named & { payload: string })[] }>('checkpoint');
  test.each(vectors.accept)('$payload', ({ checkpoint, payload }) => {
    expect(fromUtf8(checkpointPayload(checkpoint))).toBe(payload);
    expect(parseCheckpoint(utf8(payload))).toEqual(checkpoint);
  });
  test.each(vectors.reject)('refuses $name', ({ payload }) => { expect(parseCheckpoint(utf8(payload))).toBeNull(); });
});

describe('plan vectors', () => {
  const vectors = load<{ accept: { text: string; sha256: string }[]; reject: (Named & { text: string; findings: [string, string][] })[] }>('plan');
  test.each(vectors.accept)('accepts $sha256', ({ text, sha256 }) => {
    expect(parsePlan(text, { draft: false }).findings).toEqual([]);
    expect(planDigest(text)).toBe(sha256);
  });
  test.each(vectors.reject)('refuses $name', ({ text, findings }) => {
    expect(parsePlan(text, { draft: false }).findings.map(({ code, where }) => [code, where])).toEqual(findings);
  });
});
