/** What must hold when a killed recovery or re-share has been taken to its end: nothing lost, nothing left on a token, card or medium that no entry explains. */
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { cardLabel } from '../../shared/custody/card-container.ts';
import { keyPlan } from '../../shared/ceremony/people.ts';
import type { Plan } from '../../shared/ceremony/plan-schema.ts';
import type { Entry, TokenObject } from '../../shared/transcript/entry-schema.ts';
import { bodies, checkFolder, checkSheets, linesOf, sha256, told } from './check-ending.ts';
import type { Ending } from './child.ts';

/** What lay on tokens and cards before the ceremony began, by serial. */
export type Objects = Readonly<Record<string, readonly TokenObject[]>>;
const text = (objects: readonly TokenObject[]): string => objects.map((object) => `${object.class} ${object.id} ${object.label}`).toSorted().join(', ');

const resultsOf = (entries: readonly Entry[]) => bodies(entries, 'result').map(({ outcome }) => outcome);
const intentsOf = (entries: readonly Entry[]) => bodies(entries, 'intent').map(({ intent }) => intent);
const count = (entries: readonly Entry[], kind: string): number => resultsOf(entries).filter((outcome) => outcome.kind === kind).length;

/** A re-share leaves every token as it was; a recovery puts one key pair on its target, and nothing anywhere else. */
const checkTokens = ({ objects }: Ending, before: Objects, plan: Plan, entries: readonly Entry[]): string[] => {
  const cards = cardsOf(plan), target = plan.ceremony.kind === 'recovery' ? keyPlan(plan).hsm.serial : null;
  const pair = ['private-key', 'public-key'].map((name) => `${name} ${plan.source!.key.keyId} ${keyPlan(plan).key.label}`).join(', ');
  const faults = Object.keys(objects).filter((serial) => !cards.includes(serial))
    .flatMap((serial) => (text(objects[serial]!) === (serial === target ? pair : text(before[serial] ?? [])) ? [] : [`token ${serial} holds ${text(objects[serial]!) || 'nothing'}`]));
  const made = count(entries, plan.ceremony.kind === 'recovery' ? 'restore' : 'prove-restore');
  return made === 1 ? faults : [...faults, `${made} restores`];
};

const cardsOf = (plan: Plan): readonly string[] => plan.people.flatMap(({ custody }) => (custody?.card?.serial ? [custody.card.serial] : []));
/** After a recovery the old share; after a re-share the new one alone, since every old copy was destroyed and void sets are erased. */
const checkCards = ({ objects }: Ending, before: Objects, plan: Plan, entries: readonly Entry[]): string[] => {
  const made = resultsOf(entries).findLast((outcome) => outcome.kind === 'split'), writes = intentsOf(entries).flatMap((intent) => (intent.kind === 'write-card' ? [intent] : []));
  return cardsOf(plan).flatMap((serial) => {
    const last = writes.findLast((intent) => intent.serial === serial);
    const right = plan.ceremony.kind === 'recovery' ? text(before[serial] ?? []) : `data  ${cardLabel(made?.setName ?? '', last?.share ?? 0)}`;
    return text(objects[serial] ?? []) === right ? [] : [`card ${serial} holds ${text(objects[serial] ?? []) || 'nothing'}, not ${right}`];
  });
};

const filesOn = (dir: string, number: number): readonly string[] => { const at = path.join(dir, 'media', String(number)); return existsSync(at) ? readdirSync(at).map((name) => path.join(at, name)) : []; };
const oldFile = (dir: string, plan: Plan, number: number): string => path.join(dir, 'media', String(number), plan.source!.wrapped!.fileName);

/** Whatever moment it is: what the transcript does not call destroyed, or being destroyed, is there and whole. */
export const checkOldWrapped = (dir: string, plan: Plan, transcript: string): string[] => {
  const whole = linesOf(transcript).filter((line) => line.endsWith('}')).flatMap((line) => { try { return [JSON.parse(line) as Entry]; } catch { return []; } });
  const begun = intentsOf(whole).flatMap((intent) => (intent.kind === 'destroy-copy' && intent.copy.kind === 'medium' ? [intent.copy.number] : []));
  return plan.source!.wrapped!.media.filter((number) => !begun.includes(number))
    .flatMap((number) => { const file = oldFile(dir, plan, number); return existsSync(file) && sha256(file) === plan.source!.wrapped!.sha256 ? [] : [`the old wrapped key on medium ${number} is gone before it was accounted for`]; });
};

const checkMedia = (dir: string, plan: Plan, entries: readonly Entry[]): string[] => {
  const { wrapped } = plan.source!;
  if (plan.ceremony.kind === 'recovery') return checkOldWrapped(dir, plan, '');
  const made = resultsOf(entries).findLast((outcome) => outcome.kind === 'rewrap');
  const gone = wrapped!.media.filter((number) => existsSync(oldFile(dir, plan, number))).map((number) => `the old wrapped key is still on medium ${number}`);
  const files = Array.from({ length: keyPlan(plan).media }, (_, index) => filesOn(dir, index + 1));
  return files.every((on) => on.length === 1 && sha256(on[0]!) === made?.sha256) ? gone : [...gone, `media hold ${files.flat().join(', ')}`];
};

/** Each copy once, and no copy that the ceremony does not know. */
const checkAccounts = (plan: Plan, entries: readonly Entry[]): string[] => {
  const said = bodies(entries, 'copy-accounted').map(({ copy }) => JSON.stringify(copy)), known = plan.source!.copies.map(({ copy }) => JSON.stringify(copy));
  const faults = new Set(said).size === said.length && said.every((copy) => known.includes(copy)) ? [] : ['a copy was accounted for twice, or is not known'];
  const expected = plan.ceremony.kind === 're-share' ? known.length : plan.source!.set.threshold;
  return said.length === expected ? faults : [...faults, `${said.length} of ${expected} copies accounted for`];
};

/** @returns what is wrong, one sentence each; empty when all is right. */
export const checkCustody = async (dir: string, ending: Ending, acknowledged: string, before: Objects): Promise<readonly string[]> => {
  const { plan, entries } = told(ending), isReShare = plan.ceremony.kind === 're-share';
  return [
    ...(ending.outcome === 'completed' ? [] : [`ended ${ending.outcome}`]), ...await checkFolder(dir, ending, acknowledged),
    ...checkTokens(ending, before, plan, entries), ...checkCards(ending, before, plan, entries), ...checkMedia(dir, plan, entries), ...checkAccounts(plan, entries),
    ...(isReShare ? checkSheets(path.join(dir, 'shares', path.basename(ending.folder)), plan.people.filter(({ role }) => role === 'custodian').length, entries) : []),
    ...(bodies(entries, 'set-superseded').length === (isReShare ? 1 : 0) ? [] : ['superseded more or less than once']),
  ];
};
