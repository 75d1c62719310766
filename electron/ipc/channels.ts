/** Names of the channels between main and its windows. Only register.ts and the preloads use them. */
export const CALL_CHANNEL = 'quorate:call';
export const EVENT_CHANNEL = 'quorate:event';
/** Brings the entry window what it asks for, with one MessagePort to the vault. */
export const ENTRY_CHANNEL = 'quorate:entry';
