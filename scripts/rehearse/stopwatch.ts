/**
 * Measures in the window itself how long the application was at work in each step: from an action until the run screen is no longer
 * busy. The time in which an entry window is open is counted apart: a person is at the desk, types, and has a credential opened there.
 */
import type { Page } from 'playwright-core';

export interface StepTime { readonly id: string; readonly machineMs: number; readonly entryMs: number }

/** The recorder's own life in the page; nothing of the application reads or needs it. */
interface Recorder { idles: number; busy: boolean; times: Record<string, { machineMs: number; entryMs: number }>; settled: (after: number) => Promise<void> }
declare global { interface Window { quorateStopwatch?: Recorder } }

/** Runs in the page. */
const install = (): void => {
  if (window.quorateStopwatch) return;
  const waiting: (() => void)[] = [];
  const recorder: Recorder = {
    idles: 0, busy: false, times: {},
    settled: (after) => new Promise((resolve) => {
      const look = (): void => { if (recorder.idles > after && !recorder.busy) resolve(); else waiting.push(look); };
      look();
    }),
  };
  let counts: 'machineMs' | 'entryMs' = 'machineMs', step = '', since = performance.now();
  const spend = (): void => {
    const now = performance.now(), spent = now - since;
    since = now;
    if (!recorder.busy || step === '') return;
    (recorder.times[step] ??= { machineMs: 0, entryMs: 0 })[counts] += spent;
  };
  const look = (): void => {
    const run = document.querySelector<HTMLElement>('[data-testid="run"]');
    spend();
    const was = recorder.busy;
    recorder.busy = run?.dataset.busy === 'true';
    if (run !== null) step = run.dataset.step === '' ? run.dataset.kind ?? '' : run.dataset.step ?? '';
    if (was && !recorder.busy) { recorder.idles += 1; for (const again of waiting.splice(0)) again(); }
  };
  new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-busy', 'data-step'] });
  const api = (window as unknown as { quorate: { on(event: string, listener: (snapshot: { activity: { kind: string } | null }) => void): void } }).quorate;
  api.on('ceremony.changed', ({ activity }) => {
    spend();
    counts = activity?.kind === 'entry' ? 'entryMs' : 'machineMs';
  });
  window.quorateStopwatch = recorder;
  look();
};

export const startStopwatch = async (page: Page): Promise<void> => { await page.evaluate(install); };

/** Nothing takes longer, an RSA-4096 key on a busy machine included. */
const LONGEST_WORK_MS = 180_000;
const within = async (work: Promise<void>): Promise<void> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => { timer = setTimeout(() => { reject(new Error(`the application was not at rest after ${LONGEST_WORK_MS / 1000} s`)); }, LONGEST_WORK_MS); });
  try { await Promise.race([work, late]); } finally { clearTimeout(timer); }
};

/** Does `press` and comes back when the application has been busy and is at rest again. */
export const untilSettled = async (page: Page, press: () => Promise<void>): Promise<void> => {
  const before = await page.evaluate(() => window.quorateStopwatch!.idles);
  await press();
  await within(page.evaluate(async (after) => { await window.quorateStopwatch!.settled(after); }, before));
};

export const readStopwatch = async (page: Page): Promise<readonly StepTime[]> => {
  const times = await page.evaluate(() => window.quorateStopwatch?.times ?? {});
  return Object.entries(times).map(([id, time]) => ({ id, machineMs: Math.round(time.machineMs), entryMs: Math.round(time.entryMs) }));
};
