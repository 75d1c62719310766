/** PINs on devices that count: tpm2-pkcs11 on a software TPM locks; what CK_TOKEN_INFO's flags say is played by a stand-in module. */
import type { PKCS11 } from 'pkcs11js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CKF } from '../../electron/vault/pkcs11/constants.ts';
import { Token } from '../../electron/vault/pkcs11/token.ts';
import { createVault, type Vault } from '../../electron/vault/vault.ts';
import { startSoftTpm, type SoftTpm } from '../support/swtpm.ts';
import { makeLoggedInToken, pinSpec, TEST_PIN, typeInto } from '../support/typing.ts';

describe('a PIN on a software TPM that locks after three failures', () => {
  let tpm: SoftTpm | undefined, vault: Vault;
  beforeAll(async () => { vault = createVault(); tpm = await startSoftTpm(3); });
  afterAll(async () => { vault.close(); await tpm?.stop(); });

  it('is incorrect three times, then locked, also for the right PIN; and the token is still seen', async () => {
    const { module } = tpm!;
    const { serial } = await makeLoggedInToken(vault, module, 'locks');
    const login = async (pin: string) => vault.call('token.login', { module, serial, pinEntries: [await typeInto(vault, pinSpec(serial), pin)] }).then(() => 'in', (error: { code: string }) => error.code);
    expect(await login(TEST_PIN)).toBe('in');
    expect([await login('wrong-1'), await login('wrong-2'), await login('wrong-3')]).toEqual(['HSM_PIN_INCORRECT', 'HSM_PIN_INCORRECT', 'HSM_PIN_INCORRECT']);
    expect([await login('wrong-4'), await login(TEST_PIN)]).toEqual(['HSM_PIN_LOCKED', 'HSM_PIN_LOCKED']);
    expect((await vault.call('module.open', { path: module })).tokens).toEqual(expect.arrayContaining([expect.objectContaining({ serial, initialized: true })]));
    expect((await vault.call('vault.status', {})).loggedIn).toEqual([]);
  });
});

/** Only what a login asks of a module: a card with `tries` left and the right PIN 1234. */
const makeCard = (tries: number) => {
  let left = tries;
  const flags = (): number => CKF.TOKEN_INITIALIZED | (left === 0 ? CKF.USER_PIN_LOCKED : left === 1 ? CKF.USER_PIN_FINAL_TRY : left < 3 ? CKF.USER_PIN_COUNT_LOW : 0);
  const version = { major: 1, minor: 0 };
  let attempts = 0;
  const p11 = {
    C_GetSlotList: () => [Buffer.of(1)], C_GetSlotInfo: () => ({ slotDescription: 'reader' }), C_OpenSession: () => Buffer.of(9), C_CloseSession: () => undefined, C_Logout: () => undefined,
    C_GetTokenInfo: () => ({ serialNumber: 'CARD', label: 'card', manufacturerID: 'm', model: 'c', flags: flags(), firmwareVersion: version, hardwareVersion: version, minPinLen: 4, maxPinLen: 8 }),
    C_Login: (_session: Buffer, _user: number, pin: string) => {
      attempts += 1;
      if (left === 0) throw new Error('CKR_PIN_LOCKED:164');
      if (pin === '1234') { left = 3; return; }
      left -= 1;
      throw new Error('CKR_PIN_INCORRECT:160');
    },
  };
  return { token: new Token(p11 as unknown as PKCS11, 'CARD'), attempts: () => attempts };
};
const codeOf = (work: () => void): string => { try { work(); return 'in'; } catch (error) { return (error as { code: string }).code; } };

describe('a PIN on a card that tells how many tries are left', () => {
  it('warns of the last try (HSM_PIN_LAST_TRY), then is locked (HSM_PIN_LOCKED), and a locked card is not asked again', () => {
    const { token, attempts } = makeCard(3);
    const wrong = Buffer.from('0000');
    expect([codeOf(() => { token.login(wrong); }), codeOf(() => { token.login(wrong); }), codeOf(() => { token.login(wrong); })]).toEqual(['HSM_PIN_INCORRECT', 'HSM_PIN_LAST_TRY', 'HSM_PIN_LOCKED']);
    expect(attempts()).toBe(3);
    expect(codeOf(() => { token.login(Buffer.from('1234')); })).toBe('HSM_PIN_LOCKED');
    expect(attempts()).toBe(3);
    expect(token.loggedIn).toBe(false);
  });

  it('opens with the right PIN on the last try', () => {
    const { token } = makeCard(1);
    expect(codeOf(() => { token.login(Buffer.from('1234')); })).toBe('in');
    expect(token.loggedIn).toBe(true);
  });
});
