/** Blank lines for what has no row of its own. */
import { html } from '../html.ts';
import type { Html } from '../html.ts';
import { table } from '../parts.ts';

const LOG_ROWS = 15;
export const logForm = (): Html => html`<section class="page"><h2>Log continuation</h2><p>For whatever has no row of its own. Lines that stay empty are struck through together, with initials.</p>
<div style="margin-top:3mm">${table('cont', ['Time UTC', 'Step', 'What happened, what was said', 'Initials'], Array.from({ length: LOG_ROWS }, () => ['', '', '', html`<i></i>`]))}</div></section>`;
