/** Turns one HTML document into PDF in a hidden, sandboxed window without scripts and without network. Public documents only. */
import { randomUUID } from 'node:crypto';
import { BrowserWindow, session, type Session } from 'electron';
import type { PdfOptions, Printer } from '../documents/print.ts';
import { printPolicy, securityHeaders } from './csp.ts';
import { PRINT_ORIGIN, SCHEME } from './origins.ts';
import { webPreferences } from './web-preferences.ts';

export const PRINT_PARTITION = 'quorate-print';

const documents = new Map<string, string>();
let served: Session | null = null;

/** The documents wait under random addresses of the print session; nothing else is there. */
const printSession = (): Session => {
  if (served !== null) return served;
  served = session.fromPartition(PRINT_PARTITION);
  served.protocol.handle(SCHEME, (request) => {
    const html = documents.get(request.url);
    const headers = securityHeaders(printPolicy());
    return html === undefined ? new Response('', { status: 404, headers }) : new Response(html, { headers: { ...headers, 'content-type': 'text/html; charset=utf-8' } });
  });
  return served;
};

const print = async (html: string, options: PdfOptions): Promise<Uint8Array> => {
  printSession();
  const address = `${PRINT_ORIGIN}/${randomUUID()}.html`;
  documents.set(address, html);
  const window = new BrowserWindow({ show: false, title: options.title, webPreferences: webPreferences({ preload: null, partition: PRINT_PARTITION, packaged: true, javascript: false }) });
  try {
    await window.loadURL(address);
    return new Uint8Array(await window.webContents.printToPDF({ pageSize: options.paper, preferCSSPageSize: true, printBackground: true, generateTaggedPDF: true, generateDocumentOutline: true }));
  } finally {
    documents.delete(address);
    window.destroy();
  }
};

/** Page furniture is in the document itself: margin boxes and header templates of Chromium are not used. */
export const pdfPrinter: Printer = { htmlToPdf: print };
