/**
 * The sheet in large print: every word at 18 points or more, the typed lines at 21, the symbols as on every sheet. Says what the standard
 * sheet says in fewer words, on one page of either paper.
 */
import { fourDigits } from '../../../shared/text/ceremony-number.ts';
import { monthText } from '../../../shared/custody/dates.ts';
import { printedLine } from '../../../shared/custody/lines.ts';
import { setFingerprint, setName } from '../../../shared/custody/set-name.ts';
import { RULE, type Pen, type TextStyle } from './pen.ts';
import { custodianText, drawMark, drawOutlined, drawRuler, drawSymbol, longDate, longMonth, markOf, minuteOf, titleOf, type Carried, type Frame, type SheetContent } from './sheet-parts.ts';
import { inkSide } from './symbol.ts';

const SIZE = 18, LINE_SIZE = 21;
const TEXT: TextStyle = { size: SIZE }, BOLD: TextStyle = { font: 'bold', size: SIZE };

/** Cut to the width, with "…" in place of what is missing. */
const clipped = (pen: Pen, text: string, width: number, style: TextStyle): string => {
  const letters = Array.from(text);
  let shown = text;
  while (letters.length > 1 && pen.widthOf(shown, style) > width) { letters.pop(); shown = `${letters.join('').trimEnd()}…`; }
  return shown;
};

/** The full name where it fits, else the name that is in the share, with the person's id. */
const nameFor = (pen: Pen, content: SheetContent, width: number): string => {
  const full = custodianText(pen, content);
  return pen.widthOf(full, BOLD) <= width ? full : clipped(pen, `${pen.printable(content.share.name, 'bold')} (${content.person})`, width, BOLD);
};

const ROW = 8.6, INDENT = 40;
const rowAt = (pen: Pen, label: string, value: string, x: number, y: number, indent: number, style: TextStyle): void => {
  pen.text(label, x, y + 0.6, TEXT);
  pen.text(value, x + indent, y + 0.6, style);
};

const drawHead = (pen: Pen, content: SheetContent, { left, right }: Frame, top: number): void => {
  const { share, facts } = content, number = String(share.number), big: TextStyle = { font: 'bold', size: 54 };
  pen.text(titleOf(facts), left, top, { font: 'bold', size: 26 });
  pen.text('Secret. Keep sealed. Open with a witness.', left, top + 10.6, { font: 'semibold', size: SIZE });
  pen.text(number, right - pen.widthOf(number, big), top - 3.6, big);
  let y = top + 19.4;
  const row = (label: string, value: string, style: TextStyle): void => { pen.line(left, y, right, y); rowAt(pen, label, value, left, y, INDENT, style); y += ROW; };
  row('Custodian', nameFor(pen, content, right - left - INDENT), BOLD);
  row('Organisation', clipped(pen, pen.printable(facts.organisation), right - left - INDENT, TEXT), TEXT);
  row('Set', `${setName(share.setId)}, epoch ${share.epoch}`, BOLD);
  const month = monthText(share.reviewMonths), review = month === null ? '' : `Review ${longMonth(month)}`;
  pen.text(review, right - pen.widthOf(review, TEXT), y - ROW + 0.6, TEXT);
  row('Fingerprint', setFingerprint(share.setId), { font: 'monoBold', size: SIZE });
  ['Bag number', 'Custodian', 'Witness'].forEach((label, index) => {
    const x = left + index * 62;
    pen.text(label, x, y + 1, TEXT);
    pen.box(x, y + 8.8, 56, 11);
  });
};

const drawLines = (pen: Pen, { lines }: Carried, left: number, right: number, top: number): number => {
  pen.text('If no symbol can be read, type these.', left, top, TEXT);
  let y = top + 8.2;
  pen.line(left, y, right, y, RULE);
  lines.forEach((symbols, index) => {
    const { groups, check } = printedLine(symbols), checkWidth = pen.widthOf(check, { font: 'monoBold', size: LINE_SIZE });
    pen.text(String(index + 1), left, y + 2.4, BOLD);
    pen.text(groups.join(' '), left + 10, y + 1.7, { font: 'mono', size: LINE_SIZE });
    pen.text(check, right - 1.4 - checkWidth, y + 1.7, { font: 'monoBold', size: LINE_SIZE });
    pen.box(right - 2.8 - checkWidth, y + 1.6, checkWidth + 2.8, 8.8);
    y += 12;
    pen.line(left, y, right, y);
  });
  return y;
};

const drawAdvice = (pen: Pen, { left }: Frame, top: number): void => {
  const width = 128;
  let y = top;
  for (const [text, style] of [
    ['Alone this sheet reveals nothing.', BOLD], ['Do not copy or photograph it.', TEXT], ['If it was seen, or the bag is damaged, tell the security officer on the same day.', TEXT],
    ['If asked for it, first call two people you know.', TEXT], ['KCS1 can be read without Quorate.', TEXT],
  ] as const) {
    pen.text(text, left, y, { ...style, width });
    y += pen.heightOf(text, { ...style, width }) + 0.6;
  }
};

const drawFoot = (pen: Pen, { share, facts }: SheetContent, { left, bottom }: Frame): void => {
  pen.text(`Ceremony ${fourDigits(facts.ceremonyNumber)}, ${longDate(facts.date)} · attempt ${facts.attempt}, copy 1 of 1`, left, bottom - 14.6, TEXT);
  pen.text(`KCS1, suite ${share.drill ? 11 : 10} · Quorate ${facts.toolVersion} · ${minuteOf(facts.printedAt)}`, left, bottom - 6.9, TEXT);
};

/** Draws the whole page but its folds. */
export const drawLargeSheet = (pen: Pen, content: SheetContent, carried: Carried, frame: Frame): void => {
  const { left, right, third, tight } = frame, mark = markOf(content), { symbol } = carried;
  drawHead(pen, content, frame, third - (tight ? 76 : 79));
  const second = third + (tight ? 4 : 6), lines = left + 46;
  // Its name stands below the typed lines, so that no line of text runs into one of them.
  drawSymbol(pen, symbol, left, second + 55 - inkSide(symbol), false, 'Symbol A', TEXT);
  const end = drawLines(pen, carried, lines, right, second);
  pen.text('No I, L, O or U is used. 0 is zero, 1 is one.', lines, end + 1.4, TEXT);
  drawRuler(pen, left, end + 17, SIZE);
  if (content.facts.software) pen.text('Made on a software token, not in protected hardware.', left, end + 19, BOLD);
  const last = 2 * third + (tight ? 7 : 8);
  drawAdvice(pen, frame, last);
  drawSymbol(pen, symbol, right - inkSide(symbol), last + 2.4, true, 'Symbol B', TEXT);
  drawFoot(pen, content, frame);
  if (mark === null) return;
  drawMark(pen, mark, frame, SIZE);
  drawOutlined(pen, mark, frame, 2 * third - 5, 24);
};
