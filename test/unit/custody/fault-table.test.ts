/** The table of faults of docs/FORMATS-custody.md, one test a cell; no good share is refused; no changed byte passes. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { equalBytes, toHex, utf8 } from '../../../shared/bytes.ts';
import { BASE32 } from '../../../shared/custody/base32.ts';
import { blindCore, blindShare, unblindCore, unblindShare } from '../../../shared/custody/blind.ts';
import { encodeContainer, parseContainer } from '../../../shared/custody/card-container.ts';
import { crc32 } from '../../../shared/custody/crc32.ts';
import { decodeShare, encodeShare, type Share } from '../../../shared/custody/envelope.ts';
import { judgeCore, judgeShare, type Accepted, type KnownSet, type Taken, type Wanted } from '../../../shared/custody/judge.ts';
import { coreSymbols, parseLines, type Core } from '../../../shared/custody/lines.ts';
import type { Manifest } from '../../../shared/custody/manifest.ts';
import { blindQrText, parseShareSymbol, qrText } from '../../../shared/custody/qr-text.ts';
import { refuse, type Details, type Result } from '../../../shared/errors.ts';
import { ROOT } from '../../../scripts/setup/paths.mjs';
import { fixedSet, stream, type FixedSet } from '../../support/custody-sets.ts';
import { current, drill, forgedSet, superseded } from '../../support/custody-vectors.ts';

const CARRIERS = ['QR symbol', 'card', 'typed lines'] as const;
type Carrier = (typeof CARRIERS)[number];
const CODE = utf8('53116425436124315266341523641162354162534136425315'), OTHER_CODE = utf8('53116425436124315266341523641162354162534136425314');

interface Desk { readonly manifest: Manifest; readonly drill: boolean; readonly person: string | null; readonly taken: readonly Taken[]; readonly known: readonly KnownSet[] }
const DESK: Desk = { manifest: current.parsed, drill: false, person: 'bob', taken: [], known: [] };

/** What a carrier brings, up to the judge: each as the application reads it. */
const judgeBytes = (bytes: Uint8Array, desk: Desk): Result<Accepted> =>
  judgeShare(bytes, { by: 'manifest', manifest: desk.manifest, drill: desk.drill, known: desk.known }, { presenter: 'Bob Ng', person: desk.person }, desk.taken);
const bySymbol = (text: string, code: Uint8Array | null, desk: Desk): Result<Accepted> => {
  const symbol = parseShareSymbol(text);
  if (symbol === null) return refuse('SHARE_NOT_A_SHARE');
  if (symbol.kind === 'plain') return judgeBytes(symbol.bytes, desk);
  const open = unblindShare(symbol.bytes, code!);
  return open.ok ? judgeBytes(open.value, desk) : open;
};
const byCard = (value: Uint8Array, desk: Desk): Result<Accepted> => {
  const container = parseContainer(value);
  return container?.seal === null ? judgeBytes(container.envelope, desk) : refuse('SHARE_CARD_OBJECT');
};
const byLines = (lines: readonly string[], code: Uint8Array | null, desk: Desk): Result<Accepted> => {
  const core = parseLines(lines.map(utf8)), open = core.ok && code !== null ? unblindCore(core.value, desk.manifest, code) : core;
  return open.ok ? judgeCore(open.value, desk.manifest, desk.drill, { presenter: 'Bob Ng', person: desk.person }, desk.taken, desk.known) : open;
};

const coreOf = ({ x, y, setId }: Share): Core => ({ x, y, setPrefix: setId.slice(0, 8) });
const linesOf = (core: Core): readonly string[] => coreSymbols(core).map((line) => Array.from(line, (symbol) => BASE32[symbol]!).join(''));
const repaired = (bytes: Uint8Array): Uint8Array => { const out = bytes.slice(); out.set(crc32(out.subarray(0, -4)), out.length - 4); return out; };
const changed = (bytes: Uint8Array, at: number, value: number): Uint8Array => { const out = bytes.slice(); out[at] = value; return out; };
const spoilt = (bytes: Uint8Array, at: number): Uint8Array => changed(bytes, at, bytes[at]! ^ 1);

/** One share, as each carrier holds it. */
interface Held { readonly bytes: Uint8Array; readonly core: Core }
const held = (set: FixedSet, index: number): Held => ({ bytes: set.shares[index]!, core: coreOf(set.fields[index]!) });
const bob = held(current, 1), field = current.fields[1]!;
const wholeShare = ({ bytes }: Held, desk: Desk) => ({
  'QR symbol': () => bySymbol(qrText(bytes), null, desk),
  card: () => byCard(encodeContainer({ seal: null, setId: bytes.slice(14, 46), share: bytes[4] || 1, envelope: bytes }), desk),
});
const byAny = ({ bytes, core }: Held, desk: Desk): Record<Carrier, () => Result<Accepted>> => ({
  ...wholeShare({ bytes, core }, desk),
  'typed lines': () => byLines(linesOf(core), null, desk),
});
const knownSet = ({ parsed }: FixedSet, supersededAt: string | null): KnownSet => ({ setId: parsed.setId, setName: parsed.setName, epoch: parsed.epoch, supersededAt });
const reissued: Share = { ...field, y: stream(99, 32) };
const unrelated = fixedSet({ seed: 21, epoch: 4 }), replaced = fixedSet({ seed: 22, epoch: 1 });

