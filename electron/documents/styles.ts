/** The style sheet of public paper: black on white, millimetres and points, the same rules for script and record. */
import type { Plan } from '../../shared/ceremony/plan-schema.ts';
import { FONT_FACES } from './fonts.ts';

export type Paper = Plan['sheets']['paper'];
/** Page sizes in CSS pixels (1/96 inch). Whole numbers: Chromium rounds a page up to them, and page marks must not drift. */
export const PAGE_PX: Readonly<Record<Paper, { readonly width: number; readonly height: number }>> = {
  A4: { width: 794, height: 1123 }, Letter: { width: 816, height: 1056 },
};
export const pagePx = (paper: Paper, landscape: boolean): { readonly width: number; readonly height: number } => {
  const { width, height } = PAGE_PX[paper];
  return landscape ? { width: height, height: width } : { width, height };
};
/** Distances from the paper's edge, millimetres. The left one binds. */
export const MARGIN_MM = { left: 20, right: 14, top: 27, bottom: 37 } as const;

/** Codes may break: what is wider than a page makes Chromium shrink the whole document, and the marks of its pages drift. */
const BASE = `
*{box-sizing:border-box;margin:0;padding:0}
:root{--ink:#000;--grey:#4a4a4a;--hair:.25pt;--rule:.75pt;--heavy:2.25pt;--small:8.5pt;--table:10pt;
--text:"Atkinson Hyperlegible Next","Noto Sans","DejaVu Sans",sans-serif;--code:"Atkinson Hyperlegible Mono","Noto Sans Mono","DejaVu Sans Mono",monospace}
body{background:#fff;color:var(--ink);font:400 10.5pt/1.36 var(--text);font-feature-settings:"tnum";font-synthesis:none;-webkit-print-color-adjust:exact;print-color-adjust:exact}
code{font-family:var(--code);font-size:.95em;overflow-wrap:break-word}code.long{white-space:normal;overflow-wrap:anywhere;line-height:1.5}
ul,ol{list-style:none}b,strong{font-weight:700}.nb{white-space:nowrap}.grey{color:var(--grey)}.s{font-size:var(--small);line-height:1.35}
.i{width:1em;height:1em;vertical-align:-.14em}.qr{display:block}
h1{font-size:22pt;line-height:1.12;font-weight:700;letter-spacing:-.01em}
h2{font-size:15pt;line-height:1.2;margin:0 0 2.5mm;break-after:avoid}
h3{font-size:11.5pt;line-height:1.25;margin:5.5mm 0 1.6mm;break-after:avoid}
p+p{margin-top:1.6mm}h2+p,h3+p{break-after:avoid}p.after{margin-top:2mm}
section{break-inside:auto}section+section{margin-top:9mm}section.page{break-before:page;margin-top:0}
.keep{break-inside:avoid}
`;

const TABLES = `
table{width:100%;border-collapse:collapse;font-size:var(--table);line-height:1.3}thead{display:table-header-group}
th{text-align:left;font-size:var(--small);font-weight:600;padding:0 2mm 1.2mm 0;border-bottom:var(--rule) solid;vertical-align:bottom}
td{position:relative;padding:1.5mm 2mm 1.5mm 0;border-bottom:var(--hair) solid;vertical-align:top}tr{break-inside:avoid}
.duties{table-layout:fixed}.duties tr{break-inside:avoid}.duties th:nth-child(1){width:62mm}.duties th:nth-child(3){width:52mm}
td:last-child,th:last-child{padding-right:0}.r{text-align:right}
.kv{border-top:var(--rule) solid}.kv>div{display:grid;grid-template-columns:42mm 1fr;border-bottom:var(--hair) solid;break-inside:avoid}
.kv dt,.kv dd{padding:1.25mm 0;line-height:14pt}.kv dt{color:var(--grey);font-size:var(--table);padding-right:2mm}
.irr>td:first-child::before{content:'';position:absolute;left:-4mm;top:0;bottom:0;border-left:5pt double var(--ink)}
b.w{letter-spacing:.04em;font-size:9pt}
.words{display:grid;grid-template-columns:9mm repeat(4,1fr);font-size:12.5pt;line-height:1.3;border-bottom:var(--hair) solid;break-inside:avoid}
.words>*{padding:.9mm 0}.words .L{font-weight:700}.words .ab{border-top:var(--hair) solid}.words small{display:inline-block;width:5.5mm;font-size:7.5pt;color:var(--grey)}
.words.sm{font-size:10.5pt;line-height:1.25}.words.sm>*{padding:.55mm 0}
.words.blank{border:0}.words.blank>*{height:9.5mm;padding:4.6mm 3mm 0 0;border:0!important}.words.blank u{display:inline-block;text-decoration:none;border-bottom:var(--rule) solid;width:calc(100% - 6mm);height:3.5mm}
.two{display:grid;grid-template-columns:1fr auto;column-gap:6mm;align-items:start}
.two .words{font-size:11.5pt}table:not(.rec,.steps)>tbody>tr:first-child,.kv>div:nth-child(-n+2){break-after:avoid}table:not(.rec,.steps)>tbody>tr:last-child:not(:first-child){break-before:avoid}
.kv+.kv{border-top:0}table+.kv,ol+.kv,p+.kv{margin-top:4mm}
.note{background:#f0f0f0;border-left:var(--heavy) solid;padding:3mm 4mm;break-inside:avoid}.note+.note{margin-top:2mm}
.note dl{display:grid;grid-template-columns:34mm 1fr;margin-top:1mm}.note dt,.note dd{padding:.6mm 0}.note dt{font-size:9.5pt}
code.fit{font-size:7.6pt}code.typ{border-bottom:var(--rule) solid;font-weight:700}code.mc{border:var(--hair) solid;padding:0 1mm}
.pre{font:400 8.5pt/1.45 var(--code);white-space:pre-wrap;overflow-wrap:anywhere;break-inside:auto}
`;

