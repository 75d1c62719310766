/** Reads the typed lines of a sheet that has been through a printer, which may have turned its letters into shapes. */
import { decodeShare } from '../../shared/custody/envelope.ts';
import { coreSymbols, LINES, printedLine } from '../../shared/custody/lines.ts';
import { parseQrText } from '../../shared/custody/qr-text.ts';
import { pdfText, sheetLines, sheetSymbols } from './sheet-text.ts';

/** What the lines must say, from the symbol beside them. */
const linesOfSymbol = (text: string): readonly string[] => {
  const share = parseQrText(text);
  const decoded = share === null ? null : decodeShare(share);
  if (!decoded?.ok) throw new Error('the symbol on the paper is no share');
  const symbols = coreSymbols({ x: decoded.share.x, y: decoded.share.y, setPrefix: decoded.share.setId.slice(0, 8) });
  return symbols.map((line) => { const { groups, check } = printedLine(line); return `${groups.join('')}${check}`; });
};

/** @throws when neither text nor symbol can be read. */
export const linesOnPaper = (pdf: string): readonly string[] => {
  const lines = sheetLines(pdf).map((line) => line.replaceAll(' ', ''));
  if (lines.length === LINES) return lines;
  const [symbol] = sheetSymbols(pdf, 200);
  if (symbol === undefined) throw new Error(`nothing on the paper can be read: ${pdfText(pdf).slice(0, 200)}`);
  return linesOfSymbol(symbol);
};
