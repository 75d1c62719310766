/** Calls of a ceremony under way, and of the desk. */
import { AppError } from '../../../shared/errors.ts';
import type { Snapshot } from '../../../shared/ipc/snapshot.ts';
import type { Room } from '../../room.ts';
import type { HandlerContext, HandlersOf } from './context.ts';

type CeremonyCalls = 'ceremony.enter' | 'ceremony.begin' | 'ceremony.command' | 'ceremony.snapshot' | 'ceremony.leave' | 'entry.cancel';

export const ceremonyHandlers = (context: HandlerContext): HandlersOf<CeremonyCalls> => {
  const open = (): Room => {
    const room = context.rooms.current();
    if (room === null) throw new AppError('FOLDER_MISSING', { file: 'no ceremony is open' });
    return room;
  };
  const enter = async (room: Room, number: number, name?: string): Promise<Snapshot> => {
    const snapshot = await room.host.enter(number, name);
    room.setPlan(snapshot.state.plan);
    context.rooms.setCurrent(room);
    context.setMode(room.workspace.mode);
    return snapshot;
  };
  return {
    'ceremony.enter': async ({ mode, number, name }) => await enter(await context.rooms.of(mode), number, name),
    'ceremony.begin': async ({ dice }) => await open().host.begin(dice),
    'ceremony.command': async ({ command }) => await open().host.command(command),
    'ceremony.snapshot': async () => await context.rooms.current()?.host.snapshot() ?? null,
    'ceremony.leave': async () => {
      await context.rooms.current()?.host.leave();
      context.rooms.setCurrent(null);
      context.setMode(null);
      return null;
    },
    'entry.cancel': async () => { await context.rooms.cancelEntry(); return null; },
  };
};
