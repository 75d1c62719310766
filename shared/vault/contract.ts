/**
 * The calls main makes of the vault process. Requests and responses hold no secret: PINs, passphrases and share lines reach the
 * vault through an entry (see {@link EntrySpec}) on a MessagePort past main, and are named here by their entry id only.
 */
import type { Base64, KeyIdHex, PersonId, Sha256Hex } from '../brand.ts';
import type { CredentialAlgorithm, KeyPlan, KeyProfile, Plan } from '../ceremony/plan-schema.ts';
import type { KeyClaims, LintFinding, TokenObject } from '../transcript/entry-schema.ts';

/** Names one use of the entry window; random, made by main. */
export type EntryId = string;

/** What one person is asked to type. `pin-half` entries are joined first ‖ second. */
export type EntrySpec =
  | { readonly kind: 'pin'; readonly person: PersonId; readonly token: string; readonly minLength: number; readonly maxLength: number; readonly of?: PinOf }
  | { readonly kind: 'pin-half'; readonly person: PersonId; readonly token: string; readonly half: 'first' | 'second'; readonly of?: PinOf }
  | { readonly kind: 'new-pin'; readonly person: PersonId | null; readonly token: string; readonly minLength: number; readonly maxLength: number; readonly half: 'whole' | 'first' | 'second' }
  /** With `path` the credential file is opened as the passphrase is committed, so that a wrong one is told in the entry window. */
  | { readonly kind: 'passphrase'; readonly person: PersonId; readonly path?: string }
  | { readonly kind: 'new-passphrase'; readonly person: PersonId; readonly minLength: number }
  /**
   * One share from paper, in whichever of the `ways` the person picks: its symbol scanned or in a picture file, or its four lines of
   * 18 + 2 characters typed. `share`: the number that is expected; null when any may come. `blind`: the sheet was printed blind, so
   * the dice code of its holder is asked for beside it.
   */
  | { readonly kind: 'share'; readonly person: PersonId; readonly share: number | null; /** The set's name, shown to its holder: `KITE-4417`. */ readonly set?: string; readonly ways: readonly ShareWay[]; readonly blind: boolean }
  /** The code of a blind sheet: at least `minThrows` throws of a die, digits 1 to 6, typed twice. */
  | { readonly kind: 'dice-code'; readonly person: PersonId; readonly share: number; readonly minThrows: number }
  /** The symbol of the printer's test page. */
  | { readonly kind: 'test-symbol'; readonly person: PersonId; readonly ways: readonly ('scan' | 'image')[] };

/** How a share leaves the paper: with the camera, from a picture file, or by hand. */
export type ShareWay = 'scan' | 'image' | 'type';

/** Whose PIN it is: the User PIN of an HSM (the default), that of a custodian's card, or the SO PIN of an HSM. */
export type PinOf = 'hsm' | 'card' | 'so';

/** Messages on the entry's MessagePort. Values are UTF-8 bytes; clone, never transfer. */
export type EntryMessageIn =
  /** One share line, to be checked at once. */
  | { readonly type: 'line'; readonly index: 0 | 1 | 2 | 3; readonly value: Uint8Array }
  /** `way` with a share or a test symbol: one value for a symbol's text, four for lines; then the dice code of a blind sheet. */
  | { readonly type: 'commit'; readonly values: readonly Uint8Array[]; readonly way?: ShareWay }
  | { readonly type: 'cancel' };
export type EntryMessageOut =
  | { readonly type: 'line-checked'; readonly index: number; readonly ok: boolean }
  | { readonly type: 'refused'; readonly code: string; readonly details: Readonly<Record<string, unknown>> }
  | { readonly type: 'accepted' };

export interface TokenInfo {
  readonly serial: string; readonly label: string; readonly manufacturer: string; readonly model: string; readonly firmware: string;
  readonly slot: string; readonly initialized: boolean; readonly userPinInitialized: boolean;
  /** PKCS#11 tells only this much about tries: CKF_USER_PIN_COUNT_LOW, _FINAL_TRY, _LOCKED. */
  readonly userPin: 'normal' | 'low' | 'last-try' | 'locked';
  readonly protectedAuthenticationPath: boolean; readonly minPinLength: number; readonly maxPinLength: number;
}
export interface ModuleInfo { readonly path: string; readonly sha256: Sha256Hex; readonly manufacturer: string; readonly description: string; readonly version: string; readonly software: boolean; readonly tokens: readonly TokenInfo[] }
/** A public key on a token that could sign for a person. */
export interface TokenPublicKey { readonly id: KeyIdHex; readonly label: string; readonly algorithm: CredentialAlgorithm; readonly publicKey: Base64 }

