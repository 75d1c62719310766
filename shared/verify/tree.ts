/** Makes folders of a flat list of files, as a file picker or an archive file gives them. */
import type { Found } from './folder-files.ts';

export interface Listed {
  /** With "/" between folders. */
  readonly path: string;
  /** Null when the file cannot be read, or was not worth reading: nothing by that name is looked at. */
  readonly bytes: Uint8Array | null;
}

/** Empty folders and links are not in such a list, so that nothing is said of them. @returns what lies at the top. */
export const treeOf = (files: readonly Listed[]): readonly Found[] => {
  const folders = new Map<string, Listed[]>(), found: Found[] = [];
  for (const { path, bytes } of files) {
    const cut = path.indexOf('/');
    if (cut < 0) { found.push({ name: path, kind: 'file', list: () => [], read: () => bytes }); continue; }
    const name = path.slice(0, cut), inner = folders.get(name) ?? [];
    inner.push({ path: path.slice(cut + 1), bytes });
    folders.set(name, inner);
  }
  for (const [name, inner] of folders) found.push({ name, kind: 'folder', list: () => treeOf(inner), read: () => null });
  return found;
};
