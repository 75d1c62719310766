/** The reader's WebAssembly as base64; put there by scripts/build-recover.mjs. */
declare module 'virtual:zxing-wasm' {
  const base64: string;
  export default base64;
}
