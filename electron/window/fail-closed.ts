/** Any error nobody expected ends the program: Electron would show a dialog and hang with the ceremony half alive. */
import { app } from 'electron';

/** Only the class and the stack are written: a message may hold anything. Stack frames of our own code name files and lines. */
const describe = (error: unknown): string => {
  if (!(error instanceof Error)) return typeof error;
  const frames = (error.stack ?? '').split('\n').filter((row) => row.trimStart().startsWith('at ')).join('\n');
  const code = 'code' in error && typeof error.code === 'string' ? ` ${error.code}` : '';
  return `${error.name}${code}\n${frames}`;
};

// SECURITY: FAIL-1 a measure that fails to start must not leave a window open without it.
export const failClosed = (): void => {
  const end = (kind: string) => (error: unknown): void => {
    process.stderr.write(`quorate: ${kind}: ${describe(error)}\n`);
    // Closing the window ends the program too; it must not end it well.
    process.exitCode = 1;
    app.exit(1);
  };
  process.on('uncaughtException', end('uncaught exception'));
  process.on('unhandledRejection', end('unhandled rejection'));
};
