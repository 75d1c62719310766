/** Chromium switches that keep the browser inside from calling out on its own. Set before Electron is ready. */
import { app } from 'electron';

// SECURITY: NET-1 no name is ever resolved, so that no component of Chromium can reach a server by name.
export const quietSwitches = (): void => {
  app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND');
  for (const name of ['disable-background-networking', 'disable-component-update', 'disable-domain-reliability', 'disable-client-side-phishing-detection', 'disable-sync', 'no-pings', 'no-first-run', 'disable-breakpad']) {
    app.commandLine.appendSwitch(name);
  }
  app.commandLine.appendSwitch('webrtc-ip-handling-policy', 'disable_non_proxied_udp');
  app.commandLine.appendSwitch('disable-features', 'DnsOverHttps,AsyncDns,MediaRouter,OptimizationHints,Translate,AutofillServerCommunication,CertificateTransparencyComponentUpdater');
};

/** Switches that would take the sandbox or the isolation away. */
const WEAKENING = ['no-sandbox', 'disable-web-security', 'disable-site-isolation-trials', 'remote-debugging-port', 'remote-debugging-pipe', 'load-extension', 'js-flags', 'inspect', 'inspect-brk',
  // A camera that shows a file is for tests.
  'use-fake-device-for-media-stream', 'use-fake-ui-for-media-stream', 'use-file-for-fake-video-capture'];

/**
 * A packaged build refuses switches that weaken it. A checkout allows them: tests drive it through the inspector, and the preflight and
 * the record say that it ran from a checkout.
 * @returns a sentence when it must not start, else null.
 */
// SECURITY: ISO-3 the sandbox cannot be switched off in a release.
export const refuseWeakSwitches = (packaged: boolean): string | null => {
  const weak = WEAKENING.filter((name) => app.commandLine.hasSwitch(name));
  return packaged && weak.length > 0 ? `Quorate does not start with ${weak.map((name) => `--${name}`).join(', ')}: it would be less protected.` : null;
};

export const sandboxSwitchedOff = (): boolean => app.commandLine.hasSwitch('no-sandbox');
