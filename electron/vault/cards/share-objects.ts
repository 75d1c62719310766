/** The data objects of shares on a card: finding them, and what each says of itself before it is opened. */
import { AppError } from '../../../shared/errors.ts';
import { fromUtf8, toHex } from '../../../shared/bytes.ts';
import { CARD_APPLICATION, parseContainer, readCardLabel, type CardContainer } from '../../../shared/custody/card-container.ts';
import { setName } from '../../../shared/custody/set-name.ts';
import { CKA } from '../pkcs11/constants.ts';
import { findObjects, readAttribute } from '../pkcs11/objects.ts';
import type { Session } from '../pkcs11/token.ts';
import { openSealed } from './seal.ts';

export interface ShareObject {
  /** Valid inside the session's `use` only. */
  readonly handle: Buffer;
  readonly label: string;
  /** CKA_APPLICATION is ours, or only the label looks like it. */
  readonly ours: boolean;
  /** As the container says, else as the label says: claims, until the share is opened and judged. */
  readonly setId: string | null; readonly setName: string | null; readonly share: number | null;
  /** Null where the object holds no container, or may not be read. A view into `value`. */
  readonly container: CardContainer | null;
  /** Wiped by {@link wipeObjects}. */
  readonly value: Buffer | null;
}

const textOf = (value: Buffer | null): string => (value === null ? '' : (fromUtf8(value) ?? '')).replace(/[\0 ]+$/, '');

const readObject = (session: Session, handle: Buffer): ShareObject | null => {
  const label = textOf(readAttribute(session, handle, CKA.LABEL)), ours = textOf(readAttribute(session, handle, CKA.APPLICATION)) === CARD_APPLICATION;
  if (!ours && !label.startsWith('KCS1 ')) return null;
  const value = readAttribute(session, handle, CKA.VALUE), container = value === null ? null : parseContainer(value), claimed = readCardLabel(label);
  return {
    handle, label, ours, container, value, setId: container === null ? null : toHex(container.setId),
    setName: container === null ? (claimed?.setName ?? null) : setName(container.setId), share: container?.share ?? claimed?.share ?? null,
  };
};

/** Every object that is a share, or looks like one by its name. Other people's objects are not read. Inside {@link Token.use}, logged in. */
export const readShareObjects = (session: Session): readonly ShareObject[] =>
  findObjects(session, []).map((handle) => readObject(session, handle)).filter((object) => object !== null);

export const wipeObjects = (objects: readonly ShareObject[]): void => { for (const { value } of objects) value?.fill(0); };

/** @returns the whole share in memory of its own, which the caller wipes. @throws SHARE_CARD_OBJECT (`reason`: no-container, or as openSealed) */
export const openContainer = async (session: Session, { container }: ShareObject): Promise<Buffer> => {
  if (container === null) throw new AppError('SHARE_CARD_OBJECT', { serial: session.token.serial, reason: 'no-container' });
  if (container.seal !== null) return openSealed(session, container);
  const share = Buffer.allocUnsafeSlow(container.envelope.length);
  share.set(container.envelope);
  return share;
};
