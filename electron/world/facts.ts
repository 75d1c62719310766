/** What Electron knows of how the program runs. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { app, screen, type WebContents } from 'electron';
import { sandboxSwitchedOff } from '../window/switches.ts';
import type { ProgramFacts } from './program.ts';

/** The test runtime carries a file that says so beside its program. */
const isTestRuntime = (): boolean => existsSync(path.join(path.dirname(process.execPath), 'TEST-RUNTIME'));

export const programFacts = (contents: () => WebContents | null): ProgramFacts => ({
  version: app.getVersion(), source: app.isPackaged ? 'package' : 'checkout', runtime: `Electron ${process.versions['electron'] ?? 'unknown'}`, testRuntime: isTestRuntime(),
  userId: process.getuid?.() ?? 0, displays: screen.getAllDisplays().map(({ size }) => ({ width: size.width, height: size.height })),
  rendererPid: contents()?.getOSProcessId() ?? null, sandboxSwitchedOff: sandboxSwitchedOff(),
});
