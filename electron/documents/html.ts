/** Markup that escapes by default. Nothing of a plan, a transcript or a person reaches a page except through {@link html}. */

/** A piece of markup that is safe to place in element content and double-quoted attributes. */
export class Html {
  readonly markup: string;
  constructor(markup: string) { this.markup = markup; }
}
export type HtmlValue = Html | string | number | null | readonly HtmlValue[];

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escapeText = (text: string): string => text.replace(/[&<>"']/g, (letter) => ESCAPES[letter]!);

const markupOf = (value: HtmlValue): string => {
  if (value === null) return '';
  if (value instanceof Html) return value.markup;
  if (typeof value === 'string' || typeof value === 'number') return escapeText(String(value));
  return value.map(markupOf).join('');
};

/** Template tag: the template is ours, every inserted string is escaped; null is nothing; arrays are joined without a space. */
export const html = (strings: TemplateStringsArray, ...values: readonly HtmlValue[]): Html =>
  new Html(strings.map((part, index) => part + markupOf(values[index] ?? null)).join(''));

/** SECURITY: only for markup made by this program (style sheet, QR paths, icons), never for data. */
export const trusted = (markup: string): Html => new Html(markup);

/** Puts `separator` between the values; no values give nothing. */
export const joined = (values: readonly HtmlValue[], separator: HtmlValue): HtmlValue =>
  values.map((value, index) => (index === 0 ? value : [separator, value]));
