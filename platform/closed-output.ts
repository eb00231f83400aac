/**
 * Lets a program go on when nobody reads any more what it prints: a pipe was closed (`verify | head -1`), or the terminal is gone.
 * @param onClosed - is called then, once a write has failed
 */
export function ignoreClosedOutput(onClosed: () => void = () => {}): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (failure: NodeJS.ErrnoException) => {
      if (failure.code !== "EPIPE" && failure.code !== "EIO") {
        throw failure;
      }
      onClosed();
    });
  }
}
