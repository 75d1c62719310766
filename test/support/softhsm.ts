/** A SoftHSM of a test's own. SOFTHSM2_CONF is read when the module starts, so set it up before the first vault of the process. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const SOFTHSM_MODULE = '/usr/lib/softhsm/libsofthsm2.so';

export interface SoftHsm { readonly module: string; readonly dir: string; readonly tokensDir: string; readonly env: Readonly<Record<string, string>>; remove(): void }

/** Makes the folder and the configuration, and sets SOFTHSM2_CONF in this process. */
export const makeSoftHsm = (): SoftHsm => {
  const dir = realpathSync(mkdtempSync(join(tmpdir(), 'quorate-softhsm-')));
  const tokensDir = join(dir, 'tokens');
  const conf = join(dir, 'softhsm2.conf');
  mkdirSync(tokensDir, { mode: 0o700 });
  writeFileSync(conf, `directories.tokendir = ${tokensDir}\nobjectstore.backend = file\nlog.level = ERROR\nslots.removable = true\n`);
  process.env['SOFTHSM2_CONF'] = conf;
  return { module: SOFTHSM_MODULE, dir, tokensDir, env: { SOFTHSM2_CONF: conf }, remove: () => { rmSync(dir, { recursive: true, force: true }); } };
};
