/** What a verification cannot show, however sound the folder is. */
export const NOT_PROVED = [
  'That people saw what the record says they saw.', 'That no copy of a secret was made in the room.', 'That a signature covers anything after its own entry.',
  'That what the HSM says about a key is true.', 'That the folder is the one from the day, unless its closing head comes from paper.',
] as const;
