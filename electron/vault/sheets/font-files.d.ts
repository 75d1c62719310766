/** Font files come in as data: URLs at build time, so that a sheet never prints without its letters. */
declare module '*.ttf?inline' {
  export const dataUrl: string;
  // oxlint-disable-next-line import/no-default-export -- the bundler's form
  export default dataUrl;
}
