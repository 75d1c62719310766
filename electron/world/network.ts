/** Is there any way out of this machine: interfaces, addresses, routes, radios, Bluetooth. */
import path from 'node:path';
import os from 'node:os';
import type { PreflightRow } from '../../shared/transcript/entry-schema.ts';
import { listed, readDir, readText, row } from './files.ts';

export interface Interface { readonly name: string; readonly flags: number; readonly state: string }
export interface Radio { readonly kind: string; readonly name: string; readonly blocked: boolean }

const IFF_UP = 1;
const IFF_LOOPBACK = 8;

/** Up: switched on by the system and not known to be without a cable. A tunnel's state is "unknown" while it works. */
export const interfaceIsUp = ({ flags, state }: Interface): boolean => (flags & IFF_UP) !== 0 && state !== 'down' && state !== 'lowerlayerdown' && state !== 'notpresent';

export const interfacesRow = (all: readonly Interface[]): PreflightRow => {
  const others = all.filter(({ flags }) => (flags & IFF_LOOPBACK) === 0);
  return row('network-interfaces', listed(others.map((item) => `${item.name} ${interfaceIsUp(item) ? 'up' : 'down'}`), 'none besides loopback'), !others.some(interfaceIsUp));
};

export const addressesRow = (all: NodeJS.Dict<os.NetworkInterfaceInfo[]>): PreflightRow => {
  const found = Object.entries(all).flatMap(([name, items]) => (items ?? []).filter(({ internal }) => !internal).map(({ address }) => `${name} ${address}`));
  return row('network-addresses', listed(found, 'none besides loopback'), found.length === 0);
};

/** `/proc/net/route`: interface, destination, gateway, flags, … in hex; a default route has destination and mask 0 and is up. */
export const defaultRoutes4 = (text: string): readonly string[] => text.split('\n').slice(1)
  .map((line) => line.trim().split(/\s+/)).filter((part) => part.length >= 8 && part[1] === '00000000' && part[7] === '00000000')
  .map((part) => `IPv4 through ${part[0]!}`);

/** `/proc/net/ipv6_route`: the kernel's own "unreachable" default on lo (flag 0x200) is no way out. */
export const defaultRoutes6 = (text: string): readonly string[] => text.split('\n').map((line) => line.trim().split(/\s+/))
  .filter((part) => part.length >= 10 && /^0{32}$/.test(part[0]!) && part[1] === '00' && (Number.parseInt(part[8]!, 16) & 0x200) === 0 && part[9] !== 'lo')
  .map((part) => `IPv6 through ${part[9]!}`);

export const routesRow = (ipv4: string, ipv6: string): PreflightRow => {
  const found = [...new Set([...defaultRoutes4(ipv4), ...defaultRoutes6(ipv6)])];
  return row('default-routes', listed(found, 'none'), found.length === 0);
};

export const radiosRow = (radios: readonly Radio[]): PreflightRow => {
  const found = radios.map(({ kind, name, blocked }) => `${kind} ${name} ${blocked ? 'blocked' : 'on'}`);
  return row('radios', listed(found, 'none found'), radios.every(({ blocked }) => blocked));
};

export const bluetoothRow = (controllers: readonly string[], radios: readonly Radio[]): PreflightRow => {
  const blocked = radios.some(({ kind }) => kind === 'bluetooth') && radios.filter(({ kind }) => kind === 'bluetooth').every((radio) => radio.blocked);
  return row('bluetooth', controllers.length === 0 ? 'no controller' : `${controllers.join(', ')} ${blocked ? 'blocked' : 'on'}`, controllers.length === 0 || blocked);
};

const readInterfaces = async (): Promise<readonly Interface[]> => {
  const dir = '/sys/class/net';
  return await Promise.all((await readDir(dir)).map(async (name) => ({
    name, flags: Number.parseInt((await readText(path.join(dir, name, 'flags'))) ?? '0x0', 16), state: (await readText(path.join(dir, name, 'operstate'))) ?? 'unknown',
  })));
};

const readRadios = async (): Promise<readonly Radio[]> => {
  const dir = '/sys/class/rfkill';
  return await Promise.all((await readDir(dir)).map(async (name) => {
    const at = (file: string): Promise<string | null> => readText(path.join(dir, name, file));
    return { kind: (await at('type')) ?? 'radio', name: (await at('name')) ?? name, blocked: (await at('soft')) === '1' || (await at('hard')) === '1' };
  }));
};

export const lookAtNetwork = async (): Promise<readonly PreflightRow[]> => {
  const [interfaces, radios, controllers, ipv4, ipv6] = await Promise.all([
    readInterfaces(), readRadios(), readDir('/sys/class/bluetooth'), readText('/proc/net/route'), readText('/proc/net/ipv6_route'),
  ]);
  return [interfacesRow(interfaces), addressesRow(os.networkInterfaces()), routesRow(ipv4 ?? '', ipv6 ?? ''), radiosRow(radios), bluetoothRow(controllers, radios)];
};
