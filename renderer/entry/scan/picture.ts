/** Decodes a picture file that somebody brought, after a look at its size: a small file can unpack to gigabytes. Worker only. */
import { fromRgba, type Gray } from './gray.ts';

export const MAX_FILE_BYTES = 20_000_000;
/** More than a page at 600 dpi. */
const MAX_PIXELS = 40_000_000;
/** A page at 300 dpi keeps its size. */
const MAX_SIDE = 3600;

export interface Size { readonly width: number; readonly height: number }

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const pngSize = (view: DataView): Size | null =>
  view.byteLength >= 24 && PNG.every((byte, index) => view.getUint8(index) === byte) ? { width: view.getUint32(16), height: view.getUint32(20) } : null;

/** Start of frame markers carry the size; C4, C8 and CC are other tables. */
const isFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
const jpegSize = (view: DataView): Size | null => {
  if (view.byteLength < 4 || view.getUint16(0) !== 0xffd8) return null;
  for (let at = 2; at + 9 < view.byteLength;) {
    if (view.getUint8(at) !== 0xff) return null;
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) { at++; continue; }
    if (isFrame(marker)) return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    at += 2 + view.getUint16(at + 2);
  }
  return null;
};

/** Width and height as the head of a PNG or JPEG file says; null for every other file. Pure. */
export const pictureSize = (bytes: Uint8Array): Size | null => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return pngSize(view) ?? jpegSize(view);
};

export type Opened = { readonly ok: true; readonly image: Gray } | { readonly ok: false; readonly reason: 'not-a-picture' | 'too-large' };

const draw = async (file: Blob, { width, height }: Size): Promise<Gray> => {
  const shrink = Math.min(1, MAX_SIDE / Math.max(width, height));
  // An orientation in the file may swap the sides: only one is asked for, and what comes decides.
  const bitmap = await createImageBitmap(file, shrink === 1 ? {} : { resizeWidth: Math.round(width * shrink), resizeQuality: 'high' });
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height), context = canvas.getContext('2d', { willReadFrequently: true })!;
  try {
    context.fillStyle = '#ffffff';
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(bitmap, 0, 0);
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
    try { return fromRgba(data, canvas.width, canvas.height); } finally { data.fill(0); }
  } finally {
    bitmap.close();
    context.clearRect(0, 0, canvas.width, canvas.height);
    canvas.width = canvas.height = 0;
  }
};

/** The caller wipes the picture. */
export const openPicture = async (file: Blob): Promise<Opened> => {
  if (file.size > MAX_FILE_BYTES) return { ok: false, reason: 'too-large' };
  const bytes = new Uint8Array(await file.arrayBuffer());
  try {
    const size = pictureSize(bytes);
    if (size === null || size.width === 0 || size.height === 0) return { ok: false, reason: 'not-a-picture' };
    if (size.width * size.height > MAX_PIXELS) return { ok: false, reason: 'too-large' };
    return { ok: true, image: await draw(new Blob([bytes]), size) };
  } catch { return { ok: false, reason: 'not-a-picture' }; } finally { bytes.fill(0); }
};
