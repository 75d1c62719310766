/** Drawing in millimetres from the top left corner. Keeps no text after the document has ended. */
import PDFDocument from 'pdfkit';
import { FONTS, type FontName } from './fonts.ts';

const MM = 72 / 25.4;
export const HAIRLINE = 0.25, RULE = 0.75, HEAVY = 2.25;

export interface TextStyle { readonly font?: FontName; readonly size?: number; readonly grey?: boolean; readonly align?: 'left' | 'right' | 'center'; /** mm; wraps within it */ readonly width?: number; readonly outline?: boolean; readonly spacing?: number }

/** What this file needs of pdfkit's current font beyond its published types. */
interface GlyphSource { readonly _font: { readonly font: { hasGlyphForCodePoint(code: number): boolean } } }

/** Typefaces as parsed for an earlier page: parsing them takes longer than drawing it. They hold outlines, never text. */
const parsed = new Map<FontName, PDFKit.Mixins.PDFFontSource>();

export class Pen {
  readonly #doc: PDFKit.PDFDocument;
  readonly #chunks: Buffer[] = [];
  /** Texts in the order in which they are drawn, for who has the page read aloud. */
  readonly #reading: PDFKit.PDFStructureElement;
  readonly width: number;
  readonly height: number;

  /** @param createdAt goes into the file's information; nothing there names a key. */
  constructor(paper: 'A4' | 'Letter', createdAt: Date, title: string) {
    [this.width, this.height] = paper === 'A4' ? [210, 297] : [215.9, 279.4];
    this.#doc = new PDFDocument({
      size: [this.width * MM, this.height * MM], margin: 0, font: '', pdfVersion: '1.7', lang: 'en', tagged: true, displayTitle: true,
      info: { Title: title, Creator: 'Quorate', Producer: 'Quorate', CreationDate: createdAt, ModDate: createdAt },
    });
    for (const name of Object.keys(FONTS) as FontName[]) this.#doc.registerFont(name, parsed.get(name) ?? FONTS[name]);
    this.#reading = this.#doc.struct('Document');
    this.#doc.addStructure(this.#reading);
    this.#doc.on('data', (chunk: Buffer) => { this.#chunks.push(chunk); });
  }

  #face(font: FontName): PDFKit.PDFDocument {
    this.#doc.font(font);
    // pdfkit takes a parsed typeface as a source too; its types do not say so.
    if (!parsed.has(font)) parsed.set(font, (this.#doc as unknown as GlyphSource)._font.font as unknown as PDFKit.Mixins.PDFFontSource);
    return this.#doc;
  }

  #style({ font = 'regular', size = 10.5, grey = false }: TextStyle): PDFKit.PDFDocument {
    return this.#face(font).fontSize(size).fillColor(grey ? '#4a4a4a' : '#000').strokeColor('#000');
  }

  /** Top of the capital letters' line box at y. */
  text(text: string, x: number, y: number, style: TextStyle = {}): void {
    const { width, align = 'left', outline = false, spacing = 0 } = style;
    this.#style(style).lineWidth(outline ? 0.6 : 1).text(text, x * MM, y * MM, {
      align, lineBreak: width !== undefined, characterSpacing: spacing, stroke: outline, fill: !outline, structParent: this.#reading, ...(width === undefined ? {} : { width: width * MM }),
    });
  }

  /** Width in mm of one line. */
  widthOf(text: string, style: TextStyle = {}): number { return this.#style(style).widthOfString(text, { characterSpacing: style.spacing ?? 0 }) / MM; }
  /** Height in mm of the text wrapped to the style's width. */
  heightOf(text: string, style: TextStyle = {}): number { return this.#style(style).heightOfString(text, style.width === undefined ? {} : { width: style.width * MM }) / MM; }

  /** Replaces characters the typeface does not have by "?", so that nothing prints as an empty box. */
  printable(text: string, font: FontName = 'regular'): string {
    const source = (this.#face(font) as unknown as GlyphSource)._font.font;
    return Array.from(text, (letter) => (source.hasGlyphForCodePoint(letter.codePointAt(0)!) ? letter : '?')).join('');
  }

  /** Lines, boxes and symbols are ornament to who has the page read aloud: each has its words beside it. */
  #ornament(draw: (doc: PDFKit.PDFDocument) => void): void {
    this.#doc.markContent('Artifact', { type: 'Layout' });
    draw(this.#doc);
    this.#doc.endMarkedContent();
  }

  line(x1: number, y1: number, x2: number, y2: number, weight = HAIRLINE, dashed = false): void {
    this.#ornament((doc) => {
      if (dashed) doc.dash(1.6, { space: 1.2 });
      doc.lineWidth(weight).strokeColor('#000').moveTo(x1 * MM, y1 * MM).lineTo(x2 * MM, y2 * MM).stroke();
      if (dashed) doc.undash();
    });
  }

  box(x: number, y: number, width: number, height: number, weight = RULE, dash: number | null = null): void {
    this.#ornament((doc) => {
      if (dash !== null) doc.dash(dash * MM, { space: dash * MM * 0.6 });
      doc.lineWidth(weight).strokeColor('#000').rect(x * MM, y * MM, width * MM, height * MM).stroke();
      if (dash !== null) doc.undash();
    });
  }

  /** Filled rectangles as one path: no seams between the modules of a symbol. */
  fill(rectangles: Iterable<readonly [x: number, y: number, width: number, height: number]>): void {
    this.#ornament((doc) => {
      for (const [x, y, width, height] of rectangles) doc.rect(x * MM, y * MM, width * MM, height * MM);
      doc.fillColor('#000').fill('non-zero');
    });
  }

  /** The finished file; the caller wipes it. The pieces it was made of are wiped here. */
  async finish(): Promise<Buffer> {
    this.#reading.end();
    await new Promise<void>((resolve, reject) => { this.#doc.once('end', resolve); this.#doc.once('error', reject); this.#doc.end(); });
    const whole = Buffer.allocUnsafeSlow(this.#chunks.reduce((sum, chunk) => sum + chunk.length, 0));
    let at = 0;
    for (const chunk of this.#chunks) { whole.set(chunk, at); at += chunk.length; chunk.fill(0); }
    this.#chunks.length = 0;
    return whole;
  }
}
