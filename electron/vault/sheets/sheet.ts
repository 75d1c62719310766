/**
 * One share on one page, composed in memory: two symbols of the same content on opposite sides, four typed lines with checks, a
 * ruler, and nothing about what the key protects or who else holds a share. Folds at the thirds cross nothing. Black only.
 */
import { monthText } from '../../../shared/custody/dates.ts';
import { coreSymbols, printedLine } from '../../../shared/custody/lines.ts';
import type { Share } from '../../../shared/custody/envelope.ts';
import { setFingerprint, setName } from '../../../shared/custody/set-name.ts';
import type { SheetFacts } from '../../../shared/vault/contract.ts';
import { HEAVY, Pen, RULE, type TextStyle } from './pen.ts';
import { darkRuns, inkSide, QUIET_MM, shareSymbol, type SymbolGrid } from './symbol.ts';

export interface SheetContent {
  readonly share: Share;
  /** The whole envelope: what the symbols carry. */
  readonly envelope: Uint8Array;
  /** The custodian's full name and id in the plan. */
  readonly custodian: string; readonly person: string;
  readonly facts: SheetFacts;
  /** The dice code of a blind sheet's holder, digits without spaces, null for the other variants. The caller wipes it. */
  readonly code: Uint8Array | null;
}

const LIVE = 180;
const SMALL = 8.5;
const LABEL: TextStyle = { size: 9.5, grey: true };
const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
const longMonth = (yearMonth: string): string => `${MONTHS[Number(yearMonth.slice(5, 7)) - 1] ?? ''} ${yearMonth.slice(0, 4)}`;
const longDate = (date: string): string => `${Number(date.slice(8, 10))} ${longMonth(date)}`;
const fourDigits = (number: number): string => String(number).padStart(4, '0');

/** Places on the page in mm. */
interface Frame { readonly left: number; readonly right: number; readonly third: number; readonly bottom: number; readonly tight: boolean }
const frameOf = ({ width, height }: Pen): Frame => ({ left: (width - LIVE) / 2, right: (width + LIVE) / 2, third: height / 3, bottom: height - 16, tight: height < 290 });

/** The largest size at which the text stays within the width and two lines of one row. */
const fitted = (pen: Pen, text: string, width: number, font: TextStyle['font'] = 'regular'): TextStyle => {
  for (const size of [10.5, 9.5, 8.5]) if (pen.widthOf(text, { font, size }) <= width) return { font, size };
  for (const size of [7.5, 7, 6.5, 6, 5.5]) if (pen.heightOf(text, { font, size, width }) <= 6.4) return { font, size, width };
  return { font, size: 5, width };
};

const custodianText = (pen: Pen, { custodian, person }: SheetContent): string => {
  const printed = pen.printable(custodian, 'bold');
  return printed === custodian ? printed : `${printed} (${person})`;
};

const ROW = 7.6;
const row = (pen: Pen, label: string, value: string, x: number, y: number, width: number, font: TextStyle['font'] = 'regular'): void => {
  pen.text(label, x, y + 1.9, LABEL);
  const style = fitted(pen, value, width - 25, font);
  pen.text(value, x + 25, style.width === undefined ? y + 1.7 : y + 0.6, style);
  pen.line(x, y + ROW, x + width, y + ROW);
};

