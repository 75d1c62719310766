/**
 * One share on one page, composed in memory: two symbols of the same content on opposite sides, four typed lines with checks, a
 * ruler, and nothing about what the key protects or who else holds a share. Folds at the thirds cross nothing. Black only.
 */
import { fourDigits } from '../../../shared/text/ceremony-number.ts';
import { monthText } from '../../../shared/custody/dates.ts';
import { printedLine } from '../../../shared/custody/lines.ts';
import { setFingerprint, setName } from '../../../shared/custody/set-name.ts';
import type { SheetFacts } from '../../../shared/vault/contract.ts';
import { Pen, RULE, type TextStyle } from './pen.ts';
import { drawLargeSheet } from './sheet-large.ts';
import { carriedOf, custodianText, drawFolds, drawMark, drawOutlined, drawRuler, drawSymbol, frameOf, longDate, longMonth, markOf, minuteOf, titleOf, wipeCarried, type Carried, type Frame, type SheetContent } from './sheet-parts.ts';
import { inkSide } from './symbol.ts';

const SMALL = 8.5;
const CAPTION: TextStyle = { size: SMALL, grey: true };
const LABEL: TextStyle = { size: 9.5, grey: true };

/** The largest size at which the text stays within the width and two lines of one row. */
const fitted = (pen: Pen, text: string, width: number, font: TextStyle['font'] = 'regular'): TextStyle => {
  for (const size of [10.5, 9.5, 8.5]) if (pen.widthOf(text, { font, size }) <= width) return { font, size };
  for (const size of [7.5, 7, 6.5, 6, 5.5]) if (pen.heightOf(text, { font, size, width }) <= 6.4) return { font, size, width };
  return { font, size: 5, width };
};

const ROW = 7.6;
const row = (pen: Pen, label: string, value: string, x: number, y: number, width: number, font: TextStyle['font'] = 'regular'): void => {
  pen.text(label, x, y + 1.9, LABEL);
  const style = fitted(pen, value, width - 25, font);
  pen.text(value, x + 25, style.width === undefined ? y + 1.7 : y + 0.6, style);
  pen.line(x, y + ROW, x + width, y + ROW);
};

const CODE_BOX = 'Code kept apart, in bag number';
/** Boxes for the pen. A blind sheet has one more, which says where the code is, never what it is. */
const drawBoxes = (pen: Pen, blind: boolean, left: number, top: number): void => {
  const labels = ['Bag number', ...(blind ? [CODE_BOX] : []), 'Custodian', 'Witness'], gap = blind ? 4 : 6, width = (180 - gap * (labels.length - 1)) / labels.length;
  labels.forEach((label, index) => {
    const x = left + index * (width + gap);
    pen.text(label, x, top, label === CODE_BOX ? { font: 'bold', size: SMALL - 1 } : CAPTION);
    pen.box(x, top + 4.4, width, 11, label === CODE_BOX ? 1.5 : RULE);
  });
};

const subtitle = ({ holds, variant }: SheetFacts): string => {
  if (variant === 'blind') return 'Printed blind: needs its holder’s dice code. Secret. Keep sealed.';
  return holds === 'pin' ? 'Secret. Keep sealed. Open only in a ceremony, with a witness.' : 'Secret. Keep sealed. Open only in a recovery, with a witness.';
};

const drawHead = (pen: Pen, content: SheetContent, { left, right }: Frame, top: number): void => {
  const { share, facts } = content, column = 86, second = left + 94;
  pen.text(titleOf(facts), left, top, { font: 'bold', size: 26 });
  pen.text(subtitle(facts), left, top + 11.4, { font: 'semibold', size: 12 });
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
  drawBoxes(pen, facts.variant === 'blind', left, y + 3 * ROW + 11.2);
};

