/** Sentences that stand on every page where they are true. */
export const SOFTWARE_NOTICE = 'Software token: no hardware protects this key.';
export const CHECKOUT_NOTICE = 'Deviation: run from a source checkout, not from a signed package.';
