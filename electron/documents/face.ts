/** The small print that names a cut or folded piece: mode, ceremony, the digest it hangs on. */
import { html } from './html.ts';
import type { Html } from './html.ts';
import { marksOf, modeWords, subjectOf } from './kind-words.ts';
import type { Plan } from '../../shared/ceremony/plan-schema.ts';
import { firstWords } from './parts.ts';

/** @param about "Script" or "Record", whose digest begins with these words. */
export const faceFoot = (plan: Plan, ceremony: string, about: string, digest: string): Html =>
  html`<div class="ff"><span>${subjectOf(plan, ceremony)}</span><span>${modeWords(plan)}</span><span>${about} digest begins ${firstWords(digest).join(' ')}</span></div>`;
/** REHEARSAL or DRILL in a bar; nothing for what counts. */
export const faceMark = (plan: Plan): Html => html`${marksOf(plan).map((mark) => html`<b class="fm">${mark}</b>`)}`;
export const FACE_CSS = `
.ff{display:flex;justify-content:space-between;gap:6mm;border-top:var(--hair) solid;padding-top:1.4mm;font-size:7.6pt;line-height:1.3;white-space:nowrap}.ff span{flex:none}.ff span:first-child{flex:0 1 auto;overflow:hidden;text-overflow:ellipsis}
.fm{border:var(--heavy) dashed;padding:.6mm 3mm;font-size:10pt;letter-spacing:.14em;margin-left:4mm;color:var(--ink);vertical-align:middle}
.half{position:absolute;left:0;right:0;height:50%;padding:12mm 16mm 11mm 20mm;display:flex;flex-direction:column}.half.top{top:0}.half.bottom{bottom:0}
.cut{position:absolute;left:0;right:0;top:50%;border-top:var(--rule) dashed #767676}
`;
