/** Sentences that stand on every page where they are true. */
export const SOFTWARE_NOTICE = 'Software token: the key lies in files on a computer and no hardware protects it.';
export const CHECKOUT_NOTICE = 'Deviation: the program ran from a source checkout, not from a signed package.';
