/** Time stamps of heads: real tokens by openssl are read, and what is not over the head is told. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { verifyPath } from '../../../electron/verify/verify.ts';
import { concatBytes, fromHex, utf8 } from '../../../shared/bytes.ts';
import { readTimestampToken } from '../../../shared/x509/timestamp-token.ts';
import { buildFolder, writeFolder } from '../../support/ceremony-folder.ts';
import { createAuthority } from '../../support/time-stamp.ts';

const folder = buildFolder(), head = fromHex(folder.head)!;
const authority = createAuthority();
const withSidecars = (files: Readonly<Record<string, Uint8Array>>): string => {
  const dir = mkdtempSync(join(tmpdir(), 'quorate-stamps-'));
  writeFolder(dir, folder);
  mkdirSync(join(dir, 'timestamps'));
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(dir, 'timestamps', name), bytes);
  return dir;
};
const stampFindings = (files: Readonly<Record<string, Uint8Array>>) => verifyPath(withSidecars(files), { anchor: folder.head }).findings.filter(({ file }) => file?.startsWith('timestamps/'));

describe('a token over the head', () => {
  test('is told with its time and policy, as response and as token, with the certificate and without', () => {
    for (const options of [{}, { token: true }, { cert: false }]) {
      const path = withSidecars({ [`${folder.head}.tsr`]: authority.stamp(head, options) });
      expect(verifyPath(path, { anchor: folder.head })).toMatchObject({ exitStatus: 0 });
      const [found] = stampFindings({ [`${folder.head}.tsr`]: authority.stamp(head, options) });
      expect(found).toMatchObject({ level: 'note', code: 'NOTE_TIMESTAMP', file: `timestamps/${folder.head}.tsr` });
      expect(found!.text).toMatch(/over the head of 0001-example-root-2026 says \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ, under policy 1\.2\.3\.4\.1\. .*not judged/);
    }
  });
  test('says the time that openssl reads in it', () => {
    const file = authority.stamp(head);
    writeFileSync(join(authority.dir, 'read.tsr'), file);
    const said = /Time stamp: (.*) GMT/.exec(execFileSync('openssl', ['ts', '-reply', '-in', 'read.tsr', '-text'], { cwd: authority.dir, encoding: 'utf8' }))![1]!;
    expect(new Date(readTimestampToken(file)!.at).getTime()).toBe(new Date(`${said} UTC`).getTime());
  });
});
describe('a fault is', () => {
  test('a token over something else: other bytes, the text of the head, another hash', () => {
    for (const bytes of [authority.stamp(utf8('another')), authority.stamp(utf8(folder.head)), authority.stamp(head, { hash: 'sha384' })]) {
      expect(stampFindings({ [`${folder.head}.tsr`]: bytes })).toMatchObject([{ level: 'fault', code: 'FOLDER_FILE_INVALID', file: `timestamps/${folder.head}.tsr` }]);
    }
  });
  test('a file that is no token: cut, with bytes behind it, text, empty', () => {
    const good = authority.stamp(head);
    for (const bytes of [good.subarray(0, -1), concatBytes(good, Uint8Array.of(0)), utf8('stamped'), new Uint8Array()]) expect(stampFindings({ [`${folder.head}.tsr`]: bytes })).toMatchObject([{ code: 'FOLDER_FILE_INVALID' }]);
  });
  test('a time stamp of a head that no ceremony here has', () => {
    const other = 'ab'.repeat(32);
    expect(stampFindings({ [`${other}.tsr`]: authority.stamp(fromHex(other)!) })).toMatchObject([{ level: 'fault', code: 'FOLDER_TIMESTAMP' }]);
  });
  test('a file of another name, a note that is no text, a link', () => {
    expect(stampFindings({ 'notes.txt': utf8('x'), [`${folder.head}.pdf`]: utf8('x') }).map(({ code }) => code)).toEqual(['FOLDER_FILE_UNKNOWN', 'FOLDER_FILE_UNKNOWN']);
    expect(stampFindings({ [`${folder.head}.txt`]: Uint8Array.of(0xff) })).toMatchObject([{ code: 'FOLDER_FILE_INVALID' }]);
    const path = withSidecars({});
    symlinkSync('/etc/hostname', join(path, 'timestamps', `${folder.head}.txt`));
    expect(verifyPath(path, { anchor: folder.head }).findings).toContainEqual(expect.objectContaining({ code: 'FOLDER_LINK', file: `timestamps/${folder.head}.txt` }));
  });
  test('the folder timestamps inside a ceremony folder', () => {
    const path = withSidecars({});
    mkdirSync(join(path, folder.name, 'timestamps'));
    expect(verifyPath(path, { anchor: folder.head }).findings).toContainEqual(expect.objectContaining({ code: 'FOLDER_FILE_UNKNOWN', file: `${folder.name}/timestamps` }));
  });
});
test('a note is told and not judged', () => {
  expect(stampFindings({ [`${folder.head}.txt`]: utf8('Published in the Gazette of 25 November 2026, page 14.\n') })).toMatchObject([{ level: 'note', code: 'NOTE_TIMESTAMP_NOTE' }]);
});
