import { describe, expect, it } from 'vitest';
import { capturesRow, printersRow, queueNames, usbRow } from '../../../electron/world/devices.ts';
import { row } from '../../../electron/world/files.ts';
import { clockRow, coreDumpsRow, diskRow, hibernationRow, rootMount, swapRow } from '../../../electron/world/memory.ts';
import { addressesRow, bluetoothRow, defaultRoutes4, defaultRoutes6, interfacesRow, radiosRow, routesRow } from '../../../electron/world/network.ts';
import { displaysRow, runtimeRow, sandboxRow, sourceRow, userRow, type ProgramFacts } from '../../../electron/world/program.ts';
import * as v from 'valibot';
import { preflightRow } from '../../../shared/transcript/entry-schema.ts';

/** Captured from a laptop with a cable in and Wi-Fi off. */
const ROUTE = `Iface	Destination	Gateway 	Flags	RefCnt	Use	Metric	Mask		MTU	Window	IRTT
enp3s0	00000000	0101A8C0	0003	0	0	100	00000000	0	0	0
enp3s0	0001A8C0	00000000	0001	0	0	100	00FFFFFF	0	0	0`;
const ROUTE_NONE = 'Iface	Destination	Gateway 	Flags	RefCnt	Use	Metric	Mask		MTU	Window	IRTT';
const ROUTE6 = `fe800000000000000000000000000000 40 00000000000000000000000000000000 00 00000000000000000000000000000000 00000400 00000001 00000000 00000001   enp3s0
00000000000000000000000000000000 00 00000000000000000000000000000000 00 fe80000000000000021122fffe334455 00000400 00000001 00000000 00000003   enp3s0
00000000000000000000000000000000 00 00000000000000000000000000000000 00 00000000000000000000000000000000 ffffffff 00000001 00000000 00200200       lo`;
const ROUTE6_UNREACHABLE = '00000000000000000000000000000000 00 00000000000000000000000000000000 00 00000000000000000000000000000000 ffffffff 00000001 00000000 00200200       lo';
const SWAPS = 'Filename				Type		Size		Used		Priority\n/dev/nvme0n1p3                          partition	16777212	0		-2';
const SWAPS_NONE = 'Filename				Type		Size		Used		Priority';
const LIMITS = (soft: string) => `Limit                     Soft Limit           Hard Limit           Units     \nMax stack size            8388608              unlimited            bytes     \nMax core file size        ${soft.padEnd(20)} unlimited            bytes     \n`;
const MOUNTS = '22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/mapper/root rw\n30 22 0:5 / /dev rw - devtmpfs udev rw';
const IFF = { up: 0x1003, down: 0x1002, loopback: 0x9 };

describe('ways out of the machine', () => {
  it('accepts a machine with loopback only', () => {
    expect(interfacesRow([{ name: 'lo', flags: IFF.loopback, state: 'unknown' }])).toEqual({ id: 'network-interfaces', observed: 'none besides loopback', ok: true });
  });
  it('names an interface that is up', () => {
    expect(interfacesRow([{ name: 'lo', flags: IFF.loopback, state: 'unknown' }, { name: 'enp3s0', flags: IFF.up, state: 'up' }, { name: 'wlan0', flags: IFF.down, state: 'down' }])).toEqual({ id: 'network-interfaces', observed: 'enp3s0 up; wlan0 down', ok: false });
  });
  it('takes a tunnel of unknown state for up, and a port without a cable for down', () => {
    expect(interfacesRow([{ name: 'tun0', flags: IFF.up, state: 'unknown' }]).ok).toBe(false);
    expect(interfacesRow([{ name: 'eth0', flags: IFF.up, state: 'down' }]).ok).toBe(true);
  });
  it('lists addresses besides loopback', () => {
    const info = { address: '192.168.1.7', netmask: '255.255.255.0', family: 'IPv4' as const, mac: '00:00:00:00:00:00', internal: false, cidr: null };
    expect(addressesRow({ enp3s0: [info], lo: [{ ...info, address: '127.0.0.1', internal: true }] })).toEqual({ id: 'network-addresses', observed: 'enp3s0 192.168.1.7', ok: false });
    expect(addressesRow({}).ok).toBe(true);
  });
  it('finds default routes of both families', () => {
    expect(defaultRoutes4(ROUTE)).toEqual(['IPv4 through enp3s0']);
    expect(defaultRoutes6(ROUTE6)).toEqual(['IPv6 through enp3s0']);
    expect(routesRow(ROUTE, ROUTE6).ok).toBe(false);
  });
  it("does not take the kernel's unreachable default for a way out", () => { expect(routesRow(ROUTE_NONE, ROUTE6_UNREACHABLE)).toEqual({ id: 'default-routes', observed: 'none', ok: true }); });
  it('accepts blocked radios only', () => {
    expect(radiosRow([{ kind: 'wlan', name: 'phy0', blocked: true }]).ok).toBe(true);
    expect(radiosRow([{ kind: 'wlan', name: 'phy0', blocked: false }])).toEqual({ id: 'radios', observed: 'wlan phy0 on', ok: false });
    expect(bluetoothRow(['hci0'], [{ kind: 'bluetooth', name: 'hci0', blocked: false }]).ok).toBe(false);
    expect(bluetoothRow(['hci0'], [{ kind: 'bluetooth', name: 'hci0', blocked: true }]).ok).toBe(true);
    expect(bluetoothRow([], []).ok).toBe(true);
  });
});

