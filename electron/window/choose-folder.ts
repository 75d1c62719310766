/** Lets a person choose a folder in a window of the system. */
import { dialog, type BrowserWindow } from 'electron';

/** @returns its path; null when nothing was chosen, or there is no window. */
export const chooseFolder = async (parent: BrowserWindow | null): Promise<string | null> => {
  if (parent === null) return null;
  const { canceled, filePaths } = await dialog.showOpenDialog(parent, { title: 'Choose the archive to join', properties: ['openDirectory', 'dontAddToRecent'] });
  return canceled ? null : filePaths[0] ?? null;
};
