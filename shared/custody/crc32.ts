/** CRC-32 (ISO-HDLC, as in zip and PNG): tells damage from change. It proves nothing against a person who wants to deceive. */

const TABLE = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value >>> 0;
});

/** @returns the four bytes of the CRC, most significant first. */
export const crc32 = (bytes: Uint8Array): Uint8Array => {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crc >>> 8) ^ TABLE[(crc ^ byte) & 255]!;
  const sum = (crc ^ 0xffffffff) >>> 0;
  return Uint8Array.of(sum >>> 24, (sum >>> 16) & 255, (sum >>> 8) & 255, sum & 255);
};