export interface KeyRef { readonly module: string; readonly serial: string; readonly keyId: KeyIdHex }
/** `complete`: exactly one private and one public object with the id, matching, and a signature works. `debris`: anything else but nothing. */
export type KeyPresence = { readonly found: 'none' } | { readonly found: 'debris'; readonly objects: readonly TokenObject[] } | { readonly found: 'complete'; readonly spki: Base64; readonly claims: KeyClaims };

export type PrinterTarget = { readonly kind: 'folder'; readonly dir: string } | { readonly kind: 'cups'; readonly queue: string };

/** How a sheet is printed: as it is, with large letters, or with the value encrypted under its holder's dice code. */
export type SheetVariant = 'standard' | 'large' | 'blind';
export interface SheetFacts { readonly organisation: string; readonly ceremonyNumber: number; readonly ceremonyTitle: string; readonly date: string; readonly paper: 'A4' | 'Letter'; readonly mode: Plan['mode']; readonly software: boolean; readonly attempt: number; readonly toolVersion: string; readonly printedAt: string; readonly variant: SheetVariant; /** What the set protects, for the sheet's title. */ readonly holds: SetPurpose }

/** What the 32 bytes of a set are for: they wrap the key, or PINs are derived from them. */
export type SetPurpose = 'wrapping-key' | 'pin';
/** Who stands at the desk with a share; `holder` is another person's id only when the room let the presenter bring that person's share. */
export interface Presenter { readonly name: string; readonly person: PersonId; readonly holder: PersonId }
export type ShareHow = 'scanned' | 'image' | 'typed' | 'card';
/** An accepted share, without its value. */
export interface ReadShare { readonly share: number; readonly person: PersonId; readonly how: ShareHow; readonly commitment: Sha256Hex }
/** A set that is known but not wanted, so that a share of it can be told apart. */
export interface KnownSet { readonly setId: Sha256Hex; readonly setName: string; readonly epoch: number; readonly supersededAt: string | null }
/** A token in its reader; the PIN has not been asked for. `others`: serials of what is there instead. */
export type CardPresence =
  | { readonly present: false; readonly others: readonly string[] }
  | { readonly present: true; readonly token: TokenInfo; /** False for a software token, which nobody can pull out. */ readonly removable: boolean; readonly others: readonly string[] };

