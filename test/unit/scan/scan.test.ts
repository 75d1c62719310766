/** The scanner without a window: what it reads, what it refuses, and what it says of a picture. */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { adviceOf, distanceWord } from '../../../renderer/entry/advice.ts';
import { decodeFrame, decodeStill, RESCUE_COUNT } from '../../../renderer/entry/scan/decode.ts';
import { blank, double, flatten, fromPlane, fromRgba, halve, median3, smooth, type Gray } from '../../../renderer/entry/scan/gray.ts';
import { pictureSize } from '../../../renderer/entry/scan/picture.ts';
import { measure } from '../../../renderer/entry/scan/quality.ts';
import { createReader, type Corners, type SymbolReader } from '../../../renderer/entry/scan/reader.ts';
import { judgeTexts } from '../../../renderer/entry/scan/symbol-text.ts';
import { DAMAGES, HEIGHT, randomOf, WIDTH } from '../../../scripts/bench/scan/corpus.ts';
import { envelopesOf } from '../../../scripts/bench/scan/envelopes.ts';
import { onDesk, symbolPicture } from '../../../scripts/drive/fake-camera.ts';

const SEED = 7;
const envelopes = envelopesOf(SEED);
let reader: SymbolReader;
beforeAll(async () => {
  const wasm = readFileSync(new URL('../../../node_modules/zxing-wasm/dist/reader/zxing_reader.wasm', import.meta.url));
  reader = await createReader(wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.length) as ArrayBuffer);
});
const picture = (damage: string, trial = 0): Gray => DAMAGES.find(({ name }) => name === damage)!.make(envelopes[0]!.grid, randomOf(SEED + trial));
const texts = (read: readonly { readonly bytes: Uint8Array }[]): string[] => read.map(({ bytes }) => Buffer.from(bytes).toString('latin1'));
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('decoding', () => {
  it.each(DAMAGES.map(({ name }) => name))('reads a share that is "%s"', (name) => {
    // Bad light leaves some pictures that nothing can read; one of three must do.
    const read = [0, 1, 2].map((trial) => texts(decodeStill(reader, picture(name, trial)).read));
    expect(read.flat()).toContain(envelopes[0]!.text);
    for (const one of read.flat()) expect(one).toBe(envelopes[0]!.text);
  });
  it('reads with a rescue what cannot be read as it is', () => {
    const noisy = Array.from({ length: 12 }, (_, trial) => picture('noise', trial)).filter((image) => reader.read(image, 'local').every(({ bytes: own }) => own === null));
    expect(noisy.length).toBeGreaterThan(0);
    expect(noisy.map((image) => texts(decodeStill(reader, image).read)[0])).toContain(envelopes[0]!.text);
    const turns = Array.from({ length: RESCUE_COUNT }, (_, turn) => decodeFrame(reader, noisy[0]!, turn).read.length);
    expect(Math.max(...turns)).toBeGreaterThan(0);
  });
  it('finds nothing on an empty desk, and leaves the picture as it was', () => {
    const desk = { data: new Uint8Array(WIDTH * HEIGHT).fill(96), width: WIDTH, height: HEIGHT }, before = desk.data.slice();
    expect(decodeStill(reader, desk)).toEqual({ read: [], outline: null });
    expect(desk.data).toEqual(before);
  });
  it('says where the symbol is, also after the picture was halved', () => {
    const image = { data: onDesk(symbolPicture(envelopes[0]!.text)), width: WIDTH, height: HEIGHT };
    const whole = decodeFrame(reader, image, 0).read[0]!.corners, half = reader.read(halve(image), 'local')[0]!.corners;
    for (const [index, corner] of whole.entries()) for (const axis of ['x', 'y'] as const) expect(Math.abs(corner[axis] - 2 * half[index]![axis])).toBeLessThan(8);
  });
});

describe('what a symbol says', () => {
  const share = envelopes[0]!.text;
  it('is a share only with its prefix and alphabet, at most 400 characters', () => {
    expect(judgeTexts([bytes(share)], 'share')).toMatchObject({ ok: true });
    for (const other of ['', 'KCS1:', share.toLowerCase(), `${share}U`, `${share}=`, `KCS2:${share.slice(5)}`, 'https://example.org/', `KCS1:${'A'.repeat(396)}`, ' ' + share]) expect(judgeTexts([bytes(other)], 'share')).toEqual({ ok: false, reason: 'other' });
  });
  it('is told apart from a sheet printed blind and a test page', () => {
    const blind = share.replace('KCS1', 'KCB1'), test = 'KCT1:0123';
    expect(judgeTexts([bytes(blind)], 'share')).toEqual({ ok: false, reason: 'blind' });
    expect(judgeTexts([bytes(share)], 'blind')).toEqual({ ok: false, reason: 'not-blind' });
    expect(judgeTexts([bytes(blind)], 'blind')).toMatchObject({ ok: true });
    expect(judgeTexts([bytes(test)], 'test')).toMatchObject({ ok: true });
    expect(judgeTexts([bytes(share)], 'test')).toEqual({ ok: false, reason: 'other' });
    expect(judgeTexts([bytes(test)], 'share')).toEqual({ ok: false, reason: 'other' });
  });
  it('must be the same on every symbol in view', () => {
    expect(judgeTexts([bytes(share), bytes(share)], 'share')).toMatchObject({ ok: true });
    expect(judgeTexts([bytes(share), bytes(envelopes[1]!.text)], 'share')).toEqual({ ok: false, reason: 'several' });
    expect(judgeTexts([bytes(share), bytes('https://example.org/')], 'share')).toEqual({ ok: false, reason: 'several' });
  });
  it('is wiped unless it is given on; other bytes never pass', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 1000 }), fc.uint8Array({ maxLength: 1000 }), (one, other) => {
      const verdict = judgeTexts([one, other], 'share');
      expect(verdict.ok).toBe(false);
      expect([...one, ...other].every((byte) => byte === 0)).toBe(true);
    }));
  });
});

