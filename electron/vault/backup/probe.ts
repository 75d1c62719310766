/**
 * Finds out by a known answer how a token wraps keys: a published test key is wrapped under a known wrapping key and opened here. The name of
 * a mechanism is no proof: one number stands for different algorithms in different modules.
 */
import { AppError } from '../../../shared/errors.ts';
import { encodeSpki } from '../../../shared/keys/spki.ts';
import { objectIdentifier } from '../../../shared/x509/der.ts';
import { CKA, CKK, CKO } from '../pkcs11/constants.ts';
import { ckrOf } from '../pkcs11/faults.ts';
import type { Session } from '../pkcs11/token.ts';
import { publicKeyIn } from './pkcs8.ts';
import { forWrap, openBlob, STRATEGIES, type Algorithm, type Strategy } from './strategies.ts';
import { destroyQuietly, withWrappingKey } from './wrapping-object.ts';

const P256 = '1.2.840.10045.3.1.7';
/** The P-256 key of RFC 6979 A.2.5: known to everyone, protects nothing. */
const TEST_SCALAR = 'c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721';
const TEST_POINT = '0460fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb67903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299';
const TEST_SPKI = encodeSpki({ kind: 'ec', curveOid: P256, point: Buffer.from(TEST_POINT, 'hex') });
const TEST_KEK = Buffer.from(Array.from({ length: 32 }, (_, index) => index));
const MAX_WRAPPED = 16_384;

const withTestKey = async <T>(session: Session, work: (key: Buffer) => Promise<T>): Promise<T> => {
  const key = session.p11.C_CreateObject(session.handle, [
    { type: CKA.CLASS, value: CKO.PRIVATE_KEY }, { type: CKA.KEY_TYPE, value: CKK.EC }, { type: CKA.TOKEN, value: false }, { type: CKA.PRIVATE, value: true },
    { type: CKA.SENSITIVE, value: true }, { type: CKA.EXTRACTABLE, value: true }, { type: CKA.SIGN, value: true },
    { type: CKA.EC_PARAMS, value: Buffer.from(objectIdentifier(P256)) }, { type: CKA.VALUE, value: Buffer.from(TEST_SCALAR, 'hex') },
  ]);
  try { return await work(key); } finally { destroyQuietly(session, key); }
};

/** Wraps and gives the blob as it is stored. @throws what the module throws, inside Token.use */
export const wrapBlob = async ({ p11, handle }: Session, strategy: Strategy, wrappingKey: Buffer, key: Buffer): Promise<Buffer> => {
  const { mechanism, prefix } = forWrap(strategy);
  return Buffer.concat([prefix, await p11.C_WrapKeyAsync(handle, mechanism, wrappingKey, key, Buffer.alloc(MAX_WRAPPED))]);
};

const isProven = async (session: Session, strategy: Strategy, wrappingKey: Buffer, testKey: Buffer): Promise<string> => {
  try {
    const blob = await wrapBlob(session, strategy, wrappingKey, testKey), content = openBlob(strategy.algorithm, TEST_KEK, blob);
    if (content === null) return 'opens otherwise';
    const spki = publicKeyIn(content);
    return spki?.equals(TEST_SPKI) === true ? 'proven' : 'other content';
  } catch (error) {
    const ckr = ckrOf(error);
    if (ckr === null || !session.token.isPresent()) throw error;
    return ckr;
  }
};

/**
 * @param only one algorithm, for a token that is to open what another has wrapped
 * @throws HSM_MECHANISM_MISSING with what each mechanism did when none is proven; what the module throws when it takes no test keys
 */
export const probeWrap = (session: Session, only: Algorithm | null = null): Promise<Strategy> =>
  withWrappingKey(session, TEST_KEK, 'wrap', (wrappingKey) => withTestKey(session, async (testKey) => {
    const tried: string[] = [];
    for (const strategy of STRATEGIES.filter(({ algorithm }) => only === null || algorithm === only)) {
      const word = await isProven(session, strategy, wrappingKey, testKey);
      if (word === 'proven') return strategy;
      tried.push(`${strategy.name}: ${word}`);
    }
    throw new AppError('HSM_MECHANISM_MISSING', { serial: session.token.serial, mechanism: only ?? 'key wrap', tried });
  }));
