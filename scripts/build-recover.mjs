/**
 * Makes out/recover.html: one file with its script, its style and the symbol reader inside, and a policy that allows just these. The same
 * sources give the same bytes; the SHA-256 of the file is printed. Argument: another file to write; then the files that the script is made of
 * are listed on standard output.
 */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { build } from 'vite';
import { inRoot, say } from './setup/paths.mjs';

const at = (name) => inRoot('build/recover', name);
const WASM = 'virtual:zxing-wasm';
const READER = inRoot('node_modules/zxing-wasm/dist/reader/zxing_reader.wasm');

/** Puts the WebAssembly into the script, and takes the addresses out that the package would fetch it from. */
const inlineReader = () => ({
  name: 'quorate:inline-reader',
  enforce: 'pre',
  resolveId: (id) => (id === WASM ? `\0${WASM}` : null),
  load: (id) => (id === `\0${WASM}` ? `export default ${JSON.stringify(fs.readFileSync(READER).toString('base64'))};` : null),
  transform: (code, id) => (id.includes('zxing-wasm') ? { code: code.replaceAll(/https?:\/\/[^`'"]*/g, ''), map: null } : null),
});

const bundled = async () => {
  const made = await build({
    configFile: false, root: inRoot(), logLevel: 'warn', publicDir: false, plugins: [inlineReader()],
    build: { write: false, target: 'es2022', minify: false, sourcemap: false, modulePreload: false, rollupOptions: { input: at('main.ts'), output: { format: 'iife' } } },
  });
  const { output } = Array.isArray(made) ? made[0] : made;
  if (output.length !== 1 || output[0].type !== 'chunk') throw new Error('recover.html: more than one file was made');
  const sources = output[0].moduleIds.map((id) => path.relative(inRoot(), id.replace(/^\0/, '')).split(path.sep).join('/'));
  return { script: `\n${output[0].code.replaceAll('\r\n', '\n')}`, sources };
};

const digest = (text, encoding) => createHash('sha256').update(text).digest(encoding);
const policy = (script, style) => [
  "default-src 'none'", `script-src 'sha256-${digest(script, 'base64')}' 'wasm-unsafe-eval'`, `style-src 'sha256-${digest(style, 'base64')}'`,
  "connect-src 'none'", "form-action 'none'", "base-uri 'none'", "require-trusted-types-for 'script'", "trusted-types 'none'",
].join('; ');

const read = (name) => fs.readFileSync(at(name), 'utf8').replaceAll('\r\n', '\n');
const { script, sources } = await bundled(), style = read('style.css');
if (/<\/(script|style)|<!--|https?:\/\//i.test(script + style)) throw new Error('recover.html: the script or style holds what may not be there');
// A function as replacement: "$" in the script means itself.
const page = read('page.html').replace('%CSP%', () => policy(script, style)).replace('%STYLE%', () => style).replace('%SCRIPT%', () => script);
const file = path.resolve(process.argv[2] ?? inRoot('out/recover.html'));
fs.mkdirSync(path.dirname(file), { recursive: true });
fs.writeFileSync(file, page);
say(`recover.html: ${Buffer.byteLength(page)} bytes, SHA-256 ${digest(page, 'hex')}`);
if (process.argv[2] !== undefined) process.stdout.write(`${sources.join('\n')}\n`);
