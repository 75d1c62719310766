/** What every page is denied: going elsewhere, opening windows, embedding others, developer tools in a release. */
import { app, type WebContents } from 'electron';

// SECURITY: NET-1 a page stays where it was opened; main loads pages, pages never do.
const lockNavigation = (contents: WebContents): void => {
  contents.on('will-navigate', (event) => { event.preventDefault(); });
  contents.on('will-frame-navigate', (event) => { event.preventDefault(); });
  contents.on('will-redirect', (event) => { event.preventDefault(); });
  contents.on('will-attach-webview', (event) => { event.preventDefault(); });
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
};

// SECURITY: ISO-3 developer tools show the memory of a page.
const closeDevTools = (contents: WebContents): void => {
  contents.on('devtools-opened', () => { contents.closeDevTools(); });
};

export const hardenContents = (packaged: boolean): void => {
  app.on('web-contents-created', (_event, contents) => {
    lockNavigation(contents);
    if (packaged) closeDevTools(contents);
  });
};
