/** Writing a share to a card: after a look at everything of its kind on it, encrypted to the card's own key where there is one, and read back. */
import { timingSafeEqual } from 'node:crypto';
import { AppError } from '../../../shared/errors.ts';
import { fromHex, toHex } from '../../../shared/bytes.ts';
import { setName as setNameOf } from '../../../shared/custody/set-name.ts';
import { CARD_APPLICATION, cardLabel, encodeContainer, MAX_CONTAINER_BYTES, type CardContainer } from '../../../shared/custody/card-container.ts';
import type { VaultRequest, VaultResponse } from '../../../shared/vault/contract.ts';
import type { VaultContext } from '../context.ts';
import { destroyQuietly } from '../backup/wrapping-object.ts';
import { shareSetOf } from '../custody/set-in-hand.ts';
import { CKA, CKO } from '../pkcs11/constants.ts';
import { ckrOf, endsSessions } from '../pkcs11/faults.ts';
import type { Session, Token } from '../pkcs11/token.ts';
import { withCard } from './card.ts';
import { decryptionKeys, type DecryptionKey } from './decryption-keys.ts';
import { openSealed, sealShare } from './seal.ts';
import { openContainer, readShareObjects, wipeObjects, type ShareObject } from './share-objects.ts';

/** A share on its way to a card; `envelope` is lent by the set. */
interface Cargo {
  readonly setId: Uint8Array; readonly setName: string; readonly share: number; readonly envelope: Buffer; readonly label: string;
  /** Labels of the same person's shares of other sets that may lie beside, and of void sets that are erased first. */
  readonly beside: readonly string[]; readonly erase: readonly string[];
}

const bufferOf = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && timingSafeEqual(a, b);

const encryptedTo = (container: CardContainer | null): string | null => (container === null || container.seal === null ? null : `${container.seal} ${toHex(container.keyDigest)}`);
const answer = (cargo: Cargo, { container, value }: Pick<ShareObject, 'container' | 'value'>): VaultResponse<'card.write'> =>
  ({ label: cargo.label, length: value?.length ?? 0, encryptedTo: encryptedTo(container) });

/** An object that cannot be opened holds something else. A card that went away is no answer. */
const holds = async (session: Session, object: ShareObject, cargo: Cargo): Promise<boolean> => {
  let found: Buffer;
  try { found = await openContainer(session, object); } catch (error) {
    if (error instanceof AppError && error.code === 'SHARE_CARD_OBJECT') return false;
    throw error;
  }
  try { return sameBytes(found, cargo.envelope); } finally { found.fill(0); }
};

/** Shares of void sets open nothing; they make room under the PIN that is there for the new one anyway. */
const eraseVoid = (session: Session, { erase }: Cargo): void => {
  const objects = readShareObjects(session);
  try { for (const object of objects) if (object.ours && erase.includes(object.label)) session.p11.C_DestroyObject(session.handle, object.handle); } finally { wipeObjects(objects); }
};
const isBeside = (object: ShareObject, { beside }: Cargo): boolean => object.ours && beside.includes(object.label);

/** @returns the object that holds exactly this share, or null where the card has room for it. @throws CARD_NOT_EMPTY */
const lookFirst = async (session: Session, cargo: Cargo): Promise<VaultResponse<'card.write'> | null> => {
  const objects = readShareObjects(session);
  try {
    const others = objects.filter((object) => !isBeside(object, cargo));
    for (const object of others) {
      if (object.ours && object.label === cargo.label && (await holds(session, object, cargo))) continue;
      throw new AppError('CARD_NOT_EMPTY', { serial: session.token.serial, setName: object.setName, share: object.share });
    }
    return others[0] === undefined ? null : answer(cargo, others[0]);
  } finally { wipeObjects(objects); }
};

/** Seals to one key in one way, and lets the card open it: only what the card has opened is written. */
const trySeal = async (session: Session, cargo: Cargo, key: DecryptionKey, seal: DecryptionKey['seals'][number]): Promise<Buffer | null> => {
  const container = sealShare(cargo.envelope, cargo, seal, key.spki, session.token.serial), bytes = bufferOf(encodeContainer(container));
  if (bytes.length > MAX_CONTAINER_BYTES) return null;
  try {
    const opened = await openSealed(session, container, [key]);
    try { return sameBytes(opened, cargo.envelope) ? bytes : null; } finally { opened.fill(0); }
  } catch (error) {
    if (error instanceof AppError && (error.code === 'SHARE_CARD_OBJECT' || error.code === 'HSM_CALL_FAILED')) return null;
    throw error;
  }
};

