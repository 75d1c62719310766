/** What every sheet has, whichever its variant: the frame of the page, two symbols, the ruler, folds and the marks of a rehearsal. */
import { blindCore, blindShare } from '../../../shared/custody/blind.ts';
import { coreSymbols } from '../../../shared/custody/lines.ts';
import type { Share } from '../../../shared/custody/envelope.ts';
import { blindQrText, qrText } from '../../../shared/custody/qr-text.ts';
import type { SheetFacts } from '../../../shared/vault/contract.ts';
import { HEAVY, type Pen, RULE, type TextStyle } from './pen.ts';
import { darkRuns, inkSide, QUIET_MM, textSymbol, type SymbolGrid } from './symbol.ts';

export interface SheetContent {
  readonly share: Share;
  /** The whole envelope of the true share. */
  readonly envelope: Uint8Array;
  /** The custodian's full name and id in the plan. */
  readonly custodian: string; readonly person: string;
  readonly facts: SheetFacts;
  /** The dice code of a blind sheet's holder, digits without spaces, null for the other variants. The caller wipes it. */
  readonly code: Uint8Array | null;
}

/** What the paper carries of the share: the true value, or on a blind sheet the encrypted one. */
export interface Carried { readonly symbol: SymbolGrid; /** Four lines of 20 symbols. */ readonly lines: readonly Uint8Array[] }

export const wipeCarried = ({ symbol, lines }: Carried): void => { for (const buffer of [symbol.dark, ...lines]) buffer.fill(0); };

/** The caller wipes it. */
export const carriedOf = ({ share, envelope, code }: SheetContent): Carried => {
  const core = { x: share.x, y: share.y, setPrefix: share.setId.subarray(0, 8) };
  if (code === null) return { symbol: textSymbol(qrText(envelope)), lines: coreSymbols(core) };
  const blind = blindShare(envelope, code), turned = blindCore(core, share, code);
  try { return { symbol: textSymbol(blindQrText(blind)), lines: coreSymbols(turned) }; } finally { blind.fill(0); turned.y.fill(0); }
};

export const LIVE = 180;
/** Places on the page in mm. `tight`: Letter, 18 mm less high than A4. */
export interface Frame { readonly left: number; readonly right: number; readonly third: number; readonly bottom: number; readonly tight: boolean }
export const frameOf = ({ width, height }: Pen): Frame => ({ left: (width - LIVE) / 2, right: (width + LIVE) / 2, third: height / 3, bottom: height - 16, tight: height < 290 });

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
export const longMonth = (yearMonth: string): string => `${MONTHS[Number(yearMonth.slice(5, 7)) - 1] ?? ''} ${yearMonth.slice(0, 4)}`;
export const longDate = (date: string): string => `${Number(date.slice(8, 10))} ${longMonth(date)}`;
/** `2027-03-02 15:23 UTC` */
export const minuteOf = (instant: string): string => `${instant.slice(0, 10)} ${instant.slice(11, 16)} UTC`;

export const titleOf = ({ holds }: SheetFacts): string => (holds === 'pin' ? 'PIN share' : 'Key share');
/** The word that marks a sheet that protects nothing; null on a real one. */
export const markOf = ({ share, facts }: SheetContent): string | null => (share.drill ? (facts.mode === 'rehearsal' ? 'REHEARSAL' : 'DRILL') : null);

export const custodianText = (pen: Pen, { custodian, person }: SheetContent): string => {
  const printed = pen.printable(custodian, 'bold');
  return printed === custodian ? printed : `${printed} (${person})`;
};

/** A symbol with its name below it. @param y top edge of the ink */
export const drawSymbol = (pen: Pen, symbol: SymbolGrid, x: number, y: number, upsideDown: boolean, name: string, style: TextStyle): void => {
  pen.fill(darkRuns(symbol, x, y, upsideDown));
  pen.text(name, x, y + inkSide(symbol) + QUIET_MM, style);
};

/** 100 mm with a tick every 10. @param bottom of the line @param size of its words in points */
export const drawRuler = (pen: Pen, x: number, bottom: number, size: number): void => {
  pen.line(x, bottom, x + 100, bottom, 0.57);
  for (let at = 0; at <= 10; at++) {
    const height = at % 10 === 0 ? 5 : at === 5 ? 3.8 : 2.4;
    pen.line(x + at * 10, bottom, x + at * 10, bottom - height, 0.57);
  }
  pen.text('100 mm. Measure it.', x + 104, bottom - size * 0.42, { size });
};

/** Short dashes at both edges where the letter is folded. */
export const drawFolds = (pen: Pen, { third }: Frame): void => {
  for (const y of [third, 2 * third]) for (const x of [0, pen.width - 7]) pen.line(x, y, x + 7, y, RULE, true);
};

/** A dashed frame and two bands that any photocopy shows. @param size of the bands' words in points */
export const drawMark = (pen: Pen, mark: string, { left }: Frame, size: number, words = 'not a real share, protects nothing'): void => {
  const { width, height } = pen, text = `${mark} · ${words}`;
  pen.box(7, 7, width - 14, height - 14, HEAVY, 3);
  for (const y of [9.4, height - 9.7 - size * 0.353]) pen.text(text, left, y, { font: 'bold', size, align: 'center', width: LIVE });
};

/** The mark again as a large outlined word, clear of symbols and lines. @param y of its top */
export const drawOutlined = (pen: Pen, mark: string, { left }: Frame, y: number, size = 34): void => {
  pen.text(mark, left, y, { font: 'bold', size, outline: true, spacing: size * 0.35, align: 'center', width: LIVE });
};
