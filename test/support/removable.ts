/** SoftHSM tokens as cards in readers: pulled out and put back, with a PIN pad, full or faulty, as the test says (see removable.c). */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { makeSoftHsm, SOFTHSM_MODULE, type SoftHsm } from './softhsm.ts';

export interface Readers extends Pick<SoftHsm, 'env' | 'dir' | 'tokensDir' | 'remove'> {
  /** Path of the module. */
  readonly module: string;
  /** What the readers do from now on: lines of the control file. */
  play(...lines: readonly string[]): void;
  /** Logins since the last call, such as `SERIAL pin` or `SERIAL pad`. */
  logins(): readonly string[];
}

const ROOT = path.resolve(import.meta.dirname, '../..');

const compile = (dir: string): string => {
  const built = path.join(dir, 'readers.so');
  execFileSync('gcc', ['-shared', '-fPIC', '-I', path.join(ROOT, 'node_modules/pkcs11js/includes/pkcs11'), path.join(import.meta.dirname, 'removable.c'), '-o', built, '-ldl'], { stdio: 'pipe' });
  return built;
};

export type BareReaders = Pick<Readers, 'module' | 'env' | 'play' | 'logins'>;
/** Readers over whatever tokens SOFTHSM2_CONF names, built into `dir`. Sets the environment in this process too. */
export const buildReaders = (dir: string): BareReaders => {
  mkdirSync(dir);
  const control = path.join(dir, 'control'), log = `${control}.log`, module = compile(dir);
  const env = { QUORATE_TEST_MODULE: SOFTHSM_MODULE, QUORATE_TEST_CARDS: control };
  writeFileSync(control, '');
  Object.assign(process.env, env);
  return {
    module, env,
    play: (...lines) => { writeFileSync(control, `${lines.join('\n')}\n`); },
    logins: () => {
      const text = existsSync(log) ? readFileSync(log, 'utf8') : '';
      writeFileSync(log, '');
      return text.split('\n').filter((line) => line !== '');
    },
  };
};

/** Sets the environment in this process too: make it before the first vault. */
export const makeReaders = (): Readers => {
  const softhsm = makeSoftHsm(), readers = buildReaders(path.join(softhsm.dir, 'readers')), env = { ...softhsm.env, ...readers.env };
  Object.assign(process.env, env);
  return { ...readers, env, dir: softhsm.dir, tokensDir: softhsm.tokensDir, remove: () => { softhsm.remove(); } };
};
