/**
 * Puts a document together: style sheet, running head and foot, page numbers, page symbols, rehearsal marks.
 * Chromium 130 draws no page margin boxes, and header templates cannot hold our typeface. So margins are the padding of `main`, cloned
 * at every page break; what is the same on every page is position: fixed; what differs is placed once the number of pages is known.
 */
import { html, trusted } from './html.ts';
import type { Html, HtmlValue } from './html.ts';
import { qrSvg } from './qr.ts';
import { pagePx, styleSheet } from './styles.ts';
import type { Paper } from './styles.ts';

/** First letter of the page symbol. */
const SYMBOL_LETTERS = { script: 'S', record: 'R', destruction: 'D', key: 'K', exception: 'E', inventory: 'I' } as const;
export interface PageFrame {
  readonly kind: keyof typeof SYMBOL_LETTERS;
  readonly paper: Paper;
  /** Absent: upright. */
  readonly landscape?: true;
  /** Words across every page, such as REHEARSAL. */
  readonly marks: readonly string[];
  /** Document type, upper left: "Ceremony record". */
  readonly title: string;
  /** Upper right: ceremony and key. */
  readonly subject: string;
  /** Purpose of the ceremony and who decided it, under the head of every page; cut where the line ends. */
  readonly purpose: readonly [string, string] | null;
  /** Sentences that stand on every page, such as that the token is software. */
  readonly notices: readonly string[];
  /** Lower middle: mode and print time, one line each. */
  readonly foot: readonly [string, string];
  /** SHA-256 that names the document's data, and its first four words. */
  readonly digest: string;
  readonly digestWords: readonly string[];
  /** Four digits, or "0000" before a number is known. */
  readonly number: string;
}
export interface Layout { readonly frame: PageFrame; readonly css: string; readonly body: HtmlValue }

const QR_MODULE_MM = 0.8;
/** "R 0001 3/12 " and 32 hex digits: at most 47 characters, a symbol of 29 modules. */
const pageSymbol = (frame: PageFrame, page: number, pages: number): string =>
  `${SYMBOL_LETTERS[frame.kind]} ${frame.number} ${page}/${pages} ${frame.digest.slice(0, 32).toUpperCase()}`;

/** Distances of the page number and the symbol from the top of the next page; the symbol's quiet zone reaches into the margin. */
const NUMBER_UP_MM = 22.35;
const SYMBOL_UP_MM = 38.4;
const pageMark = (frame: PageFrame, page: number, pages: number): Html => {
  const end = page * pagePx(frame.paper, frame.landscape === true).height;
  return html`<div class="pg" style="top:calc(${end}px - ${NUMBER_UP_MM}mm)">Page ${page} of ${pages}</div><div class="pq" style="top:calc(${end}px - ${SYMBOL_UP_MM}mm)">${qrSvg(pageSymbol(frame, page, pages), QR_MODULE_MM, `Page symbol, page ${page}`)}</div>`;
};

const CHARACTERS_A_LINE = 125;
/** The text begins further down below a running head of more than one line. */
const headRoom = ({ purpose, notices }: PageFrame): string => {
  const lines = (purpose === null ? 0 : 1) + Math.ceil(notices.join(' ').length / CHARACTERS_A_LINE);
  return lines < 2 ? '' : `main{padding-top:${30 + (lines - 2) * 3.5}mm}`;
};
const headLines = ({ purpose, notices }: PageFrame): HtmlValue => purpose === null && notices.length === 0 ? null
  : html`<div class="rn">${purpose && html`<p class="ru"><span>Purpose: ${purpose[0]}</span><span>Decided by: ${purpose[1]}</span></p>`}${notices.length > 0 ? html`<p>${notices.join(' ')}</p>` : null}</div>`;
/** Room for ink on every page of a paper that is signed page by page. */
const initials = ({ kind }: PageFrame): HtmlValue => (kind === 'script' || kind === 'record' ? html`<div class="in2"><span>Initials of this page: administrator</span><u></u><span>witness</span><u></u></div>` : null);
const furniture = (frame: PageFrame): Html => html`${frame.marks.length > 0 ? html`<div class="frame"></div>` : null}${frame.marks.map((mark, index) => html`<div class="mark${index === 0 ? '' : ' next'}" aria-hidden="true">${mark}</div>`)}
${initials(frame)}<header class="rh"><b>${frame.title}</b><span>${frame.subject}</span></header>${headLines(frame)}
<footer class="rf"><span><br>Copy ____ of ____</span><span>${frame.foot[0]}<br>${frame.foot[1]}</span><span>Digest begins<br>${frame.digestWords.join(' ')}</span></footer>`;

/**
 * @param pages how many pages the body fills, or 0 for the first pass, which has no page numbers yet and fills as many.
 * @returns a whole HTML document without scripts and without anything from outside.
 */
export const renderDocument = ({ frame, css, body }: Layout, pages: number): string => html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; font-src data:"><title>${frame.title}, ${frame.subject}</title>
<style>${trusted(styleSheet(frame.paper, headRoom(frame) + css, frame.landscape === true))}</style></head><body>${furniture(frame)}
${Array.from({ length: pages }, (_, index) => pageMark(frame, index + 1, pages))}
<main>${body}</main></body></html>`.markup;
