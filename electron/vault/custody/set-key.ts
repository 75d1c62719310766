/** The one-time set key: signs the shares and the manifest of one set and is forgotten before anyone hears of the set. */
import { createPrivateKey, createPublicKey, randomFillSync, sign } from 'node:crypto';

const PKCS8_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex');

/**
 * Lends a fresh Ed25519 key to `work`. The seed is wiped when it returns; the runtime's own copy inside its key object goes with that
 * object, which is not in our hands.
 * @param work gets the public part (32 bytes, the set id) and the signing function, of no use afterwards
 */
export const withSetKey = async <T>(work: (setId: Uint8Array, sign: (message: Uint8Array) => Uint8Array) => Promise<T>): Promise<T> => {
  const encoded = Buffer.allocUnsafeSlow(PKCS8_HEAD.length + 32);
  PKCS8_HEAD.copy(encoded);
  randomFillSync(encoded, PKCS8_HEAD.length);
  let key: ReturnType<typeof createPrivateKey> | null = createPrivateKey({ key: encoded, format: 'der', type: 'pkcs8' });
  encoded.fill(0);
  const setId = Uint8Array.from(createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-32));
  try {
    return await work(setId, (message) => {
      if (key === null) throw new Error('set key is gone');
      return Uint8Array.from(sign(null, message, key));
    });
  } finally { key = null; }
};
