/** The QR symbol of a sheet: level Q, alphanumeric, seven dots a module on a 300 dpi printer. */
import { create } from 'qrcode';
import { qrText } from '../../../shared/custody/qr-text.ts';

/** 7/300 inch. */
export const MODULE_MM = (7 / 300) * 25.4;
const QUIET = 4;

export interface SymbolGrid { readonly modules: number; readonly dark: Uint8Array }

/** @param text upper case, digits and colon. The caller wipes `dark`. */
export const textSymbol = (text: string): SymbolGrid => {
  const { modules } = create([{ data: text, mode: 'alphanumeric' }], { errorCorrectionLevel: 'Q' });
  const dark = Uint8Array.from(modules.data);
  modules.data.fill(0);
  return { modules: modules.size, dark };
};

/** @param share the whole envelope; the caller wipes `dark`. */
export const shareSymbol = (share: Uint8Array): SymbolGrid => textSymbol(qrText(share));

/** Side in mm without the quiet zone, and the quiet zone: four modules, kept free by the layout. */
export const inkSide = ({ modules }: SymbolGrid): number => modules * MODULE_MM;
export const QUIET_MM = QUIET * MODULE_MM;

/** Rectangles of dark runs, row by row. @param x left and @param y top edge of the ink in mm @param upsideDown turned by 180 degrees */
export function* darkRuns({ modules, dark }: SymbolGrid, x: number, y: number, upsideDown: boolean): Generator<readonly [number, number, number, number]> {
  const isDark = (row: number, column: number): boolean => dark[upsideDown ? dark.length - 1 - (row * modules + column) : row * modules + column] === 1;
  for (let row = 0; row < modules; row++) {
    for (let column = 0; column < modules; column++) {
      const start = column;
      while (column < modules && isDark(row, column)) column++;
      if (column > start) yield [x + start * MODULE_MM, y + row * MODULE_MM, (column - start) * MODULE_MM, MODULE_MM];
    }
  }
}
