/**
 * The one table of calls from the main window to main, and of events back. Both ends are derived from it; raw ipcMain and
 * ipcRenderer are used only in electron/ipc/register.ts and electron/preload.ts. Responses are Results: a refusal has a code.
 */
import * as v from 'valibot';
import type { Base64, KeyIdHex, PersonId, Sha256Hex } from '../brand.ts';
import { commandSchema } from '../ceremony/commands.ts';
import { CEREMONY_KINDS, type CeremonyKind, type Mode, type Plan } from '../ceremony/plan-schema.ts';
import type { Question } from '../charter/unite.ts';
import type { CharterInForce } from '../register/charter.ts';
import type { CustodyRegister } from '../register/custody-types.ts';
import type { KeyLife } from '../register/key-life.ts';
import type { MaterialState } from '../register/materials.ts';
import type { JoinLook } from '../lineage/join-look.ts';
import type { PlanFinding } from '../ceremony/plan-findings.ts';
import type { Result } from '../errors.ts';
import { keyIdHex, line, personId, sha256Hex } from '../schema.ts';
import type { ModuleInfo, TokenPublicKey } from '../vault/contract.ts';
import type { VerifyReport } from '../transcript/report.ts';
import type { PreflightRow } from '../transcript/entry-schema.ts';
import type { Snapshot } from './snapshot.ts';

const nothing = v.strictObject({});
const mode = v.picklist(['rehearsal', 'production']);
const path = v.pipe(v.string(), v.maxLength(1024), v.startsWith('/'));
const planText = v.pipe(v.string(), v.maxLength(1_048_576));
const folderNumber = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(9999));
/** Of a folder, where archives were joined and its number alone does not tell which. */
const folderName = v.optional(v.pipe(v.string(), v.regex(/^\d{4}-[a-z0-9]+(-[a-z0-9]+)*$/), v.maxLength(69)));

/** Request parsers; a call not listed does not exist. */
export const requestSchemas = {
  'app.status': nothing,
  /** Closes the program although a ceremony is not finished; asked after `close.asked`. */
  'app.close': nothing,
  'archive.list': v.strictObject({ mode }),
  /** Keys, share sets and copies as the whole archive tells them. */
  'archive.register': v.strictObject({ mode }),
  /** A folder that a person chooses in a window of the system; null when nothing was chosen. */
  'archive.choose': nothing,
  /** What joining the archive at `from` would bring; and doing it. Only ceremonies that are not here are copied. */
  'archive.look-at-join': v.strictObject({ mode, from: path }),
  'archive.join': v.strictObject({ mode, from: path }),
  /** Read or start the draft of a mode. A draft may be incomplete; it is kept on disk as it is typed. */
  'draft.get': v.strictObject({ mode }),
  'draft.save': v.strictObject({ mode, text: planText }),
  /** A plan that was written elsewhere: as saved, and what only the archive knows is filled in. */
  'draft.load': v.strictObject({ mode, text: planText }),
  'draft.discard': v.strictObject({ mode }),
  /** Starts the draft anew for a kind of ceremony. Kinds that stand on an earlier one name the set (archive.register); its facts, people and copies are written into the draft. */
  'draft.start': v.strictObject({ mode, kind: v.picklist(CEREMONY_KINDS), setId: v.nullable(sha256Hex) }),
  /** Rehearsal only: makes a SoftHSM token as the card of every custodian whose share goes to one; each types a new PIN in an entry window. */
  'draft.make-cards': v.strictObject({ mode: v.literal('rehearsal') }),
  /** Writes the card of a custodian into the draft; the token is only looked at. */
  'draft.set-card': v.strictObject({ mode, person: personId, module: path, serial: line(64) }),
  /** Rehearsal only: makes the first and second SoftHSM token; PINs are typed in entry windows. Writes module and serials into the draft. */
  'draft.make-tokens': v.strictObject({ mode: v.literal('rehearsal') }),
  /** Enrols a file credential: the person chooses a passphrase in an entry window. */
  'draft.enrol-file': v.strictObject({ mode, person: personId }),
  'draft.enrol-token': v.strictObject({ mode, person: personId, module: path, serial: line(64), keyId: keyIdHex }),
  /** Makes the person's signing key on their token, which is there; its PIN is typed in an entry window. */
  'draft.make-token-key': v.strictObject({ mode, person: personId, module: path, serial: line(64) }),
  'draft.freeze': v.strictObject({ mode }),
  'module.known': nothing,
  'module.open': v.strictObject({ mode, path }),
  'module.public-keys': v.strictObject({ mode, path, serial: line(64) }),
  'printer.list': nothing,
  'preflight.look': v.strictObject({ mode }),
  /** Opens a frozen or running ceremony in the run screen (no entry is written until `ceremony.begin`). */
  'ceremony.enter': v.strictObject({ mode, number: folderNumber, name: folderName }),
  /** Writes line 0. `dice` is what the witness rolled: digits 1 to 6. */
  'ceremony.begin': v.strictObject({ dice: v.pipe(v.string(), v.regex(/^[1-6]{0,400}$/)) }),
  'ceremony.command': v.strictObject({ command: commandSchema }),
  'ceremony.snapshot': nothing,
  'ceremony.leave': nothing,
  'script.print': v.strictObject({ mode, number: folderNumber, name: folderName }),
  'record.make': v.strictObject({ mode, number: folderNumber, name: folderName }),
  /** Prints the destruction certificate of a ceremony that accounted for copies, beside the archive. */
  'certificate.print': v.strictObject({ mode, number: folderNumber, name: folderName }),
  /** Prints what the archive knows of keys, shares and media, beside the archive. */
  'inventory.print': v.strictObject({ mode }),
  'verify.run': v.strictObject({ source: v.variant('kind', [v.strictObject({ kind: v.literal('archive'), mode, number: v.nullable(folderNumber), name: folderName }), v.strictObject({ kind: v.literal('path'), path })]), anchor: v.nullable(v.pipe(v.string(), v.maxLength(1024))) }),
  'entry.cancel': nothing,
} as const;
export type CallName = keyof typeof requestSchemas;
export const CALL_NAMES = Object.keys(requestSchemas) as readonly CallName[];
export type Request<N extends CallName> = v.InferOutput<(typeof requestSchemas)[N]>;

