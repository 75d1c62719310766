/**
 * Finds the symbol in a picture: once as it is, then, when that fails, through a list of changes that make hard symbols easier. The
 * camera tries one change a frame, so that every frame stays quick; a still picture tries them all. Pure but for the reader.
 */
import { double, flatten, halve, median3, smooth, type Gray } from './gray.ts';
import type { Binarizer, Corners, Point, Seen, SymbolReader } from './reader.ts';

export interface Decoded {
  /** What was read, in the pixels of the picture. Empty when nothing was. The caller wipes the bytes. */
  readonly read: readonly (Seen & { readonly bytes: Uint8Array })[];
  /** Where a symbol is that could not be read. */
  readonly outline: Corners | null;
}

interface Rescue { readonly change: (image: Gray) => Gray; readonly binarizer: Binarizer }
/** The first ones help most often (seen with the damage corpus of scripts/bench/scan). */
const RESCUES: readonly Rescue[] = [
  { change: halve, binarizer: 'local' },
  { change: (image) => smooth(image, 1), binarizer: 'local' },
  { change: (image) => flatten(image, 24, 4), binarizer: 'global' },
  { change: (image) => image, binarizer: 'global' },
  { change: median3, binarizer: 'local' },
  { change: (image) => smooth(median3(image), 1), binarizer: 'local' },
  { change: (image) => smooth(image, 2), binarizer: 'local' },
  { change: double, binarizer: 'local' },
];
export const RESCUE_COUNT = RESCUES.length;

const scaled = (corners: Corners, by: number): Corners => corners.map(({ x, y }): Point => ({ x: x * by, y: y * by })) as unknown as Corners;
const hasBytes = (seen: Seen): seen is Seen & { bytes: Uint8Array } => seen.bytes !== null;

const readOnce = (reader: SymbolReader, image: Gray, binarizer: Binarizer, scale: number): Decoded => {
  const seen = reader.read(image, binarizer).map(({ bytes, corners }): Seen => ({ bytes, corners: scaled(corners, scale) }));
  return { read: seen.filter(hasBytes), outline: seen.find(({ bytes }) => bytes === null)?.corners ?? null };
};

/** One change, by its place in the list; places go round. A changed copy is wiped. */
const rescue = (reader: SymbolReader, image: Gray, index: number): Decoded => {
  const { change, binarizer } = RESCUES[index % RESCUES.length]!;
  const changed = change(image);
  try { return readOnce(reader, changed, binarizer, image.width / changed.width); } finally { if (changed.data !== image.data) changed.data.fill(0); }
};

/** The picture as it is, and when that fails the change whose turn it is. @param turn counts the frames */
export const decodeFrame = (reader: SymbolReader, image: Gray, turn: number): Decoded => {
  const plain = readOnce(reader, image, 'local', 1);
  if (plain.read.length > 0) return plain;
  const helped = rescue(reader, image, turn);
  return helped.read.length > 0 ? helped : { read: [], outline: plain.outline ?? helped.outline };
};

/** The picture as it is, then through every change until one can be read. */
export const decodeStill = (reader: SymbolReader, image: Gray): Decoded => {
  const plain = readOnce(reader, image, 'local', 1);
  if (plain.read.length > 0) return plain;
  for (let turn = 0; turn < RESCUES.length; turn++) {
    const helped = rescue(reader, image, turn);
    if (helped.read.length > 0) return helped;
  }
  return plain;
};
