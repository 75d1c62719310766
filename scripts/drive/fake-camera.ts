/**
 * What Chromium's fake camera sees: a y4m file of one picture, written from a sheet. Chromium reads it frame by frame, round and round,
 * so that a picture written over the last one is seen at once, as if another sheet were brought. Public test machinery: the sheets are rehearsal sheets.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { create } from 'qrcode';

export const CAMERA_WIDTH = 1280, CAMERA_HEIGHT = 720;
const DESK = 96;

/** Brightness, one byte a pixel. */
export interface GrayPicture { readonly data: Uint8Array; readonly width: number; readonly height: number }

/** Binary PGM as pdftoppm -gray writes it. @throws when it is something else. */
export const parsePgm = (bytes: Uint8Array): GrayPicture => {
  const head = /^P5\s+(?:#[^\n]*\n\s*)*(\d+)\s+(\d+)\s+255\s/.exec(Buffer.from(bytes.subarray(0, 200)).toString('latin1'));
  if (head === null) throw new Error('not a binary PGM with 255 levels');
  const width = Number(head[1]), height = Number(head[2]), data = bytes.subarray(head[0].length);
  if (data.length < width * height) throw new Error('the PGM is cut short');
  return { data: data.subarray(0, width * height), width, height };
};

/** The picture in the middle of a frame of 1280 × 720, cut to it where it is larger, on a grey desk where it is smaller. White becomes the white of video. */
export const onDesk = ({ data, width, height }: GrayPicture): Uint8Array => {
  const frame = new Uint8Array(CAMERA_WIDTH * CAMERA_HEIGHT).fill(DESK), left = Math.floor((CAMERA_WIDTH - width) / 2), top = Math.floor((CAMERA_HEIGHT - height) / 2);
  for (let y = Math.max(0, top); y < Math.min(CAMERA_HEIGHT, top + height); y++) for (let x = Math.max(0, left); x < Math.min(CAMERA_WIDTH, left + width); x++) {
    frame[y * CAMERA_WIDTH + x] = 16 + Math.round((data[(y - top) * width + x - left]! * 209) / 255);
  }
  return frame;
};

const FRAMES = 2, FRAMES_PER_SECOND = 30;
/** A new file appears in one step, so that no half of it is ever read; one that is there already is written over in place. */
export const writeCameraFrame = (picture: GrayPicture, cameraPath: string): void => {
  const luma = onDesk(picture), colour = new Uint8Array((CAMERA_WIDTH * CAMERA_HEIGHT) / 2).fill(128), head = Buffer.from('FRAME\n');
  const frames = Array.from({ length: FRAMES }, () => [head, luma, colour]).flat();
  const bytes = Buffer.concat([Buffer.from(`YUV4MPEG2 W${CAMERA_WIDTH} H${CAMERA_HEIGHT} F${FRAMES_PER_SECOND}:1 Ip A1:1 C420jpeg\n`), ...frames]);
  if (statSync(cameraPath, { throwIfNoEntry: false })?.size === bytes.length) { writeFileSync(cameraPath, bytes, { flag: 'r+' }); return; }
  writeFileSync(`${cameraPath}.new`, bytes, { mode: 0o644 });
  renameSync(`${cameraPath}.new`, cameraPath);
};

/** An empty desk: the camera is there, and nothing is before it. */
export const emptyCamera = (cameraPath: string): void => { writeCameraFrame({ data: new Uint8Array(0), width: 0, height: 0 }, cameraPath); };

/** A page as a picture. @param dpi 80 fits the width of a page into the frame, with symbols of about 150 pixels; 150 gives symbols of 290 */
export const pageAsPicture = (pdfPath: string, dpi: number): GrayPicture => {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'quorate-page-'));
  try {
    execFileSync('pdftoppm', ['-gray', '-r', String(dpi), '-f', '1', '-l', '1', pdfPath, path.join(dir, 'page')], { stdio: ['ignore', 'ignore', 'ignore'] });
    return parsePgm(readFileSync(path.join(dir, readdirSync(dir)[0]!)));
  } finally { rmSync(dir, { recursive: true, force: true }); }
};

/** The part of a page that a camera held over its middle third sees. */
const middle = ({ data, width, height }: GrayPicture): GrayPicture => {
  const top = Math.max(0, Math.floor((height - CAMERA_HEIGHT) / 2)), rows = Math.min(height, CAMERA_HEIGHT);
  return { data: data.subarray(top * width, (top + rows) * width), width, height: rows };
};

const top = ({ data, width, height }: GrayPicture): GrayPicture => ({ data: data.subarray(0, Math.min(height, CAMERA_HEIGHT) * width), width, height: Math.min(height, CAMERA_HEIGHT) });
/** Holds the upper part of a printer's test page under the camera, where one of its symbols is. */
export const testPageAsCamera = (pdfPath: string, cameraPath: string): void => { writeCameraFrame(top(pageAsPicture(pdfPath, 150)), cameraPath); };

/** Holds the first page of a sheet under the camera, near enough to read a symbol. */
export const sheetAsCamera = (pdfPath: string, cameraPath: string): void => { writeCameraFrame(middle(pageAsPicture(pdfPath, 150)), cameraPath); };

const SYMBOL_MODULE = 7, SYMBOL_QUIET = 4;
/** Any text as a QR symbol on white paper: wallets, addresses and whatever else people hold before cameras. */
export const symbolPicture = (text: string): GrayPicture => {
  const { modules } = create(text, { errorCorrectionLevel: 'M' }), side = (modules.size + 2 * SYMBOL_QUIET) * SYMBOL_MODULE, data = new Uint8Array(side * side).fill(255);
  for (let y = 0; y < side; y++) for (let x = 0; x < side; x++) {
    const row = Math.floor(y / SYMBOL_MODULE) - SYMBOL_QUIET, column = Math.floor(x / SYMBOL_MODULE) - SYMBOL_QUIET;
    if (row >= 0 && column >= 0 && row < modules.size && column < modules.size && modules.get(row, column) === 1) data[y * side + x] = 0;
  }
  return { data, width: side, height: side };
};
