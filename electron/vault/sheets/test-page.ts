/**
 * The printer's test page: does this printer print a share sheet so that it can be read? Measure, margins, both sizes of the typed letters, black,
 * grey and fine lines, and two symbols of a random text at the size of a share's. Holds no secret.
 */
import { BASE32 } from '../../../shared/custody/base32.ts';
import { Pen, RULE, type TextStyle } from './pen.ts';
import { drawFolds, drawMark, drawRuler, drawSymbol, frameOf, LIVE, minuteOf, type Frame } from './sheet-parts.ts';
import { inkSide, MODULE_MM, textSymbol } from './symbol.ts';

export interface TestPage { readonly paper: 'A4' | 'Letter'; /** Marks the page of a rehearsal. */ readonly rehearsal: boolean; readonly printedAt: Date; /** What the symbols say: upper case, digits and colon. */ readonly text: string }

const SMALL = 8.5;
const CAPTION: TextStyle = { size: SMALL };
type Rectangle = readonly [x: number, y: number, width: number, height: number];
const LIVE_HEIGHT = 245, ARM = 6;

/** Corners of the area that sheets use: all four must be whole on the paper. */
const drawCorners = (pen: Pen, { left, right }: Frame): void => {
  const top = (pen.height - LIVE_HEIGHT) / 2, bottom = top + LIVE_HEIGHT;
  for (const [x, toX] of [[left, ARM], [right, -ARM]] as const) for (const [y, toY] of [[top, ARM], [bottom, -ARM]] as const) {
    pen.line(x, y, x + toX, y, RULE);
    pen.line(x, y, x, y + toY, RULE);
  }
};

/** A measure down the page, at the left edge of the live area: paper is fed that way. */
const drawUpright = (pen: Pen, x: number, top: number): void => {
  pen.line(x, top, x, top + 100, 0.57);
  for (let at = 0; at <= 10; at++) pen.line(x, top + at * 10, x + (at % 10 === 0 ? 5 : at === 5 ? 3.8 : 2.4), top + at * 10, 0.57);
  pen.text('100 mm', x + 7, top + 47.6, CAPTION);
};

const drawLetters = (pen: Pen, x: number, top: number): void => {
  const groups = BASE32.match(/.{1,4}/g)!;
  [16, 21].forEach((size, block) => {
    const y = top + block * 34;
    pen.text(`The letters of a ${block === 0 ? 'sheet' : 'sheet in large print'}`, x, y, { ...CAPTION, grey: true });
    [groups.slice(0, 4), groups.slice(4)].forEach((row, index) => { pen.text(row.join(' '), x, y + 6 + index * 11, { font: 'mono', size }); });
  });
};

/** Solid black, the fine lines of one module, and lines that thin out: streaks, voids and toner that does not hold show here. */
const drawBlocks = (pen: Pen, x: number, top: number): void => {
  const black = (...rectangles: readonly Rectangle[]): void => { pen.fill(rectangles); };
  const bars = (left: number, dark: number, light: number): void => { black(...Array.from({ length: Math.floor(40 / (dark + light)) }, (_, i): Rectangle => [left + i * (dark + light), top + 8, dark, 14])); };
  black([x, top, LIVE, 4]);
  bars(x, MODULE_MM, MODULE_MM);
  bars(x + 46.7, MODULE_MM / 2, MODULE_MM / 2);
  bars(x + 93.3, MODULE_MM / 2, MODULE_MM * 1.5);
  const rows = Math.floor(14 / MODULE_MM), columns = Math.floor(20 / MODULE_MM);
  for (let row = 0; row < rows; row++) black(...Array.from({ length: columns }, (_, i): Rectangle => [x + 140 + (2 * i + (row % 2)) * MODULE_MM, top + 8 + row * MODULE_MM, MODULE_MM, MODULE_MM]));
  pen.text('A black bar without streaks or holes. Four fields: the lines are apart, and equally dark from left to right.', x, top + 24, CAPTION);
};

const CHECKS = [
  'The page is whole: four corners, nothing cut off, nothing doubled.',
  'Both measures are 100 mm, by a ruler.',
  'Every letter and digit can be told from every other, in both sizes.',
  'White is white: no streaks, no ghost of an earlier page.',
  'Scan one of the two symbols: Quorate compares it with what it printed.',
];

/** @returns the file, one page. */
export const composeTestPage = async ({ paper, rehearsal, printedAt, text }: TestPage): Promise<Buffer> => {
  const pen = new Pen(paper, printedAt, 'Printer test'), frame = frameOf(pen), { left, right, third } = frame, symbol = textSymbol(text), side = inkSide(symbol);
  drawCorners(pen, frame);
  const top = (pen.height - LIVE_HEIGHT) / 2 + 3.8;
  pen.text('Printer test', left + 9, top, { font: 'bold', size: 26 });
  pen.text('No secret is on this page. Look at it before the first share is printed.', left + 9, top + 11.4, { font: 'semibold', size: 12 });
  CHECKS.forEach((check, index) => {
    const y = top + 21 + index * 7.4;
    pen.box(left + 9, y, 4.4, 4.4);
    pen.text(check, left + 17, y, {});
  });
  drawSymbol(pen, symbol, right - side - 9, top + 21, false, 'Symbol A', CAPTION);
  drawUpright(pen, left, third - 3);
  drawLetters(pen, left + 52, third + 14);
  const last = 2 * third + 10;
  drawBlocks(pen, left, last + 4);
  drawSymbol(pen, symbol, right - side - 9, last + 35, true, 'Symbol B', CAPTION);
  pen.text(`Quorate printer test · printed ${minuteOf(printedAt.toISOString())}`, left + 9, last + 36, CAPTION);
  drawRuler(pen, left + 9, last + 54, SMALL);
  drawFolds(pen, frame);
  if (rehearsal) drawMark(pen, 'REHEARSAL', frame, 10.5, 'printer test');
  return await pen.finish();
};
