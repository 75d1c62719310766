/** Where set-up keeps its things. Plain JavaScript: it runs before anything is installed. */
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout is the nearest folder above with the lockfile: this code also runs from bundles in out/. */
const rootAbove = (dir) => (fs.existsSync(path.join(dir, 'package-lock.json')) || path.dirname(dir) === dir ? dir : rootAbove(path.dirname(dir)));
export const ROOT = rootAbove(path.dirname(fileURLToPath(import.meta.url)));
export const inRoot = (...parts) => path.join(ROOT, ...parts);
/** Stamps and locks of set-up; ignored by git. */
export const SETUP_DIR = inRoot('.setup');
/** The test runtime for Electron; ignored by git. */
export const RUNTIME_DIR = inRoot('.electron');
/** Everything set-up has to say goes to stderr: stdout belongs to the command (`verify --json`). */
export const say = (text) => { process.stderr.write(`${text}\n`); };

/** A sentence for the person at the keyboard, without a stack trace. */
export class SetupError extends Error {}
