/** A wrapping key inside a token, for one use: a session object that is destroyed whatever happens. */
import { CKA, CKK, CKO } from '../pkcs11/constants.ts';
import { ckrOf } from '../pkcs11/faults.ts';
import type { Session } from '../pkcs11/token.ts';

/** An object may be gone with its token: that is what was wanted. Any other failure of the clean-up is reported. */
export const destroyQuietly = ({ p11, handle }: Session, object: Buffer): void => {
  try { p11.C_DestroyObject(handle, object); } catch (error) { if (ckrOf(error) === null) throw error; }
};

/**
 * @param kek 32 bytes; stays the caller's. @param use the one thing the object may do
 * @throws what the module throws, inside Token.use
 */
export const withWrappingKey = async <T>(session: Session, kek: Buffer, use: 'wrap' | 'unwrap', work: (key: Buffer) => Promise<T>): Promise<T> => {
  const key = session.p11.C_CreateObject(session.handle, [
    { type: CKA.CLASS, value: CKO.SECRET_KEY }, { type: CKA.KEY_TYPE, value: CKK.AES }, { type: CKA.VALUE, value: kek },
    { type: CKA.TOKEN, value: false }, // gone with the session
    { type: CKA.PRIVATE, value: true }, { type: CKA.SENSITIVE, value: true }, { type: CKA.EXTRACTABLE, value: false },
    { type: CKA.ENCRYPT, value: false }, { type: CKA.DECRYPT, value: false }, // or it would open what it wrapped
    { type: CKA.WRAP, value: use === 'wrap' }, { type: CKA.UNWRAP, value: use === 'unwrap' },
  ]);
  try { return await work(key); } finally { destroyQuietly(session, key); }
};