const drawHead = (pen: Pen, content: SheetContent, { left, right }: Frame, top: number): void => {
  const { share, facts } = content, column = 86, second = left + 94;
  pen.text('Key share', left, top, { font: 'bold', size: 26 });
  pen.text('Secret. Keep sealed. Open only in a recovery, with a witness.', left, top + 11.4, { font: 'semibold', size: 12 });
  const number = String(share.number), big: TextStyle = { font: 'bold', size: 54 }, numberWidth = pen.widthOf(number, big);
  pen.text(number, right - numberWidth, top - 3.6, big);
  pen.text('share', right - numberWidth - 13.5, top + 9, { font: 'semibold', size: 10.5 });
  const y = top + 20.4;
  pen.line(left, y, right, y, RULE);
  row(pen, 'Custodian', custodianText(pen, content), left, y, column, 'bold');
  row(pen, 'Organisation', pen.printable(facts.organisation), second, y, column);
  row(pen, 'Set', `${setName(share.setId)}, epoch ${share.epoch}`, left, y + ROW, column, 'semibold');
  row(pen, 'Ceremony', `${fourDigits(facts.ceremonyNumber)}, ${longDate(facts.date)}`, second, y + ROW, column);
  row(pen, 'Policy', `See ceremony record ${fourDigits(facts.ceremonyNumber)}`, left, y + 2 * ROW, column);
  const review = monthText(share.reviewMonths);
  row(pen, 'Review by', review === null ? 'No date' : longMonth(review), second, y + 2 * ROW, column);
  pen.text('Set fingerprint', left, y + 3 * ROW + 3.9, LABEL);
  pen.text(setFingerprint(share.setId), left + 33, y + 3 * ROW + 2.6, { font: 'monoBold', size: 14 });
  ['Bag number', 'Custodian', 'Witness'].forEach((label, index) => {
    const x = left + index * 62;
    pen.text(label, x, y + 3 * ROW + 11.2, { size: SMALL, grey: true });
    pen.box(x, y + 3 * ROW + 15.6, 56, 11);
  });
};

const drawSymbol = (pen: Pen, symbol: SymbolGrid, x: number, y: number, upsideDown: boolean): void => {
  pen.fill(darkRuns(symbol, x, y, upsideDown));
  pen.text(upsideDown ? 'Symbol B, upside down' : 'Symbol A', x, y + inkSide(symbol) + QUIET_MM, { size: SMALL, grey: true });
};

const drawLines = (pen: Pen, { share }: SheetContent, left: number, right: number, top: number): void => {
  pen.text('Only if neither symbol can be read, type these lines. The box holds the check of its line.', left, top, { size: SMALL, grey: true });
  const lines = coreSymbols({ x: share.x, y: share.y, setPrefix: share.setId.subarray(0, 8) });
  let y = top + 6.6;
  pen.line(left, y, right, y, RULE);
  lines.forEach((symbols, index) => {
    const { groups, check } = printedLine(symbols);
    symbols.fill(0);
    pen.text(String(index + 1), left, y + 3.5, { font: 'bold', size: 12 });
    pen.text(groups.join(' '), left + 9.2, y + 2.7, { font: 'mono', size: 16 });
    const checkWidth = pen.widthOf(check, { font: 'monoBold', size: 16 });
    pen.text(check, right - 2 - checkWidth, y + 2.7, { font: 'monoBold', size: 16 });
    pen.box(right - 4 - checkWidth, y + 2.1, checkWidth + 4, 7.2);
    y += 11.6;
    pen.line(left, y, right, y);
  });
  pen.text('No letter I, L, O or U is used. 0 is zero, 1 is one.', left, y + 2.5, { size: SMALL });
};

const drawAdvice = (pen: Pen, { facts }: SheetContent, { left, tight }: Frame, top: number): void => {
  const width = 123, gap = tight ? 1.0 : 1.5;
  const bold = 'Alone this sheet reveals nothing.';
  pen.text(bold, left, top, { font: 'bold' });
  pen.text('Together with other shares of', left + pen.widthOf(`${bold} `, { font: 'bold' }), top, {});
  pen.text('its set it rebuilds a secret.', left, top + 5, {});
  let y = top + 11.6;
  pen.line(left, y, left + width, y);
  const advice = [
    'Do not copy or photograph it, not even in part.',
    `If the bag is damaged, or the sheet was seen, tell the security officer of ${pen.printable(facts.organisation)} on the same day.`,
    'If someone asks you for it, call two people you know there before you open the bag.',
    'It can be read without Quorate: the format KCS1 is printed in the ceremony record.',
  ];
  advice.forEach((text, index) => {
    const style: TextStyle = { width: width - 6 }, height = pen.heightOf(text, style);
    pen.text(String(index + 1), left, y + gap, { font: 'bold' });
    pen.text(text, left + 6, y + gap, style);
    y += height + 2 * gap;
    if (index < advice.length - 1) pen.line(left, y, left + width, y);
  });
};