/** name → [request, response]. Every call may fail with a Fault. */
export interface VaultCalls {
  'entry.open': [{ entryId: EntryId; spec: EntrySpec }, { committed: boolean }]; // resolves when the person commits (true) or cancels (false); the port comes beside it
  /** With `sha256` the file is refused before any of its code runs when it is another one (HSM_MODULE_DIGEST). */
  'module.open': [{ path: string; sha256?: Sha256Hex | null }, ModuleInfo];
  /** Makes SoftHSM tokens in the rehearsal's own folder. The SO PIN is random and kept nowhere; said so in the docs. */
  'rehearsal.make-token': [{ module: string; label: string; pinEntries: readonly EntryId[] }, TokenInfo];
  'token.login': [{ module: string; serial: string; pinEntries: readonly EntryId[] }, { ok: true }];
  'token.logout': [{ module: string; serial: string }, { ok: true }];
  'token.inventory': [{ module: string; serial: string }, { token: TokenInfo; objects: readonly TokenObject[] }];
  'token.public-keys': [{ module: string; serial: string }, readonly TokenPublicKey[]];
  'key.generate': [KeyRef & { label: string; profile: KeyProfile; extractable: boolean }, { spki: Base64; claims: KeyClaims; checks: readonly string[]; durationMs: number }];
  'key.look': [KeyRef & { profile: KeyProfile }, KeyPresence];
  'key.destroy': [KeyRef, { destroyed: readonly TokenObject[] }];
  /** Lints with a throw-away signature of a throw-away key of the same profile, then gives the exact TBS bytes. Serial number from the HSM's generator. */
  'pki.prepare-root': [KeyRef & { profile: KeyProfile; spki: Base64; subject: KeyPlan['certificate']['subject']; notBefore: string; notAfter: string; mode: Plan['mode'] }, { tbs: Base64; lint: readonly LintFinding[] }];
  /** Signs exactly `tbs`, checks TBS equality, signature and lint again. */
  'pki.sign-root': [KeyRef & { profile: KeyProfile; spki: Base64; tbs: Base64 }, { certificate: Base64; lint: readonly LintFinding[] }];
  /** PKCS#10 CertificationRequestInfo with the transcript head as an attribute (docs/FORMATS.md). */
  'pki.prepare-pop': [{ profile: KeyProfile; spki: Base64; subject: KeyPlan['certificate']['subject']; mode: Plan['mode']; head: Sha256Hex }, { tbs: Base64 }];
  'pki.sign-pop': [KeyRef & { profile: KeyProfile; spki: Base64; tbs: Base64 }, { request: Base64 }];
  /** A fresh 256-bit wrapping key (HSM and host randomness through HKDF), split and enveloped. The wrapping key and the set key are wiped before this answers; unprinted shares stay in the vault. */
  'custody.split': [{ module: string; serial: string; ceremony: string; nonce: Sha256Hex; threshold: number; custodians: readonly { number: number; person: PersonId; name: string }[]; drill: boolean; epoch: number; previous?: { setId: Sha256Hex; epoch: number } | null; holds?: SetPurpose; issuedAt: string; reviewBy: string | null }, { setId: Sha256Hex; setName: string; setFingerprint: string; manifest: string; manifestSha256: Sha256Hex; sources: readonly string[] }];
  /** A blind sheet needs `codeEntry`: the dice code of its holder. */
  'custody.print': [{ share: number; printer: PrinterTarget; facts: SheetFacts; codeEntry?: EntryId }, { job: string; pages: number }];
  /** Judges what `entryId` read from the paper against the manifest; on acceptance the vault keeps the read-back share for the proof. */
  'custody.read-back': [{ share: number; entryId: EntryId }, ReadShare];
  /** The same from the card: logs in, reads the object, opens it, logs out. */
  'custody.read-back-card': [{ share: number; module: string; serial: string; pinEntries: readonly EntryId[] }, ReadShare];
  /** Looks for a card by its serial, without a PIN. Cheap enough to be asked every half second. */
  'card.look': [{ module: string; serial: string }, CardPresence];
  /**
   * Writes a share of the set in hand as a private data object. Refused when the card holds another share or anything under that name
   * (CARD_NOT_EMPTY); the same share is read, compared and left. Encrypted to the card's own decryption key where it has one.
   */
  'card.write': [{ share: number; module: string; serial: string; pinEntries: readonly EntryId[]; /** Sets of whose shares the card may hold one beside the new one: the set it replaces, or the wrapping set beside a PIN set. */ beside?: readonly Sha256Hex[]; /** Sets that are void: a share of theirs is erased first. */ erase?: readonly Sha256Hex[] }, { label: string; length: number; encryptedTo: string | null }];
  /** Destroys the share's object and shows that it is gone. */
  'card.erase': [{ module: string; serial: string; setId: Sha256Hex; share: number; pinEntries: readonly EntryId[] }, { absent: true; erased: number }];
  /** Prints a page with the measure, the typed letters and a symbol that holds a fresh random text; no secret. */
  'printer.test': [{ printer: PrinterTarget; paper: 'A4' | 'Letter'; mode: Plan['mode'] }, { job: string; pages: number }];
  'printer.test-read': [{ entryId: EntryId }, { ok: true; how: ShareHow }];
  /** Starts to gather shares of an existing set; shares gathered of it before are forgotten. Other sets' gathers stay. */
  'gather.begin': [{ manifest: string; drill: boolean; known: readonly KnownSet[] }, { setId: Sha256Hex; threshold: number; shares: number }];
  /** Judges one share at once; on acceptance the vault keeps its value until the gather ends. */
  'gather.read': [{ setId: Sha256Hex; entryId: EntryId; presenter: Presenter }, ReadShare];
  'gather.read-card': [{ setId: Sha256Hex; module: string; serial: string; pinEntries: readonly EntryId[]; presenter: Presenter }, ReadShare];
  /** Rebuilds the secret from exactly `threshold` gathered shares, checks it against the manifest, cross-checks with another subset when more are there. The shares are wiped, the secret stays. */
  'gather.combine': [{ setId: Sha256Hex; shares: readonly number[] }, { shares: readonly number[] }];
  'gather.end': [{ setId: Sha256Hex }, { ok: true }];
  /** Judges one share and keeps nothing of it. */
  'share.prove': [{ manifest: string; drill: boolean; known: readonly KnownSet[]; entryId: EntryId; presenter: Presenter }, ReadShare];
  'share.prove-card': [{ manifest: string; drill: boolean; known: readonly KnownSet[]; module: string; serial: string; pinEntries: readonly EntryId[]; presenter: Presenter }, ReadShare];
  /** Derives each token's User PIN from the secret of the pin set in hand and sets it, with `so` the SO PIN too; shows that the new one opens the token and the old one does not. */
  'pin.change': [{ module: string; serials: readonly string[]; pinEntries: readonly EntryId[]; /** The gathered PIN set whose combined secret gives the PIN of now, instead of entries. */ gathered?: Sha256Hex; /** The gathered PIN set whose combined secret gives the new PINs, instead of the set in hand: after a change that was cut off. */ set?: { readonly gathered: Sha256Hex }; so: { readonly pinEntries: readonly EntryId[] } | null }, { tokens: readonly { serial: string; oldRefusedWith: string; soChanged: boolean }[] }];
  /** Logs in with the PIN derived from the combined secret of a gathered pin set. */
  'pin.open': [{ module: string; serial: string; setId: Sha256Hex }, { ok: true }];
  /** Tests the splitter's coefficients and both implementations of sharing. Run at start and shown in the air-gap check. */
  'vault.self-test': [Record<string, never>, { rounds: number; chiSquare: number; subsets: number }];
  /** Rebuilds the wrapping key from each subset of read-back shares and checks it. */
  'custody.rebuild': [{ subsets: readonly (readonly number[])[] }, { subsets: readonly (readonly number[])[] }];
  /** Wraps the key under the rebuilt wrapping key; the algorithm is proven by a known answer first. Writes media folders, syncs and reads back. */
  'backup.wrap': [KeyRef & { media: readonly { number: number; dir: string }[]; fileName: string }, { algorithm: string; mechanism: string; length: number; sha256: Sha256Hex; media: readonly { number: number; sha256: Sha256Hex }[] }];
  'backup.restore': [{ module: string; serial: string; keyId: KeyIdHex; label: string; profile: KeyProfile; spki: Base64; mediaFile: string; sha256: Sha256Hex; /** The gathered set whose combined secret opens it; without, the set in hand. */ gathered?: Sha256Hex }, { spkiSha256: Sha256Hex; challenge: Sha256Hex; signature: Base64; claims: KeyClaims }];
  /** Re-share: opens the old wrapped key under the gathered secret into a session object of the token, wraps that under the set in hand, destroys it. The token's own copy is not touched. Writes, syncs and reads back the media. */
  'backup.rewrap': [KeyRef & { profile: KeyProfile; spki: Base64; gathered: Sha256Hex; mediaFile: string; sha256: Sha256Hex; media: readonly { number: number; dir: string }[]; fileName: string }, { algorithm: string; mechanism: string; length: number; sha256: Sha256Hex; media: readonly { number: number; sha256: Sha256Hex }[] }];
  /** Opens a wrapped key under the set in hand into a session object, lets it sign a challenge, destroys it. Nothing stays on the token. */
  'backup.prove': [KeyRef & { profile: KeyProfile; spki: Base64; mediaFile: string; sha256: Sha256Hex }, { spkiSha256: Sha256Hex; challenge: Sha256Hex; signature: Base64 }];
  /** Deletes a wrapped key's file from a medium and shows that it is gone; `found` false when it was not there. Refused when the file there is another. */
  'backup.clear': [{ mediaFile: string; sha256: Sha256Hex }, { found: boolean }];
  /** Sets CKA_EXTRACTABLE false on each token's copy, reads it back and shows that a wrap is refused. */
  'key.lock': [{ module: string; serials: readonly string[]; keyId: KeyIdHex }, { tokens: readonly { serial: string; extractable: boolean; refusedWith: string }[] }];
  /** Forgets every secret the vault holds. Main ends the process after it. */
  'vault.wipe': [Record<string, never>, { ok: true }];
  'vault.status': [Record<string, never>, { setId: string | null; unprinted: readonly number[]; readBack: readonly number[]; wrappingKey: boolean; loggedIn: readonly string[] }];
  'credential.create': [{ entryId: EntryId; person: PersonId; name: string; path: string }, { publicKey: Base64 }];
  /** Makes a person's signing key (P-256) on their own token: logged in, used and logged out. `pinEntries` is empty for a device with a PIN pad. */
  'credential.make-key': [{ module: string; serial: string; person: PersonId; pinEntries: readonly EntryId[] }, TokenPublicKey];
  /** Signs DSSE PAE bytes with a person's credential. A file is opened only here; a token is logged in, used and logged out. */
  'credential.sign': [{ entryId: EntryId; person: PersonId; pae: Base64; publicKey: Base64; algorithm: CredentialAlgorithm; source: { kind: 'file'; path: string } | { kind: 'token'; module: string; serial: string } }, { signature: Base64 }];
}
export type VaultCallName = keyof VaultCalls;
export type VaultRequest<N extends VaultCallName> = VaultCalls[N][0];
export type VaultResponse<N extends VaultCallName> = VaultCalls[N][1];

/** What main needs of a vault, whether it is a utility process, a forked Node process or an object in the same process. */
export interface VaultClient {
  call<N extends VaultCallName>(name: N, request: VaultRequest<N>): Promise<VaultResponse<N>>;
}
