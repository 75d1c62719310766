/** What the ceremony host needs from outside. Fakes exist only here: clock, random, desk, printer folder, documents. */
import type { PreflightRow } from '../../shared/transcript/entry-schema.ts';
import type { CredentialAlgorithm, Mode } from '../../shared/ceremony/plan-schema.ts';
import type { EntryId, EntrySpec, VaultClient } from '../../shared/vault/contract.ts';
import type { Snapshot } from '../../shared/ipc/snapshot.ts';

/** Gets one person's secret into the vault without passing main. Resolves to null when the person cancels. `session` names the ceremony it is for; absent outside one. */
export interface EntryDesk { ask(spec: EntrySpec, session?: string): Promise<EntryId | null>; cancel(): void; /** How often the room has said cancel; ends a wait for a card too. */ cancelled?(): number }

/** A vault that can be replaced: after a wipe, and after it died. `generation` grows with each new process. */
export interface VaultHouse extends VaultClient { restart(): Promise<void>; readonly generation: number; onGone(listener: () => void): void }

export interface World {
  /** Looks at the machine: network, radios, swap, core dumps, displays, clock, printer, how the program runs. */
  preflight(): Promise<readonly PreflightRow[]>;
}

/** Every durable write of the program. A test counts these and kills the process at each. */
export interface Disk {
  /** One write, one fdatasync. Throws STORAGE_FULL, STORAGE_SYNC_FAILED, STORAGE_READ_ONLY or STORAGE_IO. */
  append(path: string, bytes: Uint8Array): Promise<void>;
  /** Exclusive create of a new file with its final bytes: temporary file, fdatasync, link, folder sync. Throws FOLDER_EXISTS. */
  create(path: string, bytes: Uint8Array): Promise<void>;
  /** As create, but replaces a file that exists. For derived files and drafts only. */
  replace(path: string, bytes: Uint8Array): Promise<void>;
  makeDir(path: string): Promise<void>;
  /** Gives a folder whose files are durable its own name, beside it. */
  publishDir(from: string, to: string): Promise<void>;
  read(path: string): Promise<Uint8Array | null>;
  /** Whether a file is there, without reading it. */
  exists(path: string): Promise<boolean>;
  truncate(path: string, length: number): Promise<void>;
  /** Deletes a file; no error when it is gone. */
  remove(path: string): Promise<void>;
}

export type CheckSignature = (algorithm: CredentialAlgorithm, spki: Uint8Array, message: Uint8Array, signature: Uint8Array) => boolean;

/** Where things lie. `archive/000N-slug`, `media/N`, `shares` (rehearsal: printed sheets), `credentials/<id>.json`. */
export interface Workspace { readonly mode: Mode; readonly dir: string; readonly archiveDir: string; readonly mediaDir: string; readonly sharesDir: string; readonly credentialsDir: string; readonly printedDir: string; readonly tokensDir: string }

/** Makes the derived documents of a folder: record.pdf and VERIFY.md in it, everything else in printedDir. */
export interface Documents {
  /** Beside the script: a card for the table of each person. */
  makeScript(folderPath: string, outPath: string): Promise<{ pages: number }>;
  /** With receipts of shares, the key sheet and exception sheets in `printedDir`, as far as the ceremony has them. */
  makeRecord(folderPath: string, printedDir: string): Promise<{ pages: number }>;
  /** What the archive knows of keys, shares and media. */
  makeInventory(archiveDir: string, outPath: string): Promise<{ pages: number }>;
  /** Of a ceremony that accounted for copies; goes to printedDir. */
  makeDestructionCertificate(folderPath: string, outPath: string): Promise<{ pages: number }>;
}

export interface HostPorts {
  readonly vault: VaultHouse; readonly desk: EntryDesk; readonly disk: Disk; readonly world: World; readonly documents: Documents;
  readonly workspace: Workspace; readonly now: () => Date; readonly random: (bytes: number) => Uint8Array; readonly checkSignature: CheckSignature;
  readonly tool: { readonly version: string; readonly source: 'checkout' | 'package'; readonly runtime: string };
  readonly onChange: (snapshot: Snapshot) => void;
}
