/** The three ways a share can come: scanned, from a picture file, typed. Radio buttons and one panel for each; whoever cannot use a pointer gets along with Tab and arrows. */
import type { ShareWay } from '../../shared/vault/contract.ts';
import { make } from './make.ts';
import { makeViewfinder, type Viewfinder } from './viewfinder.ts';

export interface Ways {
  readonly root: HTMLElement;
  readonly finder: Viewfinder;
  readonly file: HTMLInputElement;
  readonly nextCamera: HTMLButtonElement;
  /** What is said about the picture file. */
  readonly fileState: HTMLElement;
  readonly chosen: () => ShareWay | null;
  /** Chooses a way and puts the focus where the person begins. */
  choose(way: ShareWay): void;
}

const NAMES: Readonly<Record<ShareWay, string>> = { scan: 'Scan with the camera', image: 'Picture file', type: 'Type the four lines' };

const makeRadio = (way: ShareWay): { readonly label: HTMLElement; readonly input: HTMLInputElement } => {
  const input = make('input', { testId: `entry-way-${way}`, id: `way-${way}` });
  Object.assign(input, { type: 'radio', name: 'way', value: way });
  const name = make('label', { text: NAMES[way] });
  name.htmlFor = input.id;
  return { label: make('div', { className: 'entry-way' }, input, name), input };
};

const filePanel = (): { readonly root: HTMLElement; readonly file: HTMLInputElement; readonly fileState: HTMLElement } => {
  const file = make('input', { className: 'entry-file', testId: 'entry-file', id: 'picture' });
  Object.assign(file, { type: 'file', accept: 'image/png,image/jpeg' });
  const label = make('label', { className: 'entry-label', text: 'Picture of the sheet, PNG or JPEG' });
  label.htmlFor = file.id;
  const fileState = make('p', { className: 'entry-caption', testId: 'entry-file-state', role: 'status' });
  return { file, fileState, root: make('div', { className: 'entry-picture' }, label, file, make('p', { className: 'entry-caption', text: 'The picture is not shown. A file that holds a share is a copy of it: delete it, and destroy what it was on, as you would the sheet.' }), fileState) };
};

/** @param lines the panel with the four lines @param onChange called with each choice, also the first */
export const makeWays = (ways: readonly ShareWay[], lines: HTMLElement, onChange: (way: ShareWay) => void): Ways => {
  const finder = makeViewfinder(), { root: picture, file, fileState } = filePanel();
  const nextCamera = make('button', { className: 'entry-button entry-small', text: 'Use the next camera', testId: 'entry-next-camera' });
  nextCamera.type = 'button';
  nextCamera.hidden = true;
  const panels: Readonly<Record<ShareWay, HTMLElement>> = { scan: make('div', {}, finder.root, nextCamera), image: picture, type: lines };
  const radios = ways.map(makeRadio), choices = make('fieldset', { className: 'entry-ways' }, make('legend', { text: 'How it is read' }), ...radios.map(({ label }) => label));
  const chosen = (): ShareWay | null => (radios.find(({ input }) => input.checked)?.input.value as ShareWay | undefined) ?? null;
  const show = (): void => {
    const way = chosen();
    for (const one of Object.keys(panels) as ShareWay[]) panels[one].hidden = one !== way;
    if (way !== null) onChange(way);
  };
  const begin = (): void => {
    const way = chosen();
    (way === 'type' ? lines.querySelector('input') : way === 'image' ? file : radios.find(({ input }) => input.checked)?.input)?.focus();
  };
  // Whoever walks through the ways with the arrow keys stays on them; whoever presses one begins.
  let walking = false;
  choices.addEventListener('keydown', ({ key }) => { walking = key.startsWith('Arrow'); });
  choices.addEventListener('pointerdown', () => { walking = false; });
  for (const { input } of radios) input.addEventListener('change', () => { show(); if (!walking) begin(); });
  choices.hidden = ways.length < 2;
  for (const panel of Object.values(panels)) panel.hidden = true;
  const choose = (way: ShareWay): void => { const radio = radios.find(({ input }) => input.value === way); if (radio) { radio.input.checked = true; show(); begin(); } };
  return { root: make('div', { className: 'entry-share' }, choices, ...ways.map((way) => panels[way])), finder, file, fileState, nextCamera, chosen, choose };
};
