/** The camera and the scan worker, as the page has them: opened while a way that needs them is chosen, and closed with it. No picture comes here. */
import type { FromWorker, ToWorker } from './messages.ts';
import type { WantedText } from './symbol-text.ts';

/** Chromium's bridge from a track to frames; not in TypeScript's DOM yet. */
declare const MediaStreamTrackProcessor: new (options: { track: MediaStreamTrack; maxBufferSize: number }) => { readonly readable: ReadableStream<VideoFrame> };

export interface Scanning {
  /** @returns false when no camera can be used. */
  openCamera(): Promise<boolean>;
  /** The camera after this one, when there are several. */
  nextCamera(): Promise<boolean>;
  readPicture(file: Blob): void;
  goOn(): void;
  /** Ends the camera and the worker; what they held is wiped. */
  close(): void;
}

const PATIENCE_MS = 1000;
const VIDEO = { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30 } } as const;

export const cameras = async (): Promise<readonly MediaDeviceInfo[]> => {
  try { return (await navigator.mediaDevices.enumerateDevices()).filter(({ kind }) => kind === 'videoinput'); } catch { return []; }
};

class Desk implements Scanning {
  private readonly wanted: WantedText;
  private readonly hear: (message: FromWorker) => void;
  private worker: Worker | null = null;
  private stream: MediaStream | null = null;
  private chosen = 0;
  /** Counts openings, so that a camera that answers late does not come on after it was closed. */
  private opening = 0;

  constructor(wanted: WantedText, hear: (message: FromWorker) => void) { this.wanted = wanted; this.hear = hear; }

  async openCamera(): Promise<boolean> {
    this.close();
    const opening = this.opening, devices = await cameras(), device = devices[this.chosen % Math.max(1, devices.length)];
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: false, video: { ...VIDEO, ...(device === undefined || device.deviceId === '' ? {} : { deviceId: { exact: device.deviceId } }) } });
      if (opening !== this.opening) { stop(stream); return true; }
      this.stream = stream;
      const [track] = stream.getVideoTracks(), { readable } = new MediaStreamTrackProcessor({ track: track!, maxBufferSize: 1 });
      track!.addEventListener('ended', () => { this.hear({ type: 'broken' }); });
      this.post({ type: 'camera', frames: readable, wanted: this.wanted }, [readable]);
      return true;
    } catch { return false; }
  }

  async nextCamera(): Promise<boolean> { this.chosen++; return await this.openCamera(); }
  readPicture(file: Blob): void { this.post({ type: 'picture', file, wanted: this.wanted }); }
  goOn(): void { if (this.worker !== null) this.post({ type: 'go-on' }); }

  close(): void {
    this.opening++;
    if (this.stream !== null) stop(this.stream);
    this.stream = null;
    const { worker } = this;
    if (worker === null) return;
    this.post({ type: 'stop' });
    this.worker = null;
    // It ends itself once it has wiped; one that hangs is ended.
    setTimeout(() => { worker.terminate(); }, PATIENCE_MS);
  }

  private post(message: ToWorker, transfer: Transferable[] = []): void {
    this.worker ??= this.start();
    this.worker.postMessage(message, transfer);
  }

  private start(): Worker {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
    worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => {
      // What a closed worker still says is wiped unread.
      if (worker === this.worker) this.hear(data); else if (data.type === 'read') data.bytes.fill(0);
    });
    worker.addEventListener('error', () => { this.hear({ type: 'broken' }); });
    return worker;
  }
}

const stop = (stream: MediaStream): void => { for (const track of stream.getTracks()) track.stop(); };

export const createScanning = (wanted: WantedText, hear: (message: FromWorker) => void): Scanning => new Desk(wanted, hear);
