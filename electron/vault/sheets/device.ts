/** Says of a CUPS device's URI whether the printer hangs on this computer by a cable. A backend that only hides another address does not pass. */

const CABLE = /^(?:usb|parallel|serial|cups-pdf|[a-z0-9-]+\+usb)$/;
const NETWORK: ReadonlySet<string> = new Set(['ipp', 'ipps', 'http', 'https', 'socket', 'lpd', 'smb', 'dnssd', 'mdns', 'implicitclass', 'ncp', 'snmp', 'beh', 'mailto', 'file']);
const CUPS_PORT = '631';

/** IPP over USB speaks HTTP on this computer, on a port of its own; CUPS' own port would be another queue, which may lead anywhere. */
const isIppOverUsb = (uri: string): boolean => {
  const { protocol, hostname, port } = URL.canParse(uri) ? new URL(uri) : { protocol: '', hostname: '', port: '' };
  return ['ipp:', 'ipps:', 'http:', 'https:'].includes(protocol) && ['localhost', '127.0.0.1', '[::1]'].includes(hostname) && port !== '' && port !== CUPS_PORT;
};

/**
 * @param uri as `lpstat -v` prints it, such as `usb://HP/LaserJet?serial=1`, `socket://10.0.0.7:9100` or `hp:/net/…`.
 * @returns false for what has no scheme (a class of queues) and for every address of another host. Other backends pass when they name no host:
 * vendors have their own for USB.
 */
export const isLocalDevice = (uri: string): boolean => {
  const [, scheme, rest] = /^([a-z0-9+.-]+):(.*)$/is.exec(uri) ?? [];
  if (scheme === undefined || rest === undefined) return false;
  if (CABLE.test(scheme.toLowerCase()) || isIppOverUsb(uri)) return true;
  return !NETWORK.has(scheme.toLowerCase()) && !rest.startsWith('//') && !rest.includes('://') && !/^\/?net\//i.test(rest);
};