const drawLines = (pen: Pen, { lines }: Carried, blind: boolean, left: number, right: number, top: number): void => {
  const use = 'Only if neither symbol can be read, type these lines';
  pen.text(blind ? `${use}, and the code. The box holds the check.` : `${use}. The box holds the check of its line.`, left, top, CAPTION);
  let y = top + 6.6;
  pen.line(left, y, right, y, RULE);
  lines.forEach((symbols, index) => {
    const { groups, check } = printedLine(symbols);
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

const adviceOf = (pen: Pen, { organisation, variant }: SheetFacts): readonly string[] => [
  variant === 'blind' ? 'Keep the dice code apart, never on this sheet. Lost code, lost share.' : 'Do not copy or photograph it, not even in part.',
  `If the bag is damaged, or the sheet was seen, tell the security officer of ${pen.printable(organisation)} on the same day.`,
  'If someone asks you for it, call two people you know there before you open the bag.',
  'It can be read without Quorate: the format is KCS1, and recover.html reads it.',
];

const drawAdvice = (pen: Pen, { facts }: SheetContent, { left, tight }: Frame, top: number): void => {
  const width = 123, gap = tight ? 1.0 : 1.5;
  const [bold, first, second] = facts.variant === 'blind'
    ? ['Without its holder’s dice code this sheet reveals nothing.', 'Do not', 'copy or photograph it, not even in part.'] as const
    : ['Alone this sheet reveals nothing.', 'Together with other shares of', 'its set it rebuilds a secret.'] as const;
  pen.text(bold, left, top, { font: 'bold' });
  pen.text(first, left + pen.widthOf(`${bold} `, { font: 'bold' }), top, {});
  pen.text(second, left, top + 5, {});
  let y = top + 11.6;
  pen.line(left, y, left + width, y);
  adviceOf(pen, facts).forEach((text, index, all) => {
    const style: TextStyle = { width: width - 6 }, height = pen.heightOf(text, style);
    pen.text(String(index + 1), left, y + gap, { font: 'bold' });
    pen.text(text, left + 6, y + gap, style);
    y += height + 2 * gap;
    if (index < all.length - 1) pen.line(left, y, left + width, y);
  });
};

const drawFoot = (pen: Pen, content: SheetContent, { left, bottom }: Frame): void => {
  const { share, facts } = content, suite = share.drill ? `11 (${markOf(content)!.toLowerCase()})` : '10';
  const format = facts.variant === 'blind' ? 'KCS1 blind' : 'KCS1';
  pen.text(`${format}, suite ${suite} · Quorate ${facts.toolVersion} · page 1 of 1 · attempt ${facts.attempt}, copy 1 of 1 · printed ${minuteOf(facts.printedAt)}`, left, bottom - 3.6, { size: SMALL });
  if (facts.software) pen.text('Software token: the key behind this share was made by software, not in protected hardware.', left, bottom - 7.6, { font: 'bold', size: SMALL });
  drawRuler(pen, left, bottom - (facts.software ? 9.4 : 5.6), SMALL);
};

const drawStandardSheet = (pen: Pen, content: SheetContent, carried: Carried, frame: Frame): void => {
  const blind = content.facts.variant === 'blind', mark = markOf(content), { left, right, third, tight } = frame;
  drawHead(pen, content, frame, third - (tight ? 76 : 79));
  const second = third + (tight ? 20 : 22);
  drawSymbol(pen, carried.symbol, left, second, false, 'Symbol A', CAPTION);
  drawLines(pen, carried, blind, left + 52, right, second - 3.2);
  const last = 2 * third + (tight ? 6 : 8.5);
  drawAdvice(pen, content, frame, last);
  drawSymbol(pen, carried.symbol, right - inkSide(carried.symbol), last + 2.4, true, 'Symbol B, upside down', CAPTION);
  drawFoot(pen, content, frame);
  if (mark === null) return;
  drawMark(pen, mark, frame, 10.5);
  for (const y of [third + 1.8, 2 * third - 15.4]) drawOutlined(pen, mark, frame, y);
};

/**
 * Composes the sheet as a PDF of one page.
 * @returns the file; it holds the share, and the caller wipes it. Text and symbol pass through strings of the PDF library that cannot be wiped.
 */
export const composeSheet = async (content: SheetContent): Promise<Buffer> => {
  const { facts, share } = content, carried = carriedOf(content);
  try {
    const pen = new Pen(facts.paper, new Date(facts.printedAt), `${titleOf(facts)} ${share.number}`), frame = frameOf(pen);
    if (facts.variant === 'large') drawLargeSheet(pen, content, carried, frame);
    else drawStandardSheet(pen, content, carried, frame);
    drawFolds(pen, frame);
    return await pen.finish();
  } finally { wipeCarried(carried); }
};
