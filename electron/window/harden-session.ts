/** What every session is denied, the default one and each partition: network, permissions, devices, downloads, dictionaries. */
import { app, type Session, type WebContents } from 'electron';
import { originOf } from './origins.ts';

const LOCAL = /^(app|blob|data|devtools):/;

// SECURITY: NET-1 every request that is not to our own pages is cancelled.
const blockNetwork = (session: Session): void => {
  session.webRequest.onBeforeRequest((details, callback) => { callback({ cancel: !LOCAL.test(details.url) }); });
};

// SECURITY: NET-1 the spell checker would fetch its dictionary at start (seen: a DNS query 1 s after the first window).
const silenceSpellChecker = (session: Session): void => {
  session.setSpellCheckerLanguages([]);
  session.setSpellCheckerDictionaryDownloadURL('app://none/');
  session.setSpellCheckerEnabled(false);
};

// SECURITY: NET-1 no page gets a permission or a device.
const denyPermissions = (session: Session): void => {
  session.setPermissionRequestHandler((_contents, _permission, callback) => { callback(false); });
  session.setPermissionCheckHandler(() => false);
};
const denyDevices = (session: Session): void => {
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler(null);
  session.on('select-usb-device', (event, _details, callback) => { event.preventDefault(); callback(); });
  session.on('select-hid-device', (event, _details, callback) => { event.preventDefault(); callback(); });
  session.on('select-serial-port', (event, _ports, _contents, callback) => { event.preventDefault(); callback(''); });
};

interface Asking { readonly isMainFrame: boolean; readonly requestingUrl?: string; readonly mediaType?: string }
interface AskingMedia extends Asking { readonly mediaTypes?: readonly string[] }

/**
 * Lets one page of one origin have the camera, and nobody anything else, until the returned function is called.
 * @param contents the page; whatever else asks in this session is refused
 */
// SECURITY: SCAN-3 the camera is there for the entry window of a share, for as long as it is open; never the microphone.
export const lendCamera = (session: Session, contents: WebContents, origin: string): (() => void) => {
  const ours = (asker: WebContents | null, permission: string, details: Asking): boolean =>
    asker === contents && permission === 'media' && details.isMainFrame && originOf(details.requestingUrl ?? '') === origin;
  session.setPermissionRequestHandler((asker, permission, callback, details: AskingMedia) => {
    callback(ours(asker, permission, details) && details.mediaTypes?.length === 1 && details.mediaTypes[0] === 'video');
  });
  session.setPermissionCheckHandler((asker, permission, _origin, details: Asking) => ours(asker, permission, details) && details.mediaType !== 'audio');
  return () => { denyPermissions(session); };
};

export const hardenSession = (session: Session): void => {
  blockNetwork(session);
  silenceSpellChecker(session);
  denyPermissions(session);
  denyDevices(session);
  session.on('will-download', (event) => { event.preventDefault(); });
};

/** Every session the program ever makes, from the first on. Before Electron is ready. */
export const hardenSessions = (): void => { app.on('session-created', hardenSession); };
