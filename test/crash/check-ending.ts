/** What must hold when a killed ceremony has been resumed to its end: nothing lost, nothing done twice. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { keyPlan } from '../../shared/ceremony/people.ts';
import type { Plan } from '../../shared/ceremony/plan-schema.ts';
import type { Body, Entry } from '../../shared/transcript/entry-schema.ts';
import { verifyPath } from '../../electron/verify/verify.ts';
import { SECRETS } from '../support/headless-room.ts';
import { search } from '../support/secrets-search.ts';
import type { Ending } from './child.ts';

export const sha256 = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');
export const linesOf = (file: string): string[] => (existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter((line) => line.length > 0) : []);
export type Bodies<T extends Entry['type']> = readonly Body<T>[];
export const bodies = <T extends Entry['type']>(entries: readonly Entry[], type: T): Bodies<T> => entries.filter((entry) => entry.type === type).map((entry) => entry.body as Body<T>);

/** Lines an ended process had acknowledged must be in the transcript, in order, byte for byte. */
const checkAcknowledged = (transcript: readonly string[], acknowledged: readonly string[]): string[] => {
  const places = acknowledged.map((line) => transcript.indexOf(line));
  return places.every((place, index) => place >= 0 && (index === 0 || place > places[index - 1]!)) ? [] : ['an acknowledged entry is lost'];
};

const checkTokens = (ending: Ending, plan: Plan, entries: readonly Entry[]): string[] => {
  const { hsm, key } = keyPlan(plan);
  const results = bodies(entries, 'result').map(({ outcome }) => outcome);
  const made = results.filter((outcome) => outcome.kind === 'generate-key').length;
  const intents = bodies(entries, 'intent').map(({ intent }) => intent);
  const keyId = intents.findLast((intent) => intent.kind === 'generate-key')?.keyId;
  const faults = made === 1 ? [] : [`${made} keys were made`];
  for (const serial of [hsm.serial!, hsm.secondSerial!]) {
    const found = (ending.objects[serial] ?? []).map((object) => `${object.class} ${object.id} ${object.label}`).toSorted();
    const right = ['private-key', 'public-key'].map((name) => `${name} ${keyId} ${key.label}`);
    if (found.join() !== right.join()) faults.push(`token ${serial} holds ${found.join(', ') || 'nothing'}`);
  }
  return faults;
};

/** Every sheet of the ceremony is the last one of a sealed share, or was destroyed. */
export const checkSheets = (sharesDir: string, shares: number, entries: readonly Entry[]): string[] => {
  const lastSplit = entries.findLastIndex((entry) => entry.type === 'result' && entry.body.outcome.kind === 'split');
  const sealed = bodies(entries.slice(lastSplit), 'sealed');
  const faults = sealed.length === shares && new Set(sealed.map((one) => one.share)).size === sealed.length ? [] : [`${sealed.length} shares sealed in the last set`];
  if (new Set(sealed.map((one) => one.bag)).size !== sealed.length) faults.push('two shares in one bag');
  const prints = bodies(entries.slice(lastSplit), 'intent').flatMap(({ intent }) => (intent.kind === 'print-sheet' ? [intent] : []));
  const bagged = sealed.flatMap(({ share }) => prints.findLast((one) => one.share === share) ?? []).map(({ share, attempt }) => `${share}.${attempt}`);
  const accounted = new Set([...bodies(entries, 'sheet-destroyed').map(({ share, attempt }) => `${share}.${attempt}`), ...bagged]);
  const printed = existsSync(sharesDir) ? readdirSync(sharesDir).filter((name) => name.endsWith('.pdf')).map((name) => name.replace('share-', '').replace('-attempt-', '.').replace('.pdf', '')) : [];
  for (const sheet of printed) if (!accounted.has(sheet)) faults.push(`sheet ${sheet} is neither sealed nor destroyed`);
  for (const sheet of bagged) if (!printed.includes(sheet)) faults.push(`the bag of ${sheet} holds no sheet`);
  return faults;
};

