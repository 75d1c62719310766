/** Prints a layout in two passes: the first counts the pages, the second numbers them. */
import { AppError } from '../../shared/errors.ts';
import { renderDocument } from './page.ts';
import type { Layout } from './page.ts';
import type { Paper } from './styles.ts';

export interface PdfOptions { readonly paper: Paper; readonly title: string }
/**
 * Turns one self-contained HTML document into a PDF: page size from the CSS (`preferCSSPageSize`), backgrounds printed, tagged, no
 * header or footer of the printer's own. The document needs `style-src 'unsafe-inline'; font-src data:` and no script.
 */
export interface Printer { htmlToPdf(html: string, options: PdfOptions): Promise<Uint8Array> }

/**
 * Counts the pages of a PDF as Chromium writes it (PDF 1.4, objects not compressed).
 * @throws PRINT_JOB_FAILED when the bytes are no such PDF.
 */
export const countPages = (pdf: Uint8Array): number => {
  const text = Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength).toString('latin1');
  const pages = text.startsWith('%PDF-') ? text.match(/\/Type\s*\/Page(?![a-zA-Z])/g)?.length ?? 0 : 0;
  if (pages === 0) throw new AppError('PRINT_JOB_FAILED', { reason: 'pages' });
  return pages;
};

/** A document of so many pages that is printed as it stands. */
export interface Sheet { readonly html: string; readonly title: string; readonly paper: Paper; readonly pages: number }
/** @throws PRINT_JOB_FAILED when it does not fill as many pages as it should: then something ran over the edge. */
export const printSheet = async (printer: Printer, sheet: Sheet): Promise<{ pdf: Uint8Array; pages: number }> => {
  const pdf = await printer.htmlToPdf(sheet.html, { paper: sheet.paper, title: sheet.title }), pages = countPages(pdf);
  if (pages !== sheet.pages) throw new AppError('PRINT_JOB_FAILED', { reason: 'overflow', pages });
  return { pdf, pages };
};

/**
 * @returns the PDF and its number of pages.
 * @throws PRINT_JOB_FAILED when numbering changed the number of pages: then the numbers would be wrong.
 */
export const printLayout = async (printer: Printer, layout: Layout): Promise<{ pdf: Uint8Array; pages: number }> => {
  const options = { paper: layout.frame.paper, title: layout.frame.title };
  const pages = countPages(await printer.htmlToPdf(renderDocument(layout, 0), options));
  const pdf = await printer.htmlToPdf(renderDocument(layout, pages), options);
  if (countPages(pdf) !== pages) throw new AppError('PRINT_JOB_FAILED', { reason: 'numbering', pages });
  return { pdf, pages };
};
