/**
 * Damaged pictures of share symbols, made from a seed: what a camera of 1280 × 720 would see of a sheet that was folded, stained, badly
 * lit or held badly. Simulated, not photographed.
 */
import type { Gray } from '../../../renderer/entry/scan/gray.ts';
import type { SymbolGrid } from '../../../electron/vault/sheets/symbol.ts';

export const WIDTH = 1280, HEIGHT = 720;
const PAPER = 215, INK = 38;

/** Numbers from 0 up to 1, the same for the same seed (mulberry32). */
export type Random = () => number;
export const randomOf = (seed: number): Random => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
};
const between = (random: Random, low: number, high: number): number => low + (high - low) * random();
const normal = (random: Random): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

/** A symbol on paper: brightness at a place in modules, (0, 0) being the corner of its ink. */
export type Sheet = (u: number, v: number) => number;
export const sheetOf = ({ modules, dark }: SymbolGrid): Sheet => (u, v) => {
  const column = Math.floor(u), row = Math.floor(v);
  return column >= 0 && row >= 0 && column < modules && row < modules && dark[row * modules + column] === 1 ? INK : PAPER;
};

export interface View { /** Side of the ink in pixels. */ readonly size: number; readonly angle: number; readonly tilt: number; readonly modules: number }

/** Seen by a camera: turned by `angle`, `tilt` 0.1 makes the far edge about 10 % shorter. Four samples a pixel. */
const photograph = (sheet: Sheet, view: View, random: Random): Gray => {
  const data = new Uint8Array(WIDTH * HEIGHT), cos = Math.cos(view.angle), sin = Math.sin(view.angle), half = view.modules / 2;
  const scale = view.modules / view.size, towards = random() * 2 * Math.PI, slopeX = (view.tilt / view.size) * Math.cos(towards), slopeY = (view.tilt / view.size) * Math.sin(towards);
  const shiftX = between(random, -40, 40), shiftY = between(random, -20, 20);
  const sample = (px: number, py: number): number => {
    const dx = px - WIDTH / 2 - shiftX, dy = py - HEIGHT / 2 - shiftY, depth = 1 + slopeX * dx + slopeY * dy;
    return sheet(((dx * cos + dy * sin) * scale) / depth + half, ((dy * cos - dx * sin) * scale) / depth + half);
  };
  for (let y = 0, at = 0; y < HEIGHT; y++) for (let x = 0; x < WIDTH; x++) {
    data[at++] = (sample(x + 0.25, y + 0.25) + sample(x + 0.75, y + 0.25) + sample(x + 0.25, y + 0.75) + sample(x + 0.75, y + 0.75)) / 4;
  }
  return { data, width: WIDTH, height: HEIGHT };
};

const blurLine = (from: Uint8Array, to: Uint8Array, weights: readonly number[], step: number, length: number, start: number): void => {
  const reach = weights.length - 1;
  for (let i = 0; i < length; i++) {
    let sum = from[start + i * step]! * weights[0]!;
    for (let k = 1; k <= reach; k++) sum += weights[k]! * (from[start + Math.max(0, i - k) * step]! + from[start + Math.min(length - 1, i + k) * step]!);
    to[start + i * step] = sum + 0.5;
  }
};
/** Out of focus by `sigma` pixels. */
const blur = ({ data, width, height }: Gray, sigma: number): Gray => {
  const raw = Array.from({ length: Math.ceil(sigma * 3) + 1 }, (_, k) => Math.exp(-(k * k) / (2 * sigma * sigma)));
  const total = raw.reduce((sum, weight, k) => sum + (k === 0 ? weight : 2 * weight), 0), weights = raw.map((weight) => weight / total);
  const across = new Uint8Array(data.length), out = new Uint8Array(data.length);
  for (let y = 0; y < height; y++) blurLine(data, across, weights, 1, width, y * width);
  for (let x = 0; x < width; x++) blurLine(across, out, weights, width, height, x);
  return { data: out, width, height };
};
const clamp = (value: number): number => Math.max(0, Math.min(255, Math.round(value)));
const noise = (image: Gray, sigma: number, random: Random): Gray => ({ ...image, data: image.data.map((value) => clamp(value + sigma * normal(random))) });

