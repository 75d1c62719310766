/** Dice as typed: digits 1 to 6, spaces between them do not count. Pure. */
/** log2(6) bits a throw: 100 throws are 258 bits. */
export const ENOUGH_THROWS = 100;
const MOST = 400;

export const diceOf = (text: string): { readonly throws: string; readonly problem: string | null } => {
  const throws = text.replace(/[\s,]/g, '');
  if (!/^[1-6]*$/.test(throws)) return { throws: '', problem: 'A die shows 1 to 6; something else was typed.' };
  return throws.length > MOST ? { throws: '', problem: `At most ${MOST} throws.` } : { throws, problem: null };
};
