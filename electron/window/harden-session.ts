/** What every session is denied, the default one and each partition: network, permissions, devices, downloads, dictionaries. */
import { app, type Session } from 'electron';

const LOCAL = /^(app|blob|data|devtools):/;

// SECURITY: NET-2 every request that is not to our own pages is cancelled.
const blockNetwork = (session: Session): void => {
  session.webRequest.onBeforeRequest((details, callback) => { callback({ cancel: !LOCAL.test(details.url) }); });
};

// SECURITY: NET-3 the spell checker would fetch its dictionary at start (seen: a DNS query 1 s after the first window).
const silenceSpellChecker = (session: Session): void => {
  session.setSpellCheckerLanguages([]);
  session.setSpellCheckerDictionaryDownloadURL('app://none/');
  session.setSpellCheckerEnabled(false);
};

// SECURITY: PERM-1 no page gets a permission or a device.
const denyPermissions = (session: Session): void => {
  session.setPermissionRequestHandler((_contents, _permission, callback) => { callback(false); });
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler(null);
  session.on('select-usb-device', (event, _details, callback) => { event.preventDefault(); callback(); });
  session.on('select-hid-device', (event, _details, callback) => { event.preventDefault(); callback(); });
  session.on('select-serial-port', (event, _ports, _contents, callback) => { event.preventDefault(); callback(''); });
};

export const hardenSession = (session: Session): void => {
  blockNetwork(session);
  silenceSpellChecker(session);
  denyPermissions(session);
  session.on('will-download', (event) => { event.preventDefault(); });
};

/** Every session the program ever makes, from the first on. Before Electron is ready. */
export const hardenSessions = (): void => { app.on('session-created', hardenSession); };
