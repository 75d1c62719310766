/** Where set-up keeps its things. Plain JavaScript: it runs before anything is installed. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
export const inRoot = (...parts) => path.join(ROOT, ...parts);
/** Stamps and locks of set-up; ignored by git. */
export const SETUP_DIR = inRoot('.setup');
/** The test runtime for Electron; ignored by git. */
export const RUNTIME_DIR = inRoot('.electron');
/** Everything set-up has to say goes to stderr: stdout belongs to the command (`verify --json`). */
export const say = (text) => { process.stderr.write(`${text}\n`); };

/** A sentence for the person at the keyboard, without a stack trace. */
export class SetupError extends Error {}
