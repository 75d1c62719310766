/** The table of materials: what came in and went out, in which bag, and how that compares with what the archive saw last. */
import { isWrong, materialSaid } from '../../../shared/ceremony/materials.ts';
import type { Material } from '../../../shared/ceremony/material-schema.ts';
import { materialsOf } from '../../../shared/ceremony/people.ts';
import { MATERIAL_NAMES } from '../../../shared/text/materials.ts';
import type { CeremonyFolder } from '../folder.ts';
import { fourDigits } from '../format.ts';
import { html } from '../html.ts';
import type { HtmlValue } from '../html.ts';
import { personTyped, table } from '../parts.ts';

const yesNo = (value: boolean | null): HtmlValue => (value === null ? '–' : value ? 'Yes' : html`<b>No</b>`);
const bag = (number: string | null): HtmlValue => (number === null ? 'none' : personTyped(number));
const row = ({ state }: CeremonyFolder, item: Material): readonly HtmlValue[] => {
  const came = materialSaid(state, item.id, 'in'), went = materialSaid(state, item.id, 'out');
  return [
    html`<b>${item.what}</b><br><span class="s">${MATERIAL_NAMES[item.kind]}${item.serial === null ? null : html`, <code>${item.serial}</code>`}</span>`,
    item.bag === null ? '–' : html`<code>${item.bag}</code><br><span class="s">${item.from === null ? 'by the plan' : `ceremony ${fourDigits(item.from)}`}</span>`,
    came === null ? 'Not called' : came.present ? bag(came.bag) : html`<b>Not here</b>`, came === null ? '–' : yesNo(came.intact), came === null ? '–' : yesNo(came.matches),
    went === null ? 'Not called' : went.present ? bag(went.bag) : html`<b>Not here</b>`,
  ];
};
/** Null where the plan lists none. */
export const materialsTable = (folder: CeremonyFolder): HtmlValue => {
  const items = materialsOf(folder.plan), wrong = folder.state.materials.filter(isWrong).length;
  return items.length === 0 ? null : html`<h3>Materials, in and out</h3>${table('mats', ['Thing', 'Bag last recorded', 'Bag now', 'Intact', 'Matches', 'Bag going out'], items.map((item) => row(folder, item)))}
<p class="s after">${wrong === 0 ? 'Each bag was read by who held it and by the internal witness; nothing was absent, broken or other than last recorded.' : html`<b>${wrong} not as last recorded:</b> see the exceptions of those steps.`}</p>`;
};