const drawRuler = (pen: Pen, x: number, bottom: number): void => {
  pen.line(x, bottom, x + 100, bottom, 0.57);
  for (let at = 0; at <= 10; at++) {
    const height = at % 10 === 0 ? 5 : at === 5 ? 3.8 : 2.4;
    pen.line(x + at * 10, bottom, x + at * 10, bottom - height, 0.57);
  }
  pen.text('100 mm. Measure it.', x + 104, bottom - 3.6, { size: SMALL });
};

const drawFoot = (pen: Pen, { share, facts }: SheetContent, { left, bottom }: Frame): void => {
  const suite = share.drill ? '11 (rehearsal)' : '10';
  const printed = `${facts.printedAt.slice(0, 10)} ${facts.printedAt.slice(11, 16)} UTC`;
  pen.text(`KCS1, suite ${suite} · Quorate ${facts.toolVersion} · page 1 of 1 · attempt ${facts.attempt}, copy 1 of 1 · printed ${printed}`, left, bottom - 3.6, { size: SMALL });
  if (facts.software) pen.text('Software token: the key behind this share was made by software, not in protected hardware.', left, bottom - 7.6, { font: 'bold', size: SMALL });
  drawRuler(pen, left, bottom - (facts.software ? 9.4 : 5.6));
};

/** Frame, two bands and two outlined words: seen on any photocopy, and clear of both symbols and all lines. */
const drawRehearsal = (pen: Pen, { left, third }: Frame): void => {
  const { width, height } = pen, text = 'REHEARSAL · not a real share, protects nothing';
  pen.box(7, 7, width - 14, height - 14, HEAVY, 3);
  for (const y of [9.4, height - 13.4]) pen.text(text, left, y, { font: 'bold', size: 10.5, align: 'center', width: LIVE });
  for (const y of [third + 1.8, 2 * third - 15.4]) pen.text('REHEARSAL', left, y, { font: 'bold', size: 34, outline: true, spacing: 12, align: 'center', width: LIVE });
};

const drawFolds = (pen: Pen, { third }: Frame): void => {
  for (const y of [third, 2 * third]) for (const x of [0, pen.width - 7]) pen.line(x, y, x + 7, y, RULE, true);
};

/**
 * Composes the sheet as a PDF of one page.
 * @returns the file; it holds the share, and the caller wipes it. Text and symbol pass through strings of the PDF library that cannot be wiped.
 */
export const composeSheet = async (content: SheetContent): Promise<Buffer> => {
  const { facts, envelope, share } = content;
  const pen = new Pen(facts.paper, new Date(facts.printedAt), `Key share ${share.number}`);
  const frame = frameOf(pen), symbol = shareSymbol(envelope), side = inkSide(symbol);
  try {
    drawHead(pen, content, frame, frame.third - (frame.tight ? 76 : 79));
    const second = frame.third + (frame.tight ? 20 : 22);
    drawSymbol(pen, symbol, frame.left, second, false);
    drawLines(pen, content, frame.left + 52, frame.right, second - 3.2);
    const last = 2 * frame.third + (frame.tight ? 6 : 8.5);
    drawAdvice(pen, content, frame, last);
    drawSymbol(pen, symbol, frame.right - side, last + 2.4, true);
    drawFoot(pen, content, frame);
    drawFolds(pen, frame);
    if (share.drill) drawRehearsal(pen, frame);
    return await pen.finish();
  } finally { symbol.dark.fill(0); }
};
