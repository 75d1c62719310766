/** Makes a page of one file: its script and style inside, and a policy that allows just these. The same sources give the same bytes. */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { build } from 'vite';
import { inRoot, say } from './paths.mjs';

const bundled = async (name, plugins) => {
  const made = await build({
    configFile: false, root: inRoot(), logLevel: 'warn', publicDir: false, plugins,
    build: { write: false, target: 'es2022', minify: false, sourcemap: false, modulePreload: false, rollupOptions: { input: inRoot('build', name, 'main.ts'), output: { format: 'iife' } } },
  });
  const { output } = Array.isArray(made) ? made[0] : made;
  if (output.length !== 1 || output[0].type !== 'chunk') throw new Error(`${name}.html: more than one file was made`);
  const sources = output[0].moduleIds.map((id) => path.relative(inRoot(), id.replace(/^\0/, '')).split(path.sep).join('/'));
  return { script: `\n${output[0].code.replaceAll('\r\n', '\n')}`, sources };
};

const digest = (text, encoding) => createHash('sha256').update(text).digest(encoding);
const policy = (script, style, allowed) => [
  "default-src 'none'", `script-src 'sha256-${digest(script, 'base64')}'${allowed}`, `style-src 'sha256-${digest(style, 'base64')}'`,
  "connect-src 'none'", "form-action 'none'", "base-uri 'none'", "require-trusted-types-for 'script'", "trusted-types 'none'",
].join('; ');

/**
 * Writes the page build/<name> and prints its SHA-256. `target`: another file than out/<name>.html; then the files that the script is made of are
 * listed on standard output. `allowed`: what script-src allows beyond the script.
 */
export const makePage = async (name, { target, plugins = [], allowed = '' } = {}) => {
  const read = (file) => fs.readFileSync(inRoot('build', name, file), 'utf8').replaceAll('\r\n', '\n');
  const { script, sources } = await bundled(name, plugins), style = read('style.css');
  if (/<\/(script|style)|<!--|https?:\/\//i.test(script + style)) throw new Error(`${name}.html: the script or style holds what may not be there`);
  // A function as replacement: "$" in the script means itself.
  const page = read('page.html').replace('%CSP%', () => policy(script, style, allowed)).replace('%STYLE%', () => style).replace('%SCRIPT%', () => script);
  const file = path.resolve(target ?? inRoot('out', `${name}.html`));
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, page);
  say(`${name}.html: ${Buffer.byteLength(page)} bytes, SHA-256 ${digest(page, 'hex')}`);
  if (target !== undefined) process.stdout.write(`${sources.join('\n')}\n`);
};
