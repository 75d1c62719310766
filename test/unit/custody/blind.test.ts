import { readFileSync, writeFileSync } from 'node:fs';
import { createHmac, hkdfSync } from 'node:crypto';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concatBytes, fromHex, toHex, utf8 } from '../../../shared/bytes.ts';
import { blindCore, blindShare, checkDiceCode, unblindCore, unblindShare } from '../../../shared/custody/blind.ts';
import { crc32 } from '../../../shared/custody/crc32.ts';
import { judgeCore, judgeShare } from '../../../shared/custody/judge.ts';
import { coreSymbols, parseLines, printedLine, type Core } from '../../../shared/custody/lines.ts';
import { parseManifest } from '../../../shared/custody/manifest.ts';
import { blindQrText, parseQrText, parseShareSymbol, qrText } from '../../../shared/custody/qr-text.ts';
import { fixedSet, type FixedSet } from '../../support/custody-sets.ts';

const set = fixedSet({ seed: 12 }), drill = fixedSet({ seed: 13, drill: true }), longNames = fixedSet({ seed: 21, threshold: 2, count: 16 });
const sets = [set, drill, longNames];
/** 60 throws, and another 60. */
const CODE = '415263326154613524425136613254145236325416251436463125214365', OTHER = '263415142536635241364125521463241635154263362514465213316254';
const digits = fc.array(fc.constantFrom(...'123456'), { minLength: 50, maxLength: 100 }).map((throws) => utf8(throws.join('')));
const anyShare = fc.constantFrom(...sets).chain((of) => fc.nat(of.shares.length - 1).map((index) => ({ of, index })));
const coreOf = (of: FixedSet, index: number): Core => { const { x, y, setId } = of.fields[index]!; return { x, y, setPrefix: setId.subarray(0, 8) }; };
const reasonOf = (code: string, min?: number): unknown => { const judged = checkDiceCode(utf8(code), min); return judged.ok ? 'ok' : judged.fault.details['reason']; };

describe('a dice code', () => {
  it('is 50 to 100 throws, or more where more are asked for', () => {
    expect(reasonOf(CODE.slice(0, 49))).toBe('length');
    expect(reasonOf(CODE.slice(0, 50))).toBe('ok');
    expect(reasonOf(CODE.slice(0, 50), 60)).toBe('length');
    expect(reasonOf(CODE.slice(0, 50), 10)).toBe('ok');
    expect(reasonOf((CODE + OTHER).slice(0, 100))).toBe('ok');
    expect(reasonOf((CODE + OTHER).slice(0, 101))).toBe('length');
    expect(reasonOf('')).toBe('length');
  });
  it('has faces 1 to 6 only', () => {
    for (const odd of ['0', '7', ' ', 'a', '\n']) expect(reasonOf(`${CODE.slice(1)}${odd}`)).toBe('digits');
  });
  it('is refused when one face is more than half of it, or a block of 12 comes twice', () => {
    expect(reasonOf('1'.repeat(60))).toBe('one-face');
    expect(reasonOf(`${'1'.repeat(11)}2${'1'.repeat(11)}3${'1'.repeat(3)}${CODE.slice(0, 25)}`)).toBe('one-face');
    expect(reasonOf(CODE.slice(0, 25).repeat(2))).toBe('repeats');
    expect(reasonOf('123456'.repeat(10))).toBe('repeats');
    expect(reasonOf(`${CODE.slice(0, 40)}${CODE.slice(0, 12)}`)).toBe('repeats');
    expect(reasonOf(`${CODE.slice(0, 40)}${CODE.slice(0, 11)}`)).toBe('ok');
  });
  it('never shows in a refusal', () => {
    for (const code of ['1'.repeat(60), '123456'.repeat(10), CODE.slice(0, 30)]) expect(JSON.stringify(checkDiceCode(utf8(code)))).not.toMatch(/[1-6]{5}/);
  });
  it('passes when it was thrown', () => {
    fc.assert(fc.property(digits, (code) => checkDiceCode(code).ok), { numRuns: 500, seed: 7 });
  });
});

