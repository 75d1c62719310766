/**
 * Custody from one end to the other in the real window, sandbox on: a root whose shares go to a sheet, to a card, and to a card with a blind
 * sheet; then recovery, share check without a mouse, re-share and destruction on the same archive; and a root whose PIN goes to a quorum,
 * by which a re-share opens its tokens. At every moment somebody looks for what must not be shown, and for what cannot be used by everybody.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { verifyPath } from '../../electron/verify/verify.ts';
import { parseArguments } from '../../scripts/rehearse/arguments.ts';
import { rehearse, type Rehearsal, type Watch } from '../../scripts/rehearse/rehearse.ts';
import type { KeyPlan } from '../../shared/ceremony/plan-schema.ts';
import { makeOnlooker } from '../support/onlooker.ts';
import { pinsOf, secretsOfCeremony, type SetSecret } from '../support/rehearsal-secrets.ts';
import { filesBelow, makeFinder, search, type Secret } from '../support/secrets-search.ts';
import { sheetSymbols } from '../support/sheet-text.ts';
import { SOFTHSM_MODULE } from '../support/softhsm.ts';

const base = mkdtempSync(path.join(os.tmpdir(), 'quorate-custody-test-'));
const onlooker = makeOnlooker();
const secrets: Secret[] = [];
afterAll(() => { rmSync(base, { recursive: true, force: true }); });

/** Ceremonies that came to their end: what stands on one that did not is not tried. */
const finished = new Set<string>();
const run = async (name: string, watch: Watch, ...argv: readonly string[]): Promise<Rehearsal> => {
  const parsed = parseArguments(argv, base);
  if (!parsed.ok) throw new Error(parsed.sentence);
  const { out, existing } = parsed.options;
  if (existing && !finished.has(out)) throw new Error('what it stands on did not come to its end');
  finished.delete(out);
  onlooker.follow(name);
  const done = await rehearse(parsed.options, { look: onlooker.look, ...watch });
  secrets.push(...done.people.planted().map((text, index) => ({ name: `${name}: made up ${index}`, bytes: new TextEncoder().encode(text) })));
  finished.add(out);
  return done;
};
const planOf = ({ folder }: Rehearsal): KeyPlan => JSON.parse(readFileSync(path.join(folder, 'plan.json'), 'utf8')) as KeyPlan;
/** The folder and the archive with it are sound, and the head is the one on paper. */
const judge = (out: string, { folder, anchor, seccomp }: Rehearsal): readonly unknown[] => [verifyPath(folder, { anchor }).exitStatus, verifyPath(path.join(out, 'archive'), { anchor }).exitStatus, seccomp];
const SOUND = [0, 0, 2];
const learn = async (out: string, { folder, people }: Rehearsal, since = ''): Promise<readonly SetSecret[]> => {
  const { secrets: found, sets } = await secretsOfCeremony(out, folder, people, since);
  secrets.push(...found);
  return sets;
};

describe('shares on a sheet, on a card, and on a card with a blind sheet', () => {
  const out = path.join(base, 'mixed');

  it('are issued, read back and proved', async () => {
    const done = await run('root', { theme: 'light' }, '--out', out, '--quorum', '2/3', '--key', 'ec-p256', '--custody', 'mixed');
    expect(judge(out, done)).toEqual(SOUND);
    expect(planOf(done).people.flatMap(({ custody }) => (custody ? [`${custody.carrier} ${custody.sheet}`] : []))).toEqual(['paper standard', 'card standard', 'both blind']);
    expect(await learn(out, done)).toHaveLength(1);
  });

  it('bring the key into another HSM, in the dark theme', async () => {
    const done = await run('recovery', { theme: 'dark' }, '--archive', out, '--ceremony', 'recovery');
    expect(judge(out, done)).toEqual(SOUND);
    expect(planOf(done).ceremony.kind).toBe('recovery');
  });

  it('are proved one by one, by keys alone', async () => {
    let pointers: number | null = null;
    const look: Watch['look'] = async (page, name, app) => {
      await onlooker.look(page, name, app);
      if (page.url().startsWith('app://entry/')) return;
      pointers = await page.evaluate(() => {
        const { dataset } = document.documentElement;
        if (dataset['pointers'] === undefined) { dataset['pointers'] = '0'; addEventListener('pointerdown', () => { dataset['pointers'] = String(Number(dataset['pointers']) + 1); }, true); }
        return Number(dataset['pointers']);
      });
    };
    const done = await run('drill', { theme: 'light', keyboardOnly: true, look }, '--archive', out, '--ceremony', 'drill');
    expect(judge(out, done)).toEqual(SOUND);
    expect(planOf(done).ceremony.kind).toBe('share-check');
    expect(pointers).toBe(0);
  });

  it('are replaced when the holder of card and blind sheet leaves, in the dark theme', async () => {
    const done = await run('re-share', { theme: 'dark' }, '--archive', out, '--ceremony', 'reshare');
    expect(judge(out, done)).toEqual(SOUND);
    expect(planOf(done).people.filter(({ role }) => role === 'holder')).toHaveLength(1);
    expect(await learn(out, done, path.basename(done.folder))).toHaveLength(1);
  });

  it('are destroyed, and the archive says so', async () => {
    const done = await run('destruction', { theme: 'light' }, '--archive', out, '--ceremony', 'destroy-shares');
    expect(judge(out, done)).toEqual(SOUND);
    expect(readdirSync(path.join(out, 'archive'))).toHaveLength(5);
    const certificate = path.join(out, 'printed', `${path.basename(done.folder)}-destruction.pdf`);
    expect(execFileSync('pdftotext', [certificate, '-'], { encoding: 'utf8' })).toMatch(/Share set [A-Z]+-\d{4} is destroyed\.\s+This was a rehearsal\./);
  });
});

