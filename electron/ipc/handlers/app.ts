/** Calls about the program, the machine and its printers and libraries. */
import { knownModules, softHsmModule } from '../../prepare/known-modules.ts';
import { listPrinters } from '../../world/devices.ts';
import { readSandboxed, seccompOf } from '../../world/program.ts';
import type { HandlerContext, HandlersOf } from './context.ts';

export const appHandlers = (context: HandlerContext): HandlersOf<'app.status' | 'app.close' | 'module.known' | 'module.open' | 'module.public-keys' | 'printer.list' | 'preflight.look'> => ({
  'app.status': async () => {
    const facts = context.program();
    const status = await readSandboxed(facts.rendererPid);
    return {
      version: facts.version, source: facts.source, runtime: facts.runtime, testRuntime: facts.testRuntime, displays: facts.displays.length,
      sandboxed: !facts.sandboxSwitchedOff && status !== null && seccompOf(status) === 2, defaultModule: await softHsmModule(), onlyMode: context.onlyMode,
    };
  },
  'app.close': async () => {
    // The answer goes out before the window does.
    setImmediate(context.close);
    return null;
  },
  'module.known': async () => await knownModules(),
  'module.open': async ({ mode, path }) => await context.busy('module', async () => await (await context.rooms.of(mode)).vault.call('module.open', { path })),
  'module.public-keys': async ({ mode, path, serial }) => await context.busy('module', async () => await (await context.rooms.of(mode)).vault.call('token.public-keys', { module: path, serial })),
  'printer.list': async () => await listPrinters(),
  'preflight.look': async () => await context.busy('look', async () => await context.world.preflight()),
});
