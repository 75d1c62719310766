/** Font files come in as data: URLs at build time, so that a document never prints without its letters. */
declare module '*.woff2?inline' {
  export const dataUrl: string;
  // oxlint-disable-next-line import/no-default-export -- the bundler's form
  export default dataUrl;
}
