/** What the page and the scan worker say to each other. Positions and numbers; at last the bytes of one symbol, and nothing else of a picture. */
import type { Quality } from './quality.ts';
import type { Corners } from './reader.ts';
import type { NotAShare, WantedText } from './symbol-text.ts';

export type ToWorker =
  /** Frames of the camera, transferred. */
  | { readonly type: 'camera'; readonly frames: ReadableStream<VideoFrame>; readonly wanted: WantedText }
  | { readonly type: 'picture'; readonly file: Blob; readonly wanted: WantedText }
  /** Goes on after a symbol was handed over; until then frames are thrown away unseen. */
  | { readonly type: 'go-on' }
  /** Fills what it holds with zeros and ends. */
  | { readonly type: 'stop' };

/** Why a picture or a symbol was not taken. */
export type Refused = NotAShare | 'no-symbol' | 'not-a-picture' | 'too-large';
export interface FrameFacts { readonly outline: Corners | null; readonly width: number; readonly height: number; readonly quality: Quality; /** Frames in the last second. */ readonly perSecond: number }
export type FromWorker =
  | ({ readonly type: 'frame' } & FrameFacts)
  | { readonly type: 'refused'; readonly reason: Refused }
  /** The bytes are the page's now: it sends and wipes them. */
  | { readonly type: 'read'; readonly bytes: Uint8Array; readonly outline: Corners | null }
  | { readonly type: 'broken' };
