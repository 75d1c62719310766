/** Every profile on a real SoftHSM: generate, check, certificate, proof of possession; OpenSSL's command line has the last word. */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createVault, type Vault } from '../../electron/vault/vault.ts';
import type { KeyIdHex, Sha256Hex } from '../../shared/brand.ts';
import { KEY_PROFILES, type KeyProfile } from '../../shared/ceremony/plan-schema.ts';
import { readCertificate } from '../../shared/x509/read-certificate.ts';
import { parsePossession } from '../../shared/x509/possession.ts';
import { makeSoftHsm, type SoftHsm } from '../support/softhsm.ts';
import { makeLoggedInToken } from '../support/typing.ts';

let hsm: SoftHsm, vault: Vault, serial: string;
beforeAll(async () => {
  hsm = makeSoftHsm();
  vault = createVault();
  serial = (await makeLoggedInToken(vault, hsm.module, 'profiles')).serial;
});
afterAll(() => { vault.close(); hsm.remove(); });

const SUBJECT = { commonName: 'Example Root R1', organization: 'Exämple Órg', country: 'CH' };
const HEAD = 'ab'.repeat(32) as Sha256Hex;
const keyIdOf = (profile: KeyProfile): KeyIdHex => Buffer.from(`id-${profile}`).toString('hex') as KeyIdHex;
const openssl = (...args: readonly string[]): string => execFileSync('openssl', [...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

const save = (name: string, der: string, kind: 'CERTIFICATE' | 'CERTIFICATE REQUEST'): string => {
  const path = join(hsm.dir, name);
  writeFileSync(path, `-----BEGIN ${kind}-----\n${der.replace(/.{64}/g, '$&\n')}\n-----END ${kind}-----\n`);
  return path;
};

describe.each(KEY_PROFILES)('a %s key on SoftHSM', (profile) => {
  const extractable = profile !== 'ed25519';
  const ref = () => ({ module: hsm.module, serial, keyId: keyIdOf(profile), profile });
  let spki = '' as Awaited<ReturnType<typeof generate>>['spki'];
  const generate = () => vault.call('key.generate', { ...ref(), label: `root ${profile}`, extractable });

  it('is absent, then made with the claims and checks that were asked for', async () => {
    expect(await vault.call('key.look', ref())).toEqual({ found: 'none' });
    const made = await generate();
    spki = made.spki;
    expect(made.claims).toMatchObject({ local: true, sensitive: true, extractable, alwaysSensitive: true, neverExtractable: !extractable, sign: true, decrypt: false, derive: false, unwrap: false });
    expect(made.checks).toContain('test-signature-verified-outside');
    expect(made.checks.length).toBeGreaterThanOrEqual(5);
    expect(await vault.call('key.look', ref())).toMatchObject({ found: 'complete', spki });
  });

  it('signs a root certificate that OpenSSL verifies strictly, over exactly the prepared bytes', async () => {
    const prepared = await vault.call('pki.prepare-root', { ...ref(), spki, subject: SUBJECT, notBefore: '2026-11-24T00:00:00Z', notAfter: '2046-11-24T00:00:00Z', mode: 'rehearsal' });
    expect(prepared.lint).toEqual([]);
    const { certificate, lint } = await vault.call('pki.sign-root', { ...ref(), spki, tbs: prepared.tbs });
    expect(lint).toEqual([]);
    const der = Buffer.from(certificate, 'base64');
    expect(Buffer.from(readCertificate(der)!.tbs).toString('base64')).toBe(prepared.tbs);
    const path = save(`${profile}.pem`, certificate, 'CERTIFICATE');
    expect(openssl('verify', '-x509_strict', '-check_ss_sig', '-attime', '1800000000', '-CAfile', path, path)).toContain('OK');
    const x509 = new X509Certificate(der);
    expect(x509.subject).toBe('C=CH\nO=Exämple Órg\nCN=REHEARSAL Example Root R1');
    expect(x509.ca).toBe(true);
    expect(x509.serialNumber).toHaveLength(34);
  });

  it('signs a request that carries the transcript head, and OpenSSL shows it', async () => {
    const { tbs } = await vault.call('pki.prepare-pop', { profile, spki, subject: SUBJECT, mode: 'rehearsal', head: HEAD });
    const { request } = await vault.call('pki.sign-pop', { ...ref(), spki, tbs });
    const path = save(`${profile}.csr`, request, 'CERTIFICATE REQUEST');
    expect(execFileSync('sh', ['-c', `openssl req -verify -noout -text -in '${path}' 2>&1`], { encoding: 'utf8' })).toMatch(new RegExp(`verify OK[^]*${HEAD}`));
    expect(parsePossession(Buffer.from(request, 'base64'))).toMatchObject({ head: HEAD });
  });
});

describe('what must not be signed or made', () => {
  const ref = () => ({ module: hsm.module, serial, keyId: keyIdOf('ec-p256'), profile: 'ec-p256' as const });
  const look = async () => { const seen = await vault.call('key.look', ref()); if (seen.found !== 'complete') throw new Error('no key'); return seen.spki; };

  it('refuses a label in use (HSM_LABEL_IN_USE) and an id in use (HSM_KEY_ID_IN_USE)', async () => {
    await expect(vault.call('key.generate', { ...ref(), keyId: 'c0ffee' as KeyIdHex, label: 'root ec-p256', extractable: true })).rejects.toMatchObject({ code: 'HSM_LABEL_IN_USE', details: { label: 'root ec-p256' } });
    await expect(vault.call('key.generate', { ...ref(), label: 'another', extractable: true })).rejects.toMatchObject({ code: 'HSM_KEY_ID_IN_USE' });
  });

  it('refuses to prepare a certificate that the lint does not pass (PKI_LINT_FAILED)', async () => {
    const request = { ...ref(), spki: await look(), subject: { ...SUBJECT, commonName: 'x'.repeat(60) }, notBefore: '2026-11-24T00:00:00Z', notAfter: '2020-11-24T00:00:00Z', mode: 'rehearsal' as const };
    await expect(vault.call('pki.prepare-root', request)).rejects.toMatchObject({ code: 'PKI_LINT_FAILED', details: { rules: ['common_name', 'time_order'] } });
  });

  it('refuses free bytes, and a request of another key, as something to sign (PKI_TBS_MISMATCH)', async () => {
    const spki = await look();
    const free = Buffer.from('free bytes').toString('base64') as typeof spki;
    await expect(vault.call('pki.sign-root', { ...ref(), spki, tbs: free })).rejects.toMatchObject({ code: 'PKI_TBS_MISMATCH' });
    await expect(vault.call('pki.sign-pop', { ...ref(), spki, tbs: free })).rejects.toMatchObject({ code: 'PKI_TBS_MISMATCH' });
    const other = await vault.call('key.look', { ...ref(), keyId: keyIdOf('ec-p384'), profile: 'ec-p384' });
    if (other.found !== 'complete') throw new Error('no key');
    const { tbs } = await vault.call('pki.prepare-pop', { profile: 'ec-p256', spki: other.spki, subject: SUBJECT, mode: 'production', head: HEAD });
    await expect(vault.call('pki.sign-pop', { ...ref(), spki, tbs })).rejects.toMatchObject({ code: 'PKI_TBS_MISMATCH' });
  });

  it('refuses a signature by a key that is not the one named (PKI_SIGNATURE_INVALID)', async () => {
    const spki = await look();
    const wrong = await vault.call('key.generate', { module: hsm.module, serial, keyId: 'bead' as KeyIdHex, profile: 'ec-p256', label: 'wrong', extractable: false });
    const { tbs } = await vault.call('pki.prepare-pop', { profile: 'ec-p256', spki: wrong.spki, subject: SUBJECT, mode: 'production', head: HEAD });
    await expect(vault.call('pki.sign-pop', { ...ref(), spki: wrong.spki, tbs })).rejects.toMatchObject({ code: 'PKI_SIGNATURE_INVALID' });
    expect(spki).not.toBe(wrong.spki);
  });

  it('refuses a key that is not on the token (HSM_KEY_NOT_FOUND)', async () => {
    const spki = await look();
    const { tbs } = await vault.call('pki.prepare-pop', { profile: 'ec-p256', spki, subject: SUBJECT, mode: 'production', head: HEAD });
    await expect(vault.call('pki.sign-pop', { ...ref(), keyId: '00' as KeyIdHex, spki, tbs })).rejects.toMatchObject({ code: 'HSM_KEY_NOT_FOUND' });
  });

  it('keeps the event loop alive while an RSA-4096 key is made', async () => {
    let ticks = 0;
    const timer = setInterval(() => { ticks += 1; }, 5);
    const { durationMs } = await vault.call('key.generate', { module: hsm.module, serial, keyId: 'aa55' as KeyIdHex, profile: 'rsa-4096', label: 'alive', extractable: false });
    clearInterval(timer);
    // A blocked loop gives one tick however long it takes; a live one gives many even on a slow machine.
    expect(ticks).toBeGreaterThan(Math.min(5, durationMs / 50));
  });
});
