/** Section "Location and physical security": what the transcript knows of the place, and where the rest is written. */
import type { CeremonyFolder } from '../folder.ts';
import { plural, stamp } from '../format.ts';
import { html } from '../html.ts';
import type { Html } from '../html.ts';
import { keyValues } from '../parts.ts';
import { heading } from './sections.ts';

const tick = (words: string): Html => html`<span class="tk"><i class="tick"></i>${words}</span> `;
export const roomSection = ({ plan, state }: CeremonyFolder): Html => {
  const marks = Object.values(state.present), here = marks.filter((mark) => mark?.present === true).length;
  return html`<section class="keep">${heading(plan, 'room', 'Location and physical security')}${keyValues([
    ['Place', plan.ceremony.place],
    ['From, to', `${state.openedAt === null ? 'not begun' : stamp(state.openedAt)} to ${state.lastAt === null ? '–' : stamp(state.lastAt)}`],
    ['Head-count', `${plural(here, 'person', 'people')} of ${plan.people.length} in the plan present when last called`],
    ['Door, cameras, safes, phones', html`Not seen by the program. On the form “Location and physical security” of the paper script: ${tick('attached')}${tick('not filled in')}`],
  ])}</section>`;
};
