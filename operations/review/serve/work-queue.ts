/** Does work in the order in which it comes, so much of it at a time. */
export interface WorkQueue {
  /** Does work when its turn comes; rejects with the signal's reason if that comes first. */
  run<Result>(work: () => Promise<Result>, signal: AbortSignal): Promise<Result>;
}

/** @param most - how much is done at a time */
export function workQueue(most: number): WorkQueue {
  const queue = new Set<() => void>();
  let busy = 0;
  const turn = (signal: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      const begin = () => {
        signal.removeEventListener("abort", leave);
        queue.delete(begin);
        busy += 1;
        resolve();
      };
      const leave = () => {
        queue.delete(begin);
        reject(signal.reason);
      };
      signal.addEventListener("abort", leave);
      queue.add(begin);
      next();
    });
  const next = () => {
    const [begin] = queue;
    if (begin !== undefined && busy < most) {
      begin();
    }
  };
  return {
    async run(work, signal) {
      signal.throwIfAborted();
      await turn(signal);
      try {
        return await work();
      } finally {
        busy -= 1;
        next();
      }
    },
  };
}
