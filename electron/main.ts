/** The start-up of the program, in order. Anything that fails here ends it: it never opens half protected. */
import { Menu, app } from 'electron';
import { ownWords, parseCommandLine } from './command-line.ts';
import { start } from './start.ts';
import { declareScheme } from './window/app-protocol.ts';
import { failClosed } from './window/fail-closed.ts';
import { hardenContents } from './window/harden-contents.ts';
import { hardenSessions } from './window/harden-session.ts';
import type { MainWindow } from './window/main-window.ts';
import { takeInstance } from './window/single-instance.ts';
import { quietSwitches, refuseWeakSwitches } from './window/switches.ts';

const end = (sentence: string, status: number): void => {
  process.stderr.write(`${sentence}\n`);
  app.exit(status);
};

failClosed();
const weak = refuseWeakSwitches(app.isPackaged);
quietSwitches();
declareScheme();
hardenSessions();
hardenContents(app.isPackaged);
Menu.setApplicationMenu(null);

let main: MainWindow | null = null;
const line = parseCommandLine(ownWords(process.argv, app.isPackaged, app.getAppPath()), process.cwd());
// Hidden windows print documents: the last of them to close must not end the program. The main window does.
app.on('window-all-closed', () => undefined);

if (weak !== null) end(weak, 1);
else if (!line.ok) end(line.sentence, 2);
else if (!takeInstance(() => { main?.bringForward(); })) end('Quorate is open already; its window has been brought forward.', 0);
else void app.whenReady().then(async () => { main = await start(line.options); });
