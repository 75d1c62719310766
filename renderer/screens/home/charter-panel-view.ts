/** What the home screen asks of the archive about its charter. Pure. */
import { ARCHIVE_KINDS } from '../../../shared/ceremony/plan-schema.ts';
import type { Charter } from '../../../shared/charter/charter-schema.ts';
import type { ArchiveItem } from '../../../shared/ipc/contract.ts';

const OPEN: ReadonlySet<ArchiveItem['status']> = new Set(['frozen', 'running', 'paused']);
/** The ceremony about the archive that is frozen or under way: another one would stand on a charter that is about to change. Null: none. */
export const waitsForCharter = (items: readonly ArchiveItem[]): ArchiveItem | null => items.find(({ kind, status }) => OPEN.has(status) && ARCHIVE_KINDS.some((one) => one === kind)) ?? null;

/** "8 people may act, 1 acts no more." */
export const standingLine = ({ members }: Charter): string => {
  const active = members.filter(({ standing }) => standing === 'active').length, gone = members.length - active;
  return `${active} people may act${gone === 0 ? '' : `, ${gone} ${gone === 1 ? 'acts' : 'act'} no more`}.`;
};