describe('memory and disk', () => {
  it('refuses swap on a disk, accepts none and memory swap', () => {
    expect(swapRow(SWAPS)).toEqual({ id: 'swap', observed: '/dev/nvme0n1p3', ok: false });
    expect(swapRow(SWAPS_NONE).ok).toBe(true);
    expect(swapRow(`${SWAPS_NONE}\n/dev/zram0 partition 1 0 100`).ok).toBe(true);
  });
  it('refuses core dumps that a program collects, whatever the limit', () => {
    expect(coreDumpsRow(LIMITS('0'), 'core').ok).toBe(true);
    expect(coreDumpsRow(LIMITS('unlimited'), 'core')).toEqual({ id: 'core-dumps', observed: 'limit unlimited; to a file', ok: false });
    expect(coreDumpsRow(LIMITS('0'), '|/lib/systemd/systemd-coredump %P %u').ok).toBe(false);
    expect(coreDumpsRow(LIMITS('0'), '|/bin/false').ok).toBe(true);
  });
  it('refuses hibernation where there is swap to write to', () => {
    expect(hibernationRow('freeze mem disk', '254:1', SWAPS).ok).toBe(false);
    expect(hibernationRow('freeze mem disk', '0:0', SWAPS_NONE).ok).toBe(true);
    expect(hibernationRow('freeze mem', null, SWAPS).ok).toBe(true);
  });
  it('tells an encrypted root disk by its device mapper', () => {
    expect(rootMount(MOUNTS)).toEqual({ type: 'ext4', source: '/dev/mapper/root', device: '254:0' });
    expect(diskRow({ type: 'ext4', source: '/dev/mapper/root', deviceMapper: 'CRYPT-LUKS2-abc-root' }).ok).toBe(true);
    expect(diskRow({ type: 'ext4', source: '/dev/vda1', deviceMapper: null }).ok).toBe(false);
    expect(diskRow({ type: 'tmpfs', source: 'tmpfs', deviceMapper: null }).ok).toBe(true);
    expect(diskRow(null)).toEqual({ id: 'disk-encryption', observed: 'cannot be told', ok: false });
  });
  it('compares the hardware clock', () => {
    const now = new Date('2026-11-24T09:00:00.000Z');
    expect(clockRow(now, 3, false)).toEqual({ id: 'clock', observed: '2026-11-24T09:00:00.000Z; hardware clock 3 s ahead; not set from a network', ok: true });
    expect(clockRow(now, -90, true).ok).toBe(false);
    expect(clockRow(now, null, false).ok).toBe(true);
  });
});

describe('devices', () => {
  it('lists USB devices without hubs, and refuses a modem or wireless adapter', () => {
    const hub = { id: '1d6b:0002', name: 'xHCI Host Controller', classes: ['09', '09'] };
    const reader = { id: '076b:3021', name: 'OMNIKEY 3x21', classes: ['0b'] };
    expect(usbRow([hub, reader])).toEqual({ id: 'usb-devices', observed: '076b:3021 OMNIKEY 3x21 (smart card)', ok: true });
    expect(usbRow([hub, { id: '0bda:8179', name: 'WLAN', classes: ['e0'] }]).ok).toBe(false);
  });
  it('lists cameras and sound', () => {
    expect(capturesRow(['Integrated Camera'], ' 0 [PCH            ]: HDA-Intel - HDA Intel PCH\n                      HDA Intel PCH at 0x1 irq 1').observed).toBe('cameras: Integrated Camera; sound: HDA-Intel - HDA Intel PCH');
  });
  it('refuses a printer that is reached over a network', () => {
    expect(printersRow('device for desk: usb://Brother/HL-L2350?serial=X\n')).toEqual({ id: 'printers', observed: 'desk (usb)', ok: true });
    expect(printersRow('device for hall: ipp://10.0.0.9/ipp/print\n').ok).toBe(false);
    expect(printersRow(null).ok).toBe(true);
  });
  it('reads queue names', () => { expect(queueNames('PDF\ndesk_1\n\nbad name\n')).toEqual(['PDF', 'desk_1']); });
});

describe('the program itself', () => {
  const facts: ProgramFacts = { version: '0.1.0', source: 'checkout', runtime: 'Electron 33.2.1', testRuntime: true, userId: 0, displays: [], rendererPid: null, sandboxSwitchedOff: false };
  it('does not accept a checkout, a test runtime, root, no display', () => { expect([sourceRow(facts), runtimeRow(facts), userRow(facts), displaysRow(facts)].map(({ ok }) => ok)).toEqual([false, false, false, false]); });
  it('accepts a package on an official runtime as a user', () => {
    const good: ProgramFacts = { ...facts, source: 'package', testRuntime: false, userId: 1000, displays: [{ width: 1920, height: 1080 }] };
    expect([sourceRow(good), runtimeRow(good), userRow(good), displaysRow(good)].map(({ ok }) => ok)).toEqual([true, true, true, true]);
    expect(displaysRow(good).observed).toBe('1: 1920 × 1080');
  });
  it('takes the kernel for the word on the sandbox', () => {
    expect(sandboxRow('Name:\telectron\nSeccomp:\t2\nSeccomp_filters:\t1\n', false).ok).toBe(true);
    expect(sandboxRow('Seccomp:\t2\n', true).ok).toBe(false);
    expect(sandboxRow('Seccomp:\t0\n', false)).toEqual({ id: 'sandbox', observed: 'renderer seccomp 0', ok: false });
    expect(sandboxRow(null, false).ok).toBe(false);
  });
});

describe('a row', () => {
  it.each(['  many   spaces ', 'line\nbreak', 'right\u202eto left', 'e\u0301', 'x'.repeat(1000), '', '\ufffd\ufffd'])('always fits the transcript: %j', (observed) => {
    expect(v.safeParse(preflightRow, row('usb-devices', observed, true)).success).toBe(true);
  });
  it('says that it was cut', () => { expect(row('x', 'y '.repeat(900), true).observed.endsWith('… (cut)')).toBe(true); });
});
