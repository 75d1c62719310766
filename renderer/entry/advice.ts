/** What the person at the camera is told: one sentence that helps most, and a word for each meter. Pure. */
import type { FrameFacts, Refused } from './scan/messages.ts';
import type { Quality } from './scan/quality.ts';

/** Below this a symbol has too few pixels a module; the last level is more than fits. */
const READABLE = 3, TOO_BIG = 8, SHARP = 3, SHINY = 3;

export const distanceWord = ({ distance }: Quality): string => (distance === null ? 'No symbol seen' : distance < READABLE ? 'Come closer' : distance >= TOO_BIG ? 'Move back' : 'Good');
export const sharpnessWord = ({ sharpness }: Quality): string => (sharpness < SHARP ? 'Blurred' : 'Good');
export const glareWord = ({ glare }: Quality): string => (glare >= SHINY ? 'High' : 'Low');

export const adviceOf = ({ quality }: Pick<FrameFacts, 'quality'>): string => {
  if (quality.glare >= SHINY && quality.glareAt !== null) return `Too much glare on the ${quality.glareAt}. Tilt the sheet.`;
  if (quality.distance === null) return 'Hold the sheet so that one of its two symbols is inside the frame.';
  if (quality.distance < READABLE) return 'Come closer.';
  if (quality.distance >= TOO_BIG) return 'Move back a little.';
  return quality.sharpness < SHARP ? 'Hold still, until the camera has found its focus.' : 'Hold still. Either of the two symbols will do.';
};

/** Details of SHARE_NOT_A_SHARE, so that page and vault use the same words. */
export const refusedDetails = (reason: Refused): Readonly<Record<string, string>> =>
  reason === 'blind' ? { blind: 'yes' } : reason === 'not-blind' ? { blind: 'no' } : { reason };
