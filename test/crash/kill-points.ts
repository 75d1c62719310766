/**
 * Counts everything this process changes on disk, of the host and of the vault alike, and kills the process at one of these changes:
 * before it, when half of the bytes are there, or after it. A SIGKILL leaves the disk as it is and nothing else, so two points between
 * which no file changed are one point.
 */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import path from 'node:path';
import { isMainThread } from 'node:worker_threads';

export type Moment = 'before' | 'half' | 'after';
/** The n-th change, counted from 0; -1 never. */
export interface KillPoint { readonly change: number; readonly moment: Moment }
/** `during`: the entry that was written last, or is being written: its type, and the kind of effect where it is about one. */
export interface Seen extends KillPoint { readonly what: string; readonly during: string; readonly disk: string }

export const die = (): never => { process.kill(process.pid, 'SIGKILL'); throw new Error('still alive'); };

/** SHA-256 over names and bytes of everything below `dir`. */
export const diskDigest = (dir: string): string => {
  const hash = createHash('sha256');
  const names = fs.readdirSync(dir, { recursive: true, withFileTypes: true }).map((entry) => [path.join(entry.parentPath, entry.name), entry.isFile()] as const).sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [name, isFile] of names) hash.update(`${name}\0${isFile ? createHash('sha256').update(fs.readFileSync(name)).digest('hex') : 'dir'}\n`);
  return hash.digest('hex');
};

export interface Watching {
  /** Changes below this folder count, others do not. */
  readonly dir: string;
  readonly at: KillPoint;
  /** Called at every moment, before a kill there. */
  readonly see: (change: number, moment: Moment, what: string) => void;
}
type Promises = typeof fs.promises;

/** Puts itself between this process and node:fs/promises. Native code of a PKCS#11 module is not counted here. */
export const countChanges = ({ dir, at, see }: Watching): void => {
  if (!isMainThread) throw new Error('count in the main thread');
  const real: Promises = { ...fs.promises };
  let changes = 0;
  const inside = (file: unknown): file is string => typeof file === 'string' && file.startsWith(`${dir}/`);
  const moment = (change: number, name: Moment, what: string): void => {
    see(change, name, what);
    if (change === at.change && name === at.moment) die();
  };
  const counted = async <T>(what: string, work: () => Promise<T>, half?: () => Promise<void>): Promise<T> => {
    const change = changes++;
    moment(change, 'before', what);
    if (half) {
      if (change === at.change && at.moment === 'half') { await half(); moment(change, 'half', what); }
      else see(change, 'half', what);
    }
    const done = await work();
    moment(change, 'after', what);
    return done;
  };
  const short = (file: string): string => path.relative(dir, file);

  const wrapHandle = (handle: fs.promises.FileHandle, file: string): fs.promises.FileHandle => {
    const write = handle.write.bind(handle), writeFile = handle.writeFile.bind(handle), truncate = handle.truncate.bind(handle);
    const halfOf = (bytes: Uint8Array) => async (): Promise<void> => { await write(bytes, 0, Math.floor(bytes.length / 2)); };
    handle.write = ((bytes: Uint8Array, offset: number, length: number) => counted(`write ${short(file)}`, () => write(bytes, offset, length), halfOf(bytes))) as typeof handle.write;
    handle.writeFile = ((bytes: Uint8Array) => counted(`write ${short(file)}`, () => writeFile(bytes), halfOf(bytes))) as typeof handle.writeFile;
    handle.truncate = (length) => counted(`truncate ${short(file)}`, () => truncate(length));
    return handle;
  };
  const makes = (flags: unknown): boolean => (typeof flags === 'number' ? (flags & fs.constants.O_CREAT) !== 0 : typeof flags === 'string' && !flags.startsWith('r'));
  const one = <A extends readonly unknown[], T>(name: string, work: (...args: A) => Promise<T>) => (...args: A): Promise<T> =>
    (inside(args[0]) ? counted(`${name} ${short(args[0])}`, () => work(...args)) : work(...args));

  Object.assign(fs.promises, {
    open: async (file: string, flags?: string | number, mode?: number) => {
      if (!inside(file)) return real.open(file, flags, mode);
      const handle = makes(flags) ? await counted(`open ${short(file)}`, () => real.open(file, flags, mode)) : await real.open(file, flags, mode);
      return wrapHandle(handle, file);
    },
    link: one('link', real.link), rename: one('rename', real.rename), rm: one('rm', real.rm), unlink: one('unlink', real.unlink), mkdir: one('mkdir', real.mkdir),
  });
  syncBuiltinESMExports();
};
