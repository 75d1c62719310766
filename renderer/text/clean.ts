/** What a person typed, without outer spaces and in one form of its letters. */
export const clean = (text: string): string => text.normalize('NFC').trim();
