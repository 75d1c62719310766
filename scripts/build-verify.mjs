/** Makes out/verify.html. Argument: another file to write; then the files that the script is made of are listed on standard output. */
import { makePage } from './setup/one-file-page.mjs';

/** The packages name papers in their comments; a page without a single address is easier to trust. */
const withoutAddresses = () => ({
  name: 'quorate:without-addresses',
  enforce: 'pre',
  transform: (code, id) => (id.includes('node_modules') ? { code: code.replaceAll(/https?:\/\//g, ''), map: null } : null),
});

await makePage('verify', { target: process.argv[2], plugins: [withoutAddresses()] });
