/** Reads what the vault says on the port. Pure. */
import type { EntryMessageOut } from '../../shared/vault/contract.ts';

export const readReply = (data: unknown): EntryMessageOut | null => {
  if (typeof data !== 'object' || data === null) return null;
  const { type, index, ok, code, details } = data as Record<string, unknown>;
  if (type === 'accepted') return { type };
  if (type === 'line-checked' && typeof index === 'number' && typeof ok === 'boolean') return { type, index, ok };
  if (type === 'refused' && typeof code === 'string') return { type, code, details: typeof details === 'object' && details !== null ? details as Record<string, unknown> : {} };
  return null;
};
