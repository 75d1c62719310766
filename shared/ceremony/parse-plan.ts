/**
 * Strict reading of a plan: size, JSON, duplicate keys, shape, rules, and (unless it is a draft) completeness. Never repairs.
 * Form: docs/FORMATS.md, "Plan".
 */
import { visit } from 'jsonc-parser';
import * as v from 'valibot';
import type { Sha256Hex } from '../brand.ts';
import { utf8 } from '../bytes.ts';
import { AppError } from '../errors.ts';
import * as words from '../text/plan.ts';
import { sha256Of } from '../transcript/digest.ts';
import { compactJson } from '../transcript/strict-json.ts';
import { checkPlan } from './check-plan.ts';
import type { PlanFinding, PrepareTask } from './plan-findings.ts';
import { issuesShares } from './people.ts';
import { KEY_KINDS, KEY_PARTS, planSchema } from './plan-schema.ts';
import type { Person, Plan } from './plan-schema.ts';

export const MAX_PLAN_BYTES = 65_536;
const MAX_DEPTH = 16;

const TASKS: Readonly<Record<string, PrepareTask>> = { people: 'roster', quorum: 'quorum', key: 'key', certificate: 'certificate', hsm: 'hsm', pin: 'hsm', sheets: 'sheets', media: 'sheets', materials: 'materials', waivers: 'roster' };
/** What is not here belongs to the ceremony as a whole: title, purpose, the set it stands on, drill. Carriers are chosen with the people. */
const taskOf = (where: string): PrepareTask => (/^people\.\d+\.credential/.test(where) ? 'credentials' : TASKS[where.split('.')[0]!] ?? 'ceremony');
const finding = (code: PlanFinding['code'], where: string, text: string): PlanFinding => ({ code, task: taskOf(where), where, text });

/** Depth of brackets outside strings, so that a hostile file cannot exhaust the stack of a recursive reader. */
const depthOf = (text: string): number => {
  let depth = 0, deepest = 0;
  for (const mark of text.replace(/"(?:[^"\\]|\\.)*"/gs, '').matchAll(/[[\]{}]/g)) {
    depth += mark[0] === '[' || mark[0] === '{' ? 1 : -1;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
};

/** Faults of the text itself: not JSON, or a key twice in one object. */
const checkText = (text: string): readonly PlanFinding[] => {
  if (depthOf(text) > MAX_DEPTH) return [finding('PLAN_NOT_JSON', '', words.planTooDeepText)];
  const findings: PlanFinding[] = [];
  const open: Set<string>[] = [];
  visit(text, {
    onObjectBegin: () => { open.push(new Set()); },
    onObjectEnd: () => { open.pop(); },
    onObjectProperty: (property, _offset, _length, _line, _column, path) => {
      const keys = open.at(-1)!, where = keys.has(property) ? [...path(), property].join('.') : null;
      if (where !== null) findings.push(finding('PLAN_DUPLICATE_KEY', where, words.planDuplicateText(where)));
      keys.add(property);
    },
    onError: (_code, _offset, _length, line, column) => {
      if (!findings.some(({ code }) => code === 'PLAN_NOT_JSON')) findings.push(finding('PLAN_NOT_JSON', '', words.planNotJsonText(line + 1, column + 1)));
    },
  }, { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false });
  return findings;
};

const readJson = (text: string): { readonly raw: unknown } | null => {
  try { return { raw: JSON.parse(text) as unknown }; } catch { return null; }
};

const fromIssue = (issue: v.BaseIssue<unknown>): PlanFinding => {
  const where = v.getDotPath(issue) ?? '';
  if (issue.kind === 'schema' && issue.type === 'strict_object' && issue.expected === 'never') return finding('PLAN_UNKNOWN_FIELD', where, words.planUnknownText(where));
  if (issue.received === 'undefined') return finding('PLAN_FIELD', where, words.planMissingText(where));
  return finding('PLAN_FIELD', where, words.planFieldText(where));
};

/** Names that JavaScript objects inherit ("constructor") pass a strict schema unseen; this compares what was read with what was kept. */
const strays = (raw: unknown, kept: unknown, path: string): readonly string[] => {
  if (typeof raw !== 'object' || raw === null || typeof kept !== 'object' || kept === null) return [];
  return Object.entries(raw).flatMap(([name, value]) => {
    const where = path === '' ? name : `${path}.${name}`;
    return Object.hasOwn(kept, name) ? strays(value, (kept as Record<string, unknown>)[name], where) : [where];
  });
};

