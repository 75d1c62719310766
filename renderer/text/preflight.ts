/** Names of the air-gap rows. A row that is not here shows its id. */
const NAMES: Readonly<Record<string, string>> = {
  interfaces: 'Network interfaces', network: 'Network interfaces', routes: 'Default route', 'default-routes': 'Default route', radios: 'Radios', rfkill: 'Radios', bluetooth: 'Bluetooth', swap: 'Swap',
  'core-dumps': 'Core dumps', hibernation: 'Hibernation', clock: 'Clock source', displays: 'Displays', source: 'Program', package: 'Program', sandbox: 'Sandbox', printers: 'Printers', printer: 'Printer',
  usb: 'USB devices', disk: 'Disk encryption', 'disk-encryption': 'Disk encryption', user: 'User', root: 'User', 'share-splitter': 'Splitter of shares',
};
export const preflightName = (id: string): string => NAMES[id] ?? `${id.slice(0, 1).toUpperCase()}${id.slice(1).replaceAll('-', ' ')}`;
