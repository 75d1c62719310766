/**
 * A prepared room in which everyone signs with a key on a PKCS#11 token: no passphrase has to be stretched, so that a test can play the
 * ceremony many times. Copies of its folder are rooms of their own.
 */
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { KeyIdHex, PersonId } from '../../shared/brand.ts';
import { encodePlan } from '../../shared/ceremony/parse-plan.ts';
import type { Person, Plan } from '../../shared/ceremony/plan-schema.ts';
import { createVault, type Vault } from '../../electron/vault/vault.ts';
import { makeWorkspaceDir, SECRETS } from './headless-room.ts';
import { samplePeople } from './sample-people.ts';
import { samplePlan } from './sample-plan.ts';
import { SOFTHSM_MODULE } from './softhsm.ts';
import { typeInto } from './typing.ts';

const PIN = `${SECRETS.pinFirst}${SECRETS.pinSecond}`;

const makeToken = async (vault: Vault, label: string): Promise<string> => {
  const spec = { kind: 'new-pin', person: null, token: label, minLength: 4, maxLength: 64, half: 'whole' } as const;
  return (await vault.call('rehearsal.make-token', { module: SOFTHSM_MODULE, label, pinEntries: [await typeInto(vault, spec, PIN, PIN)] })).serial;
};

/** Everyone has a token of their own, with a key on it. */
const enrol = async (vault: Vault, people: readonly Person[]): Promise<Person[]> => {
  const enrolled: Person[] = [];
  for (const [index, person] of people.entries()) {
    const serial = await makeToken(vault, `of-${person.id}`), pin = { kind: 'pin', person: person.id, token: serial, minLength: 4, maxLength: 64 } as const;
    await vault.call('token.login', { module: SOFTHSM_MODULE, serial, pinEntries: [await typeInto(vault, pin, PIN)] });
    const keyId = (index + 1).toString(16).padStart(4, '0') as KeyIdHex;
    const { spki } = await vault.call('key.generate', { module: SOFTHSM_MODULE, serial, keyId, label: person.id, profile: 'ec-p256', extractable: false });
    enrolled.push({ ...person, credential: { kind: 'token', algorithm: 'ECDSA-P256-SHA256', publicKey: spki, serial, module: SOFTHSM_MODULE } });
    await vault.call('token.logout', { module: SOFTHSM_MODULE, serial });
  }
  return enrolled;
};

export interface TokenRoomOptions { readonly custodians?: number; readonly plan?: Partial<Plan> }

/** @returns the folder, with tokens, credentials and a complete plan; nothing is frozen yet. */
export const prepareTokenRoom = async ({ custodians = 2, plan: changes = {} }: TokenRoomOptions = {}): Promise<string> => {
  const dir = makeWorkspaceDir();
  const store = path.join(dir, 'tokens', 'store');
  mkdirSync(store, { recursive: true });
  const conf = path.join(dir, 'tokens', 'softhsm2.conf');
  writeFileSync(conf, `directories.tokendir = ${store}\nobjectstore.backend = file\nlog.level = ERROR\nslots.removable = false\n`);
  process.env['SOFTHSM2_CONF'] = conf;
  const vault = createVault();
  try {
    const { sha256 } = await vault.call('module.open', { path: SOFTHSM_MODULE });
    const serial = await makeToken(vault, 'first');
    const secondSerial = await makeToken(vault, 'second');
    const people = await enrol(vault, samplePeople(custodians));
    const plan = samplePlan({
      people, quorum: { threshold: 2, shares: custodians }, key: { label: 'example-root-2026', profile: 'ec-p256', backup: { kind: 'split' } },
      pin: { control: 'halves', first: 'maria' as PersonId, second: 'walter' as PersonId },
      hsm: { module: { path: SOFTHSM_MODULE, sha256 }, serial, secondSerial, software: true }, ...changes,
    });
    writeFileSync(path.join(dir, 'plan-of-the-room.json'), encodePlan(plan));
    return dir;
  } finally { vault.close(); }
};

/** A room of its own with the same tokens and plan. */
export const copyRoom = (dir: string): string => {
  const copy = makeWorkspaceDir();
  cpSync(dir, copy, { recursive: true });
  return copy;
};