/** The best the card can open; plain when it has no key that can. The caller wipes it. */
const containerFor = async (session: Session, cargo: Cargo): Promise<Buffer> => {
  for (const key of decryptionKeys(session)) {
    for (const seal of key.seals) {
      const sealed = await trySeal(session, cargo, key, seal);
      if (sealed !== null) return sealed;
    }
  }
  return bufferOf(encodeContainer({ seal: null, setId: cargo.setId, share: cargo.share, envelope: cargo.envelope }));
};

const FULL: ReadonlySet<string> = new Set(['CKR_DEVICE_MEMORY', 'CKR_DATA_LEN_RANGE']);

/** Whatever a failed write left under our name; before it, there was nothing. */
const sweep = (session: Session, { label }: Cargo): void => {
  const objects = readShareObjects(session);
  try { for (const object of objects) if (object.label === label) destroyQuietly(session, object.handle); } finally { wipeObjects(objects); }
};

/** @throws CARD_FULL, and what the module throws */
const create = (session: Session, cargo: Cargo, value: Buffer): void => {
  try {
    session.p11.C_CreateObject(session.handle, [
      { type: CKA.CLASS, value: CKO.DATA }, { type: CKA.TOKEN, value: true },
      { type: CKA.PRIVATE, value: true }, // behind the custodian's PIN
      { type: CKA.APPLICATION, value: Buffer.from(CARD_APPLICATION) }, { type: CKA.LABEL, value: Buffer.from(cargo.label) }, { type: CKA.VALUE, value },
    ]);
  } catch (error) {
    const ckr = ckrOf(error);
    if (ckr === null || endsSessions(ckr) || !session.token.isPresent()) throw error;
    sweep(session, cargo);
    throw FULL.has(ckr) ? new AppError('CARD_FULL', { serial: session.token.serial, needed: value.length, ckr }) : error;
  }
};

/**
 * In a session of its own, opened after the write. A module may answer from its memory of what it wrote (OpenSC does, until the card was
 * out): the read-back that counts is the one after the card was removed and put in again. @throws CARD_DIFFERS, after the object was destroyed
 */
const readBack = async (session: Session, cargo: Cargo): Promise<VaultResponse<'card.write'>> => {
  const objects = readShareObjects(session);
  try {
    const written = objects.filter((one) => !isBeside(one, cargo)), [object] = written;
    if (written.length === 1 && object !== undefined && object.ours && object.label === cargo.label && (await holds(session, object, cargo))) return answer(cargo, object);
    for (const one of written) destroyQuietly(session, one.handle);
    const { serial } = session.token;
    throw new AppError('CARD_DIFFERS', { serial, setName: cargo.setName, share: cargo.share });
  } finally { wipeObjects(objects); }
};

const writeTo = async (card: Token, cargo: Cargo, freeBytes: number | null): Promise<VaultResponse<'card.write'>> => card.use(async (session) => {
  eraseVoid(session, cargo);
  const already = await lookFirst(session, cargo);
  if (already !== null) return already;
  const value = await containerFor(session, cargo);
  try {
    if (freeBytes !== null && freeBytes < value.length) throw new AppError('CARD_FULL', { serial: card.serial, needed: value.length, free: freeBytes });
    create(session, cargo, value);
  } finally { value.fill(0); }
  return card.use((fresh) => readBack(fresh, cargo));
});

/**
 * @returns the object's label, its length in bytes, and what it is encrypted to: the way and the SHA-256 of the key's SPKI, or null
 * @throws CARD_NOT_EMPTY (`setName`, `share` as far as known; nothing was changed), CARD_FULL, CARD_DIFFERS (the object was destroyed),
 * VAULT_STATE (no-set, no-such-share, read-back-already), and as {@link withCard}
 */
export const writeCard = (context: VaultContext, request: VaultRequest<'card.write'>): Promise<VaultResponse<'card.write'>> =>
  withCard(context, request, async (card, freeBytes) => {
    const set = shareSetOf(context), { setId, setName } = set.manifest, { share } = request;
    const ofSets = (ids: readonly string[] = []): string[] => ids.flatMap((id) => Array.from({ length: 16 }, (_, index) => cardLabel(setNameOf(fromHex(id)!), index + 1)));
    const cargo: Cargo = { setId: fromHex(setId)!, setName, share, envelope: set.envelope(share), label: cardLabel(setName, share), beside: ofSets(request.beside), erase: ofSets(request.erase) };
    // Counted before it is tried: a write that failed may have left the share on the card.
    set.markPrinted(share);
    return writeTo(card, cargo, freeBytes);
  });