export interface AppStatus {
  readonly version: string; readonly source: 'checkout' | 'package'; readonly runtime: string; readonly testRuntime: boolean; readonly sandboxed: boolean;
  readonly displays: number; readonly defaultModule: string | null; /** The only mode of this run; null: people choose. */ readonly onlyMode: Mode | null;
}
export interface ArchiveItem {
  readonly number: number; readonly name: string; readonly title: string; /** Null in a ceremony about the archive itself. */ readonly label: string | null; readonly profile: string | null; readonly kind: CeremonyKind | null; readonly mode: Mode;
  readonly status: 'frozen' | 'running' | 'paused' | 'closed' | 'aborted' | 'postponed' | 'unreadable';
  readonly planSha256: Sha256Hex | null; readonly quorum: { readonly threshold: number; readonly shares: number } | null; readonly serial: string | null;
  readonly spkiSha256: Sha256Hex | null; readonly sealedShares: number; readonly step: string | null; readonly lastAt: string | null; readonly openExceptions: number; readonly notAfter: string | null; readonly recordSigned: boolean; readonly fault: string | null;
}
/** Keys, sets and copies, the charter in force (null before the founding), what a merge of several ends has to settle, and where each material was last. */
export interface ArchiveRegister extends CustodyRegister { readonly charter: CharterInForce | null; readonly questions: readonly Question[]; /** What became of each key and its state, by the same moment. */ readonly lives: readonly KeyLife[]; readonly materials: readonly MaterialState[] }
export interface DraftView { readonly text: string; readonly plan: Plan | null; readonly findings: readonly PlanFinding[]; readonly sha256: Sha256Hex | null }
export interface Responses {
  'app.status': AppStatus;
  'app.close': null;
  /** `ends`: names of the ceremonies that no other follows; more than one after a join, until a merge. */
  'archive.list': { readonly path: string; readonly items: readonly ArchiveItem[]; readonly ends: readonly string[] };
  'archive.choose': { readonly path: string | null };
  'archive.look-at-join': JoinLook;
  'archive.join': JoinLook;
  'archive.register': ArchiveRegister;
  'draft.get': DraftView;
  'draft.save': DraftView;
  'draft.load': DraftView;
  'draft.discard': DraftView;
  'draft.start': DraftView;
  'draft.make-cards': DraftView;
  'draft.set-card': DraftView;
  'draft.make-tokens': DraftView;
  'draft.enrol-file': DraftView;
  'draft.enrol-token': DraftView;
  'draft.make-token-key': DraftView;
  'draft.freeze': { readonly number: number; readonly name: string; readonly sha256: Sha256Hex };
  'module.known': readonly string[];
  'module.open': ModuleInfo;
  'module.public-keys': readonly TokenPublicKey[];
  'printer.list': readonly string[];
  'preflight.look': readonly PreflightRow[];
  'ceremony.enter': Snapshot;
  'ceremony.begin': Snapshot;
  'ceremony.command': Snapshot;
  'ceremony.snapshot': Snapshot | null;
  'ceremony.leave': null;
  'script.print': { readonly path: string; readonly pages: number };
  'record.make': { readonly path: string; readonly pages: number };
  'certificate.print': { readonly path: string; readonly pages: number };
  'inventory.print': { readonly path: string; readonly pages: number };
  'verify.run': VerifyReport;
  'entry.cancel': null;
}
/** Pushed by main. */
export interface Events { 'ceremony.changed': Snapshot; 'activity.changed': { readonly busy: string | null }; /** Somebody closes the window while a ceremony is not finished: the room is asked first. */ 'close.asked': null }
/** What preload exposes as `window.quorate`. */
export type QuorateApi = { readonly [N in CallName]: (request: Request<N>) => Promise<Result<Responses[N]>> } & { readonly on: <E extends keyof Events>(event: E, listener: (value: Events[E]) => void) => () => void };
export type { Base64, KeyIdHex, PersonId };
