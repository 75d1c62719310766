/** How the program itself runs: from where, on what runtime, as whom, with the sandbox or not, on how many displays. */
import type { PreflightRow } from '../../shared/transcript/entry-schema.ts';
import { listed, readText, row } from './files.ts';

export interface ProgramFacts {
  readonly version: string;
  readonly source: 'checkout' | 'package';
  readonly runtime: string;
  readonly testRuntime: boolean;
  readonly userId: number;
  readonly displays: readonly { readonly width: number; readonly height: number }[];
  /** Process id of the main window's renderer, whose sandbox the kernel can tell about; null without a window. */
  readonly rendererPid: number | null;
  readonly sandboxSwitchedOff: boolean;
}

export const sourceRow = ({ version, source }: ProgramFacts): PreflightRow =>
  row('program', `Quorate ${version} from ${source === 'package' ? 'an installed package' : 'a checkout'}`, source === 'package');
export const runtimeRow = ({ runtime, testRuntime }: ProgramFacts): PreflightRow =>
  row('runtime', `${runtime}${testRuntime ? ' (test runtime: not for a real ceremony)' : ''}`, !testRuntime);
export const userRow = ({ userId }: ProgramFacts): PreflightRow => row('user', userId === 0 ? 'root' : `user ${userId}`, userId !== 0);
export const displaysRow = ({ displays }: ProgramFacts): PreflightRow =>
  row('displays', `${displays.length}: ${listed(displays.map(({ width, height }) => `${width} × ${height}`), 'none')}`, displays.length > 0);

/** `/proc/PID/status`: "Seccomp: 2" is a filter, which Chromium's sandbox sets; 0 is none. */
export const seccompOf = (status: string): number | null => {
  const digit = /^Seccomp:\s*(\d)$/m.exec(status)?.[1];
  return digit === undefined ? null : Number(digit);
};
export const sandboxRow = (status: string | null, switchedOff: boolean): PreflightRow => {
  const seccomp = status === null ? null : seccompOf(status);
  return row('sandbox', seccomp === null ? 'cannot be told' : `renderer seccomp ${seccomp}${switchedOff ? ', switched off on the command line' : ''}`, seccomp === 2 && !switchedOff);
};

export const readSandboxed = async (pid: number | null): Promise<string | null> => (pid === null ? null : await readText(`/proc/${pid}/status`));

export const lookAtProgram = async (facts: ProgramFacts): Promise<readonly PreflightRow[]> =>
  [sourceRow(facts), runtimeRow(facts), sandboxRow(await readSandboxed(facts.rendererPid), facts.sandboxSwitchedOff), userRow(facts), displaysRow(facts)];