describe('the meters', () => {
  const square = (side: number): Corners => { const half = side / 2; return [{ x: 640 - half, y: 360 - half }, { x: 640 + half, y: 360 - half }, { x: 640 + half, y: 360 + half }, { x: 640 - half, y: 360 + half }]; };
  const image = (): Gray => ({ data: onDesk(symbolPicture(envelopes[0]!.text)), width: WIDTH, height: HEIGHT });
  it('see how near the symbol is', () => {
    const levels = [120, 220, 420, 640].map((side) => measure(image(), square(side), true).distance!);
    expect(levels).toEqual([...levels].sort((a, b) => a - b));
    expect([120, 420, 640].map((side) => distanceWord(measure(image(), square(side), true)))).toEqual(['Come closer', 'Good', 'Move back']);
    expect(measure(image(), null, true).distance).toBeNull();
  });
  it('see blur', () => {
    const levels = [0, 1, 2, 4].map((radius) => measure(radius === 0 ? image() : smooth(smooth(image(), radius), radius), square(500), true).sharpness);
    expect(levels).toEqual([...levels].sort((a, b) => b - a));
    expect(levels[0]! - levels[3]!).toBeGreaterThan(3);
  });
  it('see glare and where it is', () => {
    const shiny = image();
    for (let y = 380; y < 600; y++) shiny.data.fill(255, y * WIDTH + 400, y * WIDTH + 630);
    const quality = measure(shiny, square(500), true);
    expect(quality).toMatchObject({ glareAt: 'lower left' });
    expect(quality.glare).toBeGreaterThanOrEqual(3);
    expect(adviceOf({ quality })).toMatch(/lower left/);
    expect(measure(image(), square(500), true).glare).toBeLessThan(2);
  });
});

describe('a picture file', () => {
  const be16 = (value: number): number[] => [value >> 8, value & 255];
  const png = (width: number, height: number): Uint8Array => { const head = new Uint8Array(33); head.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]); new DataView(head.buffer).setUint32(16, width); new DataView(head.buffer).setUint32(20, height); return head; };
  const jpeg = (width: number, height: number): Uint8Array => Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, ...be16(16), ...Array<number>(14).fill(0), 0xff, 0xc4, ...be16(4), 1, 2, 0xff, 0xc2, ...be16(17), 8, ...be16(height), ...be16(width), ...Array<number>(12).fill(0)]);
  it('says its size before it is unpacked', () => {
    expect(pictureSize(png(2480, 3508))).toEqual({ width: 2480, height: 3508 });
    expect(pictureSize(png(65535, 65535))).toEqual({ width: 65535, height: 65535 });
    expect(pictureSize(jpeg(4032, 3024))).toEqual({ width: 4032, height: 3024 });
  });
  it('of any other kind has none, whatever its bytes', () => {
    for (const other of ['GIF89a', '<svg xmlns="http://www.w3.org/2000/svg"/>', '%PDF-1.7', 'RIFF....WEBP', '']) expect(pictureSize(bytes(other))).toBeNull();
    expect(pictureSize(jpeg(1, 1).subarray(0, 12))).toBeNull();
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (data) => { pictureSize(Uint8Array.from([0xff, 0xd8, ...data])); }));
  });
});

describe('grey pictures', () => {
  const noise = (width: number, height: number): Gray => { const random = randomOf(3); return { data: Uint8Array.from({ length: width * height }, () => Math.floor(random() * 256)), width, height }; };
  it('keep an even surface even, whatever is done to them', () => {
    const even = { data: new Uint8Array(40 * 30).fill(90), width: 40, height: 30 };
    for (const change of [median3, halve, double, (image: Gray) => smooth(image, 2)]) expect(new Set(change(even).data)).toEqual(new Set([90]));
    expect(new Set(flatten(even, 5, 4).data)).toEqual(new Set([128]));
  });
  it('have the median of nine in the middle', () => {
    const image = noise(20, 20), out = median3(image);
    for (let y = 1; y < 19; y++) for (let x = 1; x < 19; x++) {
      const window = [-1, 0, 1].flatMap((dy) => [-1, 0, 1].map((dx) => image.data[(y + dy) * 20 + x + dx]!)).sort((a, b) => a - b);
      expect(out.data[y * 20 + x]).toBe(window[4]);
    }
  });
  it('come from video planes with padding and from RGBA', () => {
    const into = blank(3, 2);
    fromPlane(Uint8Array.from([9, 1, 2, 3, 0, 0, 4, 5, 6, 0]), 1, 5, into);
    expect([...into.data]).toEqual([1, 2, 3, 4, 5, 6]);
    expect([...fromRgba(Uint8Array.from([255, 255, 255, 255, 0, 0, 0, 255]), 2, 1).data]).toEqual([255, 0]);
  });
});
