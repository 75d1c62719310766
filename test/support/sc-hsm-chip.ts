/**
 * A smart card for tests, in a virtual reader of vpcd: just so much of a SmartCard-HSM's command set that OpenSC takes it for one and keeps
 * data objects on it behind a PIN of three tries. No keys, no secure messaging; it only proves the way through OpenSC and PC/SC.
 */
export const ATR = Buffer.from('3b8e80018031815448534d3173802140810718', 'hex');
const APPLET = 'e82b0601040181c31f0201';
/** The device's certificate, from which OpenSC reads the serial number; and private data, which is read after a login only. */
const DEVICE_CERTIFICATE = 0x2f02, PRIVATE_DATA = 0xcd;
const TRIES = 3;

/** ISO/IEC 7816-4 status words. */
const OK = 0x9000, SHORTER = 0x6282, LOCKED = 0x6983, NOT_ALLOWED = 0x6982, NO_FILE = 0x6a82, NO_REFERENCE = 0x6a88, BEYOND = 0x6b00, UNKNOWN = 0x6d00;

const tlv = (tag: string, ...parts: readonly Buffer[]): Buffer => {
  const value = Buffer.concat(parts), { length } = value;
  return Buffer.concat([Buffer.from(tag, 'hex'), Buffer.from(length < 0x80 ? [length] : [0x81, length]), value]);
};
export const u16 = (value: number): Buffer => Buffer.from([value >> 8, value & 255]);
const answer = (status: number, data: Buffer = Buffer.alloc(0)): Buffer => Buffer.concat([data, u16(status)]);

/** A card-verifiable certificate in form only; nobody checks its signature. The holder's reference is the serial number and five digits. */
const deviceCertificate = (serial: string): Buffer => tlv('7f21', tlv('7f4e',
  tlv('5f29', Buffer.of(0)), tlv('42', Buffer.from('UTTEST00001')), tlv('7f49', tlv('06', Buffer.from('04007f00070202020203', 'hex')), tlv('86', Buffer.alloc(65, 4))), tlv('5f20', Buffer.from(`${serial}00001`)),
), tlv('5f37', Buffer.alloc(64, 1)));

interface Apdu { readonly ins: number; readonly p1: number; readonly p2: number; readonly data: Buffer; readonly expected: number }
const parseApdu = (bytes: Buffer): Apdu => {
  const [ins, p1, p2] = [bytes[1]!, bytes[2]!, bytes[3]!], rest = bytes.subarray(4), extended = rest.length > 2 && rest[0] === 0;
  if (rest.length <= 1) return { ins, p1, p2, data: Buffer.alloc(0), expected: rest[0] || 256 };
  if (extended && rest.length === 3) return { ins, p1, p2, data: Buffer.alloc(0), expected: rest.readUInt16BE(1) || 65536 };
  const at = extended ? 3 : 1, length = extended ? rest.readUInt16BE(1) : rest[0]!, after = rest.subarray(at + length);
  return { ins, p1, p2, data: rest.subarray(at, at + length), expected: after.length === 0 ? 0 : extended ? after.readUInt16BE(after.length - 2) || 65536 : after[0]! || 256 };
};

/** Offset and content of UPDATE BINARY with tags 54 and 53. */
const parseUpdate = (data: Buffer): { offset: number; content: Buffer } => {
  const first = data[5]!, at = first === 0x82 ? 8 : first === 0x81 ? 7 : 6;
  return { offset: data.readUInt16BE(2), content: data.subarray(at) };
};

/** The card's chip: it keeps its files and its tries while it is out of the reader. */
export class Chip {
  readonly #files: Map<number, Buffer>;
  readonly #pin: string;
  #tries = TRIES;
  #verified = false;
  #selected = 0;

  constructor(serial: string, pin: string) { this.#files = new Map([[DEVICE_CERTIFICATE, deviceCertificate(serial)]]); this.#pin = pin; }

  get tries(): number { return this.#tries; }
  /** How many files of private data it holds. */
  get privateFiles(): number { return [...this.#files.keys()].filter((id) => id >> 8 === PRIVATE_DATA).length; }

  reset(): void { this.#verified = false; this.#selected = 0; }

  run(bytes: Buffer): Buffer {
    const apdu = parseApdu(bytes);
    switch (apdu.ins) {
      case 0xa4: return this.#select(apdu);
      case 0x20: return this.#verify(apdu);
      case 0xb1: return this.#read(apdu);
      case 0xd7: return this.#update(apdu);
      case 0xe4: return answer(!this.#verified ? NOT_ALLOWED : this.#files.delete(apdu.data.readUInt16BE(apdu.data.length - 2)) ? OK : NO_FILE);
      case 0x58: return answer(OK, Buffer.concat([...this.#files.keys()].map(u16)));
      default: return answer(UNKNOWN);
    }
  }

  #select({ p1, p2, data }: Apdu): Buffer {
    if (p1 === 4) {
      if (data.toString('hex') !== APPLET) return answer(NO_FILE);
      this.#verified = false;
      return answer(OK, p2 === 0x0c ? undefined : tlv('6f', tlv('82', Buffer.of(0x78)), tlv('85', Buffer.of(3, 5))));
    }
    const id = data.length === 2 ? data.readUInt16BE() : 0, file = this.#files.get(id);
    if (file === undefined) return answer(NO_FILE);
    this.#selected = id;
    return answer(OK, tlv('6f', tlv('81', u16(file.length)), tlv('82', Buffer.of(1)), tlv('83', u16(id))));
  }

  #verify({ p2, data }: Apdu): Buffer {
    if (p2 !== 0x81) return answer(NO_REFERENCE);
    const state = (): number => (this.#tries === 0 ? LOCKED : 0x63c0 | this.#tries);
    if (data.length === 0) return answer(this.#verified ? OK : state());
    if (this.#tries === 0) return answer(LOCKED);
    this.#verified = data.toString() === this.#pin;
    this.#tries = this.#verified ? TRIES : this.#tries - 1;
    return answer(this.#verified ? OK : state());
  }

  #fileOf({ p1, p2 }: Apdu): number { return ((p1 << 8) | p2) || this.#selected; }

  #read(apdu: Apdu): Buffer {
    const id = this.#fileOf(apdu), file = this.#files.get(id), offset = apdu.data.readUInt16BE(2);
    if (file === undefined) return answer(NO_FILE);
    if (id >> 8 === PRIVATE_DATA && !this.#verified) return answer(NOT_ALLOWED);
    if (offset > file.length) return answer(BEYOND);
    const part = file.subarray(offset, offset + apdu.expected);
    return answer(part.length < apdu.expected ? SHORTER : OK, part);
  }

  #update(apdu: Apdu): Buffer {
    if (!this.#verified) return answer(NOT_ALLOWED);
    const id = this.#fileOf(apdu), { offset, content } = parseUpdate(apdu.data);
    this.#files.set(id, Buffer.concat([(this.#files.get(id) ?? Buffer.alloc(0)).subarray(0, offset), content]));
    this.#selected = id;
    return answer(OK);
  }
}
