/** The card's container KCC1: its bytes, and the vectors opened by node:crypto from what docs/FORMATS-custody.md says, without the app's code. */
import { createDecipheriv, createECDH, createHash, createPrivateKey, createPublicKey, generateKeyPairSync, hkdfSync, privateDecrypt, constants, type KeyObject } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sealShare } from '../../../electron/vault/cards/seal.ts';
import { fromHex, toHex } from '../../../shared/bytes.ts';
import { cardLabel, encodeContainer, MAX_CONTAINER_BYTES, parseContainer, readCardLabel, SEALS, type CardContainer, type Seal } from '../../../shared/custody/card-container.ts';
import { decodeShare } from '../../../shared/custody/envelope.ts';
import { current } from '../../support/custody-vectors.ts';

const file = path.join(import.meta.dirname, '../../vectors/custody/cards.json');
interface CardVector { readonly name: string; readonly seal: Seal | null; readonly serial: string; readonly setId: string; readonly number: number; readonly label: string; readonly share: string; /** PKCS#8. */ readonly cardKey: string | null; readonly container: string }
const SERIAL = '0013200461';

const keyFor = (seal: Seal): KeyObject =>
  seal.startsWith('rsa') ? generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey : generateKeyPairSync('ec', { namedCurve: seal === 'ecdh-p256' ? 'P-256' : 'P-384' }).privateKey;

const makeVector = (seal: Seal | null): CardVector => {
  const share = current.shares[1]!, setId = fromHex(current.parsed.setId)!, key = seal === null ? null : keyFor(seal);
  const container: CardContainer = seal === null || key === null
    ? { seal: null, setId, share: 2, envelope: share }
    : sealShare(share, { setId, share: 2 }, seal, createPublicKey(key).export({ format: 'der', type: 'spki' }), SERIAL);
  return {
    name: seal ?? 'plain', seal, serial: SERIAL, setId: current.parsed.setId, number: 2, label: cardLabel(current.parsed.setName, 2), share: toHex(share),
    cardKey: key === null ? null : toHex(key.export({ format: 'der', type: 'pkcs8' })), container: toHex(encodeContainer(container)),
  };
};
// Encryption is random, so these are made once: QUORATE_WRITE_VECTORS=1 npx vitest run test/unit/custody/card-container.test.ts
if (process.env['QUORATE_WRITE_VECTORS'] === '1') writeFileSync(file, `${JSON.stringify([null, ...SEALS].map(makeVector), null, 1)}\n`);

const vectors = JSON.parse(readFileSync(file, 'utf8')) as readonly CardVector[];
const hex = (text: string): Buffer => Buffer.from(text, 'hex');
const ZERO = Buffer.from([0]);

/** By the document alone: offsets, AAD and key agreement are written out again here. */
const openByTheDocument = (container: Buffer, cardKey: KeyObject | null, serial: string): Buffer => {
  if (container[4] === 0) return container.subarray(38);
  const length = container.readUInt16BE(70), carried = container.subarray(72, 72 + length), nonce = container.subarray(72 + length, 84 + length), sealed = container.subarray(84 + length);
  const spki = createPublicKey(cardKey!).export({ format: 'der', type: 'spki' });
  expect(createHash('sha256').update(spki).digest()).toEqual(container.subarray(38, 70));
  let key: Uint8Array;
  if (container[4]! <= 2) key = privateDecrypt({ key: cardKey!, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: container[4] === 1 ? 'sha256' : 'sha1' }, carried);
  else {
    const agree = createECDH(container[4] === 3 ? 'prime256v1' : 'secp384r1');
    agree.setPrivateKey(Buffer.from(cardKey!.export({ format: 'jwk' }).d!, 'base64url'));
    key = new Uint8Array(hkdfSync('sha256', agree.computeSecret(carried), Buffer.concat([carried, agree.getPublicKey()]), Buffer.concat([Buffer.from('KCC1/ecdh'), ZERO, container.subarray(5, 38)]), 32));
  }
  const decipher = createDecipheriv('aes-256-gcm', key, nonce);
  decipher.setAAD(Buffer.concat([Buffer.from('KCC1/aad'), ZERO, container.subarray(0, 72 + length), Buffer.from(serial)]));
  decipher.setAuthTag(sealed.subarray(-16));
  return Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
};

