/** The content security policy of our pages. Nothing from outside, nothing inline but styles that carry the nonce of this load. */

const base = (extra: readonly string[]): string => [
  "default-src 'none'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'", "object-src 'none'", ...extra,
].join('; ');

/** React Aria puts one style element into the page; it takes the nonce from a meta element. */
export const pagePolicy = (nonce: string): string =>
  base(["script-src 'self'", `style-src 'self' 'nonce-${nonce}'`, "font-src 'self'", "img-src 'self' data:", "connect-src 'none'"]);

/**
 * The entry page alone runs a worker and the WebAssembly of the symbol reader in it, which is part of the worker's own script: there is
 * still nothing it could fetch. The worker's script comes with this policy too.
 */
// SECURITY: SCAN-2 no eval of text: wasm-unsafe-eval lets compiled modules run and nothing else.
export const entryPolicy = (nonce: string): string =>
  base(["script-src 'self' 'wasm-unsafe-eval'", "worker-src 'self'", `style-src 'self' 'nonce-${nonce}'`, "font-src 'self'", "img-src 'none'", "media-src 'none'", "connect-src 'none'"]);

/** Documents on their way to the printer: no script at all. */
export const printPolicy = (): string => base(["style-src 'unsafe-inline'", 'font-src data:', 'img-src data:']);

const PLACE = '<head>';
/** Puts the nonce where React Aria looks for it. */
export const withNonce = (html: string, nonce: string): string => html.replace(PLACE, `${PLACE}<meta property="csp-nonce" nonce="${nonce}">`);

/** Headers of every answer of the app: protocol. @param camera whether the page may ask for the camera; the session decides */
export const securityHeaders = (policy: string, camera = false): Readonly<Record<string, string>> => ({
  'content-security-policy': policy,
  'x-content-type-options': 'nosniff',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'permissions-policy': `camera=(${camera ? 'self' : ''}), microphone=(), geolocation=(), usb=(), hid=(), serial=(), display-capture=(), clipboard-read=()`,
  'cache-control': 'no-store',
});
