/** The content security policy of our pages. Nothing from outside, nothing inline but styles that carry the nonce of this load. */

const base = (extra: readonly string[]): string => [
  "default-src 'none'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'", "object-src 'none'", ...extra,
].join('; ');

/** React Aria puts one style element into the page; it takes the nonce from a meta element. */
export const pagePolicy = (nonce: string): string =>
  base(["script-src 'self'", `style-src 'self' 'nonce-${nonce}'`, "font-src 'self'", "img-src 'self' data:", "connect-src 'none'"]);

/** Documents on their way to the printer: no script at all. */
export const printPolicy = (): string => base(["style-src 'unsafe-inline'", 'font-src data:', 'img-src data:']);

const PLACE = '<head>';
/** Puts the nonce where React Aria looks for it. */
export const withNonce = (html: string, nonce: string): string => html.replace(PLACE, `${PLACE}<meta property="csp-nonce" nonce="${nonce}">`);

/** Headers of every answer of the app: protocol. */
export const securityHeaders = (policy: string): Readonly<Record<string, string>> => ({
  'content-security-policy': policy,
  'x-content-type-options': 'nosniff',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), usb=(), hid=(), serial=(), display-capture=(), clipboard-read=()',
  'cache-control': 'no-store',
});