/** A fold: the halves are shifted against each other, and a strip along the line has lost its ink. Widths in modules. */
const folded = (sheet: Sheet, modules: number, width: number, random: Random): Sheet => {
  const angle = between(random, -0.3, 0.3) + (random() < 0.5 ? 0 : Math.PI / 2), nx = Math.cos(angle), ny = Math.sin(angle), through = modules * between(random, 0.3, 0.7), shift = width * between(random, -0.5, 0.5);
  return (u, v) => {
    const distance = (u - through) * nx + (v - through) * ny;
    if (Math.abs(distance) < width / 2) return PAPER - 20;
    return distance > 0 ? sheet(u - shift * ny, v + shift * nx) : sheet(u, v);
  };
};

/** A stain that covers `share` of the symbol and none of its three corners. */
const covered = (sheet: Sheet, modules: number, share: number, random: Random): Sheet => {
  const side = modules * Math.sqrt(share), free = 9, brightness = random() < 0.5 ? INK + 10 : PAPER - 25;
  const [left, top] = random() < 0.5 ? [between(random, free, modules - side), between(random, free, modules - side)] : [between(random, free, modules - free - side), between(random, free, modules - side)];
  return (u, v) => (u >= left && u < left + side && v >= top && v < top + side ? brightness : sheet(u, v));
};

/** Faint print in a shadow, with a shine in one place. */
const badLight = (image: Gray, random: Random): Gray => {
  const contrast = between(random, 0.1, 0.35), lean = between(random, 0.3, 0.6), angle = random() * 2 * Math.PI, size = between(random, 40, 110), x0 = WIDTH / 2 + between(random, -220, 220), y0 = HEIGHT / 2 + between(random, -160, 160);
  return { ...image, data: image.data.map((value, at) => {
    const x = at % WIDTH, y = (at - x) / WIDTH, light = 0.75 + lean * (((x - WIDTH / 2) * Math.cos(angle)) / WIDTH + ((y - HEIGHT / 2) * Math.sin(angle)) / HEIGHT);
    const shine = 190 * Math.exp(-((x - x0) ** 2 + (y - y0) ** 2) / (2 * size * size));
    return clamp((150 + (value - 130) * contrast) * light + shine);
  }) };
};

export interface Damage { readonly name: string; readonly make: (grid: SymbolGrid, random: Random) => Gray }
const anyView = (grid: SymbolGrid, random: Random, low = 300, high = 480, tilt = 0.03): View => ({ size: between(random, low, high), angle: random() * 2 * Math.PI, tilt: between(random, 0, tilt), modules: grid.modules });
const slightNoise = (image: Gray, random: Random): Gray => noise(image, 6, random);

/** The classes, in the order of the report. */
export const DAMAGES: readonly Damage[] = [
  { name: 'clean', make: (grid, random) => slightNoise(photograph(sheetOf(grid), anyView(grid, random, 260), random), random) },
  { name: 'far', make: (grid, random) => slightNoise(photograph(sheetOf(grid), anyView(grid, random, 150, 220), random), random) },
  { name: 'blur', make: (grid, random) => slightNoise(blur(photograph(sheetOf(grid), anyView(grid, random, 420, 500), random), between(random, 1.8, 3.8)), random) },
  { name: 'noise', make: (grid, random) => noise(photograph(sheetOf(grid), anyView(grid, random, 420, 500), random), between(random, 30, 85), random) },
  { name: 'fold', make: (grid, random) => slightNoise(photograph(folded(sheetOf(grid), grid.modules, between(random, 0.4, 1.8), random), anyView(grid, random, 420, 500), random), random) },
  { name: 'occlusion 10 %', make: (grid, random) => slightNoise(photograph(covered(sheetOf(grid), grid.modules, 0.1, random), anyView(grid, random, 420, 500), random), random) },
  { name: 'perspective', make: (grid, random) => slightNoise(photograph(sheetOf(grid), { ...anyView(grid, random, 380, 460), tilt: between(random, 0.05, 0.3) }, random), random) },
  { name: 'bad light', make: (grid, random) => noise(badLight(photograph(sheetOf(grid), anyView(grid, random, 420, 500), random), random), 4, random) },
  { name: 'all together', make: (grid, random) => noise(blur(photograph(covered(folded(sheetOf(grid), grid.modules, 0.4, random), grid.modules, 0.05, random), anyView(grid, random, 440, 500), random), 1), 20, random) },
];
