/** Pieces that script and record share: word grids, key-value lists, tables, kinds of step. */
import { fromHex } from '../../shared/bytes.ts';
import type { Step, StepKind } from '../../shared/ceremony/script-types.ts';
import { toWords } from '../../shared/transcript/words.ts';
import { hexGroups } from './format.ts';
import { html, joined } from './html.ts';
import type { Html, HtmlValue } from './html.ts';
import { icon } from './icons.ts';
import type { IconName } from './icons.ts';

const KINDS: Readonly<Record<StepKind, readonly [IconName, string]>> = {
  say: ['say', 'Say'], 'roll-call': ['people', 'Roll call'], check: ['check', 'Check'], machine: ['machine', 'Machine'],
  login: ['login', 'PIN'], sign: ['sign', 'Sign'], handover: ['handover', 'Hand over'],
  gather: ['handover', 'Gather'], prove: ['check', 'Prove'], account: ['note', 'Account'], materials: ['check', 'Materials'],
};
export const kindOf = (step: Step): Html => html`<span class="nb">${icon(KINDS[step.kind][0])} ${KINDS[step.kind][1]}</span>`;

/** Reported by the machine: thin box. */
export const machineSaid = (text: string): Html => html`<code class="mc">${text}</code>`;
/** Read and typed by a person: rule under it. */
export const personTyped = (text: string): Html => html`<code class="typ">${text}</code>`;
export const longCode = (hex: string): Html => html`<code class="long">${hexGroups(hex)}</code>`;

export const keyValues = (rows: readonly (readonly [string, HtmlValue] | null)[]): Html =>
  html`<dl class="kv">${rows.map((row) => row && html`<div><dt>${row[0]}</dt><dd>${row[1]}</dd></div>`)}</dl>`;
export const table = (className: string, heads: readonly string[], rows: readonly (readonly HtmlValue[])[]): Html =>
  html`<table class="${className}"><thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead><tbody>${rows.map((row) => html`<tr>${row.map((cell) => html`<td>${cell}</td>`)}</tr>`)}</tbody></table>`;
export const lines = (values: readonly HtmlValue[]): HtmlValue => joined(values, html`<br>`);

const ROWS = ['A', 'B', 'C', 'D'] as const;
const grid = (className: string, cell: (position: number) => Html): Html =>
  html`<div class="words ${className}">${ROWS.flatMap((row, at) => [0, 1].flatMap((half) => [
    html`<span class="L${half === 0 ? ' ab' : ''}">${half === 0 ? row : ''}</span>`,
    ...[1, 2, 3, 4].map((column) => html`<span${half === 0 ? html` class="ab"` : null}>${cell(at * 8 + half * 4 + column)}</span>`),
  ]))}</div>`;

/** 32 bytes in hex as numbered words, rows A to D of eight. */
export const wordGrid = (hex: string, className = ''): Html => {
  const words = toWords(fromHex(hex) ?? new Uint8Array(0));
  return grid(className, (position) => html`<small>${position}</small>${words[position - 1] ?? ''}`);
};
/** The same grid with lines to write on. */
export const blankWordGrid = (): Html => grid('blank', (position) => html`<small>${position}</small><u></u>`);
export const firstWords = (hex: string): readonly string[] => toWords((fromHex(hex) ?? new Uint8Array(0)).subarray(0, 4));
