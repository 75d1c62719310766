/** Where the things of each mode lie. */
import path from 'node:path';
import type { Mode } from '../shared/ceremony/plan-schema.ts';
import type { Workspace } from './ceremony/ports.ts';

export const workspaceAt = (dir: string, mode: Mode): Workspace => {
  const at = (name: string): string => path.join(dir, name);
  return { mode, dir, archiveDir: at('archive'), mediaDir: at('media'), sharesDir: at('shares'), credentialsDir: at('credentials'), printedDir: at('printed'), tokensDir: at('tokens') };
};

/** @param fixed the folder of --workspace, or null: then a folder a mode under the user's data. */
export const workspaceOf = (fixed: string | null, userDataDir: string, mode: Mode): Workspace =>
  workspaceAt(fixed ?? path.join(userDataDir, mode === 'rehearsal' ? 'rehearsal' : 'ceremony'), mode);
