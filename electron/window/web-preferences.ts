/** Web preferences of every window: sandboxed, isolated, without Node. One function so that no window can forget one. */
import type { WebPreferences } from 'electron';

export interface PageChoices { readonly preload: string | null; readonly partition: string; readonly packaged: boolean; readonly javascript: boolean }

// SECURITY: ISO-3 the renderer is a sandboxed process without Node; what it can do is what its preload exposes.
export const webPreferences = ({ preload, partition, packaged, javascript }: PageChoices): WebPreferences => ({
  sandbox: true, contextIsolation: true, nodeIntegration: false, nodeIntegrationInWorker: false, nodeIntegrationInSubFrames: false,
  webSecurity: true, allowRunningInsecureContent: false, experimentalFeatures: false, webviewTag: false, navigateOnDragDrop: false, plugins: false,
  spellcheck: false, enableWebSQL: false, disableDialogs: true, autoplayPolicy: 'user-gesture-required', javascript, partition,
  devTools: !packaged, backgroundThrottling: false,
  ...(preload === null ? {} : { preload }),
});
