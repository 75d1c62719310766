/** File helpers of set-up: stamps, digests of source folders, locks. */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { SETUP_DIR, inRoot, say } from './paths.mjs';

export const readText = (file) => { try { return fs.readFileSync(file, 'utf8'); } catch { return null; } };

/** Replaces a small file in one step. */
export const writeText = (file, text) => {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const temporary = `${file}.${process.pid}`;
  fs.writeFileSync(temporary, text);
  fs.renameSync(temporary, file);
};

export const sha256 = (text) => createHash('sha256').update(text).digest('hex');

const walk = (dir, rows) => {
  for (const item of fs.readdirSync(dir, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const at = path.join(dir, item.name);
    if (item.isDirectory()) walk(at, rows);
    else if (item.isFile()) { const stat = fs.statSync(at); rows.push(`${at}\t${stat.size}\t${stat.mtimeMs}`); }
  }
};

/** Digest of names, sizes and times of modification: tells in milliseconds whether a source changed. Missing paths count as empty. */
export const sourceDigest = (paths) => {
  const rows = [];
  for (const name of paths) {
    const at = inRoot(name);
    const stat = fs.statSync(at, { throwIfNoEntry: false });
    if (stat?.isDirectory()) walk(at, rows);
    else if (stat) rows.push(`${at}\t${stat.size}\t${stat.mtimeMs}`);
  }
  return sha256(rows.join('\n'));
};

const alive = (pid) => { try { process.kill(pid, 0); return true; } catch (error) { return error.code === 'EPERM'; } };

const tryLock = (file) => {
  try { fs.writeFileSync(file, String(process.pid), { flag: 'wx' }); return true; } catch (error) { if (error.code !== 'EEXIST') throw error; }
  const owner = Number(readText(file));
  // A lock whose process is gone is taken over; an empty file is one that is being written.
  if (owner > 0 && !alive(owner)) fs.rmSync(file, { force: true });
  return false;
};

/** Runs `work` alone among all set-ups of this checkout. A lock left by a dead process is taken over. */
export const withLock = async (work) => {
  fs.mkdirSync(SETUP_DIR, { recursive: true });
  const file = path.join(SETUP_DIR, 'lock');
  let waits = 0;
  while (!tryLock(file)) {
    if (waits++ === 5) say(`Waiting for another set-up (process ${readText(file) ?? '?'}) …`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  try { return await work(); } finally { fs.rmSync(file, { force: true }); }
};
