/** The printed ceremony script, from the plan alone. Reads no transcript and no clock. */
import { CONVENTIONS_CSS } from '../conventions.ts';
import { marksOf, purposeOf, subjectOf } from '../kind-words.ts';
import type { Layout } from '../page.ts';
import { firstWords } from '../parts.ts';
import { footOf, noticesOf } from '../notices.ts';
import { CHARTER_CSS } from '../charter/charter-css.ts';
import { actPages } from './acts.ts';
import { inZone } from '../zone.ts';
import { charterPage } from './charter-page.ts';
import { scriptFront } from './cover.ts';
import type { ScriptInput } from './script-input.ts';
import { scriptForms } from './forms.ts';
import { SCRIPT_CSS } from './script-css.ts';

/** @param input the plan, its script and digest; `number` null before the ceremony has one; `printedAt` ISO 8601 UTC. */
export const scriptLayout = (input: ScriptInput): Layout => inZone(input.plan.ceremony.timeZone, () => ({
  frame: {
    kind: 'script', paper: input.plan.sheets.paper, marks: marksOf(input.plan), title: 'Ceremony script',
    subject: subjectOf(input.plan, input.number === null ? 'Ceremony' : `Ceremony ${input.number}`),
    purpose: purposeOf(input.plan),
    notices: noticesOf(input.plan),
    foot: footOf(input.plan, input.printedAt),
    digest: input.planSha256, digestWords: firstWords(input.planSha256), number: input.number ?? '0000',
  },
  css: SCRIPT_CSS + CHARTER_CSS + CONVENTIONS_CSS,
  body: [scriptFront(input), charterPage(input.plan), actPages(input), scriptForms(input)],
}));
