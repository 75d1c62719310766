/** Grey pictures and what can be done to them to make a hard symbol easier. Pure: runs in the scan worker, in Node and in tests. */

/** One byte a pixel, row by row, 0 black to 255 white. */
export interface Gray { readonly data: Uint8Array; readonly width: number; readonly height: number }

export const blank = (width: number, height: number): Gray => ({ data: new Uint8Array(width * height), width, height });

/** @param rgba four bytes a pixel; alpha is ignored. */
export const fromRgba = (rgba: Uint8ClampedArray | Uint8Array, width: number, height: number): Gray => {
  const gray = blank(width, height);
  for (let i = 0, at = 0; i < gray.data.length; i++, at += 4) gray.data[i] = (306 * rgba[at]! + 601 * rgba[at + 1]! + 117 * rgba[at + 2]! + 512) >> 10;
  return gray;
};

/** Copies the brightness plane of a video frame, which may have padding after each row. */
export const fromPlane = (plane: Uint8Array, offset: number, stride: number, into: Gray): void => {
  for (let y = 0; y < into.height; y++) into.data.set(plane.subarray(offset + y * stride, offset + y * stride + into.width), y * into.width);
};

const sort2 = (window: Uint8Array, a: number, b: number): void => {
  const low = window[a]!, high = window[b]!;
  if (low > high) { window[a] = high; window[b] = low; }
};
/** Exchanges that leave the median of nine in place 4 (Devillard's network). */
const MEDIAN9: readonly (readonly [number, number])[] = [[1, 2], [4, 5], [7, 8], [0, 1], [3, 4], [6, 7], [1, 2], [4, 5], [7, 8], [0, 3], [5, 8], [4, 7], [3, 6], [1, 4], [2, 5], [4, 7], [4, 2], [6, 4], [4, 2]];

/** Median of each 3 × 3: takes single wrong pixels away. The border is left as it is. */
export const median3 = (image: Gray): Gray => {
  const { width, height, data } = image, out = { ...image, data: data.slice() }, window = new Uint8Array(9);
  for (let y = 1; y < height - 1; y++) for (let x = 1; x < width - 1; x++) {
    const at = y * width + x;
    for (let k = 0, row = at - width - 1; k < 9; k += 3, row += width) { window[k] = data[row]!; window[k + 1] = data[row + 1]!; window[k + 2] = data[row + 2]!; }
    for (const [a, b] of MEDIAN9) sort2(window, a, b);
    out.data[at] = window[4]!;
  }
  return out;
};

/** Halves both sides; each pixel is the mean of four. Takes noise away where modules are big enough. */
export const halve = (image: Gray): Gray => {
  const out = blank(image.width >> 1, image.height >> 1), { data, width } = image;
  for (let y = 0, at = 0; y < out.height; y++) for (let x = 0, from = 2 * y * width; x < out.width; x++, from += 2) {
    out.data[at++] = (data[from]! + data[from + 1]! + data[from + width]! + data[from + width + 1]! + 2) >> 2;
  }
  return out;
};

/** Doubles both sides, with means between. For symbols that are small in the picture. */
export const double = (image: Gray): Gray => {
  const { data, width, height } = image, out = blank(width * 2, height * 2);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) {
    const here = data[y * width + x]!, right = data[y * width + Math.min(x + 1, width - 1)]!, below = data[Math.min(y + 1, height - 1) * width + x]!;
    const across = data[Math.min(y + 1, height - 1) * width + Math.min(x + 1, width - 1)]!, at = 4 * y * width + 2 * x;
    out.data[at] = here;
    out.data[at + 1] = (here + right + 1) >> 1;
    out.data[at + 2 * width] = (here + below + 1) >> 1;
    out.data[at + 2 * width + 1] = (here + right + below + across + 2) >> 2;
  }
  return out;
};

/** Sums of all pixels above and to the left, one row and column more than the picture. */
const integral = ({ data, width, height }: Gray): Uint32Array => {
  const sums = new Uint32Array((width + 1) * (height + 1));
  for (let y = 0; y < height; y++) for (let x = 0, row = 0; x < width; x++) {
    row += data[y * width + x]!;
    sums[(y + 1) * (width + 1) + x + 1] = sums[y * (width + 1) + x + 1]! + row;
  }
  return sums;
};

/** The mean of a square around each pixel, as a function. @param radius in pixels */
const meansOf = (image: Gray, radius: number): ((x: number, y: number) => number) => {
  const { width, height } = image, sums = integral(image), line = width + 1;
  return (x, y) => {
    const left = Math.max(0, x - radius), right = Math.min(width, x + radius + 1), top = Math.max(0, y - radius), bottom = Math.min(height, y + radius + 1);
    return (sums[bottom * line + right]! - sums[top * line + right]! - sums[bottom * line + left]! + sums[top * line + left]!) / ((right - left) * (bottom - top));
  };
};

/** Mean of each (2 radius + 1)². Takes noise away and keeps the size. */
export const smooth = (image: Gray, radius: number): Gray => {
  const out = blank(image.width, image.height), mean = meansOf(image, radius);
  for (let y = 0, at = 0; y < image.height; y++) for (let x = 0; x < image.width; x++) out.data[at++] = mean(x, y);
  return out;
};

/** How far a pixel is from its neighbourhood decides: shadow and glare fall out, faint print becomes black and white. */
export const flatten = (image: Gray, radius: number, gain: number): Gray => {
  const out = blank(image.width, image.height), mean = meansOf(image, radius);
  for (let y = 0, at = 0; y < image.height; y++) for (let x = 0; x < image.width; x++, at++) out.data[at] = Math.max(0, Math.min(255, 128 + gain * (image.data[at]! - mean(x, y))));
  return out;
};
