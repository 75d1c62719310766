/** What is plugged in: USB devices, cameras, microphones, printers. An inventory; people compare it with their list. */
import { execFile } from 'node:child_process';
import path from 'node:path';
import type { PreflightRow } from '../../shared/transcript/entry-schema.ts';
import { listed, readDir, readText, row } from './files.ts';

export interface UsbDevice { readonly id: string; readonly name: string; readonly classes: readonly string[] }
/** USB interface classes that matter in the room. */
const CLASS_WORDS: Readonly<Record<string, string>> = { '01': 'audio', '02': 'modem', '03': 'keyboard or mouse', '06': 'camera', '07': 'printer', '08': 'storage', '0b': 'smart card', '0e': 'video', e0: 'wireless' };
const HUB = '09';
const WAY_OUT = ['02', 'e0'];

export const usbRow = (devices: readonly UsbDevice[]): PreflightRow => {
  const seen = devices.filter(({ classes }) => !classes.includes(HUB));
  const text = seen.map(({ id, name, classes }) => {
    const words = [...new Set(classes.map((code) => CLASS_WORDS[code]).filter((word) => word !== undefined))];
    return `${id} ${name}${words.length === 0 ? '' : ` (${words.join(', ')})`}`;
  });
  return row('usb-devices', listed(text, 'none besides hubs'), !seen.some(({ classes }) => classes.some((code) => WAY_OUT.includes(code))));
};

const readUsb = async (): Promise<readonly UsbDevice[]> => {
  const dir = '/sys/bus/usb/devices';
  const names = await readDir(dir);
  return await Promise.all(names.filter((name) => !name.includes(':')).map(async (name) => {
    const at = (file: string): Promise<string | null> => readText(path.join(dir, name, file));
    const interfaces = await Promise.all(names.filter((other) => other.startsWith(`${name}:`)).map((other) => readText(path.join(dir, other, 'bInterfaceClass'))));
    const label = [await at('manufacturer'), await at('product')].filter((text) => text !== null && text !== '').join(' ');
    const classes = [await at('bDeviceClass'), ...interfaces].filter((code): code is string => code !== null && code !== '00');
    return { id: `${(await at('idVendor')) ?? '????'}:${(await at('idProduct')) ?? '????'}`, name: label === '' ? 'unnamed' : label, classes };
  }));
};

export const capturesRow = (cameras: readonly string[], soundCards: string): PreflightRow => {
  const sound = [...soundCards.matchAll(/^\s*\d+\s+\[[^\]]*\]:\s*(.+)$/gm)].map((match) => match[1]!.trim());
  return row('cameras-and-sound', `cameras: ${listed(cameras, 'none')}; sound: ${listed(sound, 'none')}`, true);
};

const readCameras = async (): Promise<readonly string[]> => {
  const dir = '/sys/class/video4linux';
  const names = await Promise.all((await readDir(dir)).map(async (name) => (await readText(path.join(dir, name, 'name'))) ?? name));
  return [...new Set(names)];
};

const ask = async (program: string, args: readonly string[]): Promise<string | null> => await new Promise((resolve) => {
  execFile(program, [...args], { timeout: 5000, env: { PATH: process.env['PATH'] ?? '/usr/bin:/bin', LC_ALL: 'C', ...(process.env['CUPS_SERVER'] === undefined ? {} : { CUPS_SERVER: process.env['CUPS_SERVER'] }) } }, (error, stdout) => { resolve(error === null ? stdout : null); });
});

/** `lpstat -e`: one queue a line. Queues that the network only announces have no place here, but CUPS does not tell them apart. */
export const queueNames = (text: string): readonly string[] => text.split('\n').map((line) => line.trim()).filter((name) => /^[A-Za-z0-9_.-]{1,127}$/.test(name));
/** @returns names of CUPS queues; none where there is no CUPS. */
export const listPrinters = async (): Promise<readonly string[]> => queueNames((await ask('lpstat', ['-e'])) ?? '');

/** `lpstat -v`: "device for NAME: URI". */
export const queueDevices = (text: string): readonly { readonly name: string; readonly uri: string }[] =>
  [...text.matchAll(/^device for ([^:]+): (\S+)/gm)].map((match) => ({ name: match[1]!, uri: match[2]! }));
const OVER_NETWORK = /^(ipp|ipps|http|https|socket|lpd|smb|dnssd|implicitclass):/;

export const printersRow = (text: string | null): PreflightRow => {
  if (text === null) return row('printers', 'no queue', true);
  const queues = queueDevices(text);
  // The path of an address may hold a serial number or a password; the scheme tells how the printer is attached.
  return row('printers', listed(queues.map(({ name, uri }) => `${name} (${uri.split(':')[0] ?? ''})`), 'no queue'), !queues.some(({ uri }) => OVER_NETWORK.test(uri)));
};

export const lookAtDevices = async (): Promise<readonly PreflightRow[]> => {
  const [usb, cameras, sound, queues] = await Promise.all([readUsb(), readCameras(), readText('/proc/asound/cards'), ask('lpstat', ['-v'])]);
  return [usbRow(usb), capturesRow(cameras, sound ?? ''), printersRow(queues)];
};
