/** Every call of the contract, in groups. */
import { appHandlers } from './handlers/app.ts';
import { archiveHandlers } from './handlers/archive.ts';
import { ceremonyHandlers } from './handlers/ceremony.ts';
import type { HandlerContext } from './handlers/context.ts';
import { draftHandlers } from './handlers/draft.ts';
import type { Handlers } from './register.ts';

export const createHandlers = (context: HandlerContext): Handlers => ({ ...appHandlers(context), ...draftHandlers(context), ...archiveHandlers(context), ...ceremonyHandlers(context) });
