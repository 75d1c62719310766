/** The environment of the vault process: what PKCS#11 modules read their configuration from. */
import { accessSync, constants } from 'node:fs';
import { AppError } from '../../shared/errors.ts';

/** Electron's own words change how its processes run; OpenSC's (OPENSC_DEBUG above all) would undo its configuration. */
const LEFT_OUT = ['ELECTRON_', 'OPENSC_'];

export interface VaultEnvOptions {
  /** The environment of main. */
  readonly own: Readonly<Record<string, string | undefined>>;
  /** Configuration of the rehearsal's software tokens; null in a ceremony, whose vault sees what the machine's own configuration shows. */
  readonly softhsmConf: string | null;
  /** Our build/opensc.conf, absolute. */
  readonly openscConf: string;
}

/**
 * The environment of main without what would change how the vault or OpenSC run, and with our own configuration of OpenSC, whatever the
 * machine or the operator set: its cache of files would leave shares on the disk in clear.
 */
export const vaultEnv = ({ own, softhsmConf, openscConf }: VaultEnvOptions): Record<string, string> => ({
  ...Object.fromEntries(Object.entries(own).filter((pair): pair is [string, string] => pair[1] !== undefined && !LEFT_OUT.some((prefix) => pair[0].startsWith(prefix)))),
  ...(softhsmConf === null ? {} : { SOFTHSM2_CONF: softhsmConf }),
  // SECURITY: CARD-3 — always ours.
  OPENSC_CONF: openscConf,
});

/**
 * Where OPENSC_CONF names no file that can be read, OpenSC goes on with what it was built with, in silence.
 * @throws AppError STORAGE_IO when the file is not there: the room is then not opened.
 */
export const assertOpenscConf = (openscConf: string): void => {
  try { accessSync(openscConf, constants.R_OK); } catch (cause) { throw new AppError('STORAGE_IO', { file: 'opensc.conf' }, { cause }); }
};
