/** The form of an error text. */

/** `title` is a heading without a full stop; the others are whole sentences. */
export interface ErrorText { readonly title: string; readonly happened: string; readonly safe: string; readonly next: string }
/** Reads details as text; an absent one gives the fallback, so that no sentence ever shows "undefined". */
export interface DetailReader { readonly text: (key: string, fallback: string) => string; readonly has: (key: string) => boolean }
export type TextOf = (details: DetailReader) => ErrorText;
