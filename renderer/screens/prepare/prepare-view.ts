/** What the Prepare screen says of a plan. Pure. */
import { PREPARE_TASKS, type PrepareTask } from '../../../shared/ceremony/plan-findings.ts';
import { custodiansOf, custodyOf, hasRoomProtocol, isKeyPlan } from '../../../shared/ceremony/people.ts';
import { sharesAreMade } from '../../../shared/ceremony/plan-rules-source.ts';
import type { KeyPlan, Plan } from '../../../shared/ceremony/plan-schema.ts';
import { profileName } from '../../../shared/text/script.ts';
import type { IconName } from '../../components/icon.tsx';
import type { Tone } from '../../components/parts.tsx';
import type { Pip } from '../../components/pips.tsx';
import { CARRIER_NAMES } from '../../text/custody.ts';
import { isCharterPlan } from './charter-form.ts';
import { CHARTER_TASK_NAMES, CHARTER_TASKS, charterSummary, type Task, type TaskFinding } from './charter-view.ts';
import { materialsSummary } from './materials-form.ts';
import { stayAway } from './plan-form.ts';

export interface TaskStatus { readonly icon: IconName; readonly tone: Tone; readonly word: string; readonly done: boolean }

export const findingsOf = (findings: readonly TaskFinding[], task: Task): readonly TaskFinding[] => findings.filter((finding) => finding.task === task);

export const taskStatus = (findings: readonly TaskFinding[], task: Task): TaskStatus => {
  const own = findingsOf(findings, task);
  if (own.length === 0) return { icon: 'done', tone: 'done', word: 'Completed', done: true };
  if (own.every((finding) => finding.code === 'PLAN_INCOMPLETE')) return { icon: 'wait', tone: 'plain', word: 'Not finished', done: false };
  return { icon: 'check', tone: 'wait', word: 'There is a problem', done: false };
};
export const openTasks = (findings: readonly TaskFinding[]): number => new Set(findings.map(({ task }) => task)).size;

const TASK_NAMES: Readonly<Record<Task, string>> = {
  ceremony: 'Ceremony', roster: 'Roster', quorum: 'Quorum policy', key: 'Key profile', certificate: 'Certificate', hsm: 'HSM and PIN', sheets: 'Shares, cards and media', materials: 'Materials', credentials: 'Credentials', room: 'People in the room',
};
const isCharterTask = (task: Task): task is (typeof CHARTER_TASKS)[number] => CHARTER_TASKS.some((one) => one === task);
export const taskName = (plan: Plan, task: Task): string => (isCharterPlan(plan) && isCharterTask(task) ? CHARTER_TASK_NAMES[task] : TASK_NAMES[task]);

/** Tasks a kind of ceremony asks for; a task that has a finding is always shown, so that it can be mended. */
export const tasksOf = (plan: Plan, findings: readonly TaskFinding[]): readonly Task[] => {
  const isFound = (task: Task): boolean => findings.some((finding) => finding.task === task), room = hasRoomProtocol(plan);
  if (isCharterPlan(plan)) return [...CHARTER_TASKS.filter((task) => task !== 'materials' || room || isFound(task)), ...PREPARE_TASKS.filter((task) => !isCharterTask(task) && isFound(task))];
  const { kind } = plan.ceremony;
  const made = sharesAreMade(plan), aboutKey = isKeyPlan(plan), newKey = aboutKey && plan.source === undefined;
  const asked: Readonly<Record<PrepareTask, boolean>> = {
    ceremony: true, roster: true, quorum: made || kind === 'share-destruction', key: newKey, certificate: newKey,
    hsm: aboutKey && kind !== 'share-check' && kind !== 'share-destruction', sheets: made, materials: room, credentials: true,
  };
  return PREPARE_TASKS.filter((task) => asked[task] || isFound(task));
};
const carriers = (plan: Plan): string => {
  const on = custodiansOf(plan).map((person) => custodyOf(person).carrier);
  const parts = (['paper', 'card', 'both'] as const).flatMap((carrier) => { const count = on.filter((one) => one === carrier).length; return count === 0 ? [] : [`${CARRIER_NAMES[carrier].toLowerCase()} for ${count}`]; });
  return parts.join(', ');
};
const PIN_WORDS: Readonly<Record<KeyPlan['pin']['control'], string>> = { single: '', halves: '', quorum: ', PIN goes to a quorum', 'held-by-quorum': ', PIN held by quorum' };

