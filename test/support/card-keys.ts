/** Keys and foreign objects on a test's card, made beside the vault through the same module. */
import type { PKCS11 } from 'pkcs11js';
import { CKA, CKF, CKK, CKM, CKO, CKU } from '../../electron/vault/pkcs11/constants.ts';
import { acquireLibrary, releaseLibrary } from '../../electron/vault/pkcs11/library.ts';
import { assertToken } from '../../electron/vault/pkcs11/token-info.ts';
import { objectIdentifier } from '../../shared/x509/der.ts';
import { OID } from '../../shared/x509/oids.ts';

export type CardKey = 'rsa-2048' | 'rsa-4096' | 'p256' | 'p384' | 'signing-only';

/** Logs in with the PIN, works in one session, and logs out. */
export const onCard = async <T>(module: string, serial: string, pin: string, work: (p11: PKCS11, session: Buffer) => Promise<T> | T): Promise<T> => {
  const library = acquireLibrary(module, null), { p11 } = library;
  try {
    const session = p11.C_OpenSession(assertToken(p11, serial).slot, CKF.SERIAL_SESSION | CKF.RW_SESSION);
    try {
      p11.C_Login(session, CKU.USER, pin);
      try { return await work(p11, session); } finally { p11.C_Logout(session); }
    } finally { p11.C_CloseSession(session); }
  } finally { releaseLibrary(library); }
};

const ID = Buffer.from('5e', 'hex');

/** A key pair as a card's issuer makes it. `signing-only`: RSA that may not decrypt. */
export const makeCardKey = (module: string, serial: string, pin: string, kind: CardKey): Promise<void> => onCard(module, serial, pin, (p11, session) => {
  const rsa = kind === 'rsa-2048' || kind === 'rsa-4096' || kind === 'signing-only', decrypts = kind !== 'signing-only';
  const shared = [{ type: CKA.TOKEN, value: true }, { type: CKA.ID, value: ID }, { type: CKA.LABEL, value: Buffer.from('issuer key') }];
  const parameters = rsa
    ? [{ type: CKA.MODULUS_BITS, value: kind === 'rsa-4096' ? 4096 : 2048 }, { type: CKA.PUBLIC_EXPONENT, value: Buffer.from([1, 0, 1]) }, { type: CKA.ENCRYPT, value: decrypts }]
    : [{ type: CKA.EC_PARAMS, value: Buffer.from(objectIdentifier(kind === 'p384' ? OID.p384 : OID.p256)) }];
  const use = rsa ? [{ type: CKA.DECRYPT, value: decrypts }] : [{ type: CKA.DERIVE, value: true }];
  p11.C_GenerateKeyPair(
    session, { mechanism: rsa ? CKM.RSA_PKCS_KEY_PAIR_GEN : CKM.EC_KEY_PAIR_GEN },
    [...shared, { type: CKA.KEY_TYPE, value: rsa ? CKK.RSA : CKK.EC }, { type: CKA.PRIVATE, value: false }, ...parameters],
    [...shared, { type: CKA.PRIVATE, value: true }, { type: CKA.SENSITIVE, value: true }, { type: CKA.EXTRACTABLE, value: false }, { type: CKA.SIGN, value: kind === 'signing-only' }, ...use],
  );
});

export interface DataObject { readonly label: string; readonly application: string; readonly value: Buffer }

const createData = (p11: PKCS11, session: Buffer, { label, application, value }: DataObject): void => {
  p11.C_CreateObject(session, [
    { type: CKA.CLASS, value: CKO.DATA }, { type: CKA.TOKEN, value: true }, { type: CKA.PRIVATE, value: true },
    { type: CKA.LABEL, value: Buffer.from(label) }, { type: CKA.APPLICATION, value: Buffer.from(application) }, { type: CKA.VALUE, value },
  ]);
};
const findData = (p11: PKCS11, session: Buffer): readonly (DataObject & { readonly handle: Buffer })[] => {
  p11.C_FindObjectsInit(session, [{ type: CKA.CLASS, value: CKO.DATA }]);
  const found = p11.C_FindObjects(session, 64);
  p11.C_FindObjectsFinal(session);
  return found.map((handle) => {
    const [label, application, value] = p11.C_GetAttributeValue(session, handle, [{ type: CKA.LABEL }, { type: CKA.APPLICATION }, { type: CKA.VALUE }]).map((one) => one.value as Buffer);
    return { handle, label: label!.toString(), application: application!.toString(), value: value! };
  });
};

/** A private data object. */
export const putData = (module: string, serial: string, pin: string, label: string, application: string, value: Uint8Array): Promise<void> =>
  onCard(module, serial, pin, (p11, session) => { createData(p11, session, { label, application, value: Buffer.from(value) }); });

/** Every data object, sorted by label. */
export const readData = (module: string, serial: string, pin: string): Promise<readonly DataObject[]> => onCard(module, serial, pin, (p11, session) =>
  findData(p11, session).map(({ label, application, value }) => ({ label, application, value })).sort((a, b) => (a.label < b.label ? -1 : 1)));

/** Puts another value in the place of every object of ours. */
export const changeData = (module: string, serial: string, pin: string, change: (value: Buffer) => Uint8Array): Promise<void> => onCard(module, serial, pin, (p11, session) => {
  for (const { handle, ...object } of findData(p11, session).filter(({ application }) => application === 'quorate')) {
    p11.C_DestroyObject(session, handle);
    createData(p11, session, { ...object, value: Buffer.from(change(object.value)) });
  }
});
