/**
 * Decode rate on damaged symbols, class by class: the scanner of the entry window against zbarimg and against zxing-wasm alone, on the same
 * pictures, made from a seed out of real share envelopes. Then the time of a frame.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { decodeFrame, decodeStill } from '../../renderer/entry/scan/decode.ts';
import type { Gray } from '../../renderer/entry/scan/gray.ts';
import { createReader, type Seen, type SymbolReader } from '../../renderer/entry/scan/reader.ts';
import { judgeTexts } from '../../renderer/entry/scan/symbol-text.ts';
import { inRoot } from '../setup/paths.mjs';
import { median, percentile, type Bench } from './measure.ts';
import { DAMAGES, randomOf, type Damage } from './scan/corpus.ts';
import { envelopesOf, type Envelope } from './scan/envelopes.ts';

const SEED = 2046, TRIALS = 16, LIMIT_MS = 30;

export interface ClassRate { readonly name: string; readonly of: number; readonly ours: number; readonly zxing: number; readonly zbar: number; /** Something else than the share was taken for one. */ readonly wrong: number }

const symbolReader = async (): Promise<SymbolReader> => {
  const wasm = readFileSync(inRoot('node_modules/zxing-wasm/dist/reader/zxing_reader.wasm'));
  return await createReader(wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.length) as ArrayBuffer);
};

const says = (read: readonly Seen[], text: string): boolean => read.some(({ bytes }) => bytes !== null && Buffer.from(bytes).toString('latin1') === text);
const zbarSays = (file: string, image: Gray, text: string): boolean => {
  writeFileSync(file, Buffer.concat([Buffer.from(`P5 ${image.width} ${image.height} 255\n`), image.data]));
  try { return execFileSync('zbarimg', ['-q', '--raw', '-Sdisable', '-Sqrcode.enable', file], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim().split('\n').includes(text); } catch { return false; }
};

const measureClass = (damage: Damage, at: number, envelopes: readonly Envelope[], reader: SymbolReader, file: string, trials: number): ClassRate => {
  let ours = 0, zxing = 0, zbar = 0, wrong = 0;
  for (let trial = 0; trial < trials; trial++) {
    const { text, grid } = envelopes[trial % envelopes.length]!, image = damage.make(grid, randomOf(SEED + at * 1000 + trial));
    const { read } = decodeStill(reader, image), verdict = judgeTexts(read.map(({ bytes }) => bytes.slice()), 'share');
    const right = verdict.ok && says(read, text);
    if (right) ours++;
    if (verdict.ok && !right) wrong++;
    if (says(reader.read(image, 'local'), text)) zxing++;
    if (zbarSays(file, image, text)) zbar++;
  }
  return { name: damage.name, of: trials, ours, zxing, zbar, wrong };
};

/** @param trials pictures of each class */
export const measureScan = async (trials: number): Promise<readonly ClassRate[]> => {
  const reader = await symbolReader(), envelopes = envelopesOf(SEED), dir = mkdtempSync(path.join(os.tmpdir(), 'quorate-corpus-'));
  try { return DAMAGES.map((damage, at) => measureClass(damage, at, envelopes, reader, path.join(dir, 'frame.pgm'), trials)); } finally { rmSync(dir, { recursive: true, force: true }); }
};

/** No class in which another reader does better, and nothing mistaken for a share. */
const holds = ({ ours, zxing, zbar, wrong }: ClassRate): boolean => ours >= zxing && ours >= zbar && wrong === 0;
const sum = (rates: readonly ClassRate[], of: (rate: ClassRate) => number): number => rates.reduce((total, rate) => total + of(rate), 0);

/** Printed class by class on stderr; the measure is ours to the better of the two others in the class where that is worst. */
export const scan: Bench = {
  name: 'scan',
  run: async () => {
    const rates = await measureScan(TRIALS);
    for (const { name, of, ours, zxing, zbar } of rates) console.error(`scan, ${name}: ${ours} of ${of}; zxing-wasm alone ${zxing}, zbarimg ${zbar}`);
    const worst = Math.min(...rates.map((rate) => rate.ours / Math.max(1, rate.zxing, rate.zbar)));
    return { name: 'scan', ours: sum(rates, ({ ours }) => ours), peer: Math.max(sum(rates, ({ zxing }) => zxing), sum(rates, ({ zbar }) => zbar)), unit: 'of pictures', ratio: rates.every(holds) ? Number(worst.toFixed(3)) : 0, runs: rates.length * TRIALS, mustReach: 1 };
  },
};

const FRAME_TRIALS = 12;
/** One frame of the camera: the picture as it is and one rescue, over all classes. */
export const scanFrame: Bench = {
  name: 'scan-frame',
  run: async () => {
    const reader = await symbolReader(), framesMs: number[] = [], envelopes = envelopesOf(SEED);
    for (const [at, damage] of DAMAGES.entries()) for (let trial = 0; trial < FRAME_TRIALS; trial++) {
      const image = damage.make(envelopes[trial % envelopes.length]!.grid, randomOf(SEED + 500_000 + at * 1000 + trial)), start = performance.now();
      decodeFrame(reader, image, trial);
      framesMs.push(performance.now() - start);
    }
    const ours = Number(median(framesMs).toFixed(1));
    console.error(`scan-frame: 19 of 20 frames within ${percentile(framesMs, 0.95).toFixed(1)} ms`);
    return { name: 'scan-frame', ours, limit: LIMIT_MS, unit: 'ms', ratio: Number((ours / LIMIT_MS).toFixed(3)), runs: framesMs.length, mustReach: 1 };
  },
};
