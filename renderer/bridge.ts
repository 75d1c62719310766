/** The only reader of `window.quorate`. Every call answers with a Result; a call that throws is a fault of its own. */
import { refuse, type Result } from '../shared/errors.ts';
import type { CallName, Events, QuorateApi, Request, Responses } from '../shared/ipc/contract.ts';

declare global {
  interface Window { readonly quorate: QuorateApi }
}

export const call = async <N extends CallName>(name: N, request: Request<N>): Promise<Result<Responses[N]>> => {
  const method = window.quorate[name] as (request: Request<N>) => Promise<Result<Responses[N]>>;
  try {
    return await method(request);
  } catch {
    return refuse('IPC_RESPONSE', { call: name });
  }
};

/** @returns a function that ends the subscription. */
export const listen = <E extends keyof Events>(event: E, listener: (value: Events[E]) => void): (() => void) => window.quorate.on(event, listener);
