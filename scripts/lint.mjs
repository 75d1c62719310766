/** Lints everything, with types. Warnings fail too. */
import { spawnSync } from 'node:child_process';
import { inRoot } from './setup/paths.mjs';

const args = [inRoot('node_modules/oxlint/bin/oxlint'), '--type-aware', '--deny-warnings', ...process.argv.slice(2)];
process.exitCode = spawnSync(process.execPath, args, { cwd: inRoot(), stdio: ['ignore', 'inherit', 'inherit'] }).status ?? 1;