describe('a PIN that a quorum holds, shares on cards alone', () => {
  const out = path.join(base, 'quorum');
  const opens = (pin: string, label: string): boolean => {
    const conf = path.join(base, 'read.conf');
    writeFileSync(conf, `directories.tokendir = ${path.join(out, 'tokens', 'store')}\nobjectstore.backend = file\n`);
    try {
      execFileSync('pkcs11-tool', ['--module', SOFTHSM_MODULE, '--token-label', label, '--login', '--pin', pin, '--list-objects', '--type', 'privkey'], { env: { ...process.env, SOFTHSM2_CONF: conf }, stdio: 'ignore' });
      return true;
    } catch { return false; }
  };

  it('is issued as a second set, and replaces the PIN that people knew', async () => {
    const done = await run('quorum root', { theme: 'dark' }, '--out', out, '--quorum', '2/2', '--key', 'ec-p256', '--custody', 'card', '--pin', 'quorum');
    expect(judge(out, done)).toEqual(SOUND);
    const sets = await learn(out, done), [known] = done.people.planted().filter((secret) => secret.startsWith('p1-') && secret.includes('p2-'));
    expect(sets).toHaveLength(2);
    expect(opens(known!, 'rehearsal-first')).toBe(false);
    expect(sets.flatMap((set) => pinsOf(set, [planOf(done).hsm.serial!])).filter((pin) => opens(pin, 'rehearsal-first'))).toHaveLength(1);
  });

  it('opens the tokens of a re-share', async () => {
    const done = await run('quorum re-share', { theme: 'light' }, '--archive', out, '--ceremony', 'reshare');
    expect(judge(out, done)).toEqual(SOUND);
    expect(planOf(done).pin.control).toBe('held-by-quorum');
    await learn(out, done, path.basename(done.folder));
  });
});

describe('what all of these ceremonies left and showed', () => {
  const kinds = (start: string): number => secrets.filter(({ name }) => name.includes(start)).length;

  it('every secret is known to this test', () => {
    // Two wrapping keys of the mixed archive, two of the other, and its PIN secret; a sheet, card, both: four shares, each with all of its texts.
    expect(new Set(secrets.filter(({ name }) => name.startsWith('secret of set')).map(({ name }) => name)).size).toBe(5);
    expect([kinds('value of share') >= 11, kinds('text ') >= 15, kinds('blind share') >= 1, kinds('made up') > 30]).toEqual([true, true, true, true]);
    expect(secrets.some(({ bytes }) => /^[1-6]{50,}$/.test(Buffer.from(bytes).toString()))).toBe(true);
  });

  it('no file outside the sheets holds a secret, in any encoding', () => {
    expect(filesBelow(base, []).length).toBeGreaterThan(300);
    for (const name of ['mixed', 'quorum']) expect(search(path.join(base, name), secrets, ['shares'])).toEqual([]);
    // The sheets themselves are the control: there the same search finds what they say.
    writeFileSync(path.join(base, 'planted'), Buffer.concat(secrets.map(({ bytes }) => bytes)));
    expect(new Set(search(base, secrets, ['mixed', 'quorum']).map(({ secret }) => secret))).toEqual(new Set(secrets.map(({ name }) => name)));
  });

  it('no window, title or clipboard showed or said one at any moment', () => {
    const find = makeFinder(secrets);
    expect(onlooker.moments().length).toBeGreaterThan(250);
    expect([...new Set(onlooker.moments().map((moment) => moment.split(' ').at(-1)!).filter((name) => name.startsWith('entry-')))].sort()).toEqual([
      'entry-dice-code', 'entry-new-passphrase', 'entry-new-pin', 'entry-passphrase', 'entry-pin', 'entry-pin-half', 'entry-share', 'entry-share-code', 'entry-test-symbol',
    ]);
    expect(onlooker.sightings(find)).toEqual([]);
    expect(find(Buffer.concat(secrets.map(({ bytes }) => bytes))).length).toBeGreaterThanOrEqual(secrets.length);
  });

  it('no picture of a window holds a symbol that a reader reads', () => {
    const read = (files: readonly string[]): string => { try { return execFileSync('zbarimg', ['-q', '--raw', '-Sdisable', '-Sqrcode.enable', ...files], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }); } catch (error) { return (error as { stdout: string }).stdout; } };
    const pictures = filesBelow(base).filter((file) => file.endsWith('.png'));
    expect(pictures.length).toBeGreaterThan(200);
    expect(read(pictures)).toBe('');
    const sheet = filesBelow(path.join(base, 'mixed', 'shares')).find((file) => path.basename(file) === 'share-1-attempt-1.pdf')!;
    execFileSync('pdftoppm', ['-png', '-r', '96', '-singlefile', sheet, path.join(base, 'page')]);
    expect(read([path.join(base, 'page.png')])).toContain(sheetSymbols(sheet, 200)[0]);
  });

  it('axe found nothing wrong with any of their screens, in light and in dark', () => {
    expect(onlooker.examined()).toBeGreaterThan(60);
    expect(onlooker.wrong()).toEqual({});
  });
});
