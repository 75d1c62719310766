/** The drawn viewfinder: a frame, the outline of the symbol, three meters and one sentence. SECURITY: SCR-1 there is no picture in it. */
import { adviceOf, distanceWord, glareWord, sharpnessWord } from './advice.ts';
import { make } from './make.ts';
import type { FrameFacts } from './scan/messages.ts';
import { LEVELS } from './scan/quality.ts';
import type { Corners } from './scan/reader.ts';

export interface Viewfinder {
  readonly root: HTMLElement;
  show(facts: FrameFacts): void;
  /** Says a sentence of its own instead of advice, such as that the symbol was read. */
  say(text: string, state: 'looking' | 'read' | 'off'): void;
}

const SVG = 'http://www.w3.org/2000/svg';
const shape = (tag: string, attributes: Readonly<Record<string, string>>): SVGElement => {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
};

/** The middle of the picture as a square of 300: the sheet's sides do not matter. Mirrored, as a hand before a mirror moves. */
const SIDE = 300;
const points = (corners: Corners, width: number, height: number): string =>
  corners.map(({ x, y }) => `${((width / 2 - x) * (SIDE / height) + SIDE / 2).toFixed(1)},${(y * (SIDE / height)).toFixed(1)}`).join(' ');

const drawing = (): { readonly svg: SVGElement; readonly outline: SVGElement } => {
  const svg = shape('svg', { viewBox: `0 0 ${SIDE} ${SIDE}`, class: 'entry-finder', 'aria-hidden': 'true' });
  const outline = shape('polygon', { class: 'entry-outline', points: '' });
  svg.append(shape('path', { class: 'entry-brackets', d: 'M20 60V20H60M240 20H280V60M280 240V280H240M60 280H20V240' }), shape('path', { class: 'entry-cross', d: 'M150 138v24M138 150h24' }), outline);
  return { svg, outline };
};

interface Meter { readonly root: HTMLElement; set(level: number, word: string): void }
const makeMeter = (name: string, testId: string): Meter => {
  const word = make('span', { className: 'entry-meter-word', text: '–', testId });
  const fields = Array.from({ length: LEVELS }, () => make('i'));
  const bar = make('div', { className: 'entry-bar' }, ...fields);
  bar.setAttribute('aria-hidden', 'true');
  const set = (level: number, text: string): void => {
    if (word.textContent !== text) word.textContent = text;
    for (const [index, field] of fields.entries()) field.toggleAttribute('data-on', index < level);
  };
  return { root: make('div', { className: 'entry-meter' }, make('div', { className: 'entry-label' }, make('span', { text: name }), word), bar), set };
};

/** Advice that changes with every frame helps nobody. */
const CALM_MS = 900;

export const makeViewfinder = (): Viewfinder => {
  const { svg, outline } = drawing();
  const distance = makeMeter('Distance', 'scan-distance'), sharpness = makeMeter('Sharpness', 'scan-sharpness'), glare = makeMeter('Glare', 'scan-glare');
  const advice = make('p', { className: 'entry-advice', testId: 'scan-advice', role: 'status' });
  const caption = make('p', { className: 'entry-caption', text: 'No camera picture is shown. The outline follows the sheet.' });
  const root = make('div', { className: 'entry-scan', testId: 'entry-scan' }, make('div', {}, svg as unknown as HTMLElement, caption), make('div', { className: 'entry-meters' }, distance.root, sharpness.root, glare.root, advice));
  let saidAt = 0;
  const say = (text: string, state: 'looking' | 'read' | 'off'): void => { root.dataset.state = state; advice.textContent = text; saidAt = performance.now(); if (state !== 'looking') outline.setAttribute('points', ''); };
  const show = (facts: FrameFacts): void => {
    const { quality } = facts;
    outline.setAttribute('points', facts.outline === null ? '' : points(facts.outline, facts.width, facts.height));
    distance.set(quality.distance ?? 0, distanceWord(quality));
    sharpness.set(quality.sharpness, sharpnessWord(quality));
    glare.set(quality.glare, glareWord(quality));
    root.dataset.perSecond = String(facts.perSecond);
    const text = `Not read yet. ${adviceOf(facts)}`;
    if (advice.textContent !== text && performance.now() - saidAt > CALM_MS) say(text, 'looking');
  };
  return { root, show, say };
};
