import { workQueue } from "../../../../operations/review/serve/work-queue";

test("so much is done at a time, in the order in which it came, whatever fails", async () => {
  const { signal } = new AbortController();
  const { run } = workQueue(2);
  const begun: number[] = [];
  const ends: (() => void)[] = [];
  const all = [1, 2, 3, 4].map((number) =>
    run(async () => {
      begun.push(number);
      await new Promise<void>((resolve) => ends.push(resolve));
      if (number === 1) {
        throw new Error("failed");
      }
      return number;
    }, signal).catch((failure: Error) => failure.message),
  );
  await new Promise(setImmediate);

  expect(begun).toEqual([1, 2]);

  ends[0]?.();
  await new Promise(setImmediate);
  expect(begun).toEqual([1, 2, 3]);

  for (const index of [1, 2, 3]) {
    ends[index]?.();
    await new Promise(setImmediate);
  }
  expect(await Promise.all(all)).toEqual(["failed", 2, 3, 4]);
});

test("what waits when the signal comes is not done, and takes no other's turn", async () => {
  const stopping = new AbortController();
  const { run } = workQueue(1);
  let end = () => {};
  const first = run(() => new Promise<void>((resolve) => (end = resolve)), stopping.signal);
  const second = run(async () => "done", stopping.signal);
  const third = run(async () => "done", new AbortController().signal);
  await new Promise(setImmediate);
  stopping.abort(new Error("stopped"));

  await expect(second).rejects.toThrow("stopped");
  await expect(run(async () => "done", stopping.signal)).rejects.toThrow("stopped");
  end();
  await first;
  expect(await third).toBe("done");
});
