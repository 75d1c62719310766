/** Builds the program from its parts once Electron is ready: worlds, rooms, calls, the window. */
import { app, session, type WebContents } from 'electron';
import type { Mode } from '../shared/ceremony/plan-schema.ts';
import { ACTIVITY_TEXT } from '../shared/text/activity.ts';
import type { CommandLine } from './command-line.ts';
import { createDocuments } from './documents/documents.ts';
import { readPageDigests } from './documents/pages.ts';
import { createHandlers } from './ipc/handlers.ts';
import { createPush, register, type Push } from './ipc/register.ts';
import type { HandlerContext } from './ipc/handlers/context.ts';
import { PRELOAD_DIR, RENDERER_DIR, VAULT_MODULE, openscConfIn, pagesDirIn } from './places.ts';
import { createRooms, type Rooms } from './room.ts';
import { serve } from './window/app-protocol.ts';
import { ENTRY_PARTITION } from './window/entry-desk.ts';
import { MAIN_PARTITION, createMainWindow, type MainWindow } from './window/main-window.ts';
import { ENTRY_ORIGIN, MAIN_ORIGIN } from './window/origins.ts';
import { chooseFolder } from './window/choose-folder.ts';
import { pdfPrinter } from './window/print-pdf.ts';
import { workspaceOf } from './workspaces.ts';
import { programFacts } from './world/facts.ts';
import { createWorld } from './world/preflight.ts';

const servePages = async (): Promise<void> => {
  await serve(session.fromPartition(MAIN_PARTITION), MAIN_ORIGIN, RENDERER_DIR);
  await serve(session.fromPartition(ENTRY_PARTITION), ENTRY_ORIGIN, RENDERER_DIR);
};

/** Says on the screen what main is busy with, for as long as it is. */
const busyOn = (push: Push): HandlerContext['busy'] => async (what, work) => {
  push('activity.changed', { busy: ACTIVITY_TEXT[what] });
  try { return await work(); } finally { push('activity.changed', { busy: null }); }
};

/** Closes what is open and ends. What was durable stays; what was under way is settled at the next start. */
const endWith = async (rooms: () => Rooms | null): Promise<void> => {
  await rooms()?.closeAll().catch(() => undefined);
  app.exit(Number(process.exitCode ?? 0));
};

export const start = async (options: CommandLine): Promise<MainWindow> => {
  await servePages();
  const packaged = app.isPackaged;
  let rooms: Rooms | null = null;
  const contents = (): WebContents | null => main.contents();
  const push = createPush(contents);
  const main = createMainWindow(PRELOAD_DIR, packaged, { running: () => rooms?.current()?.running() ?? false, ask: () => { push('close.asked', null); } }, () => { void endWith(() => rooms); });
  const program = () => programFacts(main.contents);
  const world = createWorld({ now: () => new Date(), program });
  const resourcesDir = packaged ? process.resourcesPath : null;
  const documents = createDocuments(pdfPrinter, { pages: readPageDigests(pagesDirIn(resourcesDir)) });
  const facts = program();
  const places = { workspaceFor: (mode: Mode) => workspaceOf(options.workspace, app.getPath('userData'), mode), shared: options.workspace !== null, only: options.mode };
  rooms = createRooms(places, {
    tool: { version: facts.version, source: facts.source, runtime: facts.runtime }, world, documents, packaged, vaultModule: VAULT_MODULE, preloadDir: PRELOAD_DIR,
    openscConf: openscConfIn(resourcesDir),
    parent: main.window, onChange: (_mode, snapshot) => { push('ceremony.changed', snapshot); },
  });
  register(createHandlers({ rooms, world, documents, program, setMode: main.setMode, busy: busyOn(push), onlyMode: options.mode, chooseFolder: () => chooseFolder(main.window()), close: main.close }), main.contents);
  await main.load();
  return main;
};
