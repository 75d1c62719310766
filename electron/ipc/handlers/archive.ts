/** Calls about what is in the archive: the list, printed documents, the verifier. */
import path from 'node:path';
import type { Request } from '../../../shared/ipc/contract.ts';
import type { VerifyReport } from '../../../shared/transcript/report.ts';
import { listArchive } from '../../archive/archive.ts';
import { readLineage } from '../../archive/ends.ts';
import { findFolder } from '../../archive/folders.ts';
import { archiveAt, joinArchives, lookAtJoin } from '../../archive/join.ts';
import { lookAtRegister } from '../../archive/register.ts';
import { verifyPath } from '../../verify/verify.ts';
import type { Disk } from '../../ceremony/ports.ts';
import type { Room } from '../../room.ts';
import type { HandlerContext, HandlersOf } from './context.ts';

type ArchiveCalls = 'archive.list' | 'archive.choose' | 'archive.look-at-join' | 'archive.join' | 'archive.register' | 'certificate.print' | 'inventory.print' | 'script.print' | 'record.make' | 'verify.run';

/** None where line 0 of a folder cannot be read; the list beside it says which. */
const endNames = async (disk: Disk, archiveDir: string): Promise<readonly string[]> =>
  await readLineage(disk, archiveDir).then(({ ends }) => ends.map(({ folder }) => folder.name), () => []);

/** Makes a document beside the archive. */
const printed = async ({ disk, workspace }: Pick<Room, 'disk' | 'workspace'>, name: string, make: (file: string) => Promise<{ readonly pages: number }>): Promise<{ readonly path: string; readonly pages: number }> => {
  await disk.makeDir(workspace.printedDir);
  const file = path.join(workspace.printedDir, name);
  return { path: file, pages: (await make(file)).pages };
};

export const archiveHandlers = (context: HandlerContext): HandlersOf<ArchiveCalls> => {
  const pathOf = async (source: Request<'verify.run'>['source']): Promise<string> => {
    if (source.kind === 'path') return source.path;
    const { workspace } = await context.rooms.of(source.mode);
    return source.number === null ? workspace.archiveDir : (await findFolder(workspace.archiveDir, source.number, source.name)).path;
  };
  const verify = async ({ source, anchor }: Request<'verify.run'>): Promise<VerifyReport> => verifyPath(await pathOf(source), { anchor });
  return {
    'archive.list': async ({ mode }) => {
      const room = await context.rooms.of(mode);
      return { path: room.workspace.archiveDir, items: await listArchive(room), ends: await endNames(room.disk, room.workspace.archiveDir) };
    },
    'archive.choose': async () => ({ path: await context.chooseFolder() }),
    'archive.look-at-join': async ({ mode, from }) => await context.busy('join', async () => {
      const { disk, workspace } = await context.rooms.of(mode);
      return await lookAtJoin(disk, await archiveAt(workspace.archiveDir), await archiveAt(from));
    }),
    'archive.join': async ({ mode, from }) => await context.busy('join', async () => {
      const { disk, workspace } = await context.rooms.of(mode);
      return await joinArchives(disk, await archiveAt(workspace.archiveDir), await archiveAt(from));
    }),
    'archive.register': async ({ mode }) => {
      const { disk, workspace, now } = await context.rooms.of(mode);
      return await lookAtRegister(disk, workspace.archiveDir, now());
    },
    'script.print': async ({ mode, number, name }) => await context.busy('script', async () => {
      const room = await context.rooms.of(mode), folder = await findFolder(room.workspace.archiveDir, number, name);
      return await printed(room, `${folder.name}-script.pdf`, async (file) => await context.documents.makeScript(folder.path, file));
    }),
    'certificate.print': async ({ mode, number, name }) => await context.busy('certificate', async () => {
      const room = await context.rooms.of(mode), folder = await findFolder(room.workspace.archiveDir, number, name);
      return await printed(room, `${folder.name}-destruction.pdf`, async (file) => await context.documents.makeDestructionCertificate(folder.path, file));
    }),
    'inventory.print': async ({ mode }) => await context.busy('inventory', async () => {
      const room = await context.rooms.of(mode);
      return await printed(room, `inventory-${room.now().toISOString().slice(0, 10)}.pdf`, async (file) => await context.documents.makeInventory(room.workspace.archiveDir, file));
    }),
    'record.make': async ({ mode, number, name }) => await context.busy('record', async () => {
      const { workspace } = await context.rooms.of(mode), folder = await findFolder(workspace.archiveDir, number, name);
      return { path: path.join(folder.path, 'record.pdf'), pages: (await context.documents.makeRecord(folder.path, workspace.printedDir)).pages };
    }),
    'verify.run': async (request) => await context.busy('verify', async () => await verify(request)),
  };
};
