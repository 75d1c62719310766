/** Runs tasks with one key strictly one after another; tasks with different keys run side by side. */
export const createQueue = (): (<T>(key: string, task: () => Promise<T>) => Promise<T>) => {
  const tails = new Map<string, Promise<unknown>>();
  return (key, task) => {
    const run = (tails.get(key) ?? Promise.resolve()).then(task, task);
    const tail = run.catch(() => undefined).finally(() => { if (tails.get(key) === tail) tails.delete(key); });
    tails.set(key, tail);
    return run;
  };
};
