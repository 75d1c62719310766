/** The number of a ceremony as it is said and printed, and as its folder begins: "0007". @param number 0 to 9999. */
export const fourDigits = (number: number): string => String(number).padStart(4, '0');