/** The cells. A carrier that is missing has an empty cell in the document. */
const CASES: Record<string, Partial<Record<Carrier, () => Result<Accepted>>>> = {
  'not a share': {
    'QR symbol': () => bySymbol('HTTPS://EXAMPLE.ORG/', null, DESK), card: () => byCard(utf8('somebody else\'s object, of forty bytes or more'), DESK), 'typed lines': () => byLines(['HELL0', 'W0RLD', '', ''], null, DESK),
  },
  damaged: {
    ...byAny({ ...bob, bytes: spoilt(bob.bytes, 70) }, DESK),
    // Lines that fit, one of them of another sheet: only the checksum over all four tells.
    'typed lines': () => byLines([...linesOf(bob.core).slice(0, 3), linesOf(held(current, 2).core)[3]!], null, DESK),
  },
  'another version or suite': wholeShare({ ...bob, bytes: repaired(changed(bob.bytes, 0, 2)) }, DESK),
  'x = 0, checksum repaired': byAny({ bytes: repaired(changed(bob.bytes, 5, 0)), core: { ...bob.core, x: 0 } }, DESK),
  'forged, checksum repaired': byAny({ bytes: repaired(spoilt(bob.bytes, 70)), core: { ...bob.core, y: spoilt(bob.core.y, 8) } }, DESK),
  'wrong dice code, or altered blind sheet': {
    'QR symbol': () => bySymbol(blindQrText(blindShare(bob.bytes, CODE)), OTHER_CODE, DESK),
    'typed lines': () => byLines(linesOf(blindCore(bob.core, field, CODE)), OTHER_CODE, DESK),
  },
  'another set': byAny(held(forgedSet, 1), DESK),
  'another set of the archive': byAny(held(unrelated, 1), { ...DESK, known: [knownSet(replaced, '2026-12-01T00:00:00.000Z'), knownSet(unrelated, null)] }),
  'old epoch, by the manifest': byAny(held(superseded, 1), DESK),
  'old epoch, by the archive': byAny(held(replaced, 1), { ...DESK, known: [knownSet(unrelated, null), knownSet(replaced, '2026-12-01T00:00:00.000Z')] }),
  'drill share in a real recovery': byAny(held(drill, 1), { ...DESK, manifest: drill.parsed }),
  'real share in a drill': byAny(bob, { ...DESK, drill: true }),
  'not in the manifest': byAny({ bytes: encodeShare(reissued, current.sign), core: { ...bob.core, x: 255 } }, DESK),
  'read before': byAny(bob, { ...DESK, taken: [{ number: 2, x: field.x, presenter: 'Ana Ilić' }] }),
  "another person's": byAny(held(current, 0), DESK),
};

/** Rows of the document: fault → carrier → [code, who is named]; null for an empty cell. */
const documented = (): Map<string, Record<Carrier, readonly [string, string] | null>> => {
  const text = readFileSync(path.join(ROOT, 'docs/FORMATS-custody.md'), 'utf8'), from = text.indexOf('\n## 7. Table of faults\n'), section = text.slice(from, text.indexOf('\n## ', from + 5));
  const rows = section.split('\n').filter((line) => line.startsWith('| ')).map((line) => line.split('|').slice(1, -1).map((cell) => cell.trim()));
  expect(rows[0]).toEqual(['fault', ...CARRIERS]);
  return new Map(rows.slice(1).map(([fault, ...cells]) => [fault!, Object.fromEntries(CARRIERS.map((carrier, i) => {
    const cell = /^`([A-Z_]+)` (.+)$/.exec(cells[i]!);
    return [carrier, cell ? [cell[1]!, cell[2]!] : null];
  })) as Record<Carrier, readonly [string, string] | null>]));
};
const table = documented();

/** Who a refusal names, by what it says. */
const namedBy = (code: string, details: Details): string => {
  if ('person' in details || code === 'SHARE_DUPLICATE') return 'number' in details ? 'manifest' : 'presenter';
  if ('number' in details) return 'set key';
  return 'claimsNumber' in details || 'claimsPrefix' in details ? 'claims' : 'presenter';
};
/** What of the archive is in a refusal. */
const ofArchive = (details: Details, set: FixedSet): boolean => details['claimsSet'] === set.parsed.setName && details['claimsEpoch'] === set.parsed.epoch;

it('the document and the tests have the same cells', () => {
  const cells = (of: (fault: string, carrier: Carrier) => boolean, faults: Iterable<string>): string[] => [...faults].flatMap((fault) => CARRIERS.filter((carrier) => of(fault, carrier)).map((carrier) => `${fault}, ${carrier}`)).sort();
  expect(cells((fault, carrier) => CASES[fault]![carrier] !== undefined, Object.keys(CASES))).toEqual(cells((fault, carrier) => table.get(fault)![carrier] !== null, table.keys()));
});

