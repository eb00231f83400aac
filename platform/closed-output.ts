/** Lets a program go on when nobody reads any more what it prints: a pipe was closed, or the terminal is gone. */
export function ignoreClosedOutput(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (failure: NodeJS.ErrnoException) => {
      if (failure.code !== "EPIPE" && failure.code !== "EIO") {
        throw failure;
      }
    });
  }
}
