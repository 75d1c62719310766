/** One mode's room: its workspace, vault, desk and host. Made when the mode is first used, kept until the program ends. */
import { randomBytes } from 'node:crypto';
import type { BrowserWindow } from 'electron';
import type { Mode, Plan } from '../shared/ceremony/plan-schema.ts';
import { AppError } from '../shared/errors.ts';
import type { Snapshot } from '../shared/ipc/snapshot.ts';
import { listArchive } from './archive/archive.ts';
import { removeUnfinished } from './archive/copy-folder.ts';
import { createDisk } from './archive/disk.ts';
import { lockWorkspace } from './archive/workspace-lock.ts';
import { createHost, type Host } from './ceremony/host.ts';
import type { Documents, EntryDesk, HostPorts, World, Workspace } from './ceremony/ports.ts';
import { configPath, writeConfig } from './prepare/rehearsal-tokens.ts';
import { assertOpenscConf, vaultEnv } from './process/vault-env.ts';
import { createVaultHouse, type ElectronVaultHouse } from './process/vault-house.ts';
import { checkSignature } from './verify/check-signature.ts';
import { createEntryDesk } from './window/entry-desk.ts';

export interface Room {
  readonly workspace: Workspace; readonly disk: HostPorts['disk']; readonly vault: ElectronVaultHouse; readonly desk: EntryDesk; readonly host: Host; readonly now: () => Date;
  /** The plan whose people the entry window calls by name. */
  setPlan(plan: Plan | null): void;
  /** Whether a ceremony of this room has begun and is not closed. */
  running(): boolean;
  close(): Promise<void>;
}
export interface RoomOptions {
  readonly tool: HostPorts['tool']; readonly world: World; readonly documents: Documents; readonly packaged: boolean;
  readonly vaultModule: string; readonly preloadDir: string;
  /** Our configuration of OpenSC, for the vault. */
  readonly openscConf: string;
  readonly parent: () => BrowserWindow | null;
  readonly onChange: (mode: Mode, snapshot: Snapshot) => void;
}

/** With --workspace one folder serves whatever mode is chosen, but never two: a rehearsal must not stand in an archive of ceremonies. */
const assertOneMode = async (disk: HostPorts['disk'], workspace: Workspace): Promise<void> => {
  const other = (await listArchive({ disk, workspace })).find((item) => item.status !== 'unreadable' && item.mode !== workspace.mode);
  if (other !== undefined) throw new AppError('PLAN_RULE', { where: 'mode', text: `This folder holds ${other.mode === 'rehearsal' ? 'rehearsals' : 'ceremonies'}: ${other.name}.` });
};

export const openRoom = async (workspace: Workspace, options: RoomOptions): Promise<Room> => {
  assertOpenscConf(options.openscConf);
  const disk = createDisk();
  const unlock = await lockWorkspace(workspace.dir);
  await removeUnfinished(workspace.archiveDir);
  await assertOneMode(disk, workspace);
  if (workspace.mode === 'rehearsal') await writeConfig(disk, workspace);
  let plan: Plan | null = null;
  let running = false;
  const now = (): Date => new Date();
  const env = (): Record<string, string> => vaultEnv({ own: process.env, softhsmConf: workspace.mode === 'rehearsal' ? configPath(workspace) : null, openscConf: options.openscConf });
  const vault = createVaultHouse({ modulePath: options.vaultModule, env });
  const desk = createEntryDesk({
    vault: () => vault, preloadDir: options.preloadDir, packaged: options.packaged, parent: options.parent,
    nameOf: (person) => plan?.people.find(({ id }) => id === person)?.name ?? null,
    facts: () => ({ mode: workspace.mode, software: plan === null ? workspace.mode === 'rehearsal' : plan.hsm?.software === true }),
  });
  const onChange = (snapshot: Snapshot): void => { plan = snapshot.state.plan; running = snapshot.state.opening !== null && snapshot.state.closing === null; options.onChange(workspace.mode, snapshot); };
  const host = createHost({ vault, desk, disk, world: options.world, documents: options.documents, workspace, now, random: (count) => new Uint8Array(randomBytes(count)), checkSignature, tool: options.tool, onChange });
  return { workspace, disk, vault, desk, host, now, setPlan: (next) => { plan = next; }, running: () => running, close: async () => { await vault.close(); await unlock(); } };
};

export interface Rooms { of(mode: Mode): Promise<Room>; /** The room whose ceremony is on the screen. */ current(): Room | null; setCurrent(room: Room | null): void; /** Closes whatever entry window is open. */ cancelEntry(): Promise<void>; closeAll(): Promise<void> }

/** `shared`: both modes would use one folder. `only`: the mode of --mode; the other is refused then. */
export interface RoomPlaces { readonly workspaceFor: (mode: Mode) => Workspace; readonly shared: boolean; readonly only: Mode | null }

const modeRefused = (only: Mode): AppError => new AppError('PLAN_RULE', { where: 'mode', text: `Quorate was started for ${only === 'rehearsal' ? 'rehearsals' : 'ceremonies'} only.` });

export const createRooms = ({ workspaceFor, shared, only }: RoomPlaces, options: RoomOptions): Rooms => {
  const rooms = new Map<Mode, Promise<Room>>();
  let current: Room | null = null;
  /** The lock is by process: what keeps two modes out of one folder inside this process is this. A look at the other mode's list is no use of it; an open ceremony is. */
  const leaveOther = async (mode: Mode): Promise<void> => {
    for (const [other, opening] of [...rooms].filter(([one]) => one !== mode)) {
      const room = await opening.catch(() => null);
      if (room === null) continue;
      if (room === current) throw new AppError('PLAN_RULE', { where: 'mode', text: `This folder is in use for ${other === 'rehearsal' ? 'rehearsals' : 'ceremonies'}.` });
      rooms.delete(other);
      await room.close();
    }
  };
  const open = async (mode: Mode): Promise<Room> => {
    if (only !== null && only !== mode) throw modeRefused(only);
    if (shared) await leaveOther(mode);
    return await openRoom(workspaceFor(mode), options);
  };
  const of = (mode: Mode): Promise<Room> => {
    const there = rooms.get(mode);
    if (there !== undefined) return there;
    const fresh = open(mode);
    rooms.set(mode, fresh);
    // A room that could not be opened is tried again by the next call.
    fresh.catch(() => { rooms.delete(mode); });
    return fresh;
  };
  return {
    of, current: () => current, setCurrent: (room) => { current = room; },
    cancelEntry: async () => { for (const room of rooms.values()) (await room).desk.cancel(); },
    closeAll: async () => { await Promise.all([...rooms.values()].map(async (room) => { await (await room).close(); })); },
  };
};
