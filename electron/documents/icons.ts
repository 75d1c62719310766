/** Small line drawings beside words. A state or kind is never an icon alone. */
import { trusted } from './html.ts';
import type { Html } from './html.ts';

const PATHS = {
  say: 'M4 5h16v11H11l-5 4v-4H4z', people: 'M8 11a3.5 3.5 0 100-7 3.5 3.5 0 000 7zM2 20c0-4 3-6 6-6s6 2 6 6M16 5.500a3 3 0 010 5.500M17.500 14.500c2.500.6 4 2.500 4 5.500',
  check: 'M4 4h16v16H4zM8 12l3 3 5.5-6', machine: 'M5 5h14v14H5zM9 9h6v6H9zM9 2v3M15 2v3M9 19v3M15 19v3M2 9h3M2 15h3M19 9h3M19 15h3',
  login: 'M5 11h14v9H5zM8 11V7a4 4 0 018 0v4', sign: 'M3 20.5h18M4 15.5c3-2 7-11 9-10.5s-4 9.5-2 9.5 3-4 5-4 0 4 4 3',
  handover: 'M6 3h12v18H6zM6 9h12M6 15h12', note: 'M4 20l1-5L16 4l4 4L9 19zM14 6l4 4', warn: 'M12 3.5L22 20.5H2zM12 10v4.5M12 17.2v.4',
} as const;
export type IconName = keyof typeof PATHS;

export const icon = (name: IconName): Html =>
  trusted(`<svg class="i" aria-hidden="true" viewBox="0 0 24 24" fill="none" stroke="#000" stroke-width="2.2" stroke-linecap="square" stroke-linejoin="miter"><path d="${PATHS[name]}"/></svg>`);
