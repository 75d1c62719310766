/** Opens the application: with the sandbox on, and as root as an unprivileged user. */
import { spawn } from 'node:child_process';
import { ROOT, SetupError, say } from './setup/paths.mjs';
import { findRuntime } from './setup/runtime.mjs';
import { KEPT_ENVIRONMENT, prepareUser } from './setup/unprivileged.mjs';

const NO_DISPLAY = 'There is no display here (DISPLAY is not set), so no window can open. To see a whole ceremony run without one: npm run rehearse';

const command = (runtime, display, args) => {
  if (process.getuid() !== 0) return { program: runtime.electron, args: ['--ozone-platform-hint=auto', ROOT, ...args], env: process.env };
  if (process.env['DISPLAY'] === undefined) throw new SetupError('As root the window is opened for an unprivileged user on an X display, and DISPLAY is not set. Please start Quorate as yourself.');
  const user = prepareUser({ runtimeDir: runtime.dir, display });
  say(`Running as root: the window belongs to the user "${user.user}" (its data is under ${user.home}).`);
  const kept = Object.fromEntries(KEPT_ENVIRONMENT.filter((name) => process.env[name] !== undefined).map((name) => [name, process.env[name]]));
  return { program: 'runuser', args: ['-u', user.user, '--', user.electron, user.appDir, ...args], env: { ...kept, ...user.env }, cwd: user.home };
};

const main = () => {
  const runtime = findRuntime();
  const display = process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY'] ?? '';
  if (display === '') throw new SetupError(NO_DISPLAY);
  const { program, args, env, cwd } = command(runtime, display, process.argv.slice(2));
  // Memory of a program that crashes is not written to a disk.
  const child = spawn('/bin/sh', ['-c', 'ulimit -c 0; exec "$@"', 'sh', program, ...args], { stdio: ['ignore', 'inherit', 'inherit'], env, cwd });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => { child.kill(signal); });
  child.on('error', (error) => { say(`The window could not be started: ${error.message}`); process.exitCode = 1; });
  child.on('exit', (code, signal) => { process.exitCode = signal === null ? code : 1; });
};

try { main(); } catch (error) {
  if (!(error instanceof SetupError)) throw error;
  say(error.message);
  process.exitCode = 1;
}
