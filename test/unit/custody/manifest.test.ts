import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromUtf8, utf8 } from '../../../shared/bytes.ts';
import { encodeManifest, MANIFEST_TYPE, parseManifest, type Manifest } from '../../../shared/custody/manifest.ts';
import { encodeEnvelope, pae, parseEnvelope } from '../../../shared/transcript/dsse.ts';
import { fixedSet } from '../../support/custody-sets.ts';

const set = fixedSet({ seed: 21 });
const why = (text: string): unknown => { const read = parseManifest(text); return read.ok ? 'ok' : `${read.fault.code} ${String(read.fault.details['why'])}`; };
/** Signs any payload with the set key: only the parser's own rules are left to refuse it. */
const signedPayload = (payload: string, type = MANIFEST_TYPE, keyid = parseEnvelope(set.manifest)!.signatures[0]!.keyid): string =>
  encodeEnvelope({ payloadType: type, payload: utf8(payload), signatures: [{ keyid, sig: set.sign(pae(type, utf8(payload))) }] });
const json = fromUtf8(parseEnvelope(set.manifest)!.payload)!;
const edited = (change: (manifest: Manifest) => unknown): string => signedPayload(JSON.stringify(change(structuredClone(set.parsed))));

describe('manifest', () => {
  it('gives back what was encoded', () => { expect(parseManifest(set.manifest)).toEqual({ ok: true, value: set.parsed }); expect(encodeManifest(set.parsed, set.sign)).toBe(set.manifest); });
  it('refuses every change of one character of its text', () => {
    fc.assert(fc.property(fc.nat(set.manifest.length - 1), fc.integer({ min: 33, max: 126 }), (at, code) => {
      const changed = set.manifest.slice(0, at) + String.fromCharCode(code) + set.manifest.slice(at + 1);
      if (changed !== set.manifest) expect(parseManifest(changed).ok).toBe(false);
    }), { numRuns: 400 });
  });
  it.each<[string, (manifest: Manifest) => unknown]>([
    ['shares', (m) => ({ ...m, shares: 6 })],
    ['shares', (m) => ({ ...m, threshold: 6 })],
    ['number', (m) => ({ ...m, custodians: [...m.custodians].reverse() })],
    ['x', (m) => ({ ...m, custodians: m.custodians.map((one) => ({ ...one, x: 9 })) })],
    ['person', (m) => ({ ...m, custodians: m.custodians.map((one) => ({ ...one, person: 'ana', shareName: one.shareName.startsWith('C.') ? one.shareName : one.shareName })) })],
    ['shareName', (m) => ({ ...m, custodians: m.custodians.map((one, i) => (i === 0 ? { ...one, shareName: 'Mallory' } : one)) })],
    ['drill', (m) => ({ ...m, drill: true })],
    ['setName', (m) => ({ ...m, setName: 'OPAL-0000' })],
    ['setName', (m) => ({ ...m, setFingerprint: m.setFingerprint.replace(/.$/, '!') })],
    ['previous', (m) => ({ ...m, previous: { setId: '00'.repeat(32), epoch: 1 } })],
    ['schema format', (m) => ({ ...m, format: 'quorate-manifest/2' })],
    ['schema custodians.0.x', (m) => ({ ...m, custodians: m.custodians.map((one) => ({ ...one, x: 0 })) })],
    ['schema note', (m) => ({ ...m, note: '' })],
  ])('refuses a broken %s although the set key signed it', (rule, change) => { expect(why(edited(change))).toBe(`SHARE_MANIFEST_INVALID ${rule}`); });
  it('refuses any other spelling of the same JSON, and duplicate keys', () => {
    expect(why(signedPayload(JSON.stringify(set.parsed, null, 1)))).toBe('SHARE_MANIFEST_INVALID form');
    expect(why(signedPayload(json.replace('{"format"', '{"epoch":1,"format"')))).toBe('SHARE_MANIFEST_INVALID form');
    expect(why(signedPayload('{'))).toBe('SHARE_MANIFEST_INVALID json');
  });
  it('refuses another type, another keyid, another key’s signature and a second signature', () => {
    expect(why(signedPayload(json, 'application/vnd.quorate.record+json'))).toBe('SHARE_MANIFEST_INVALID type');
    expect(why(signedPayload(json, MANIFEST_TYPE, '00'.repeat(32)))).toBe('SHARE_MANIFEST_INVALID keyid');
    const { payload, signatures } = parseEnvelope(set.manifest)!, other = fixedSet({ seed: 22 });
    expect(why(encodeEnvelope({ payloadType: MANIFEST_TYPE, payload, signatures: [{ ...signatures[0]!, sig: other.sign(pae(MANIFEST_TYPE, payload)) }] }))).toBe('SHARE_MANIFEST_INVALID signature');
    expect(why(encodeEnvelope({ payloadType: MANIFEST_TYPE, payload, signatures: [...signatures, { keyid: '11'.repeat(32), sig: Uint8Array.of(1) }] }))).toBe('SHARE_MANIFEST_INVALID type');
    expect(why(`${set.manifest}\n`)).toBe('SHARE_MANIFEST_INVALID envelope');
  });
  it('cannot encode a manifest that breaks its rules', () => { expect(() => encodeManifest({ ...set.parsed, threshold: 6 }, set.sign)).toThrow(RangeError); });
});
