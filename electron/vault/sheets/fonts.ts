/** The typefaces of the share sheet: Atkinson Hyperlegible Next for text, Mono (its zero is slashed) for codes. SIL OFL 1.1, see fonts/. */
import mono400 from './fonts/mono-400.ttf?inline';
import mono700 from './fonts/mono-700.ttf?inline';
import text400 from './fonts/text-400.ttf?inline';
import text600 from './fonts/text-600.ttf?inline';
import text700 from './fonts/text-700.ttf?inline';

const bytesOf = (dataUrl: string): Buffer => Buffer.from(dataUrl.slice(dataUrl.indexOf(',') + 1), 'base64');

/** TrueType files by the names the sheet uses. */
export const FONTS = { regular: bytesOf(text400), semibold: bytesOf(text600), bold: bytesOf(text700), mono: bytesOf(mono400), monoBold: bytesOf(mono700) } as const;
export type FontName = keyof typeof FONTS;
