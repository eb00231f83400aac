/**
 * Lets a program go on when nobody reads any more what it prints: a pipe was closed (`verify | head -1`), or the terminal is gone. One whose
 * output can't be written for another reason, such as a full disk, ends with 1 and says so.
 * @param onClosed - is called then, once a write has failed
 */
export function ignoreClosedOutput(onClosed: () => void = () => {}): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (failure: NodeJS.ErrnoException) => {
      if (failure.code !== "EPIPE" && failure.code !== "EIO") {
        process.stderr.write(`error: what this prints could not be written: ${failure.message}\n`);
        process.exit(1);
      }
      onClosed();
    });
  }
}