describe.each([...table])('%s', (fault, row) => {
  it.each(CARRIERS.filter((carrier) => row[carrier] !== null))('by %s', (carrier) => {
    const [code, named] = row[carrier]!, judged = CASES[fault]![carrier]!();
    if (judged.ok) throw new Error('accepted');
    const { details } = judged.fault;
    expect(judged.fault.code).toBe(code);
    expect(namedBy(code, details)).toBe(named === 'archive' ? 'claims' : named);
    if (named === 'archive') {
      expect(ofArchive(details, code === 'SHARE_OLD_EPOCH' ? replaced : unrelated)).toBe(true);
      expect(details['supersededAt']).toBe(code === 'SHARE_OLD_EPOCH' ? '2026-12-01T00:00:00.000Z' : undefined);
    }
    if (named === 'set key' || named === 'manifest') expect(details['number']).toBe(code === 'SHARE_WRONG_PERSON' ? 1 : 2);
    // Nothing of the value, in hex or base32.
    expect(JSON.stringify(details)).not.toMatch(/[0-9a-f]{40}|[0-9A-Z]{18}/);
  });
});

/** Names of 1 to 24 bytes of line text, of several scripts. */
const nameArb = fc.array(fc.constantFrom(...'abcXYZ éüøßŁğΔщ字한😀-\'.'), { minLength: 1, maxLength: 24 })
  .map((letters) => letters.join('').normalize('NFC').trim()).filter((name) => name !== '' && utf8(name).length <= 24);
const setArb = fc.integer({ min: 2, max: 16 }).chain((count) => fc.record({
  count: fc.constant(count), threshold: fc.integer({ min: 2, max: count }), seed: fc.integer({ min: 100, max: 1_000_000 }), drill: fc.boolean(),
  firstX: fc.integer({ min: 1, max: 255 - 7 * 15 }), names: fc.array(nameArb, { minLength: count, maxLength: count }), epoch: fc.integer({ min: 1, max: 65_535 }),
}));

describe('good shares', () => {
  it('are never refused: random sets of 2 to 16 shares, both suites, every carrier, by manifest and by fingerprint', () => {
    fc.assert(fc.property(setArb, (options) => {
      const set = fixedSet(options), taken: Taken[] = [];
      for (const [index, share] of set.fields.entries()) {
        const bytes = set.shares[index]!, { core } = held(set, index), row = set.parsed.custodians[index]!;
        const desk: Desk = { manifest: set.parsed, drill: options.drill, person: row.person, taken, known: [knownSet(unrelated, null), knownSet(replaced, '2026-12-01T00:00:00.000Z')] };
        const wanted: Wanted = { by: 'fingerprint', typed: set.parsed.setFingerprint, drill: options.drill };
        const all = [
          ...Object.values(byAny({ bytes, core }, desk)).map((judge) => judge()),
          bySymbol(blindQrText(blindShare(bytes, CODE)), CODE, desk), byLines(linesOf(blindCore(core, share, CODE)), CODE, desk),
          judgeShare(bytes, wanted, { presenter: 'x', person: row.person }, taken),
        ];
        for (const judged of all) {
          expect(judged.ok, JSON.stringify(judged)).toBe(true);
          if (judged.ok) expect({ number: judged.value.number, x: judged.value.x, y: toHex(judged.value.y) }).toEqual({ number: index + 1, x: share.x, y: toHex(share.y) });
        }
        taken.push({ number: index + 1, x: share.x, presenter: 'x' });
      }
    }), { numRuns: 40 });
  }, 120_000);
});

describe('every single byte', () => {
  const share = current.shares[2]!, name = share[94]!;
  const parts: readonly (readonly [string, number, number])[] = [['head', 0, 14], ['set id', 14, 46], ['check', 46, 62], ['y', 62, 94], ['name', 94, 95 + name], ['first half of the signature', 95 + name, 127 + name], ['second half of the signature', 127 + name, 159 + name]];
  it('the parts are the whole share but its checksum', () => {
    expect(parts[0]![1]).toBe(0);
    for (const [i, [, from]] of parts.entries()) if (i > 0) expect(from).toBe(parts[i - 1]![2]);
    expect(parts.at(-1)![2]).toBe(share.length - 4);
  });
  it.each(parts)('%s: all 255 other values are told, and told as more than damage when the checksum is repaired', (_, from, to) => {
    for (let at = from; at < to; at++) for (let by = 1; by < 256; by++) {
      const other = changed(share, at, share[at]! ^ by), read = decodeShare(repaired(other));
      if (read.ok || read.fault === 'damaged') throw new Error(`byte ${at} as ${share[at]! ^ by}: ${read.ok ? 'accepted' : read.fault}`);
      // Without a repair the checksum tells, for every value.
      if (equalBytes(crc32(other.subarray(0, -4)), other.subarray(-4))) throw new Error(`byte ${at} as ${share[at]! ^ by}: the checksum fits`);
    }
  }, 240_000);
  it('checksum: all 255 other values are told', () => {
    for (let at = share.length - 4; at < share.length; at++) for (let by = 1; by < 256; by++) expect(decodeShare(changed(share, at, share[at]! ^ by))).toMatchObject({ ok: false, fault: 'damaged' });
  });
});
