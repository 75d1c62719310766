/**
 * The machine work of a ceremony alone, beside the same work by OpenSC, OpenSSL, ssss, qrencode and librsvg. Ours does more on the way:
 * lint, self-tests of the splitter, manifest, read-only claims; that is not taken off. PINs are typed before the clock starts.
 */
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { checkSignature } from '../../electron/verify/check-signature.ts';
import type { KeyIdHex, PersonId, Sha256Hex } from '../../shared/brand.ts';
import { fromBase64, toBase64 } from '../../shared/bytes.ts';
import { CHECKPOINT_TYPE } from '../../shared/transcript/checkpoint.ts';
import { pae } from '../../shared/transcript/dsse.ts';
import type { SheetFacts } from '../../shared/vault/contract.ts';
import { ROOT } from '../setup/paths.mjs';
import { inPairs, timed, type Bench } from './measure.ts';
import { makeTokens, MODULE, PIN, pinEntry, type Tokens } from './tokens.ts';

const RUNS = 7;
const PEER = path.join(ROOT, 'scripts/bench/peer-ceremony.sh');
const run = promisify(execFile);
const SUBJECT = { commonName: 'Example Root CA 2026', organization: 'Example Trust', country: 'DE' };
const VALIDITY = { notBefore: '2026-11-24T00:00:00Z', notAfter: '2046-11-23T23:59:59Z' };
const CUSTODIANS = ['Ada Okafor', 'Bruno Keller', 'Chen Wei', 'Dalia Haddad', 'Emil Novak'].map((name, index) => ({ number: index + 1, person: `person-${index + 1}` as PersonId, name }));
const FACTS: SheetFacts = { organisation: 'Example Trust', ceremonyNumber: 1, ceremonyTitle: 'Example Root 2026', date: '2026-11-24', paper: 'A4', mode: 'rehearsal', software: true, attempt: 1, toolVersion: '0.1.0', variant: 'standard', holds: 'wrapping-key', printedAt: '2026-11-24T09:00:00.000Z' };

interface Prepared { readonly keyId: KeyIdHex; readonly dir: string; readonly pins: readonly string[] }
const prepare = async ({ dir, vault, people, signers }: Tokens): Promise<Prepared> => {
  const pins: string[] = [];
  for (const { person } of signers) pins.push(await pinEntry(vault, people, person));
  return { keyId: randomBytes(16).toString('hex') as KeyIdHex, dir: mkdtempSync(path.join(dir, 'run-')), pins };
};

const makeRoot = async ({ vault, hsm }: Tokens, keyId: KeyIdHex): Promise<void> => {
  const ref = { module: MODULE, serial: hsm, keyId };
  const { spki } = await vault.call('key.generate', { ...ref, label: `bench-${keyId.slice(0, 8)}`, profile: 'ec-p384', extractable: true });
  const { tbs } = await vault.call('pki.prepare-root', { ...ref, profile: 'ec-p384', spki, subject: SUBJECT, ...VALIDITY, mode: 'rehearsal' });
  await vault.call('pki.sign-root', { ...ref, profile: 'ec-p384', spki, tbs });
};

const makeSheets = async ({ vault, hsm }: Tokens, dir: string): Promise<void> => {
  const nonce = randomBytes(32).toString('hex') as Sha256Hex;
  await vault.call('custody.split', { module: MODULE, serial: hsm, ceremony: '0001-bench', nonce, threshold: 3, custodians: CUSTODIANS, drill: true, epoch: 1, issuedAt: '2026-11-24T09:00:00.000Z', reviewBy: null });
  for (const { number } of CUSTODIANS) await vault.call('custody.print', { share: number, printer: { kind: 'folder', dir }, facts: FACTS });
};

const signAndCheck = async ({ vault, people, signers }: Tokens, pins: readonly string[]): Promise<void> => {
  for (const [index, { person, publicKey }] of signers.entries()) {
    const message = pae(CHECKPOINT_TYPE, new TextEncoder().encode(`checkpoint ${index + 1}`));
    const { signature } = await vault.call('credential.sign', { entryId: pins[index]!, person, pae: toBase64(message), publicKey, algorithm: 'ECDSA-P256-SHA256', source: { kind: 'token', module: MODULE, serial: people } });
    if (!checkSignature('ECDSA-P256-SHA256', fromBase64(publicKey)!, message, fromBase64(signature)!)) throw new Error('a signature does not verify');
  }
};

const assertSheets = (dir: string): void => {
  const sheets = readdirSync(dir).filter((name) => /^share-\d.*\.pdf$/.test(name));
  if (sheets.length !== 5) throw new Error(`${sheets.length} sheets instead of 5`);
};
/** Keys of earlier runs would make the token slower for those that follow. */
const cleanUp = async ({ vault, hsm }: Tokens, { keyId, dir }: Prepared): Promise<void> => {
  assertSheets(dir);
  await vault.call('key.destroy', { module: MODULE, serial: hsm, keyId });
  rmSync(dir, { recursive: true });
};

const ours = async (tokens: Tokens): Promise<number> => {
  const prepared = await prepare(tokens);
  const ms = await timed(async () => {
    await makeRoot(tokens, prepared.keyId);
    await makeSheets(tokens, prepared.dir);
    await signAndCheck(tokens, prepared.pins);
  });
  await cleanUp(tokens, prepared);
  return ms;
};

const peer = async (tokens: Tokens): Promise<number> => {
  const keyId = randomBytes(16).toString('hex') as KeyIdHex;
  const dir = mkdtempSync(path.join(tokens.dir, 'peer-'));
  const env = { ...process.env, MODULE, HSM: 'hsm', PEOPLE: 'people', PIN, ID: keyId, LABEL: `peer-${keyId.slice(0, 8)}`, CREDENTIALS: tokens.credentialsDir };
  const ms = await timed(async () => { await run('sh', [PEER], { cwd: dir, env }); });
  await cleanUp(tokens, { keyId, dir, pins: [] });
  return ms;
};

export const coreCeremony: Bench = {
  name: 'core-ceremony',
  run: async () => {
    const tokens = await makeTokens();
    try {
      const pair = await inPairs(RUNS, { ours: () => ours(tokens), peer: () => peer(tokens) });
      return { name: 'core-ceremony', ours: pair.ours, peer: pair.peer, unit: 'ms', ratio: pair.ratio, runs: RUNS, mustReach: 0.5 };
    } finally { tokens.close(); }
  },
};
