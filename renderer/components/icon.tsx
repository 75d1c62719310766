/** Icons: 24-pixel strokes in the colour of the word beside them. An icon never stands alone, so it is always hidden from readers. */
import type { ReactNode } from 'react';
import styles from './icon.module.css';

const SHAPES = {
  done: <path d="M4 12.5l5.5 5.5L20 6.5"/>,
  now: <path d="M6 3l14 9-14 9z" fill="currentColor" stroke="none"/>,
  wait: <circle cx="12" cy="12" r="8"/>,
  notyet: <path d="M5 12h14"/>,
  check: <path d="M12 3.5L22 20.5H2zM12 10v4.5M12 17.2v.4"/>,
  kcheck: <path d="M4 4h16v16H4zM8 12l3 3 5.5-6"/>,
  stop: <path d="M4 4h16v16H4z" fill="currentColor" stroke="none"/>,
  note: <path d="M4 20l1-5L16 4l4 4L9 19zM14 6l4 4"/>,
  x: <path d="M5 5l14 14M19 5L5 19"/>,
  half: <><circle cx="12" cy="12" r="8"/><path d="M12 4a8 8 0 010 16z" fill="currentColor"/></>,
  pause: <path d="M7 4v16M17 4v16"/>,
  lock: <path d="M5 11h14v9H5zM8 11V7a4 4 0 018 0v4"/>,
  gap: <path d="M9 4v5M15 4v5M6 9h12v3a6 6 0 01-12 0zM12 18v3M3 3l18 18"/>,
  hsm: <path d="M8 3h8v6H8zM6 9h12v12H6z"/>,
  rec: <path d="M5 3h10l4 4v14H5zM9 12h6M9 16h6"/>,
  down: <path d="M9 5l7 7-7 7"/>,
  say: <path d="M4 5h16v11H11l-5 4v-4H4z"/>,
  sign: <path d="M3 20.5h18M4 15.5c3-2 7-11 9-10.5s-4 9.5-2 9.5 3-4 5-4 0 4 4 3" strokeWidth="2"/>,
  mach: <path d="M5 5h14v14H5zM9 9h6v6H9zM9 2v3M15 2v3M9 19v3M15 19v3M2 9h3M2 15h3M19 9h3M19 15h3"/>,
  sheet: <path d="M6 3h12v18H6zM6 9h12M6 15h12"/>,
  card: <path d="M3 6h18v12H3zM6 10h4v4H6z"/>,
  dest: <path d="M4 4l16 16M20 4L4 20M4 12h16"/>,
} as const satisfies Record<string, ReactNode>;
export type IconName = keyof typeof SHAPES;

export const Icon = ({ name }: { readonly name: IconName }) => (
  <svg className={styles.icon} viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="2.4" strokeLinecap="square" strokeLinejoin="miter" aria-hidden="true">
    {SHAPES[name]}
  </svg>
);
