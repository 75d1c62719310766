/** The command as CI runs it: the whole rehearsal with its defaults, what it leaves behind, and what it must not leave behind. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { combinePoints } from '../../electron/vault/custody/splitter.ts';
import { verifyPath } from '../../electron/verify/verify.ts';
import { parseArguments } from '../../scripts/rehearse/arguments.ts';
import { linesOnSheet, sheetsOf } from '../../scripts/rehearse/people.ts';
import { rehearse, type Rehearsal } from '../../scripts/rehearse/rehearse.ts';
import { allSteps, buildScript } from '../../shared/ceremony/build-script.ts';
import type { KeyPlan, Plan } from '../../shared/ceremony/plan-schema.ts';
import { parseLines, type Core } from '../../shared/custody/lines.ts';
import { filesBelow, needlesOf, search, type Secret } from '../support/secrets-search.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const base = mkdtempSync(path.join(os.tmpdir(), 'quorate-rehearse-test-'));
const out = path.join(base, 'out');
let done: Rehearsal;
beforeAll(async () => {
  const parsed = parseArguments(['--out', out], base);
  if (!parsed.ok) throw new Error(parsed.sentence);
  done = await rehearse(parsed.options);
}, 300_000);
afterAll(() => { rmSync(base, { recursive: true, force: true }); });

const plan = (): KeyPlan => JSON.parse(readFileSync(path.join(done.folder, 'plan.json'), 'utf8')) as KeyPlan;
const coreOf = (lines: readonly string[]): Core => {
  const core = parseLines(lines.map(utf8));
  if (!core.ok) throw new Error(core.fault.code);
  return core.value;
};

describe('a rehearsal with the defaults', () => {
  it('is a 3-of-5 ceremony with a P-384 key', () => {
    expect(plan().quorum).toEqual({ threshold: 3, shares: 5 });
    expect(plan().key.profile).toBe('ec-p384');
  });

  it('verifies with the head that the witness wrote, and without it says that it is not anchored', () => {
    const anchor = readFileSync(path.join(out, 'anchor.txt'), 'utf8');
    expect(anchor).toMatch(/^[0-9a-f]{64}\n$/);
    expect(verifyPath(done.folder, { anchor: anchor.trim() }).exitStatus).toBe(0);
    expect(verifyPath(done.folder, { anchor: null }).exitStatus).toBe(3);
    expect(verifyPath(path.join(out, 'archive'), { anchor: anchor.trim() }).exitStatus).toBe(0);
  });

  it('leaves the archive, media, sheets, logs and user data where the command says', () => {
    expect(readdirSync(path.join(out, 'archive'))).toEqual([expect.stringMatching(/^0001-/)]);
    expect(readdirSync(path.join(out, 'media')).sort()).toEqual(Array.from({ length: plan().media }, (_, index) => String(index + 1)));
    expect(readdirSync(path.join(out, 'shares')).filter((name) => name.endsWith('.pdf'))).toHaveLength(5);
    for (const name of ['logs', 'userData']) expect(existsSync(path.join(out, name))).toBe(true);
    for (const name of ['record.pdf', 'VERIFY.md', 'root.crt', 'record.dsse.json', 'manifest.dsse.json']) expect(existsSync(path.join(done.folder, name)), name).toBe(true);
  });

  it('makes one picture of every step', () => {
    const pictures = new Set(readdirSync(path.join(out, 'screens')));
    expect(allSteps(buildScript(plan())).map((step) => `${step.id}.png`).filter((name) => !pictures.has(name))).toEqual([]);
  });

  it('says how long the application worked, step by step', () => {
    const timing = JSON.parse(readFileSync(path.join(out, 'timing.json'), 'utf8')) as { machineMs: number; steps: { id: string; machineMs: number }[] };
    const steps = allSteps(buildScript(plan())).map((step) => step.id);
    expect(timing.steps.map((step) => step.id).filter((id) => id !== 'record')).toEqual(steps);
    expect(timing.steps.reduce((sum, step) => sum + step.machineMs, 0)).toBe(timing.machineMs);
    expect(timing.machineMs).toBeGreaterThan(100);
  });

  it('draws its window in a sandboxed process of an unprivileged user', () => { expect(done.seccomp).toBe(2); });

  it('prints a record and a script that people can read', () => {
    const record = execFileSync('pdftotext', [path.join(done.folder, 'record.pdf'), '-'], { encoding: 'utf8' });
    expect(record).toContain('REHEARSAL');
    expect(record.replaceAll(/\s/g, '')).toContain(done.anchor);
    const printed = readdirSync(path.join(out, 'printed')).map((name) => /^0001-[a-z0-9-]*?-(script|room-cards|receipts|key-sheet|exceptions)\.pdf$/.exec(name)?.[1]);
    expect(printed.filter((name) => name !== 'exceptions').sort()).toEqual(['key-sheet', 'receipts', 'room-cards', 'script']);
  });
});

describe('what a rehearsal leaves behind', () => {
  const secrets = async (): Promise<readonly Secret[]> => {
    const lines = [1, 2, 3, 4, 5].map((share) => linesOnSheet(sheetsOf(path.join(out, 'shares'), share).at(-1)!));
    const cores = lines.map(coreOf);
    const wrappingKey = await combinePoints(cores.slice(0, 3).map(({ x, y }) => ({ x, y })), 3);
    return [
      ...done.people.planted().map((text, index) => ({ name: `PIN or passphrase ${index}`, bytes: utf8(text) })),
      ...cores.map(({ y }, index) => ({ name: `value of share ${index + 1}`, bytes: y })),
      ...lines.flatMap((four, share) => four.map((line, index) => ({ name: `line ${index + 1} of share ${share + 1}`, bytes: utf8(line) }))),
      { name: 'wrapping key', bytes: wrappingKey },
    ];
  };

  it('holds no PIN, passphrase, share or wrapping key outside the sheets, in any encoding', async () => {
    const planted = await secrets();
    expect(planted).toHaveLength(3 + 8 + 5 + 20 + 1);
    expect(filesBelow(out, ['shares']).length).toBeGreaterThan(60);
    expect(search(out, planted, ['shares'])).toEqual([]);
  }, 120_000);

  it('would have been found: every encoding of a secret is seen in a file that holds it', () => {
    const dir = mkdtempSync(path.join(base, 'seen-'));
    const secret = { name: 'known', bytes: utf8('p1-Zk3_8 known secret ~') };
    const b64 = (before: string): string => Buffer.concat([Buffer.from(before), secret.bytes]).toString('base64');
    const forms = { raw: Buffer.from(secret.bytes), hex: Buffer.from(secret.bytes).toString('hex'), 'base64+0': b64(''), 'base64+1': b64('x'), 'base64+2': b64('xy'), utf16le: Buffer.from(Buffer.from(secret.bytes).toString('latin1'), 'utf16le'), utf16be: Buffer.from(Buffer.from(secret.bytes).toString('latin1'), 'utf16le').swap16() };
    for (const [name, content] of Object.entries(forms)) writeFileSync(path.join(dir, name), content);
    const seen = search(dir, [secret], []);
    for (const name of Object.keys(forms)) expect(seen, name).toContainEqual({ file: name, secret: 'known', encoding: name });
    // RFC 4648 §10: BASE32("foobar") = "MZXW6YTBOI"; what depends on bytes that are not known is left out.
    expect(needlesOf({ name: 'f', bytes: utf8('foobar') }).find(({ encoding }) => encoding === 'base32+0')?.bytes.toString()).toBe('MZXW6YTBO');
  });
});

describe('a rehearsal from a plan written by hand', () => {
  const person = (id: string, name: string, role: string, credential: object = { kind: 'file', algorithm: 'Ed25519', publicKey: null }): object => ({ id, name, organisation: 'Hand Trust', role, credential });
  const handPlan = (changes: Record<string, unknown> = {}): string => JSON.stringify({
    format: 'quorate-plan/1', mode: 'rehearsal',
    ceremony: { kind: 'root-key-generation', title: 'Hand Root', organisation: 'Hand Trust', place: 'Attic', date: '2026-11-24' },
    people: [person('ann', 'Ann Bell', 'administrator'), person('bob', 'Bob Cole', 'custodian'), person('cat', 'Cat Dunn', 'custodian'), person('don', 'Don Egan', 'internal-witness'), person('eve', 'Eve Fry', 'external-auditor', { kind: 'paper' })],
    quorum: { threshold: 2, shares: 2 }, key: { label: 'hand-root', profile: 'ed25519', backup: { kind: 'none', reason: 'A rehearsal.', approvedBy: 'Ann Bell' } },
    certificate: { subject: { commonName: 'Hand Root CA', organization: 'Hand Trust', country: null }, notBefore: '2026-11-24T00:00:00Z', notAfter: '2036-11-24T00:00:00Z' },
    hsm: { module: { path: '/usr/lib/softhsm/libsofthsm2.so', sha256: null }, serial: null, secondSerial: null, software: true },
    pin: { control: 'single', person: 'ann' }, sheets: { paper: 'Letter', printer: { kind: 'folder' } }, media: 0, ...changes,
  }, null, 3);
  const file = path.join(base, 'plan.json');

  it('makes what the plan leaves open, and holds a ceremony without a backup under single control', async () => {
    writeFileSync(file, handPlan());
    const target = path.join(base, 'from-plan');
    const run = await rehearse({ out: target, quorum: { threshold: 3, shares: 5 }, key: 'ec-p384', plan: file, custody: 'paper', pin: 'halves', ceremony: 'root', existing: false, with: null });
    expect(run.report.exitStatus).toBe(0);
    const frozen = JSON.parse(readFileSync(path.join(run.folder, 'plan.json'), 'utf8')) as Plan;
    expect(frozen.key).toEqual({ label: 'hand-root', profile: 'ed25519', backup: { kind: 'none', reason: 'A rehearsal.', approvedBy: 'Ann Bell' } });
    expect(frozen.people.map(({ credential }) => credential.kind)).toEqual(['file', 'file', 'file', 'file', 'paper']);
    expect(existsSync(path.join(target, 'media'))).toBe(false);
  });

  it('refuses plans that it cannot act, before anything is opened', () => {
    const run = (plan: string, ...argv: string[]) => { writeFileSync(file, plan); const { status, stderr } = spawnSync(process.execPath, [path.resolve('out/tools/drive/rehearse.js'), '--out', path.join(base, 'never'), '--plan', file, ...argv], { encoding: 'utf8' }); return [status, stderr]; };
    expect(run(handPlan({ mode: 'production', sheets: { paper: 'A4', printer: { kind: 'cups', queue: 'P' } } }))).toEqual([2, expect.stringContaining('the plan is for a ceremony, and this command rehearses')]);
    expect(run(handPlan({ hsm: { module: { path: '/usr/lib/softhsm/libsofthsm2.so', sha256: null }, serial: '1234', secondSerial: null, software: true } }))).toEqual([2, expect.stringContaining('tokens whose PIN nobody here knows')]);
    expect(run(handPlan({ extra: 1 }))).toEqual([2, expect.stringContaining('The plan is not in order.')]);
    expect(existsSync(path.join(base, 'never'))).toBe(false);
  });
});

describe('the command line', () => {
  const refused = (...argv: string[]): string => { const parsed = parseArguments(argv, base); return parsed.ok ? '' : parsed.sentence; };
  it('refuses what it does not understand, with a sentence', () => {
    expect(refused()).toBe('--out DIR is missing.');
    expect(refused('--out', 'x', '--quorum', '1/3')).toMatch(/--quorum is M\/N/);
    expect(refused('--out', 'x', '--quorum', '4/3')).toMatch(/--quorum is M\/N/);
    expect(refused('--out', 'x', '--key', 'ed25519')).toMatch(/--key is one of/);
    expect(refused('--out', 'x', '--out', 'y')).toBe('--out is given twice.');
    expect(refused('--out', '--key', 'ec-p256')).toBe('--out needs a value.');
    expect(refused('--out', 'x', '--plan', 'p', '--key', 'ec-p256')).toMatch(/--plan stands without/);
    expect(refused('--out', 'x', '--custody', 'gold')).toMatch(/--custody is one of paper, card, mixed/);
    expect(refused('--out', 'x', '--pin', 'one')).toMatch(/--pin is one of halves, quorum/);
    expect(refused('--out', 'x', '--plan', 'p', '--pin', 'quorum')).toMatch(/--plan stands without/);
    expect(refused('--out', 'x', '--ceremony', 'recovery')).toMatch(/stands on an archive/);
    expect(refused('--archive', 'x', '--ceremony', 'party')).toMatch(/--ceremony is one of root, recovery/);
    expect(refused('--archive', 'x', '--out', 'y')).toMatch(/give one of them/);
    expect(refused('x')).toBe('"x" is not understood.');
  });

  it('exits 2 with its usage, and will not write into a folder that holds something', () => {
    const run = (...argv: string[]) => spawnSync(process.execPath, [path.resolve('out/tools/drive/rehearse.js'), ...argv], { encoding: 'utf8' });
    const usage = run('--bad');
    expect([usage.status, usage.stderr]).toEqual([2, expect.stringContaining('Usage: npm run rehearse')]);
    const full = run('--out', out);
    expect([full.status, full.stderr]).toEqual([2, expect.stringContaining('is not empty')]);
  });
});
