/** The two origins of the application. Each has its own pages, sessions and powers; nothing else is ever loaded. */
export const SCHEME = 'app';
export const MAIN_ORIGIN = 'app://ui';
export const ENTRY_ORIGIN = 'app://entry';
export const MAIN_URL = `${MAIN_ORIGIN}/index.html`;
export const ENTRY_URL = `${ENTRY_ORIGIN}/entry.html`;
export const PRINT_ORIGIN = 'app://print';

/** @returns the origin of an address of ours, or null. `URL.origin` is "null" for schemes it does not know. */
export const originOf = (address: string): string | null => {
  try {
    const url = new URL(address);
    return url.protocol === `${SCHEME}:` ? `${url.protocol}//${url.host}` : null;
  } catch { return null; }
};
