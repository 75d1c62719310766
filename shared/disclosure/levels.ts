/** Who may see what: three levels of a field, and of a copy that is given away. A copy shows every field of its own level and below. */

export const LEVELS = ['public', 'restricted', 'confidential'] as const;
/** public: anyone. restricted: those who audit under an agreement. confidential: the organisation, and who was in the room. */
export type Level = (typeof LEVELS)[number];

export const isLevel = (text: string): text is Level => (LEVELS as readonly string[]).includes(text);
/** Whether a copy at `copy` may show a field of level `field`. */
export const isShown = (field: Level, copy: Level): boolean => LEVELS.indexOf(field) <= LEVELS.indexOf(copy);