describe('a blind share', () => {
  it('opens with its code to the very same share, which a recovery accepts', () => {
    fc.assert(fc.property(anyShare, digits, ({ of, index }, code) => {
      const share = of.shares[index]!, blind = blindShare(share, code), open = unblindShare(blind, code);
      expect(blind).not.toEqual(share);
      expect(open).toEqual({ ok: true, value: share });
      const row = of.parsed.custodians[index]!;
      expect(open.ok && judgeShare(open.value, { by: 'manifest', manifest: of.parsed, drill: of.parsed.drill }, { presenter: row.name, person: row.person }, [])).toMatchObject({ ok: true, value: { number: index + 1, person: row.person } });
    }), { numRuns: 60 });
  });
  it('differs from the share in y and checksum only, by HKDF as node:crypto computes it', () => {
    const share = set.shares[1]!, blind = blindShare(share, utf8(CODE)), { setId, x, y } = set.fields[1]!;
    const pad = new Uint8Array(hkdfSync('sha256', Buffer.from(CODE), setId, Buffer.concat([Buffer.from('KCS1/blind\0'), Buffer.from([2, x])]), 32));
    expect(blind.subarray(62, 94)).toEqual(y.map((byte, i) => byte ^ pad[i]!));
    expect([...blind.subarray(0, 62), ...blind.subarray(94, -4)]).toEqual([...share.subarray(0, 62), ...share.subarray(94, -4)]);
    expect(blind.subarray(-4)).toEqual(crc32(blind.subarray(0, -4)));
  });
  it('has another pad for every share, set and code', () => {
    const pad = (of: FixedSet, index: number, code: string): string => { const blind = blindShare(of.shares[index]!, utf8(code)); return toHex(blind.subarray(62, 94).map((byte, i) => byte ^ of.fields[index]!.y[i]!)); };
    expect(new Set([pad(set, 0, CODE), pad(set, 1, CODE), pad(drill, 0, CODE), pad(set, 0, OTHER), pad(set, 0, `${CODE}1`)]).size).toBe(5);
  });
  it('does not open with another code (SHARE_BLIND_CODE), and says what the sheet claims to be', () => {
    fc.assert(fc.property(anyShare, digits, digits, ({ of, index }, code, wrong) => {
      fc.pre(toHex(code) !== toHex(wrong));
      const { number, name } = of.fields[index]!;
      expect(unblindShare(blindShare(of.shares[index]!, code), wrong)).toEqual({ ok: false, fault: { code: 'SHARE_BLIND_CODE', details: { claimsNumber: number, claimsName: name, claimsSet: of.parsed.setName, claimsEpoch: of.parsed.epoch } } });
    }), { numRuns: 60 });
  });
  it('is not a share as it is: without its code it is refused as forged', () => {
    const judged = judgeShare(blindShare(set.shares[0]!, utf8(CODE)), { by: 'manifest', manifest: set.parsed, drill: false }, { presenter: 'Ana', person: 'ana' }, []);
    expect(judged).toMatchObject({ ok: false, fault: { code: 'SHARE_FORGED' } });
  });
  it('is refused after any change of one byte, also with the checksum repaired', () => {
    const code = utf8(CODE), blind = blindShare(set.shares[2]!, code), codes = new Set<string>();
    for (let at = 0; at < blind.length; at++) {
      const changed = blind.slice();
      changed[at]! ^= 1 << (at % 8);
      expect(unblindShare(changed, code)).toMatchObject({ ok: false, fault: { code: 'SHARE_DAMAGED' } });
      if (at >= blind.length - 4) continue;
      changed.set(crc32(changed.subarray(0, -4)), changed.length - 4);
      const repaired = unblindShare(changed, code);
      expect(repaired.ok).toBe(false);
      if (!repaired.ok) codes.add(repaired.fault.code);
    }
    expect([...codes].sort()).toEqual(['SHARE_BLIND_CODE', 'SHARE_ILLEGAL_FIELD', 'SHARE_UNKNOWN_VERSION']);
  });
  it('with x = 0 is refused before the code matters (SHARE_ILLEGAL_FIELD)', () => {
    const zero = blindShare(set.shares[0]!, utf8(CODE));
    zero[5] = 0;
    zero.set(crc32(zero.subarray(0, -4)), zero.length - 4);
    expect(unblindShare(zero, utf8(CODE))).toMatchObject({ ok: false, fault: { code: 'SHARE_ILLEGAL_FIELD', details: { field: 'x' } } });
  });
  it('of any length never throws', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 420 }), (bytes) => !unblindShare(bytes, utf8(CODE)).ok));
  });
});