const checkMedia = (mediaDir: string, plan: Plan, entries: readonly Entry[]): string[] => {
  const wraps = bodies(entries, 'result').map(({ outcome }) => outcome).filter((outcome) => outcome.kind === 'wrap');
  const files = readdirSync(mediaDir, { recursive: true }).map(String).filter((name) => name.includes('.')).map((name) => path.join(mediaDir, name));
  const right = files.length === plan.media && files.every((file) => sha256(file) === wraps.at(-1)?.sha256);
  return right ? [] : [`media hold ${files.map((file) => path.relative(mediaDir, file)).join(', ')}`];
};

const checkCertificate = (folder: string, entries: readonly Entry[]): string[] => {
  const signed = bodies(entries, 'result').map(({ outcome }) => outcome).filter((outcome) => outcome.kind === 'sign-certificate');
  return signed.length === 1 && sha256(path.join(folder, 'root.crt')) === signed[0]!.certificateSha256 ? [] : [`${signed.length} certificates`];
};

/** A kill leaves no PIN behind, in any encoding; shares are on their sheets only, which another test looks for. */
const checkSecrets = (dir: string): string[] =>
  search(dir, [{ name: 'PIN', bytes: Buffer.from(`${SECRETS.pinFirst}${SECRETS.pinSecond}`) }], ['shares']).map(({ file, secret, encoding }) => `${file} holds the ${secret} as ${encoding}`);

export const checkFolder = async (dir: string, ending: Ending, acknowledged: string): Promise<readonly string[]> => {
  const report = await verifyPath(ending.folder, { anchor: ending.head });
  return [
    ...(ending.missing.length === 0 ? [] : [`unsigned by ${ending.missing.join()}`]),
    ...report.findings.filter((finding) => finding.level === 'fault').map((finding) => `verify: ${finding.code} ${finding.file} ${finding.text}`),
    ...(report.exitStatus === 0 ? [] : [`verify exits ${report.exitStatus}`]),
    ...checkAcknowledged(linesOf(path.join(ending.folder, 'transcript.jsonl')), linesOf(acknowledged)), ...checkSecrets(dir),
  ];
};
export interface Told { readonly plan: Plan; readonly entries: readonly Entry[] }
export const told = ({ folder }: Ending): Told => ({
  plan: JSON.parse(readFileSync(path.join(folder, 'plan.json'), 'utf8')) as Plan,
  entries: linesOf(path.join(folder, 'transcript.jsonl')).map((line) => JSON.parse(line) as Entry),
});

/** @returns what is wrong, one sentence each; empty when all is right. */
export const checkEnding = async (dir: string, ending: Ending, acknowledged: string): Promise<readonly string[]> => {
  const { plan, entries } = told(ending);
  return [
    ...(ending.outcome === 'completed' ? [] : [`ended ${ending.outcome}`]), ...await checkFolder(dir, ending, acknowledged),
    ...checkTokens(ending, plan, entries), ...checkCertificate(ending.folder, entries),
    ...checkSheets(path.join(dir, 'shares'), plan.quorum.shares, entries), ...checkMedia(path.join(dir, 'media'), plan, entries),
  ];
};

/** As {@link checkEnding}, where one token lost its key to its own unfinished write: the other copy, the media and the shares are whole. */
export const checkAborted = async (dir: string, ending: Ending, acknowledged: string): Promise<readonly string[]> => {
  const { plan, entries } = told(ending);
  const lost = checkTokens(ending, plan, entries);
  return [
    ...(ending.outcome === 'aborted' ? [] : [`ended ${ending.outcome}`]), ...await checkFolder(dir, ending, acknowledged),
    ...(lost.length === 1 ? [] : [`${lost.length} tokens are not as they should be`]), ...checkCertificate(ending.folder, entries),
    ...checkSheets(path.join(dir, 'shares'), plan.quorum.shares, entries), ...checkMedia(path.join(dir, 'media'), plan, entries),
  ];
};
