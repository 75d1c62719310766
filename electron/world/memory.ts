/** Can memory reach a disk (swap, core dumps, hibernation), and is the disk encrypted. */
import path from 'node:path';
import type { PreflightRow } from '../../shared/transcript/entry-schema.ts';
import { listed, readDir, readLinkName, readText, row } from './files.ts';

/** `/proc/swaps`: a heading, then one line an area. zram keeps its pages in memory. */
export const swapAreas = (text: string): readonly string[] => text.split('\n').slice(1).map((line) => line.trim().split(/\s+/)[0]!).filter((name) => name !== '');

export const swapRow = (text: string): PreflightRow => {
  const areas = swapAreas(text);
  return row('swap', listed(areas, 'off'), areas.every((name) => /^\/dev\/zram\d+$/.test(name)));
};

/** `/proc/self/limits`: "Max core file size  0  unlimited  bytes". */
export const coreLimit = (limits: string): string => /^Max core file size\s+(\S+)/m.exec(limits)?.[1] ?? 'unknown';

/** A pattern that begins with "|" hands the dump to a program, whatever the limit is. */
export const coreDumpsRow = (limits: string, pattern: string): PreflightRow => {
  const limit = coreLimit(limits);
  const toProgram = pattern.startsWith('|') && !/^\|\s*\/bin\/(false|true)\b/.test(pattern);
  return row('core-dumps', `limit ${limit}; ${toProgram ? `given to ${pattern.slice(1).trim().split(/\s+/)[0] ?? 'a program'}` : 'to a file'}`, limit === '0' && !toProgram);
};

/** Hibernation writes all memory to the swap area named in `/sys/power/resume`; without swap it cannot. */
export const hibernationRow = (states: string | null, resume: string | null, swaps: string): PreflightRow => {
  const supported = (states ?? '').split(/\s+/).includes('disk');
  if (!supported) return row('hibernation', 'not supported by this system', true);
  const possible = swapAreas(swaps).length > 0;
  return row('hibernation', `supported; ${possible ? `swap is on, resume device ${resume ?? 'unknown'}` : 'no swap to write to'}`, !possible);
};

export interface RootDisk { readonly type: string; readonly source: string; readonly deviceMapper: string | null }
const IN_MEMORY = ['tmpfs', 'ramfs', 'squashfs', 'rootfs'];

/** `/proc/self/mountinfo`: the last mount at "/" is the one in use. @returns null when the file says nothing of it. */
export const rootMount = (mountinfo: string): { readonly type: string; readonly source: string; readonly device: string } | null => {
  const line = mountinfo.split('\n').map((text) => text.split(' ')).filter((part) => part[4] === '/').at(-1);
  const after = line === undefined ? -1 : line.indexOf('-');
  return line === undefined || after < 0 ? null : { type: line[after + 1] ?? '', source: line[after + 2] ?? '', device: line[2] ?? '' };
};

export const diskRow = (disk: RootDisk | null): PreflightRow => {
  if (disk === null) return row('disk-encryption', 'cannot be told', false);
  if (IN_MEMORY.includes(disk.type)) return row('disk-encryption', `${disk.type}: nothing is kept on a disk`, true);
  const encrypted = disk.deviceMapper?.startsWith('CRYPT-') === true;
  return row('disk-encryption', `${disk.source} (${disk.type}) ${encrypted ? 'encrypted' : 'not known to be encrypted'}`, encrypted);
};

const readRootDisk = async (): Promise<RootDisk | null> => {
  const mount = rootMount((await readText('/proc/self/mountinfo')) ?? '');
  if (mount === null) return null;
  const name = (await readLinkName(path.join('/sys/dev/block', mount.device))) ?? '';
  return { ...mount, deviceMapper: name === '' ? null : await readText(path.join('/sys/class/block', name, 'dm/uuid')) };
};

/** @returns seconds the hardware clock is ahead of `now`; null without one. */
const readRtcOffset = async (now: Date): Promise<number | null> => {
  const [first] = await readDir('/sys/class/rtc');
  const seconds = first === undefined ? null : await readText(path.join('/sys/class/rtc', first, 'since_epoch'));
  return seconds === null ? null : Number(seconds) - Math.floor(now.getTime() / 1000);
};

const MAX_OFFSET_S = 60;
/** The wall clock is compared by people in a step of its own; this row says what the machine itself knows. */
export const clockRow = (now: Date, rtcOffset: number | null, synchronised: boolean): PreflightRow => {
  const rtc = rtcOffset === null ? 'no hardware clock' : `hardware clock ${Math.abs(rtcOffset)} s ${rtcOffset < 0 ? 'behind' : 'ahead'}`;
  return row('clock', `${now.toISOString()}; ${rtc}; ${synchronised ? 'set from a network' : 'not set from a network'}`, rtcOffset === null || Math.abs(rtcOffset) <= MAX_OFFSET_S);
};

export const lookAtMemory = async (now: Date): Promise<readonly PreflightRow[]> => {
  const [swaps, limits, pattern, states, resume, disk, rtc, synchronised] = await Promise.all([
    readText('/proc/swaps'), readText('/proc/self/limits'), readText('/proc/sys/kernel/core_pattern'), readText('/sys/power/state'), readText('/sys/power/resume'),
    readRootDisk(), readRtcOffset(now), readDir('/run/systemd/timesync').then((names) => names.includes('synchronized')),
  ]);
  return [swapRow(swaps ?? ''), coreDumpsRow(limits ?? '', pattern ?? ''), hibernationRow(states, resume, swaps ?? ''), diskRow(disk), clockRow(now, rtc, synchronised)];
};
