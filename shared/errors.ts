/** The one error type that crosses process borders. It carries a code and plain details, never a secret and never wording. */

/** Errors of the key custody code (shares, sets, manifests). */
export type ShareCode =
  | 'SHARE_DAMAGED' | 'SHARE_UNKNOWN_VERSION' | 'SHARE_ILLEGAL_FIELD' | 'SHARE_FORGED' | 'SHARE_OTHER_SET' | 'SHARE_OLD_EPOCH'
  | 'SHARE_DRILL' | 'SHARE_NOT_DRILL' | 'SHARE_NOT_IN_MANIFEST' | 'SHARE_DUPLICATE' | 'SHARE_WRONG_PERSON'
  | 'SHARE_NEED_MORE' | 'SHARE_NOT_A_SHARE' | 'SHARE_CODE_FORMAT' | 'SHARE_BLIND_CODE' | 'SHARE_CARD_OBJECT' | 'SHARE_KEK_CHECK_FAILED' | 'SHARE_LINE_MISTYPED' | 'SHARE_SET_VOID' | 'SHARE_MANIFEST_INVALID';
/** Errors of tokens and modules; `details.ckr` holds the CKR_ name where there is one. */
export type HsmCode =
  | 'HSM_MODULE_MISSING' | 'HSM_MODULE_NOT_PKCS11' | 'HSM_MODULE_DIGEST' | 'HSM_TOKEN_NOT_FOUND' | 'HSM_TOKEN_REMOVED'
  | 'HSM_PIN_INCORRECT' | 'HSM_PIN_LAST_TRY' | 'HSM_PIN_LOCKED' | 'HSM_PIN_FORMAT' | 'HSM_PIN_CHANGE_FAILED' | 'HSM_LABEL_IN_USE' | 'HSM_KEY_ID_IN_USE'
  | 'HSM_MECHANISM_MISSING' | 'HSM_KEY_CHECK_FAILED' | 'HSM_KEY_NOT_WRAPPABLE' | 'HSM_KEY_NOT_FOUND' | 'HSM_NOT_LOGGED_IN'
  | 'HSM_BLOB_DAMAGED' | 'HSM_LOCK_FAILED' | 'HSM_CALL_FAILED';
/** Errors of custodians' cards. */
export type CardCode = 'CARD_ABSENT' | 'CARD_OTHER' | 'CARD_NOT_EMPTY' | 'CARD_NO_SHARE' | 'CARD_FULL' | 'CARD_DIFFERS';
/** Errors of certificates and of the lint. */
export type PkiCode = 'PKI_LINT_FAILED' | 'PKI_TBS_MISMATCH' | 'PKI_SIGNATURE_INVALID' | 'PKI_PROFILE_INVALID';
/** Errors of the plan file. `details.where` names the field. */
export type PlanCode = 'PLAN_TOO_LARGE' | 'PLAN_NOT_JSON' | 'PLAN_DUPLICATE_KEY' | 'PLAN_FIELD' | 'PLAN_UNKNOWN_FIELD' | 'PLAN_RULE' | 'PLAN_INCOMPLETE';
/** Errors found while a transcript or folder is read. */
export type TranscriptCode =
  | 'TRANSCRIPT_TORN' | 'TRANSCRIPT_LINE' | 'TRANSCRIPT_PREV_MISMATCH' | 'TRANSCRIPT_SEQ' | 'TRANSCRIPT_TIME'
  | 'TRANSCRIPT_REPLAY' | 'TRANSCRIPT_NOT_CLOSED' | 'TRANSCRIPT_AFTER_CLOSING' | 'TRANSCRIPT_EMPTY' | 'TRANSCRIPT_COMMITMENT';
export type FolderCode =
  | 'INVENTORY_EMPTY' | 'FOLDER_MISSING' | 'FOLDER_NOT_CEREMONY' | 'FOLDER_FILE_MISSING' | 'FOLDER_FILE_UNKNOWN' | 'FOLDER_FILE_DIGEST' | 'FOLDER_FILE_INVALID'
  | 'FOLDER_LINK' | 'FOLDER_ANCHOR_MISMATCH' | 'FOLDER_ANCHOR_FORMAT' | 'FOLDER_EXISTS' | 'FOLDER_LOCKED' | 'FOLDER_AMBIGUOUS';
/** Reasons why two archives are not joined. */
export type JoinCode = 'JOIN_SAME_PLACE' | 'JOIN_NOTHING' | 'JOIN_UNSOUND' | 'JOIN_MODE' | 'JOIN_RUNNING' | 'JOIN_TOGETHER';
export type SignatureCode = 'SIGNATURE_INVALID' | 'SIGNATURE_UNKNOWN_KEY' | 'SIGNATURE_PAYLOAD' | 'SIGNATURE_MISSING' | 'SIGNATURE_ENCODING';
export type CredentialCode = 'CREDENTIAL_PASSPHRASE' | 'CREDENTIAL_FILE_INVALID' | 'CREDENTIAL_WRONG_PERSON' | 'CREDENTIAL_WEAK_PASSPHRASE' | 'CREDENTIAL_FILE_EXISTS';
export type PrintCode = 'PRINT_QUEUE_MISSING' | 'PRINT_JOB_FAILED' | 'PRINT_FOLDER_NOT_REHEARSAL' | 'PRINT_QUEUE_NETWORK' | 'PRINT_SPOOL_KEPT' | 'PRINT_TEST_DIFFERS';
export type StorageCode = 'STORAGE_FULL' | 'STORAGE_SYNC_FAILED' | 'STORAGE_READ_ONLY' | 'STORAGE_IO';
export type IpcCode = 'IPC_SENDER' | 'IPC_REQUEST' | 'IPC_RESPONSE' | 'IPC_UNKNOWN_CALL';
export type VaultCode = 'VAULT_GONE' | 'VAULT_STATE' | 'VAULT_ENTRY_CANCELLED' | 'VAULT_ENTRY_MISSING' | 'VAULT_ENTRY_DIFFERS';
/** A rule of the ceremony refused; the id is that of a file in shared/ceremony/rules. */
export type RuleCode = `RULE_${string}`;
export type ErrorCode =
  | ShareCode | HsmCode | CardCode | PkiCode | PlanCode | TranscriptCode | FolderCode | JoinCode | SignatureCode | CredentialCode | PrintCode
  | StorageCode | IpcCode | VaultCode | RuleCode | 'INTERNAL';

export type Details = Readonly<Record<string, string | number | boolean | readonly string[] | readonly number[] | null>>;

/** What crosses a process border. */
export interface Fault { readonly code: ErrorCode; readonly details: Details }

/** Thrown for faults; expected refusals are returned as {@link Refusal} values instead. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly details: Details;
  constructor(code: ErrorCode, details: Details = {}, options?: { cause?: unknown }) {
    super(code, options);
    this.name = 'AppError';
    this.code = code;
    this.details = details;
  }
}

export interface Refusal { readonly ok: false; readonly fault: Fault }
export interface Accepted<T> { readonly ok: true; readonly value: T }
export type Result<T> = Accepted<T> | Refusal;

export const refuse = (code: ErrorCode, details: Details = {}): Refusal => ({ ok: false, fault: { code, details } });
export const accept = <T>(value: T): Accepted<T> => ({ ok: true, value });

/** Turns anything thrown into a {@link Fault}. An unknown error keeps only its class name: its message may hold anything. */
export const toFault = (error: unknown): Fault =>
  error instanceof AppError
    ? { code: error.code, details: error.details }
    : { code: 'INTERNAL', details: { name: error instanceof Error ? error.name : typeof error } };