const emptyCredential = ({ credential }: Person, where: string): readonly string[] => [
  ...(credential.kind !== 'paper' && credential.publicKey === null ? [`${where}.credential.publicKey`] : []),
  ...(credential.kind === 'token' && credential.serial === null ? [`${where}.credential.serial`] : []),
];
const emptyCard = ({ custody }: Person, where: string): readonly string[] => (custody?.card && custody.card.serial === null ? [`${where}.custody.card.serial`] : []);

/** Places that may be null in a draft only. A ceremony about shares alone opens no token and needs no serial. */
const emptyPlaces = (plan: Plan): readonly string[] => {
  const { kind } = plan.ceremony;
  return [
    ...plan.people.flatMap((person, index) => [...emptyCredential(person, `people.${index}`), ...emptyCard(person, `people.${index}`)]),
    ...(plan.hsm?.module.sha256 === null ? ['hsm.module.sha256'] : []),
    ...(plan.hsm?.serial === null && kind !== 'share-check' && kind !== 'share-destruction' ? ['hsm.serial'] : []),
    ...(issuesShares(plan) && plan.hsm?.secondSerial === null ? ['hsm.secondSerial'] : []),
  ];
};

/** A ceremony about a key has all of its parts, one about the archive none. */
const strayParts = (plan: Plan): readonly PlanFinding[] => {
  const isAboutKey = (KEY_KINDS as readonly string[]).includes(plan.ceremony.kind);
  return KEY_PARTS.filter((part) => (plan[part] !== undefined) !== isAboutKey).map((part) => (isAboutKey
    ? finding('PLAN_FIELD', part, words.planMissingText(part)) : finding('PLAN_UNKNOWN_FIELD', part, words.planUnknownText(part))));
};

const parseShape = (raw: unknown): { readonly plan: Plan | null; readonly findings: readonly PlanFinding[] } => {
  const read = v.safeParse(planSchema, raw);
  if (!read.success) return { plan: null, findings: read.issues.map(fromIssue) };
  const unknown = strays(raw, read.output, '').map((where) => finding('PLAN_UNKNOWN_FIELD', where, words.planUnknownText(where)));
  if (unknown.length > 0) return { plan: null, findings: unknown };
  const misplaced = strayParts(read.output);
  if (misplaced.length > 0) return { plan: null, findings: misplaced };
  return compactJson(read.output) === null ? { plan: null, findings: [finding('PLAN_FIELD', '', words.planEncodingText)] } : { plan: read.output, findings: [] };
};

export interface ReadPlan { readonly plan: Plan | null; readonly findings: readonly PlanFinding[] }

/**
 * @param text the file's UTF-8 text, as it is.
 * @param options with `draft`, null is allowed where enrolment or the token has not filled it in.
 * @returns `plan` is set when the shape is right: for a draft with whatever rule findings there are, else only when nothing was found.
 */
export const parsePlan = (text: string, options: { readonly draft: boolean }): ReadPlan => {
  const bytes = utf8(text).length;
  if (bytes > MAX_PLAN_BYTES) return { plan: null, findings: [finding('PLAN_TOO_LARGE', '', words.planTooLargeText(bytes))] };
  const faults = checkText(text);
  if (faults.length > 0) return { plan: null, findings: faults };
  const json = readJson(text);
  if (json === null) return { plan: null, findings: [finding('PLAN_NOT_JSON', '', words.planNotJsonText(1, 1))] };
  const { plan, findings } = parseShape(json.raw);
  if (plan === null) return { plan, findings };
  const broken = checkPlan(plan).map(({ rule, where, text: offence }): PlanFinding => ({ ...finding('PLAN_RULE', where, offence), rule }));
  const empty = options.draft ? [] : emptyPlaces(plan).map((where) => finding('PLAN_INCOMPLETE', where, words.planIncompleteText(where)));
  const all = [...broken, ...empty];
  return { plan: options.draft || all.length === 0 ? plan : null, findings: all };
};

/** The plan as the app writes it: two-space JSON in the schema's order, and a newline. A plan written by hand may look otherwise. */
export const encodePlan = (plan: Plan): string => `${JSON.stringify(v.parse(planSchema, plan), null, 2)}\n`;

/** SHA-256 over the UTF-8 text as it is: what the room compares, and line 0 holds. */
export const planDigest = (text: string): Sha256Hex => sha256Of(utf8(text));

/** A frozen plan, complete and sound. @throws the code of its first finding, with `where` */
export const frozenPlan = (text: string): Plan => {
  const { plan, findings } = parsePlan(text, { draft: false });
  if (plan === null) throw new AppError(findings[0]?.code ?? 'PLAN_FIELD', { where: findings[0]?.where ?? '' });
  return plan;
};
