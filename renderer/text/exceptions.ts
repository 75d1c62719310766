/** Words of exceptions and pauses. */
import type { Body } from '../../shared/transcript/entry-schema.ts';

export const EXCEPTION_NAMES: Readonly<Record<Body<'exception'>['kind'], string>> = {
  deviation: 'Deviation from the script', 'equipment-fault': 'Equipment fault', 'person-change': 'Person change', interruption: 'Interruption', correction: 'Wrong entry corrected', note: 'Note',
};
export const EFFECT_NAMES: Readonly<Record<Body<'exception'>['effect'], string>> = { none: 'None', uncertain: 'Uncertain', 'not-usable': 'Result not usable' };
export const PAUSE_NAMES: Readonly<Record<Body<'paused'>['reason'], string>> = { break: 'Break', objection: 'Objection', fault: 'Equipment fault', 'air-gap': 'Air gap broken' };
