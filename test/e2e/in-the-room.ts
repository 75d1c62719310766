/**
 * A whole ceremony in Ceremony mode, as a program of its own, so that it can be started where there is no network at all. Tokens made
 * beforehand, credentials of custodians on tokens of their own, sheets through a real print queue, a plan written by hand. Prints one
 * line of JSON: what its test judges. Not a test itself.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { verifyPath } from '../../electron/verify/verify.ts';
import { startVirtualDisplay } from '../../scripts/drive/display.ts';
import { createPeople, inventKnowledge, type Knowledge, type ReadSheet } from '../../scripts/rehearse/people.ts';
import { playSteps, signTheRecord } from '../../scripts/rehearse/play.ts';
import { begin, enrolFile, finish, loadPlan, openTask, reach } from '../../scripts/rehearse/prepare.ts';
import { openStage, type Stage } from '../../scripts/rehearse/stage.ts';
import type { PersonId } from '../../shared/brand.ts';
import { encodePlan } from '../../shared/ceremony/parse-plan.ts';
import type { KeyPlan, Person } from '../../shared/ceremony/plan-schema.ts';
import type { PreflightRow } from '../../shared/transcript/entry-schema.ts';
import { startCups, type Cups } from '../support/cups.ts';
import { linesOnPaper } from '../support/paper.ts';
import { search, type Sighting } from '../support/secrets-search.ts';
import { SOFTHSM_MODULE } from '../support/softhsm.ts';

/** What the test reads. */
export interface RoomReport {
  readonly planSha256: string; readonly mode: string; readonly exitStatus: number; readonly faults: readonly string[]; readonly rows: readonly PreflightRow[];
  /** Steps whose screen did not say that the token is software. */
  readonly silentSteps: readonly string[]; readonly silentPages: readonly number[]; readonly methods: readonly string[]; readonly jobs: readonly string[]; readonly seen: readonly Sighting[];
}

const CUSTODIANS = ['otto', 'pia'] as const;
const SOFTWARE = 'Software token:';

interface Tokens { readonly env: Readonly<Record<string, string>>; readonly serials: Readonly<Record<string, string>>; readonly pins: Readonly<Record<string, string>> }

