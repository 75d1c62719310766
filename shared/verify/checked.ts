/** What the checks of a whole ceremony look at. */
import type { CeremonyState } from '../ceremony/state.ts';
import type { Entry } from '../transcript/entry-schema.ts';
import type { Collector } from './collector.ts';
import type { FolderFiles } from './folder-files.ts';
import type { VerifyPorts } from './ports.ts';

export interface Checked { readonly folder: FolderFiles; readonly state: CeremonyState; readonly entries: readonly Entry[]; readonly ports: VerifyPorts; readonly out: Collector }
