/** The decoder of QR symbols: zxing-cpp as WebAssembly, given one grey picture at a time. Its copies of what it read are wiped as far as it lets us. */
import { prepareZXingModule } from 'zxing-wasm/reader';
import type { Gray } from './gray.ts';

export interface Point { readonly x: number; readonly y: number }
/** Top left, top right, bottom right, bottom left of the symbol itself, in pixels of the picture. */
export type Corners = readonly [Point, Point, Point, Point];
/** A symbol that is in the picture. `bytes`: what it says, or null when it is there but cannot be read. The caller wipes them. */
export interface Seen { readonly bytes: Uint8Array | null; readonly corners: Corners }

/** How edges are told from paper: by the mean around each pixel, or by one threshold for the picture. */
export type Binarizer = 'local' | 'global';
export interface SymbolReader {
  /** All symbols of the picture, at most four. @param quick leaves the turned and inverted forms out */
  read(image: Gray, binarizer: Binarizer): readonly Seen[];
}

interface RawSymbol { readonly isValid: boolean; readonly bytes: Uint8Array; readonly bytesECI: Uint8Array; readonly symbol: { readonly data: Uint8ClampedArray }; readonly position: Record<'topLeft' | 'topRight' | 'bottomRight' | 'bottomLeft', Point> }
interface RawSymbols { size(): number; get(index: number): RawSymbol; delete?(): void }
interface RawModule { readonly HEAPU8: Uint8Array; _malloc(size: number): number; _free(at: number): void; readBarcodesFromPixmap(at: number, width: number, height: number, options: object): RawSymbols }

/** At most this many symbols are looked at: a sheet has two. */
const MAX_SYMBOLS = 4;
/** The numbers are places in zxing-wasm's lists of names. */
const OPTIONS = {
  formats: 'QRCode', tryHarder: true, tryRotate: true, tryInvert: false, tryDownscale: true, tryDenoise: false, isPure: false, downscaleFactor: 3, downscaleThreshold: 500,
  minLineCount: 2, maxNumberOfSymbols: MAX_SYMBOLS, validateOptionalChecksum: false, returnErrors: true, eanAddOnSymbol: 0, textMode: 0, characterSet: 0, tryCode39ExtendedMode: false,
} as const;
const BINARIZERS: Readonly<Record<Binarizer, number>> = { local: 0, global: 1 };

const takeSymbol = ({ isValid, bytes, bytesECI, symbol, position }: RawSymbol): Seen => {
  const own = isValid ? bytes.slice() : null;
  for (const copy of [bytes, bytesECI, symbol.data]) copy.fill(0);
  const { topLeft, topRight, bottomRight, bottomLeft } = position;
  return { bytes: own, corners: [topLeft, topRight, bottomRight, bottomLeft].map(({ x, y }): Point => ({ x, y })) as unknown as Corners };
};

class Reader implements SymbolReader {
  private readonly module: RawModule;

  constructor(module: RawModule) { this.module = module; }

  read({ data, width, height }: Gray, binarizer: Binarizer): readonly Seen[] {
    const { module } = this, at = module._malloc(data.length);
    if (at === 0) return [];
    try {
      module.HEAPU8.set(data, at);
      const found = module.readBarcodesFromPixmap(at, width, height, { ...OPTIONS, binarizer: BINARIZERS[binarizer] });
      try { return Array.from({ length: found.size() }, (_, index) => takeSymbol(found.get(index))); } finally { found.delete?.(); }
    } finally {
      module.HEAPU8.fill(0, at, at + data.length);
      module._free(at);
    }
  }
}

/** @param wasm the bytes of zxing_reader.wasm: nothing is ever fetched. */
export const createReader = async (wasm: ArrayBuffer): Promise<SymbolReader> =>
  new Reader(await prepareZXingModule({ overrides: { wasmBinary: wasm }, fireImmediately: true }) as unknown as RawModule);
