/** Measures how well a picture can be read: distance, sharpness, glare. Numbers only; nothing of the picture is in them. Pure. */
import type { Gray } from './gray.ts';
import type { Corners, Point } from './reader.ts';

/** Levels go from 0 to 8, as many as the meters have fields. */
export const LEVELS = 8;
export type Place = 'upper left' | 'upper right' | 'lower left' | 'lower right';
export interface Quality {
  /** How big the symbol is; null when none is seen. 3 and more can be read, 8 is as big as fits. */
  readonly distance: number | null;
  readonly sharpness: number;
  readonly glare: number;
  readonly glareAt: Place | null;
}

interface Area { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number }

const level = (value: number): number => Math.max(0, Math.min(LEVELS, Math.round(value)));
const length = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);
/** The shortest side decides: a tilted symbol is as hard as its far edge. */
export const sideOf = (corners: Corners): number => Math.min(...corners.map((corner, index) => length(corner, corners[(index + 1) % 4]!)));

/** The symbol, or the middle of the picture when none is seen. Inside the picture, with a pixel to spare. */
const areaOf = ({ width, height }: Gray, corners: Corners | null): Area => {
  const inset = height * 0.2;
  const box = corners === null ? [(width - height) / 2 + inset, inset, (width + height) / 2 - inset, height - inset]
    : [Math.min(...corners.map(({ x }) => x)), Math.min(...corners.map(({ y }) => y)), Math.max(...corners.map(({ x }) => x)), Math.max(...corners.map(({ y }) => y))];
  return { left: Math.max(1, Math.floor(box[0]!)), top: Math.max(1, Math.floor(box[1]!)), right: Math.min(width - 1, Math.ceil(box[2]!)), bottom: Math.min(height - 1, Math.ceil(box[3]!)) };
};

const EDGE = 36, EVERY = 3;
/** How abrupt edges are: 1 for steps from one pixel to the next, 0.5 for ordinary focus, below 0.2 when out of focus. 0 without edges. */
const abruptness = ({ data, width }: Gray, { left, top, right, bottom }: Area): number => {
  let slopes = 0, bends = 0;
  for (let y = top; y < bottom; y += EVERY) for (let x = left; x < right; x++) {
    const at = y * width + x, before = data[at - 1]!, after = data[at + 1]!, slope = Math.abs(after - before);
    if (slope < EDGE) continue;
    slopes += slope;
    bends += Math.abs(after + before - 2 * data[at]!);
  }
  return slopes === 0 ? 0 : bends / slopes;
};

const PLACES: readonly Place[] = ['upper left', 'upper right', 'lower left', 'lower right'];
/** Share of the area that is as bright as the camera can tell, and the quarter that has most of it. */
const shine = ({ data, width }: Gray, { left, top, right, bottom }: Area, brightest: number): { readonly share: number; readonly at: Place } => {
  const counts = [0, 0, 0, 0], middleX = (left + right) / 2, middleY = (top + bottom) / 2;
  let all = 0;
  for (let y = top; y < bottom; y += EVERY) for (let x = left; x < right; x += EVERY) {
    all++;
    if (data[y * width + x]! >= brightest) counts[(y < middleY ? 0 : 2) + (x < middleX ? 0 : 1)]!++;
  }
  const sum = counts.reduce((total, count) => total + count, 0);
  return { share: all === 0 ? 0 : sum / all, at: PLACES[counts.indexOf(Math.max(...counts))]! };
};

/** Symbols of 200 pixels and more can be read; level 3. */
const PIXELS_A_LEVEL = 67;
/** @param fullRange whether white is 255; in video's narrow range it is 235 */
export const measure = (image: Gray, corners: Corners | null, fullRange: boolean): Quality => {
  const area = areaOf(image, corners), { share, at } = shine(image, area, fullRange ? 250 : 233), glare = level(share * 20);
  return {
    distance: corners === null ? null : level((sideOf(corners) / PIXELS_A_LEVEL) * (720 / image.height)),
    sharpness: level(((abruptness(image, area) - 0.08) / 0.42) * LEVELS), glare, glareAt: glare >= 2 ? at : null,
  };
};
