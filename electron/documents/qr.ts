/** QR symbols as vector paths. Public text only: share sheets are made in the vault and never here. */
import { create } from 'qrcode';
import { trusted } from './html.ts';
import type { Html } from './html.ts';

const QUIET = 4;

const pathOf = (size: number, isDark: (row: number, column: number) => boolean): string => {
  const runs: string[] = [];
  for (let row = 0; row < size; row++) {
    let start = -1;
    for (let column = 0; column <= size; column++) {
      const dark = column < size && isDark(row, column);
      if (dark && start < 0) start = column;
      if (!dark && start >= 0) { runs.push(`M${start + QUIET} ${row + QUIET}h${column - start}v1h-${column - start}z`); start = -1; }
    }
  }
  return runs.join('');
};

/**
 * @param text up to about 200 bytes; upper-case letters, digits and " $%*+-./:" take least room.
 * @param moduleMm width of one module in millimetres; 0.8 is the smallest that copies well.
 * @param label what a screen reader of the PDF says.
 * @returns an SVG with a quiet zone of four modules, error correction level Q.
 */
export const qrSvg = (text: string, moduleMm: number, label: string): Html => {
  const { modules } = create(text, { errorCorrectionLevel: 'Q' });
  const side = modules.size + 2 * QUIET;
  const mm = (side * moduleMm).toFixed(2);
  const path = pathOf(modules.size, (row, column) => modules.get(row, column) === 1);
  const name = label.replace(/[^A-Za-z0-9 .,-]/g, ' ');
  return trusted(`<svg class="qr" role="img" aria-label="${name}" width="${mm}mm" height="${mm}mm" viewBox="0 0 ${side} ${side}" shape-rendering="crispEdges"><path d="${path}" fill="#000"/></svg>`);
};
