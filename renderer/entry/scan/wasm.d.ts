/** zxing_reader.wasm as text: build/symbol-reader-wasm.ts. */
declare module 'quorate:symbol-reader-wasm' {
  export const base64: string;
}
