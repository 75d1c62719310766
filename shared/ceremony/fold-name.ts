/** Names as people hear them: case, compatibility forms and spaces do not make another person. Tells nothing of look-alikes. */
export const foldName = (name: string): string => name.normalize('NFKC').toLowerCase().normalize('NFC').replace(/\s+/g, ' ').trim();
