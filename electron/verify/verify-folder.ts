/** Verifies one ceremony folder that has been read into memory, with signatures by node:crypto. */
import type { Sha256Hex } from '../../shared/brand.ts';
import type { FolderFiles } from '../../shared/verify/folder-files.ts';
import { verifyFolder as verifyWith } from '../../shared/verify/verify-folder.ts';
import type { FolderVerdict } from '../../shared/verify/verify-folder.ts';
import { nodePorts } from './node-ports.ts';

/** @param anchor a head from paper that may help to tell which line was altered; it is compared by the caller. */
export const verifyFolder = (folder: FolderFiles, anchor: Sha256Hex | null): FolderVerdict => verifyWith(folder, anchor, nodePorts);
