import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { utf8 } from '../../../shared/bytes.ts';
import { BASE32 } from '../../../shared/custody/base32.ts';
import { checkLine, coreSymbols, parseLines, printedLine, type Core } from '../../../shared/custody/lines.ts';

const coreArb = fc.record({ x: fc.integer({ min: 1, max: 255 }), y: fc.uint8Array({ minLength: 32, maxLength: 32 }), setPrefix: fc.uint8Array({ minLength: 8, maxLength: 8 }) });
const textOf = (core: Core): string[] => coreSymbols(core).map((line) => Array.from(line, (symbol) => BASE32[symbol]!).join(''));
const typed = (lines: readonly string[]): Uint8Array[] => lines.map((line) => utf8(line));
const CORE: Core = { x: 77, y: Uint8Array.from({ length: 32 }, (_, i) => i * 7), setPrefix: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8) };
const LINES = textOf(CORE);
/** `line` with other characters at `places`. */
const replaced = (line: string, places: readonly number[], by: readonly number[]): string => {
  const out = [...line];
  places.forEach((at, i) => { out[at] = BASE32[(BASE32.indexOf(out[at]!) + by[i]!) % 32]!; });
  return out.join('');
};

describe('typed lines', () => {
  it('give the core back', () => { fc.assert(fc.property(coreArb, (core) => { expect(parseLines(typed(textOf(core)))).toEqual({ ok: true, value: core }); })); });
  it('print as 4 4 4 4 2 and two checks', () => { const { groups, check } = printedLine(coreSymbols(CORE)[0]!); expect(groups.map((group) => group.length)).toEqual([4, 4, 4, 4, 2]); expect(check).toHaveLength(2); });
  it('may be typed in any case, with any gaps, with i, l and o for 1 and 0', () => {
    const loose = LINES.map((line) => line.toLowerCase().replaceAll('1', 'l').replaceAll('0', 'o').match(/.{1,5}/g)!.join(' - '));
    expect(parseLines(typed(loose))).toEqual({ ok: true, value: CORE });
  });
  it('refuse u, other letters and other lengths', () => {
    for (const bad of [`U${LINES[0]!.slice(1)}`, `é${LINES[0]!.slice(1)}`, LINES[0]!.slice(1), `${LINES[0]}0`, '', ' ']) expect(checkLine(0, utf8(bad)), bad).toBe(false);
    expect(parseLines(typed(LINES.slice(0, 3)))).toMatchObject({ ok: false, fault: { code: 'SHARE_LINE_MISTYPED', details: { line: 4 } } });
  });
  it('find every single wrong character in every place', () => {
    for (const [index, line] of LINES.entries()) for (let at = 0; at < 20; at++) for (let by = 1; by < 32; by++) expect(checkLine(index, utf8(replaced(line, [at], [by])))).toBe(false);
  });
  it('find every pair of wrong characters in a line', () => {
    for (let a = 0; a < 20; a++) for (let b = a + 1; b < 20; b++) for (let by = 1; by < 32; by += 3) for (let other = 1; other < 32; other += 4) {
      if (checkLine(2, utf8(replaced(LINES[2]!, [a, b], [by, other])))) expect.fail(`${a},${b},${by},${other}`);
    }
  });
  it('find swapped neighbours and swapped lines', () => {
    fc.assert(fc.property(coreArb, fc.nat(3), fc.nat(18), (core, index, at) => {
      const line = textOf(core)[index]!;
      if (line[at] === line[at + 1]) return;
      expect(checkLine(index, utf8(line.slice(0, at) + line[at + 1]! + line[at]! + line.slice(at + 2)))).toBe(false);
    }));
    for (let a = 0; a < 4; a++) for (let b = 0; b < 4; b++) expect(checkLine(a, utf8(LINES[b]!))).toBe(a === b);
  });
  it('name the line that is wrong', () => {
    const lines = [...LINES]; lines[2] = replaced(lines[2]!, [5], [1]);
    expect(parseLines(typed(lines))).toMatchObject({ ok: false, fault: { code: 'SHARE_LINE_MISTYPED', details: { line: 3 } } });
  });
  it('call lines of two sheets damaged: each fits, the whole does not', () => {
    const other = textOf({ ...CORE, y: CORE.y.map((byte) => byte ^ 0x55) });
    expect(parseLines(typed([LINES[0]!, other[1]!, LINES[2]!, LINES[3]!]))).toMatchObject({ ok: false, fault: { code: 'SHARE_DAMAGED' } });
  });
  it('refuse x = 0 although every check fits (SHARE_ILLEGAL_FIELD)', () => {
    expect(parseLines(typed(textOf({ ...CORE, x: 0 })))).toMatchObject({ ok: false, fault: { code: 'SHARE_ILLEGAL_FIELD', details: { field: 'x' } } });
  });
  it('do not say more than the line of a fault', () => {
    const result = parseLines(typed([LINES[0]!, LINES[1]!, LINES[2]!, 'KKKK']));
    expect(JSON.stringify(result)).toBe('{"ok":false,"fault":{"code":"SHARE_LINE_MISTYPED","details":{"line":4}}}');
  });
});
