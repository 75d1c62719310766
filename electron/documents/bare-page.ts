/** Sheets that are cut or folded: whole pages without running head and foot; every piece names itself. */
import { FONT_FACES } from './fonts.ts';
import { html, trusted } from './html.ts';
import type { HtmlValue } from './html.ts';
import type { Sheet } from './print.ts';
import { PAGE_PX, PIECES } from './styles.ts';
import type { Paper } from './styles.ts';

/** @param pages the content of each page; it must not be taller than the paper. @param css rules of this document. */
export const bareSheet = (sheet: { readonly title: string; readonly paper: Paper; readonly css: string; readonly pages: readonly HtmlValue[] }): Sheet => {
  const { width, height } = PAGE_PX[sheet.paper];
  const style = `${FONT_FACES}@page{size:${width}px ${height}px;margin:0}${PIECES}.sheet{position:relative;width:${width}px;height:${height}px;overflow:hidden}.sheet+.sheet{break-before:page}${sheet.css}`;
  return {
    title: sheet.title, paper: sheet.paper, pages: sheet.pages.length,
    html: html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; font-src data:"><title>${sheet.title}</title>
<style>${trusted(style)}</style></head><body><main>${sheet.pages.map((page) => html`<section class="sheet">${page}</section>`)}</main></body></html>`.markup,
  };
};
