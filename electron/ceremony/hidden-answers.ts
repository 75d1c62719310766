/**
 * What two people are to read from the thing itself is not sent to the window before both have answered: neither the expected value nor
 * what the first of them typed (FORMATS.md, 2.2). SECURITY: CHK-1 the window cannot show what it does not have. The journal keeps both; only the copy that is pushed is changed.
 */
import { materialSaid } from '../../shared/ceremony/materials.ts';
import { stepOf } from '../../shared/ceremony/select.ts';
import type { CheckStep } from '../../shared/ceremony/script-types.ts';
import type { CeremonyState } from '../../shared/ceremony/state.ts';
import { linksOf } from '../../shared/transcript/links.ts';
import type { Snapshot } from '../../shared/ipc/snapshot.ts';

const NO_DIGEST = '0'.repeat(64);
export const HIDDEN = '(hidden now)';
type Hidden = readonly (readonly [value: string, shown: string])[];
const pair = (value: string | null | undefined, shown: string): Hidden => (value === null || value === undefined || value === '' ? [] : [[value, shown]]);

/** The values that give the answer away, and what stands in their place. */
const hiddenOf = ({ opening, key, plan }: CeremonyState, check: CheckStep['check']): Hidden => {
  switch (check) {
    case 'plan-words': return pair(opening?.planSha256, NO_DIGEST);
    case 'previous-head': return linksOf(opening?.previous ?? null).flatMap(({ head }) => pair(head, NO_DIGEST));
    case 'key-words': return [...pair(key?.spkiSha256, NO_DIGEST), ...pair(key?.spki, 'AA==')];
    case 'hsm-serial': return pair(plan.hsm?.serial, HIDDEN);
    case 'wall-clock': return [];
  }
};
/** A short value may be part of a word that has nothing to do with it. */
const SHORT = 4;
const cover = (text: string, hidden: Hidden): string => hidden.reduce((left, [value, shown]) => (value.length < SHORT ? (left === value ? shown : left) : left.replaceAll(value, shown)), text);
const covered = <T>(value: T, hidden: Hidden): T => {
  if (typeof value === 'string') return cover(value, hidden) as T;
  if (Array.isArray(value)) return value.map((one: unknown) => covered(one, hidden)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, covered(one as unknown, hidden)])) as T;
};

/** Until the round is compared, what was typed in it is nobody else's to see. */
const withoutFirstAnswer = (state: CeremonyState, step: CheckStep): CeremonyState => {
  const given = state.answers[step.id];
  return given === undefined ? state : { ...state, answers: { ...state.answers, [step.id]: given.map((one) => (one.matches === null ? { ...one, value: '' } : one)) } };
};

/** The bags last recorded of things that both people have not read yet, and those that were sealed for a break that goes on. */
const withoutBags = (state: CeremonyState): CeremonyState => {
  const { plan, pause } = state, { materials = [] } = plan;
  if (materials.length === 0 && (pause === null || pause.sealed.length === 0)) return state;
  return { ...state, pause: pause && { ...pause, sealed: pause.sealed.map(() => HIDDEN) }, plan: materials.length === 0 ? plan : { ...plan, materials: materials.map((item) => (item.bag === null || materialSaid(state, item.id, 'in') !== null ? item : { ...item, bag: HIDDEN })) } };
};

/** @returns the snapshot as the window may have it. Where one person answers (plans of format 1) it is unchanged. */
export const hideAnswers = (told: Snapshot): Snapshot => {
  const step = stepOf(told.state), state = withoutBags(told.state), snapshot = state === told.state ? told : { ...told, state };
  if (step?.kind !== 'check' || step.answeredBy === undefined) return snapshot;
  const hidden = hiddenOf(snapshot.state, step.check), { planSha256, rows, hsm } = snapshot;
  return { ...snapshot, state: covered(withoutFirstAnswer(snapshot.state, step), hidden), ...covered({ planSha256, rows, hsm }, hidden) };
};
