/** The typefaces of paper, embedded: Atkinson Hyperlegible Next for text, Mono (its zero is slashed) for codes. SIL OFL 1.1, see fonts/. */
import mono400 from './fonts/atkinson-hyperlegible-mono-latin-400-normal.woff2?inline';
import mono700 from './fonts/atkinson-hyperlegible-mono-latin-700-normal.woff2?inline';
import next400 from './fonts/atkinson-hyperlegible-next-latin-400-normal.woff2?inline';
import next600 from './fonts/atkinson-hyperlegible-next-latin-600-normal.woff2?inline';
import next700 from './fonts/atkinson-hyperlegible-next-latin-700-normal.woff2?inline';
import ext400 from './fonts/atkinson-hyperlegible-next-latin-ext-400-normal.woff2?inline';
import ext600 from './fonts/atkinson-hyperlegible-next-latin-ext-600-normal.woff2?inline';
import ext700 from './fonts/atkinson-hyperlegible-next-latin-ext-700-normal.woff2?inline';

const LATIN = 'U+0000-00FF, U+2000-206F, U+20AC, U+2122, U+2212';
const LATIN_EXTENDED = 'U+0100-02FF, U+1E00-1EFF';
const face = (family: string, weight: number, url: string, range: string | null): string =>
  `@font-face{font-family:"${family}";font-weight:${weight};src:url(${url}) format("woff2");${range === null ? '' : `unicode-range:${range};`}}`;

/** `@font-face` rules with the files inside; the style sheet of every document begins with them. */
export const FONT_FACES = [
  face('Atkinson Hyperlegible Next', 400, next400, LATIN), face('Atkinson Hyperlegible Next', 400, ext400, LATIN_EXTENDED),
  face('Atkinson Hyperlegible Next', 600, next600, LATIN), face('Atkinson Hyperlegible Next', 600, ext600, LATIN_EXTENDED),
  face('Atkinson Hyperlegible Next', 700, next700, LATIN), face('Atkinson Hyperlegible Next', 700, ext700, LATIN_EXTENDED),
  face('Atkinson Hyperlegible Mono', 400, mono400, null), face('Atkinson Hyperlegible Mono', 700, mono700, null),
].join('\n');