describe.each(vectors)('vector $name', (vector) => {
  const container = hex(vector.container), cardKey = vector.cardKey === null ? null : createPrivateKey({ key: hex(vector.cardKey), format: 'der', type: 'pkcs8' });
  it('opens to the share by the document', () => {
    expect(toHex(openByTheDocument(container, cardKey, vector.serial))).toBe(vector.share);
    expect(container.length).toBeLessThanOrEqual(MAX_CONTAINER_BYTES);
  });
  it('is read and written again as it is', () => {
    const parsed = parseContainer(container)!;
    expect(toHex(encodeContainer(parsed))).toBe(vector.container);
    expect({ seal: parsed.seal, setId: toHex(parsed.setId), number: parsed.share }).toEqual({ seal: vector.seal, setId: vector.setId, number: vector.number });
    expect(vector.label).toBe(cardLabel(current.parsed.setName, vector.number));
  });
});

describe.each(vectors.filter(({ seal }) => seal !== null))('sealed vector $name', (vector) => {
  it('does not open for another card, nor with any byte changed', () => {
    const container = hex(vector.container), cardKey = createPrivateKey({ key: hex(vector.cardKey!), format: 'der', type: 'pkcs8' });
    expect(() => openByTheDocument(container, cardKey, '0013200462')).toThrow();
    for (let at = 0; at < container.length; at++) {
      const changed = Buffer.from(container);
      changed[at]! ^= 1;
      // A sealed container that calls itself plain gives bytes that are no share; a wrong magic is refused when it is read.
      if (at === 4 && changed[4] === 0) expect(decodeShare(openByTheDocument(changed, null, vector.serial)).ok).toBe(false);
      else if (at >= 4) expect(() => openByTheDocument(changed, cardKey, vector.serial), `byte ${at}`).toThrow();
      else expect(parseContainer(changed)).toBeNull();
    }
  });
});

it('there is a vector for plain and for each way of encryption', () => {
  expect(vectors.map(({ seal }) => seal)).toEqual([null, ...SEALS]);
});

describe('the bytes of a container', () => {
  const bytesOf = (min: number, max = min): fc.Arbitrary<Uint8Array> => fc.uint8Array({ minLength: min, maxLength: max });
  const named = { setId: bytesOf(32), share: fc.integer({ min: 1, max: 255 }) };
  const any: fc.Arbitrary<CardContainer> = fc.oneof(
    fc.record({ seal: fc.constant(null), ...named, envelope: bytesOf(1, 400) }),
    fc.record({ seal: fc.constantFrom(...SEALS), ...named, keyDigest: bytesOf(32), carried: bytesOf(1, 512), nonce: bytesOf(12), sealed: bytesOf(17, 203) }),
  );
  it('decode to what was encoded, and nothing shorter does for a sealed one’s head', () => {
    fc.assert(fc.property(any, (container) => {
      const bytes = encodeContainer(container), parsed = parseContainer(bytes);
      expect(parsed).toEqual(container);
      expect(parseContainer(bytes.subarray(0, 38))).toBeNull();
    }));
  });
  it('are refused: empty, too long, another magic, unknown kind, share 0, no room for nonce and tag', () => {
    const plain = hex(vectors[0]!.container), sealed = hex(vectors[1]!.container);
    const changed = (bytes: Buffer, at: number, value: number): Buffer => { const out = Buffer.from(bytes); out[at] = value; return out; };
    for (const bytes of [Buffer.alloc(0), Buffer.concat([plain, Buffer.alloc(MAX_CONTAINER_BYTES)]), changed(plain, 3, 0x32), changed(plain, 4, 5), changed(plain, 4, 255), changed(plain, 37, 0), changed(sealed, 70, 0xff), sealed.subarray(0, 72), sealed.subarray(0, 72 + 256 + 12 + 16)]) expect(parseContainer(bytes)).toBeNull();
    const zeroLength = changed(changed(sealed, 70, 0), 71, 0);
    expect(parseContainer(zeroLength)).toBeNull();
  });
  it('never fail, whatever a card holds', () => {
    fc.assert(fc.property(bytesOf(0, 1100), (bytes) => { parseContainer(bytes); parseContainer(Uint8Array.from([0x4b, 0x43, 0x43, 0x31, ...bytes])); }));
  });
});

describe('the label', () => {
  it('names set and share, and is read back', () => {
    expect(cardLabel('OPAL-2210', 16)).toBe('KCS1 OPAL-2210 16');
    expect(readCardLabel('KCS1 OPAL-2210 16')).toEqual({ setName: 'OPAL-2210', share: 16 });
  });
  it.each(['', 'KCS1', 'KCS1 OPAL-2210', 'KCS1 OPAL-2210 0', 'KCS1 OPAL-2210 256', 'KCS1 opal-2210 1', 'KCS1  OPAL-2210 1', 'KCS1 OPAL-2210 01', 'KCS2 OPAL-2210 1'])('claims nothing as %j', (label) => {
    expect(readCardLabel(label)).toBeNull();
  });
});
