/** Ends every switch over a union: a new member that is not handled does not compile. */
export const assertNever = (value: never): never => {
  throw new Error(`unhandled case: ${JSON.stringify(value)}`);
};
