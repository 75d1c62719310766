/** Calls of the Prepare screen. */
import { AppError } from '../../../shared/errors.ts';
import type { DraftView } from '../../../shared/ipc/contract.ts';
import type { Mode } from '../../../shared/ceremony/plan-schema.ts';
import { makeCards, setCard } from '../../prepare/cards.ts';
import { loadDraft, openDraft, readDraft, saveDraft, startDraft } from '../../prepare/drafts.ts';
import { enrolFile, enrolToken, makeTokenKey } from '../../prepare/enrol.ts';
import { startDraftOf } from '../../prepare/start-draft.ts';
import { makeTokens } from '../../prepare/rehearsal-tokens.ts';
import type { Room } from '../../room.ts';
import type { HandlerContext, HandlersOf } from './context.ts';

type DraftCalls = 'draft.get' | 'draft.save' | 'draft.load' | 'draft.discard' | 'draft.start' | 'draft.make-cards' | 'draft.set-card' | 'draft.make-tokens' | 'draft.enrol-file' | 'draft.enrol-token' | 'draft.make-token-key' | 'draft.freeze';

const freeze = async (room: Room): Promise<{ number: number; name: string; sha256: NonNullable<DraftView['sha256']> }> => {
  const { text, findings } = await readDraft(room);
  const first = findings[0];
  if (first !== undefined) throw new AppError(first.code, { where: first.where, text: first.text, findings: findings.length });
  const { number, name, sha256 } = await room.host.freeze(text);
  await startDraft(room);
  return { number, name, sha256 };
};

export const draftHandlers = (context: HandlerContext): HandlersOf<DraftCalls> => {
  /** The entry window calls people by the names of the draft. */
  const named = async (mode: Mode): Promise<Room> => {
    const room = await context.rooms.of(mode);
    room.setPlan((await readDraft(room)).plan);
    return room;
  };
  return {
    'draft.get': async ({ mode }) => await openDraft(await context.rooms.of(mode)),
    'draft.save': async ({ mode, text }) => await saveDraft(await context.rooms.of(mode), text),
    'draft.load': async ({ mode, text }) => await loadDraft(await context.rooms.of(mode), text),
    'draft.discard': async ({ mode }) => await startDraft(await context.rooms.of(mode)),
    'draft.start': async (request) => await startDraftOf(await context.rooms.of(request.mode), request),
    'draft.make-cards': async ({ mode }) => await context.busy('cards', async () => await makeCards(await named(mode))),
    'draft.set-card': async (request) => await context.busy('module', async () => await setCard(await named(request.mode), request)),
    'draft.make-tokens': async ({ mode }) => await context.busy('tokens', async () => await makeTokens(await named(mode))),
    'draft.enrol-file': async (request) => await context.busy('enrol', async () => await enrolFile(await named(request.mode), request)),
    'draft.enrol-token': async (request) => await context.busy('module', async () => await enrolToken(await named(request.mode), request)),
    'draft.make-token-key': async (request) => await context.busy('enrol', async () => await makeTokenKey(await named(request.mode), request)),
    'draft.freeze': async ({ mode }) => await freeze(await context.rooms.of(mode)),
  };
};
