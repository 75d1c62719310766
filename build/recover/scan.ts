/** Finds share symbols in pictures, from a file or the camera. The reader runs in this page: a page from a file may start no worker. */
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import wasmBase64 from 'virtual:zxing-wasm';
import { fromBase64, wipe } from './bytes.ts';
import { input, at } from './dom.ts';
import { MAX_SYMBOL, readSymbol } from './share.ts';
import { fault, isFault, type Fault } from './text.ts';

let ready: Promise<unknown> | null = null;
const prepare = (): Promise<unknown> => {
  // The bytes are here: there is nothing to fetch, and no address to fetch it from.
  ready ??= prepareZXingModule({ overrides: { wasmBinary: fromBase64(wasmBase64)!.buffer as ArrayBuffer, locateFile: (name: string) => name }, fireImmediately: true });
  return ready;
};

const MAX_SIDE = 4096;
const pixels = (source: CanvasImageSource, width: number, height: number): ImageData => {
  const scale = Math.min(1, MAX_SIDE / Math.max(width, height)), canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  const context = canvas.getContext('2d', { willReadFrequently: true })!;
  context.drawImage(source, 0, 0, canvas.width, canvas.height);
  const image = context.getImageData(0, 0, canvas.width, canvas.height);
  canvas.width = 1;
  return image;
};

/** The text of the one share in the picture. What is no share is dropped unseen. Two different shares: none is taken. */
const shareIn = async (image: ImageData): Promise<string | null> => {
  try {
    const found = await readBarcodes(image, { formats: ['QRCode'], tryHarder: true, maxNumberOfSymbols: 8 });
    const texts = new Set(found.map(({ text }) => text).filter((text) => text.length <= MAX_SYMBOL && readSymbol(text) !== null));
    return texts.size === 1 ? [...texts][0]! : null;
  } finally { wipe(image.data as unknown as Uint8Array); }
};

/** @returns the symbol's text, a secret; or the fault. */
export const readPicture = async (file: Blob): Promise<string | Fault> => {
  let bitmap: ImageBitmap;
  try { bitmap = await createImageBitmap(file); } catch { return fault('PICTURE_UNREADABLE'); }
  try {
    try { await prepare(); } catch { return fault('SCANNER_REFUSED'); }
    return await shareIn(pixels(bitmap, bitmap.width, bitmap.height)) ?? fault('PICTURE_NOTHING');
  } finally { bitmap.close(); }
};

const FRAME_MS = 80;
const video = (): HTMLVideoElement => at<HTMLVideoElement>('camera');
/** The turn goes up by one with each start and stop: a loop that is not of the current turn ends. */
const camera = { turn: 0 };

export const stopCamera = (): void => {
  camera.turn++;
  const stream = video().srcObject;
  if (stream instanceof MediaStream) for (const track of stream.getTracks()) track.stop();
  video().srcObject = null;
  video().hidden = true;
};

/**
 * Looks until a share is seen or {@link stopCamera} is called. The picture is shown only where the person asked for it.
 * @returns the symbol's text, a secret; null when it was stopped.
 */
export const scanCamera = async (): Promise<string | Fault | null> => {
  stopCamera();
  const mine = camera.turn;
  try { await prepare(); } catch { return fault('SCANNER_REFUSED'); }
  const started = await openCamera();
  if (isFault(started)) return started;
  video().hidden = !input('camera-show').checked;
  try {
    while (mine === camera.turn) {
      const { videoWidth, videoHeight } = video();
      const text = videoWidth === 0 ? null : await shareIn(pixels(video(), videoWidth, videoHeight));
      if (text !== null && mine === camera.turn) return text;
      await new Promise((resolve) => { setTimeout(resolve, FRAME_MS); });
    }
    return null;
  } finally { if (mine === camera.turn) stopCamera(); }
};

const openCamera = async (): Promise<null | Fault> => {
  try {
    video().srcObject = await navigator.mediaDevices.getUserMedia({ video: { width: { ideal: 1280 }, height: { ideal: 720 } }, audio: false });
    await video().play();
    return null;
  } catch { stopCamera(); return fault('CAMERA_REFUSED'); }
};
