/**
 * P-256 signatures a second through the vault's token sessions, 16 asked for at a time, beside plain C calls of the same module in as
 * many threads as Node has for such work. Ours turn each signature into DER; the C program does not.
 */
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { createModuleRegistry } from '../../electron/vault/pkcs11/modules.ts';
import { findKeyPair } from '../../electron/vault/pkcs11/objects.ts';
import { signByProfile } from '../../electron/vault/pkcs11/sign.ts';
import { ROOT } from '../setup/paths.mjs';
import { inPairs, type Bench } from './measure.ts';
import { makeTokens, MODULE, PIN, type Tokens } from './tokens.ts';

const RUNS = 5, SIGNATURES = 4_000, IN_FLIGHT = 16, THREADS = 4;
const run = promisify(execFile);

const ours = async (registry: ReturnType<typeof createModuleRegistry>, tokens: Tokens): Promise<number> => {
  const token = registry.token(MODULE, tokens.people);
  const id = Buffer.from(tokens.signers[0]!.keyId, 'hex');
  let left = SIGNATURES;
  const start = performance.now();
  await Promise.all(Array.from({ length: IN_FLIGHT }, () => token.use(async (session) => {
    const key = findKeyPair(session, id).privateKeys[0]!;
    while (left-- > 0) await signByProfile(session, key, 'ec-p256', Buffer.from([left & 0xff, left >> 8]));
  })));
  return SIGNATURES / ((performance.now() - start) / 1000);
};

export const vaultSign: Bench = {
  name: 'vault-sign',
  run: async () => {
    const tokens = await makeTokens();
    const registry = createModuleRegistry();
    try {
      const program = path.join(tokens.dir, 'raw-sign');
      await run('gcc', ['-O2', '-pthread', '-o', program, path.join(ROOT, 'scripts/bench/raw-sign.c'), '-ldl']);
      registry.token(MODULE, tokens.people).login(Buffer.from(PIN));
      const peer = async (): Promise<number> => Number((await run(program, [MODULE, 'people', PIN, tokens.signers[0]!.keyId, String(THREADS), String(SIGNATURES)])).stdout);
      const pair = await inPairs(RUNS, { ours: () => ours(registry, tokens), peer });
      return { name: 'vault-sign', ours: pair.ours, peer: pair.peer, unit: 'per second', ratio: pair.ratio, runs: RUNS, mustReach: null };
    } finally { registry.close(); tokens.close(); }
  },
};
