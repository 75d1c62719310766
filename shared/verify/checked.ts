/** What the checks of a whole ceremony look at. */
import type { CeremonyState } from '../ceremony/state.ts';
import type { Collector } from './collector.ts';
import type { FolderFiles } from './folder-files.ts';
import type { VerifyPorts } from './ports.ts';
import type { KeptEntry } from './replay.ts';

export interface Checked { readonly folder: FolderFiles; readonly state: CeremonyState; readonly entries: readonly KeptEntry[]; readonly ports: VerifyPorts; readonly out: Collector }
