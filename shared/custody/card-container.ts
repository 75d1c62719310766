/**
 * The container KCC1: what a custodian's card holds as its data object; docs/FORMATS-custody.md, "Card". Bytes only: it neither encrypts nor
 * opens, and it does not judge the share inside; envelope.ts and judge.ts do.
 */
import { concatBytes, equalBytes, utf8 } from '../bytes.ts';
import { labelled } from './digests.ts';

/** CKA_APPLICATION of every data object of ours. */
export const CARD_APPLICATION = 'quorate';
/** Cards with short APDUs have failed at 1 KB and more: a container is smaller. */
export const MAX_CONTAINER_BYTES = 1023;
/** Of AES-256-GCM. */
export const NONCE_BYTES = 12, TAG_BYTES = 16;
const MAGIC = utf8('KCC1');
const HEAD = 38, DIGEST = 32, SEALED_HEAD = HEAD + DIGEST + 2;

/** How the key of the inner AES-256-GCM reaches the card. The position is the byte in the container; 0 is plain. */
export const SEALS = ['rsa-oaep-sha256', 'rsa-oaep-sha1', 'ecdh-p256', 'ecdh-p384'] as const;
export type Seal = (typeof SEALS)[number];

interface Named { /** 32 bytes. */ readonly setId: Uint8Array; /** Share number, 1–255. */ readonly share: number }
export interface PlainContainer extends Named { readonly seal: null; /** The whole share. */ readonly envelope: Uint8Array }
export interface SealedContainer extends Named {
  readonly seal: Seal;
  /** SHA-256 of the SubjectPublicKeyInfo of the card's key. */
  readonly keyDigest: Uint8Array;
  /** The OAEP ciphertext of the AES key, or the ephemeral point (04 ‖ x ‖ y). */
  readonly carried: Uint8Array;
  readonly nonce: Uint8Array;
  /** Ciphertext of the whole share, and the tag. */
  readonly sealed: Uint8Array;
}
export type CardContainer = PlainContainer | SealedContainer;

const head = (kind: number, { setId, share }: Named): Uint8Array => {
  if (setId.length !== 32 || !Number.isInteger(share) || share < 1 || share > 255) throw new RangeError('card container: set id or share number');
  return concatBytes(MAGIC, Uint8Array.of(kind), setId, Uint8Array.of(share));
};

/** Everything of a sealed container before its nonce. @throws RangeError for lengths that no container has */
export const sealedHead = (container: Pick<SealedContainer, 'seal' | 'setId' | 'share' | 'keyDigest' | 'carried'>): Uint8Array => {
  const { seal, keyDigest, carried } = container;
  if (keyDigest.length !== DIGEST || carried.length === 0 || carried.length > 0xffff) throw new RangeError('card container: key');
  return concatBytes(head(SEALS.indexOf(seal) + 1, container), keyDigest, Uint8Array.of(carried.length >> 8, carried.length & 255), carried);
};

/** What AES-GCM authenticates beside the share: the container before its nonce, and the card it is for. `serial`: as PKCS#11 gives it, without padding. */
export const containerAad = (container: Parameters<typeof sealedHead>[0], serial: string): Uint8Array => labelled('KCC1/aad', sealedHead(container), utf8(serial));

/** What HKDF-SHA-256 takes as info where the key is agreed by ECDH; its salt is the ephemeral point ‖ the card's point. */
export const ecdhInfo = ({ setId, share }: Named): Uint8Array => labelled('KCC1/ecdh', setId, Uint8Array.of(share));

/** The caller wipes the result of a plain container. @throws RangeError for lengths that no container has */
export const encodeContainer = (container: CardContainer): Uint8Array =>
  container.seal === null ? concatBytes(head(0, container), container.envelope) : concatBytes(sealedHead(container), container.nonce, container.sealed);

/**
 * Views into `bytes`, not copies: wiping `bytes` wipes them.
 * @returns null for anything that {@link encodeContainer} does not write
 */
export const parseContainer = (bytes: Uint8Array): CardContainer | null => {
  const kind = bytes[4];
  if (bytes.length <= HEAD || bytes.length > MAX_CONTAINER_BYTES || !equalBytes(bytes.subarray(0, 4), MAGIC) || kind === undefined || bytes[HEAD - 1] === 0) return null;
  const named: Named = { setId: bytes.subarray(5, 37), share: bytes[HEAD - 1]! };
  if (kind === 0) return { seal: null, ...named, envelope: bytes.subarray(HEAD) };
  const seal = SEALS[kind - 1];
  if (seal === undefined || bytes.length < SEALED_HEAD) return null;
  const nonceAt = SEALED_HEAD + ((bytes[SEALED_HEAD - 2]! << 8) | bytes[SEALED_HEAD - 1]!), sealedAt = nonceAt + NONCE_BYTES;
  if (nonceAt === SEALED_HEAD || bytes.length <= sealedAt + TAG_BYTES) return null;
  return { seal, ...named, keyDigest: bytes.subarray(HEAD, HEAD + DIGEST), carried: bytes.subarray(SEALED_HEAD, nonceAt), nonce: bytes.subarray(nonceAt, sealedAt), sealed: bytes.subarray(sealedAt) };
};

/** CKA_LABEL of a share's object, such as `KCS1 OPAL-2210 3`. */
export const cardLabel = (setName: string, share: number): string => `KCS1 ${setName} ${share}`;
/** What a label claims; null where it is none of ours. */
export const readCardLabel = (label: string): { readonly setName: string; readonly share: number } | null => {
  const found = /^KCS1 ([A-Z]+-[0-9]{4}) ([1-9][0-9]{0,2})$/.exec(label);
  return found === null || Number(found[2]) > 255 ? null : { setName: found[1]!, share: Number(found[2]) };
};
