/**
 * Looks for a symbol in the frames of the camera or in a picture file. SECURITY: SCAN-1 pictures come in and never go out: only positions,
 * levels and the bytes of a symbol that has the form of a share are posted.
 */
import { base64 } from 'quorate:symbol-reader-wasm';
import { decodeFrame, decodeStill, type Decoded } from './decode.ts';
import { blank, fromPlane, fromRgba, type Gray } from './gray.ts';
import type { FromWorker, Refused, ToWorker } from './messages.ts';
import { openPicture } from './picture.ts';
import { measure } from './quality.ts';
import { createReader, type SymbolReader } from './reader.ts';
import { judgeTexts, type WantedText } from './symbol-text.ts';

/** The little of a worker's global scope that is used here. */
declare const self: { postMessage(message: FromWorker, transfer: Transferable[]): void; addEventListener(type: 'message', listener: (event: MessageEvent<ToWorker>) => void): void; close(): void };

/** Everything that leaves this worker passes here. */
const post = (message: FromWorker, transfer: Transferable[] = []): void => { self.postMessage(message, transfer); };

/** The module is part of this script, so that nothing here can fetch anything. */
const wasmBytes = (): ArrayBuffer => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0)).buffer;

const SECOND_MS = 1000;

class Scanner {
  private readonly reader: Promise<SymbolReader> = createReader(wasmBytes());
  private frames: ReadableStreamDefaultReader<VideoFrame> | null = null;
  private raw = new Uint8Array(0);
  private image: Gray = blank(0, 0);
  private waiting = false;
  private turn = 0;
  private times: number[] = [];
  private lastRefused: { readonly reason: Refused; readonly at: number } | null = null;

  goOn(): void { this.waiting = false; }

  async watch(stream: ReadableStream<VideoFrame>, wanted: WantedText): Promise<void> {
    const reader = await this.reader, frames = stream.getReader();
    this.frames = frames;
    for (let next = await frames.read(); !next.done; next = await frames.read()) {
      const frame = next.value;
      try { if (!this.waiting) await this.look(frame, reader, wanted); } finally { frame.close(); }
    }
  }

  async readPicture(file: Blob, wanted: WantedText): Promise<void> {
    const reader = await this.reader, opened = await openPicture(file);
    if (!opened.ok) { post({ type: 'refused', reason: opened.reason }); return; }
    try {
      const decoded = decodeStill(reader, opened.image);
      if (decoded.read.length === 0) post({ type: 'refused', reason: 'no-symbol' });
      else this.tell(decoded, wanted, false);
    } finally { opened.image.data.fill(0); }
  }

  stop(): void {
    void this.frames?.cancel();
    this.raw.fill(0);
    this.image.data.fill(0);
    self.close();
  }

  private async look(frame: VideoFrame, reader: SymbolReader, wanted: WantedText): Promise<void> {
    const image = await this.grayOf(frame), decoded = decodeFrame(reader, image, this.turn++);
    const outline = decoded.read[0]?.corners ?? decoded.outline;
    const facts = { outline, width: image.width, height: image.height, quality: measure(image, outline, frame.colorSpace.fullRange !== false), perSecond: this.count() };
    post({ type: 'frame', ...facts });
    if (decoded.read.length > 0) this.tell(decoded, wanted, true);
  }

  /** @param live a refusal that is still true is told once a second, not with every frame */
  private tell(decoded: Decoded, wanted: WantedText, live: boolean): void {
    const verdict = judgeTexts(decoded.read.map(({ bytes }) => bytes), wanted);
    if (verdict.ok) {
      this.waiting = true;
      post({ type: 'read', bytes: verdict.bytes, outline: decoded.read[0]!.corners }, [verdict.bytes.buffer]);
    } else if (!live || this.lastRefused?.reason !== verdict.reason || performance.now() - this.lastRefused.at > SECOND_MS) {
      this.lastRefused = { reason: verdict.reason, at: performance.now() };
      post({ type: 'refused', reason: verdict.reason });
    }
  }

  /** The brightness of a frame, in memory that every frame uses again. */
  private async grayOf(frame: VideoFrame): Promise<Gray> {
    const { width, height } = frame.visibleRect!, size = frame.allocationSize();
    if (this.raw.length !== size) { this.raw.fill(0); this.raw = new Uint8Array(size); }
    if (this.image.width !== width || this.image.height !== height) { this.image.data.fill(0); this.image = blank(width, height); }
    const [plane] = await frame.copyTo(this.raw);
    if (/^(I4|NV)/.test(frame.format ?? '')) fromPlane(this.raw, plane!.offset, plane!.stride, this.image);
    else this.image = fromRgba(this.raw.subarray(plane!.offset), width, height);
    return this.image;
  }

  private count(): number {
    const now = performance.now();
    this.times = [...this.times.filter((time) => now - time < SECOND_MS), now];
    return this.times.length;
  }
}

const scanner = new Scanner();
const broken = (): void => { post({ type: 'broken' }); };

self.addEventListener('message', ({ data }) => {
  switch (data.type) {
    case 'camera': scanner.watch(data.frames, data.wanted).catch(broken); return;
    case 'picture': scanner.readPicture(data.file, data.wanted).catch(broken); return;
    case 'go-on': scanner.goOn(); return;
    case 'stop': scanner.stop();
  }
});