/** Tokens as an operator makes them before the day, with SoftHSM's and OpenSC's own tools. */
const makeTokens = (dir: string, knowledge: Knowledge): Tokens => {
  const store = path.join(dir, 'store');
  mkdirSync(store, { recursive: true, mode: 0o700 });
  const conf = path.join(dir, 'softhsm2.conf');
  writeFileSync(conf, `directories.tokendir = ${store}\nobjectstore.backend = file\nlog.level = ERROR\nslots.removable = true\n`);
  const env = { SOFTHSM2_CONF: conf };
  const run = (program: string, ...args: string[]): string => execFileSync(program, args, { encoding: 'utf8', env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  const hsmPin = `${knowledge.pinFirst}${knowledge.pinSecond}`;
  const labels = { first: hsmPin, second: hsmPin, ...Object.fromEntries(CUSTODIANS.map((id) => [id, knowledge.passphrase(id).slice(-12)])) } as Record<string, string>;
  for (const [label, pin] of Object.entries(labels)) run('softhsm2-util', '--init-token', '--free', '--label', label, '--pin', pin, '--so-pin', 'so-pin-of-this-test');
  for (const id of CUSTODIANS) run('pkcs11-tool', '--module', SOFTHSM_MODULE, '--token-label', id, '--login', '--pin', labels[id]!, '--keypairgen', '--key-type', 'EC:prime256v1', '--label', `credential of ${id}`, '--id', '01', '--usage-sign');
  const listed = run('pkcs11-tool', '--module', SOFTHSM_MODULE, '--list-slots');
  const serials = Object.fromEntries([...listed.matchAll(/token label\s*:\s*(\S+)[\s\S]*?serial num\s*:\s*(\S+)/g)].map((match) => [match[1]!, match[2]!]));
  return { env, serials, pins: Object.fromEntries(CUSTODIANS.map((id) => [serials[id]!, labels[id]!])) };
};

const today = (): string => new Date().toISOString().slice(0, 10);
const peopleOf = ({ serials }: Tokens): readonly Person[] => {
  const file = { kind: 'file', algorithm: 'Ed25519', publicKey: null } as const;
  const token = (id: string): Person['credential'] => ({ kind: 'token', algorithm: 'ECDSA-P256-SHA256', publicKey: null, serial: serials[id]!, module: SOFTHSM_MODULE });
  return [
    { id: 'lena' as PersonId, name: 'Lena Fuchs', organisation: 'Harbour Trust', role: 'administrator', credential: file },
    { id: 'otto' as PersonId, name: 'Otto Klein', organisation: 'Harbour Trust', role: 'custodian', credential: token('otto') },
    { id: 'pia' as PersonId, name: 'Pia Moreau', organisation: 'Harbour Trust', role: 'custodian', credential: token('pia') },
    { id: 'rosa' as PersonId, name: 'Rosa Conti', organisation: 'Harbour Trust', role: 'internal-witness', credential: file },
    { id: 'sven' as PersonId, name: 'Sven Aalto', organisation: 'Quay Audit', role: 'external-auditor', credential: { kind: 'paper' } },
  ];
};

/** The founding that a real ceremony about a key stands on. */
const writeFounding = (tokens: Tokens): string => encodePlan({
  format: 'quorate-plan/2', mode: 'production',
  ceremony: { kind: 'founding', title: 'Founding of Harbour Trust', organisation: 'Harbour Trust', place: 'Vault room 2', date: today() },
  people: peopleOf(tokens).map((person) => ({ ...person, reportsTo: null })), quorum: { threshold: 2, shares: 2 }, sheets: { paper: 'A4', printer: { kind: 'folder' } },
  decision: { purpose: 'Set up the key management of Harbour Trust', authority: 'Board, decision 2026-14' },
  charter: {
    format: 'quorate-charter/1', organisation: 'Harbour Trust', approval: 2,
    members: peopleOf(tokens).map(({ id, name, organisation, role, credential }) => ({ id, name, organisation, reportsTo: null, roles: [role], credential, standing: 'active' })),
    policy: { quorum: { threshold: 2, shares: 2 }, headCount: { always: 2, irreversible: 3 }, credentials: { holdPoint: ['file', 'token'], record: ['file', 'token', 'paper'] }, exceptable: [], exceptedBy: 2 },
  },
});

/** A plan as somebody writes it by hand: what only the day knows is null. */
const writePlan = (tokens: Tokens, queue: string): string => {
  return `${JSON.stringify({
    format: 'quorate-plan/1', mode: 'production',
    ceremony: { kind: 'root-key-generation', title: 'Harbour Root', organisation: 'Harbour Trust', place: 'Vault room 2', date: today() },
    people: peopleOf(tokens),
    quorum: { threshold: 2, shares: 2 },
    key: { label: 'harbour-root', profile: 'ec-p256', backup: { kind: 'split' } },
    certificate: { subject: { commonName: 'Harbour Root CA', organization: 'Harbour Trust', country: 'FI' }, notBefore: `${today()}T00:00:00Z`, notAfter: `${Number(today().slice(0, 4)) + 10}${today().slice(4)}T00:00:00Z` },
    hsm: { module: { path: SOFTHSM_MODULE, sha256: null }, serial: null, secondSerial: null, software: true },
    pin: { control: 'halves', first: 'lena', second: 'rosa' },
    sheets: { paper: 'A4', printer: { kind: 'cups', queue } },
    media: 1,
  } satisfies Record<Exclude<keyof KeyPlan, 'drill' | 'source' | 'lastHead' | 'decision' | 'charter' | 'before' | 'parents' | 'under' | 'waivers' | 'materials'>, unknown>, null, 4)}\n`;
};

const completed = (task: string): string => `li:has([data-testid="task-${task}"]):has-text("Completed")`;
const openCeremonies = async (stage: Stage): Promise<void> => {
  await stage.at('home-ceremony').click();
  await stage.page.locator('[data-testid="home-ceremony"][aria-pressed="true"]').waitFor();
};
const enrol = async (stage: Stage): Promise<void> => {
  await openTask(stage, 'credentials');
  for (const id of CUSTODIANS) {
    await stage.at(`enrol-token-${id}`).click();
    await stage.at(`enrol-token-${id}`).waitFor({ state: 'detached' });
  }
  for (const id of ['lena', 'rosa']) await enrolFile(stage, id);
};
/** Everyone shows their key, and the custodians approve who may act. */
const found = async (stage: Stage, tokens: Tokens): Promise<void> => {
  await openCeremonies(stage);
  await stage.at('start-founding').click();
  await stage.at('task-ceremony').waitFor();
  await loadPlan(stage, writeFounding(tokens));
  await enrol(stage);
  await finish(stage);
  await begin(stage, '1425361425361');
  await playSteps(stage);
  await signTheRecord(stage);
  await stage.at('record-done').click();
  await stage.at('home').waitFor();
};
const prepare = async (stage: Stage, tokens: Tokens, plan: string): Promise<string> => {
  await openCeremonies(stage);
  await stage.at('home-start').click();
  await stage.at('task-ceremony').waitFor();
  await loadPlan(stage, plan);
  await openTask(stage, 'hsm');
  await stage.at('module-open').click();
  await reach(stage, 'the module was not opened', '[data-testid="software-sentence"]');
  await stage.at(`token-${tokens.serials['first']!}`).check();
  await stage.at(`second-token-${tokens.serials['second']!}`).check();
  await reach(stage, 'the tokens were not taken', completed('hsm'));
  // The keys are those of the roster.
  return await finish(stage);
};

/** The paper in the custodian's hand: the job that the transcript names for the newest sheet of the share. */
const readFromQueue = (cups: Cups, transcript: () => string): ReadSheet => async (share) => {
  const entries = transcript().trimEnd().split('\n').map((line) => JSON.parse(line) as { type: string; body: { effect?: string; intent?: { kind: string; share: number }; outcome?: { job: string } } });
  const intent = entries.findLast((entry) => entry.type === 'intent' && entry.body.intent?.kind === 'print-sheet' && entry.body.intent.share === share);
  const job = entries.find((entry) => entry.type === 'result' && entry.body.effect === intent?.body.effect)?.body.outcome?.job;
  if (job === undefined) throw new Error(`no job printed share ${share}`);
  return linesOnPaper(await cups.printed(job));
};

const pagesWithout = (pdf: string, words: string): readonly number[] =>
  execFileSync('pdftotext', ['-layout', pdf, '-'], { encoding: 'utf8' }).split('\f').filter((page) => page.trim() !== '').flatMap((page, index) => (page.includes(words) ? [] : [index + 1]));

const playCeremony = async (stage: Stage, dir: string, tokens: Tokens, plan: string): Promise<Omit<RoomReport, 'seen' | 'jobs'>> => {
  await found(stage, tokens);
  const planSha256 = await prepare(stage, tokens, plan);
  await begin(stage, '3614253142536');
  const silentSteps: string[] = [];
  const { state } = await playSteps(stage, async ({ state: { current } }) => {
    if (!(await stage.page.locator('body').innerText()).includes(SOFTWARE)) silentSteps.push(current ?? '');
    return false;
  });
  const anchor = await signTheRecord(stage);
  const folder = path.join(dir, 'archive', '0002-harbour-root');
  const report = verifyPath(path.join(dir, 'archive'), { anchor });
  return {
    planSha256, mode: state.plan.mode, exitStatus: report.exitStatus, faults: report.findings.filter((finding) => finding.level === 'fault').map((finding) => `${finding.code} ${finding.text}`), rows: state.preflight,
    silentSteps, silentPages: pagesWithout(path.join(folder, 'record.pdf'), 'oftware token'), methods: [...new Set(state.signoffs.map((one) => one.method))],
  };
};

const main = async (): Promise<RoomReport> => {
  const base = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'quorate-ceremony-')));
  const dir = path.join(base, 'workspace');
  const knowledge = inventKnowledge();
  const tokens = makeTokens(path.join(base, 'tokens'), knowledge);
  const cups = await startCups();
  const display = await startVirtualDisplay();
  const transcript = (): string => readFileSync(path.join(dir, 'archive', '0002-harbour-root', 'transcript.jsonl'), 'utf8');
  const people = createPeople(knowledge, readFromQueue(cups, transcript), tokens.pins);
  try {
    const stage = await openStage({ display: display.name, sandbox: false, userDataDir: path.join(base, 'userData'), workspace: dir, env: tokens.env, people, screensDir: process.argv[2] ?? null, logsDir: path.join(base, 'logs') });
    try {
      const played = await playCeremony(stage, dir, tokens, writePlan(tokens, cups.queue));
      await stage.close();
      const planted = people.planted().map((text, index) => ({ name: `secret ${index}`, bytes: new TextEncoder().encode(text) }));
      return { ...played, jobs: [...transcript().matchAll(/"job":"([^"]+)"/g)].map((match) => match[1]!), seen: search(base, planted, []) };
    } catch (error) {
      await stage.shot('failure').catch(() => undefined);
      throw error;
    } finally { await stage.close(); }
  } finally {
    await cups.stop();
    display.stop();
    rmSync(base, { recursive: true, force: true });
  }
};

process.stdout.write(`${JSON.stringify(await main())}\n`);
process.exit(0);
