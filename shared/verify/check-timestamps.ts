/** Sidecars that say from outside when a head was there: RFC 3161 tokens and notes, in the folder timestamps of an archive. */
import { isSha256Hex } from '../brand.ts';
import { fromHex, fromUtf8, toHex } from '../bytes.ts';
import { findings as say } from '../text/findings.ts';
import { sha256Of } from '../transcript/digest.ts';
import type { Finding, FolderReport } from '../transcript/report.ts';
import { readTimestampToken } from '../x509/timestamp-token.ts';

/** The folder's name. */
export const TIMESTAMPS = 'timestamps';
const SHA256 = '2.16.840.1.101.3.4.2.1';
const MAX_NOTE_BYTES = 65_536;

const checkToken = (path: string, bytes: Uint8Array, head: string, ceremony: string): Finding => {
  const token = readTimestampToken(bytes);
  if (token === null) return say.fileInvalid(path, 'it is no RFC 3161 time-stamp token in DER.');
  if (token.hash !== SHA256 || toHex(token.imprint) !== sha256Of(fromHex(head)!)) return say.fileInvalid(path, `its imprint is not the SHA-256 of the 32 bytes of the head of ${ceremony}.`);
  return say.timestamp(path, ceremony, token.at, token.policy);
};
const checkNote = (path: string, bytes: Uint8Array, ceremony: string): Finding =>
  (bytes.length > MAX_NOTE_BYTES || fromUtf8(bytes) === null ? say.fileInvalid(path, 'it is no note: UTF-8 of at most 64 KiB.') : say.timestampNote(path, ceremony));

/** @param files `<head>.tsr` and `<head>.txt` by name. A sidecar of a head that no ceremony here has is a fault: that head was here once. */
export const checkTimestamps = (files: ReadonlyMap<string, Uint8Array>, folders: readonly FolderReport[]): readonly Finding[] => {
  const names = new Map(folders.map(({ name, head }) => [head as string, name]));
  return [...files].map(([name, bytes]) => {
    const path = `${TIMESTAMPS}/${name}`, head = name.slice(0, -4), end = name.slice(-4), ceremony = names.get(head);
    if (!isSha256Hex(head) || (end !== '.tsr' && end !== '.txt')) return say.unknownFile(path);
    if (ceremony === undefined) return say.timestampStrange(path);
    return end === '.tsr' ? checkToken(path, bytes, head, ceremony) : checkNote(path, bytes, ceremony);
  });
};
