/** One window a user's data: two writers of one archive would be a divergence. */
import { app } from 'electron';

/** @returns false when another instance has the data; it is brought to the front. */
export const takeInstance = (onSecond: () => void): boolean => {
  if (!app.requestSingleInstanceLock()) return false;
  app.on('second-instance', onSecond);
  return true;
};
