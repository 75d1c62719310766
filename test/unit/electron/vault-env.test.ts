/** The vault's environment: OpenSC gets our configuration, whatever the machine says, and ours keeps nothing on the disk. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openscConfIn } from '../../../electron/places.ts';
import { assertOpenscConf, vaultEnv } from '../../../electron/process/vault-env.ts';

const CONF = path.resolve(import.meta.dirname, '../../../build/opensc.conf');

describe('the environment of the vault', () => {
  it('has our configuration of OpenSC in a ceremony and in a rehearsal', () => {
    for (const softhsmConf of [null, '/r/softhsm2.conf']) expect(vaultEnv({ own: { PATH: '/bin' }, softhsmConf, openscConf: CONF })).toMatchObject({ PATH: '/bin', OPENSC_CONF: CONF });
  });
  it('takes no configuration of OpenSC, and no debug log, from the machine or the operator', () => {
    const env = vaultEnv({ own: { OPENSC_CONF: '/etc/opensc/opensc.conf', OPENSC_DEBUG: '9', OPENSC_DRIVER: 'x', ELECTRON_RUN_AS_NODE: '1', HOME: '/home/a' }, softhsmConf: null, openscConf: CONF });
    expect(env).toEqual({ HOME: '/home/a', OPENSC_CONF: CONF });
  });
  it('shows a rehearsal its own tokens only, and a ceremony those of the machine', () => {
    const own = { SOFTHSM2_CONF: '/etc/softhsm2.conf' };
    expect(vaultEnv({ own, softhsmConf: '/r/softhsm2.conf', openscConf: CONF })['SOFTHSM2_CONF']).toBe('/r/softhsm2.conf');
    expect(vaultEnv({ own, softhsmConf: null, openscConf: CONF })['SOFTHSM2_CONF']).toBe('/etc/softhsm2.conf');
  });
});

describe('the configuration of OpenSC', () => {
  it('switches the caches of files and PINs and the debug log off', () => {
    const said = readFileSync(CONF, 'utf8').replaceAll(/#.*$/gm, '');
    expect(said.match(/\w+ = \w+;/g)).toEqual(['debug = 0;', 'use_file_caching = no;', 'use_pin_caching = no;']);
    expect(said.replaceAll(/\s+/g, ' ')).toMatch(/^ ?app default \{.*framework pkcs15 \{ use_file_caching = no; use_pin_caching = no; \} \} ?$/);
  });
  it('lies beside the program, as a plain file in a package too', () => {
    expect(existsSync(CONF)).toBe(true);
    expect(openscConfIn('/opt/quorate/resources')).toBe('/opt/quorate/resources/opensc.conf');
    assertOpenscConf(CONF);
  });
  it('keeps the room shut when it is not there (STORAGE_IO)', () => {
    expect(() => { assertOpenscConf('/nowhere/opensc.conf'); }).toThrow(expect.objectContaining({ code: 'STORAGE_IO' }));
  });
});