const FURNITURE = `
.rh,.rf,.rn,.frame,.mark,.in2{position:fixed}
.rh{left:20mm;right:14mm;top:13mm;display:flex;justify-content:space-between;font-size:var(--small);line-height:1.3;padding-bottom:1.6mm;border-bottom:var(--rule) solid}.rh b{letter-spacing:.02em}
.rn{left:20mm;right:14mm;top:19.4mm;font-size:7.8pt;line-height:1.25;font-weight:600}.rn p+p{margin-top:0}.ru{display:grid;grid-template-columns:1fr auto;column-gap:6mm;font-weight:400}.ru span{white-space:nowrap;overflow:hidden;text-overflow:ellipsis;max-width:88mm}.ru span:first-child{max-width:none}
.rf{left:20mm;right:52mm;bottom:14mm;border-top:var(--hair) solid;padding-top:1.6mm;display:grid;grid-template-columns:40mm 46mm 1fr;column-gap:2mm;font-size:var(--small);line-height:1.4;white-space:nowrap}
.in2{left:20mm;right:52mm;bottom:27mm;height:6.5mm;display:flex;align-items:flex-end;gap:2.5mm;font-size:var(--small);line-height:1.2}.in2 u{display:block;width:20mm;height:100%;text-decoration:none;border-bottom:var(--rule) solid}.in2 span+u+span{margin-left:2mm}
.pg{position:absolute;left:20mm;height:9mm;width:40mm;font-size:var(--small);line-height:1.4;font-weight:700}
.pq{position:absolute;right:10.8mm}
.frame{inset:5mm;border:var(--heavy) dashed #767676;z-index:-1}
.mark{left:0;right:0;top:118mm;text-align:center;font-size:82pt;line-height:1;font-weight:700;letter-spacing:.06em;color:transparent;-webkit-text-stroke:.7pt #b4b4b4;transform:rotate(-32deg);z-index:-1}.mark.next{top:196mm}
`;

/** Millimetres of a page that may be filled, what a cover and a first page have besides their lines, and one such line. */
const ROOM_MM: Readonly<Record<Paper, number>> = { A4: 226, Letter: 209 }, BESIDES_MM = { cover: 92, first: 122 } as const, LINE_MM = 6.7, SMALLEST = 0.66;
/** How much smaller a page of so many lines is set to stay one page; 1 where they fit. */
export const zoomFor = (page: keyof typeof BESIDES_MM, paper: Paper, lines: number): number => Math.max(SMALLEST, Math.min(1, Math.floor(100 * ROOM_MM[paper] / (BESIDES_MM[page] + LINE_MM * lines)) / 100));
/** What sheets without running head and foot share with the others. */
export const PIECES = BASE + TABLES;
/** @returns the style sheet for one size of paper; `extra` holds the rules of one document. */
export const styleSheet = (paper: Paper, extra: string, landscape = false): string => {
  const { width, height } = pagePx(paper, landscape);
  const flow = `@page{size:${width}px ${height}px;margin:0}main{padding:${MARGIN_MM.top}mm ${MARGIN_MM.right}mm ${MARGIN_MM.bottom}mm ${MARGIN_MM.left}mm;-webkit-box-decoration-break:clone;box-decoration-break:clone}`;
  // Letter is 18 mm shorter: what must stand on one page is set a little smaller there.
  const fit = paper === 'Letter' ? '.onepage{zoom:.92}' : '';
  return [FONT_FACES, flow, BASE, TABLES, FURNITURE, extra, fit].join('\n');
};
