import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { fromHex, toHex, utf8 } from '../../../shared/bytes.ts';
import { interpolate } from '../../../shared/custody/gf256.ts';
import { judgeCore, judgeShare, needMore, type Accepted, type Wanted } from '../../../shared/custody/judge.ts';
import { parseLines } from '../../../shared/custody/lines.ts';
import { parseManifest, type Manifest } from '../../../shared/custody/manifest.ts';
import { parseQrText } from '../../../shared/custody/qr-text.ts';
import type { Result } from '../../../shared/errors.ts';
import { vectorFiles, type FaultCase } from '../../support/custody-vectors.ts';

const dir = path.join(import.meta.dirname, '../../vectors/custody');
const files = vectorFiles();
// Only for a deliberate change of the format: QUORATE_WRITE_VECTORS=1 npx vitest run test/unit/custody/vectors.test.ts
if (process.env['QUORATE_WRITE_VECTORS'] === '1') for (const [name, content] of Object.entries(files)) writeFileSync(path.join(dir, name), content);

interface SetVector { name: string; threshold: number; wrappingKey: string; setId: string; kekCheck: string; manifest: string; shares: { number: number; x: number; y: string; share: string; qr: string; lines: string[] }[] }
const read = <T>(name: string): T => JSON.parse(readFileSync(path.join(dir, name), 'utf8')) as T;
const sets = read<SetVector[]>('sets.json'), faults = read<FaultCase[]>('faults.json');
const manifests = new Map(sets.map((set): [string, Manifest] => { const parsed = parseManifest(set.manifest); if (!parsed.ok) throw new Error(set.name); return [set.name, parsed.value]; }));
const sha256 = (...parts: (string | Uint8Array)[]): string => { const hash = createHash('sha256'); for (const part of parts) hash.update(part); return hash.digest('hex'); };

it('the committed vectors are those that the code makes', () => {
  for (const [name, content] of Object.entries(files)) expect(readFileSync(path.join(dir, name), 'utf8'), name).toBe(content);
});

describe.each(sets)('set $name', (set) => {
  const hex = (text: string): Uint8Array => fromHex(text)!;
  it('check, commitments and core commitments are the digests of the format, by node:crypto', () => {
    const manifest = manifests.get(set.name)!;
    expect(sha256('KCS1/kek\0', hex(set.setId), hex(set.wrappingKey))).toBe(set.kekCheck);
    for (const [i, share] of set.shares.entries()) {
      expect(sha256('KCS1/commit\0', hex(share.share))).toBe(manifest.custodians[i]!.commitment);
      expect(sha256('KCS1/core\0', Uint8Array.of(share.x), hex(share.y), hex(set.setId))).toBe(manifest.custodians[i]!.core);
      expect(toHex(parseQrText(share.qr)!)).toBe(share.share);
    }
  });
  it('any three shares give the wrapping key and two do not', () => {
    const points = set.shares.map(({ x, y }) => ({ x, y: hex(y) }));
    for (let a = 0; a < 5; a++) for (let b = a + 1; b < 5; b++) {
      for (let c = b + 1; c < 5; c++) expect(toHex(interpolate([points[a]!, points[b]!, points[c]!], 0))).toBe(set.wrappingKey);
      expect(toHex(interpolate([points[a]!, points[b]!], 0))).not.toBe(set.wrappingKey);
    }
  });
});

const judge = (one: FaultCase): Result<Accepted> => {
  const presented = { presenter: one.presenter, person: one.person };
  if (one.lines) {
    const core = parseLines(one.lines.map(utf8));
    if (!core.ok) return core;
    if (one.wanted.by !== 'manifest') throw new Error('typed lines need a manifest');
    return judgeCore(core.value, manifests.get(one.wanted.set)!, one.drill, presented, one.taken);
  }
  const wanted: Wanted = one.wanted.by === 'manifest' ? { by: 'manifest', manifest: manifests.get(one.wanted.set)!, drill: one.drill } : { by: 'fingerprint', typed: one.wanted.typed, drill: one.drill };
  return judgeShare(fromHex(one.share!)!, wanted, presented, one.taken);
};

describe('judgement of a share', () => {
  it.each(faults)('$name', (one) => {
    const judged = judge(one);
    if ('code' in one.expect) { expect(judged).toEqual({ ok: false, fault: one.expect }); return; }
    expect(judged.ok).toBe(true);
    if (judged.ok) expect({ number: judged.value.number, person: judged.value.person }).toEqual(one.expect);
  });
  it('has a case for every fault of the table', () => {
    const codes = new Set(faults.flatMap((one) => ('code' in one.expect ? [one.expect.code] : [])));
    for (const code of ['SHARE_DAMAGED', 'SHARE_UNKNOWN_VERSION', 'SHARE_ILLEGAL_FIELD', 'SHARE_FORGED', 'SHARE_OTHER_SET', 'SHARE_OLD_EPOCH', 'SHARE_DRILL', 'SHARE_NOT_DRILL', 'SHARE_NOT_IN_MANIFEST', 'SHARE_DUPLICATE', 'SHARE_WRONG_PERSON', 'SHARE_LINE_MISTYPED'] as const) expect(codes, code).toContain(code);
  });
  it('a whole forged set passes only with its own manifest, whose fingerprint is another', () => {
    const forged = sets.find(({ name }) => name === 'forged')!, own = manifests.get('forged')!;
    const bytes = fromHex(forged.shares[1]!.share)!, presented = { presenter: 'Bob Ng', person: 'bob' };
    expect(judgeShare(bytes, { by: 'manifest', manifest: own, drill: false }, presented, []).ok).toBe(true);
    expect(own.setFingerprint).not.toBe(manifests.get('current')!.setFingerprint);
  });
  it('asks for more below the threshold', () => {
    const taken = [{ number: 1, x: 11, presenter: 'Ana' }];
    expect(needMore(taken, 3)).toEqual({ ok: false, fault: { code: 'SHARE_NEED_MORE', details: { have: 1, need: 3 } } });
    expect(needMore([...taken, ...taken, ...taken], 3)).toBeNull();
  });
  it('no refusal of a share names its y, in any spelling', () => {
    for (const one of faults) if ('code' in one.expect) expect(JSON.stringify(judge(one))).not.toMatch(/[0-9a-f]{40}|[0-9A-Z]{18}/);
  });
});
