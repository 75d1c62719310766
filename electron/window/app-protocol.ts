/** Serves the pages of the application from their folder, by a list made once. A path that is not on the list does not exist. */
import { randomBytes } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { protocol, type Session } from 'electron';
import { entryPolicy, pagePolicy, securityHeaders, withNonce } from './csp.ts';
import { ENTRY_ORIGIN, SCHEME, originOf } from './origins.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8', '.svg': 'image/svg+xml',
  '.png': 'image/png', '.woff2': 'font/woff2', '.ttf': 'font/ttf', '.wasm': 'application/wasm',
};

/** Before Electron is ready. */
export const declareScheme = (): void => {
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: false, stream: false, codeCache: true } }]);
};

const list = async (dir: string): Promise<ReadonlyMap<string, string>> => {
  const files = new Map<string, string>();
  for (const item of await readdir(dir, { recursive: true, withFileTypes: true })) {
    const file = path.join(item.parentPath, item.name);
    if (item.isFile() && TYPES[path.extname(file)] !== undefined) files.set(`/${path.relative(dir, file).split(path.sep).join('/')}`, file);
  }
  return files;
};

/** Answers for one origin. Exported for tests. */
export const answer = async (files: ReadonlyMap<string, string>, origin: string, address: string): Promise<Response> => {
  const file = originOf(address) === origin ? files.get(new URL(address).pathname) : undefined;
  const nonce = randomBytes(16).toString('base64');
  const headers = origin === ENTRY_ORIGIN ? securityHeaders(entryPolicy(nonce), true) : securityHeaders(pagePolicy(nonce));
  if (file === undefined) return new Response('', { status: 404, headers });
  const type = TYPES[path.extname(file)]!;
  const bytes = await readFile(file);
  const body = type.startsWith('text/html') ? withNonce(bytes.toString('utf8'), nonce) : new Uint8Array(bytes);
  return new Response(body, { headers: { ...headers, 'content-type': type } });
};

/** Serves `dir` to one session under one origin only. */
export const serve = async (session: Session, origin: string, dir: string): Promise<void> => {
  const files = await list(dir);
  session.protocol.handle(SCHEME, async (request) => await answer(files, origin, request.url));
};