const years = ({ certificate }: KeyPlan): string => {
  const span = Number(certificate.notAfter.slice(0, 4)) - Number(certificate.notBefore.slice(0, 4));
  return Number.isFinite(span) ? `${span} years` : 'no dates yet';
};
const keySummaryOf = (plan: KeyPlan, task: 'key' | 'certificate' | 'hsm'): string => {
  const { key, certificate, hsm, pin } = plan;
  switch (task) {
    case 'key': return `${key.label || 'no label yet'}, ${profileName(key.profile)}, ${key.backup.kind === 'split' ? 'backup by split' : 'no backup'}`;
    case 'certificate': return `${certificate.subject.commonName || 'no name yet'}, ${years(plan)}`;
    case 'hsm': return hsm.serial ? `${hsm.serial}${hsm.secondSerial ? `, second token ${hsm.secondSerial}` : ''}${hsm.software ? ', software' : ''}${PIN_WORDS[pin.control]}` : 'No token chosen yet';
  }
};
/** One line under each task. */
export const summaryOf = (plan: Plan, task: Task): string => {
  if (isCharterPlan(plan) && isCharterTask(task)) return charterSummary(plan, task);
  const custodians = plan.people.filter((person) => person.role === 'custodian').length;
  switch (task) {
    case 'ceremony': return [plan.ceremony.title, plan.ceremony.organisation, plan.ceremony.date].filter((part) => part !== '').join(', ');
    case 'roster': return `${custodians} custodians, ${plan.people.length - custodians} others${stayAway(plan).length > 0 ? `; ${stayAway(plan).length} of the set’s holders stay away` : ''}`;
    case 'quorum': return `Any ${plan.quorum.threshold} of ${plan.quorum.shares}`;
    case 'key': case 'certificate': case 'hsm': return isKeyPlan(plan) ? keySummaryOf(plan, task) : 'Not part of this ceremony';
    case 'sheets': return `${carriers(plan)}; ${plan.sheets.paper}, ${plan.sheets.printer.kind === 'folder' ? 'to a folder' : `print queue ${plan.sheets.printer.queue}`}${plan.sheets.test ? ', tested first' : ''}${plan.media === undefined ? '' : `, ${plan.media} ${plan.media === 1 ? 'medium' : 'media'}`}`;
    case 'materials': return materialsSummary(plan);
    case 'room': return `${plan.people.length} people`;
    case 'credentials': return `${plan.people.filter((person) => person.credential.kind === 'paper' || person.credential.publicKey !== null).length} of ${plan.people.length} people ready`;
  }
};

/** "Any 3 of 5 can recover the key." and what follows from it. */
export const quorumSentences = (threshold: number, shares: number): readonly [string, string] => {
  const spare = shares - threshold;
  const lose = spare <= 0 ? 'No share may be lost.' : `You can lose ${spare} ${spare === 1 ? 'share' : 'shares'} and still recover.`;
  const warn = threshold * 2 <= shares ? ' Two separate groups could each act without the other.' : '';
  return [`Any ${threshold} of ${shares} can recover the key.`, `${threshold} acting together could use it without the others. ${lose}${warn}`];
};

export interface WhatIfRow { readonly absent: number; readonly who: string; readonly pips: readonly Pip[]; readonly verdict: 'can' | 'just' | 'cannot'; readonly margin: string }
const WHO = ['nobody', 'any one', 'any two', 'any three', 'any four'] as const;
/** Rows from nobody absent to the first number with which nothing goes any more. */
export const whatIfRows = (threshold: number, shares: number): readonly WhatIfRow[] => {
  const spare = Math.max(0, shares - threshold);
  const shown = spare > 3 ? [0, 1, spare, spare + 1] : Array.from({ length: spare + 2 }, (_, absent) => absent);
  return shown.map((absent) => {
    const left = shares - absent - threshold;
    const pips = Array.from({ length: shares }, (_, index): Pip => (index < shares - absent ? 'there' : 'lost'));
    return { absent, who: WHO[absent] ?? `any ${absent}`, pips, verdict: left > 0 ? 'can' : left === 0 ? 'just' : 'cannot', margin: left > 0 ? String(left) : left === 0 ? 'zero' : '–' };
  });
};
