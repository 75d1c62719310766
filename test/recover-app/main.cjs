/** Opens a page from a file in a real Chromium with nothing of Quorate in it, notes every request, and saves downloads into a folder. */
const { app, BrowserWindow, session } = require('electron');
const path = require('node:path');
const { pathToFileURL } = require('node:url');

const argument = (name) => process.argv.find((word) => word.startsWith(`--${name}=`))?.slice(name.length + 3);

void app.whenReady().then(async () => {
  globalThis.requests = [];
  globalThis.saved = [];
  session.defaultSession.webRequest.onBeforeRequest((details, answer) => { globalThis.requests.push(details.url.slice(0, 100)); answer({}); });
  session.defaultSession.on('will-download', (_event, item) => {
    const file = path.join(argument('workspace'), item.getFilename());
    item.setSavePath(file);
    item.once('done', (_done, state) => { globalThis.saved.push({ file, state }); });
  });
  const window = new BrowserWindow({ width: 1200, height: 1000, webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false } });
  await window.loadURL(pathToFileURL(argument('page')).href);
});