describe('the lines of a blind sheet', () => {
  const typed = (core: Core): Core => { const read = parseLines(coreSymbols(core).map((line) => { const { groups, check } = printedLine(line); return utf8(`${groups.join(' ')} ${check}`); })); if (!read.ok) throw new Error(read.fault.code); return read.value; };
  it('open with code and manifest to the true values', () => {
    fc.assert(fc.property(anyShare, digits, ({ of, index }, code) => {
      const read = typed(blindCore(coreOf(of, index), of.fields[index]!, code)), open = unblindCore(read, of.parsed, code);
      expect(read.y).not.toEqual(of.fields[index]!.y);
      expect(open).toEqual({ ok: true, value: { ...coreOf(of, index), setPrefix: Uint8Array.from(of.fields[index]!.setId.subarray(0, 8)) } });
      expect(open.ok && judgeCore(open.value, of.parsed, of.parsed.drill, { presenter: 'x', person: null }, []).ok).toBe(true);
    }), { numRuns: 60 });
  });
  it('do not open with another code or after a change (SHARE_BLIND_CODE)', () => {
    const core = blindCore(coreOf(set, 3), set.fields[3]!, utf8(CODE)), refusal = { ok: false, fault: { code: 'SHARE_BLIND_CODE', details: { claimsNumber: 4, claimsName: 'Dee Park' } } };
    expect(unblindCore(core, set.parsed, utf8(OTHER))).toEqual(refusal);
    expect(unblindCore({ ...core, y: core.y.with(31, core.y[31]! ^ 1) }, set.parsed, utf8(CODE))).toEqual(refusal);
    expect(unblindCore(coreOf(set, 3), set.parsed, utf8(CODE))).toEqual(refusal);
  });
  it('of another set or of no row are left to the table of faults', () => {
    const other = unblindCore(blindCore(coreOf(drill, 0), drill.fields[0]!, utf8(CODE)), set.parsed, utf8(CODE)), none = unblindCore({ ...coreOf(set, 0), x: 255 }, set.parsed, utf8(CODE));
    expect(other.ok && judgeCore(other.value, set.parsed, false, { presenter: 'Ana', person: null }, [])).toMatchObject({ fault: { code: 'SHARE_OTHER_SET' } });
    expect(none.ok && judgeCore(none.value, set.parsed, false, { presenter: 'Ana', person: null }, [])).toMatchObject({ fault: { code: 'SHARE_NOT_IN_MANIFEST' } });
  });
});

describe('the text of a symbol', () => {
  const share = set.shares[0]!, blind = blindShare(share, utf8(CODE));
  it('tells a blind share from a plain one', () => {
    expect(parseShareSymbol(qrText(share))).toEqual({ kind: 'plain', bytes: share });
    expect(parseShareSymbol(blindQrText(blind))).toEqual({ kind: 'blind', bytes: blind });
    expect(parseQrText(blindQrText(blind))).toBeNull();
  });
  it('is strict for both', () => {
    for (const text of [blindQrText(blind).toLowerCase(), ` ${blindQrText(blind)}`, `${blindQrText(blind)}0000000`, `KCB1:${'0'.repeat(400)}`, 'KCT1:00', 'KCB2:00', blindQrText(blind).replace('KCB1:', 'KCB1')]) expect(parseShareSymbol(text), text.slice(0, 12)).toBeNull();
  });
});

interface BlindVector { readonly name: string; readonly manifest: string; readonly share: string; readonly code: string; readonly pad: string; readonly blind: string; readonly qr: string; readonly lines: readonly string[] }
const vectorOf = (name: string, of: FixedSet, index: number, code: string): BlindVector => {
  const bytes = utf8(code), blind = blindShare(of.shares[index]!, bytes), core = blindCore(coreOf(of, index), of.fields[index]!, bytes);
  const lines = coreSymbols(core).map((line) => { const { groups, check } = printedLine(line); return `${groups.join(' ')} ${check}`; });
  return { name, manifest: of.manifest, share: toHex(of.shares[index]!), code, pad: toHex(blind.subarray(62, 94).map((byte, i) => byte ^ of.fields[index]!.y[i]!)), blind: toHex(blind), qr: blindQrText(blind), lines };
};

describe('the vectors of blind.json', () => {
  const file = path.join(import.meta.dirname, '../../vectors/custody/blind.json');
  const made = `${JSON.stringify([vectorOf('50 throws', set, 1, CODE.slice(0, 50)), vectorOf('100 throws, a rehearsal', drill, 2, (CODE + OTHER).slice(0, 100))], null, 1)}\n`;
  if (process.env['QUORATE_WRITE_VECTORS'] === '1') writeFileSync(file, made);
  const text = readFileSync(file, 'utf8'), vectors = JSON.parse(text) as BlindVector[];
  it('are those that the code makes', () => { expect(text).toBe(made); });
  it.each(vectors)('$name: pad by HMAC alone; symbol and lines open with the code', ({ manifest, share, code, pad, blind, qr, lines }) => {
    const bytes = fromHex(share)!, hmac = (key: Uint8Array, data: Uint8Array): Uint8Array => createHmac('sha256', key).update(data).digest();
    const prk = hmac(bytes.subarray(14, 46), utf8(code));
    expect(toHex(hmac(prk, concatBytes(utf8('KCS1/blind\0'), bytes.subarray(4, 6), Uint8Array.of(1))))).toBe(pad);
    expect(parseShareSymbol(qr)).toEqual({ kind: 'blind', bytes: fromHex(blind) });
    expect(unblindShare(fromHex(blind)!, utf8(code))).toEqual({ ok: true, value: bytes });
    const parsed = parseManifest(manifest), read = parseLines(lines.map(utf8));
    if (!parsed.ok || !read.ok) throw new Error('the vector cannot be read');
    const open = unblindCore(read.value, parsed.value, utf8(code));
    expect(open.ok && toHex(open.value.y)).toBe(toHex(bytes.subarray(62, 94)));
  });
});
