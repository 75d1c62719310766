/** A time-stamping authority of openssl's in a folder of its own: real RFC 3161 responses and tokens. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const CONFIG = `[req]
distinguished_name = name
x509_extensions = ext
prompt = no
[name]
CN = Example TSA
[ext]
extendedKeyUsage = critical,timeStamping
[tsa]
default_tsa = one
[one]
serial = serial
crypto_device = builtin
signer_cert = tsa.crt
signer_key = tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
other_policies = 1.2.3.4.2
digests = sha256, sha384
accuracy = secs:1
ordering = no
ess_cert_id_alg = sha256
`;

export interface Authority { /** @returns the response, or with `token` the token alone. */ readonly stamp: (bytes: Uint8Array, options?: { readonly token?: boolean; readonly hash?: 'sha256' | 'sha384'; readonly cert?: boolean }) => Uint8Array; readonly dir: string }
export const createAuthority = (): Authority => {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'quorate-tsa-'));
  const openssl = (...args: readonly string[]): void => { execFileSync('openssl', args, { cwd: dir, stdio: ['ignore', 'ignore', 'pipe'] }); };
  writeFileSync(path.join(dir, 'tsa.cnf'), CONFIG);
  writeFileSync(path.join(dir, 'serial'), '01\n');
  openssl('req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', 'tsa.key', '-out', 'tsa.crt', '-days', '3650', '-config', 'tsa.cnf');
  return {
    dir,
    stamp: (bytes, { token = false, hash = 'sha256', cert = true } = {}) => {
      writeFileSync(path.join(dir, 'data'), bytes);
      openssl('ts', '-query', '-data', 'data', `-${hash}`, ...(cert ? ['-cert'] : []), '-out', 'query.tsq');
      openssl('ts', '-reply', '-queryfile', 'query.tsq', '-config', 'tsa.cnf', '-out', 'reply.tsr', ...(token ? ['-token_out'] : []));
      return new Uint8Array(readFileSync(path.join(dir, 'reply.tsr')));
    },
  };
};
