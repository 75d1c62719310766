/** Makes sure there is a runtime for Electron and prints its folder. */
import { withLock } from './setup/files.mjs';
import { ensureModules } from './setup/modules.mjs';
import { say } from './setup/paths.mjs';
import { describeRuntime, ensureRuntime } from './setup/runtime.mjs';

const runtime = await withLock(async () => { ensureModules(); return await ensureRuntime(); });
say(describeRuntime(runtime));
process.stdout.write(`${runtime.dir}\n`);
