/**
 * Lets a program go on when nobody reads any more what it prints: a pipe was closed (`verify | head -1`), or the terminal is gone. Where
 * output can't be written for another reason, such as a full disk, that is said, once, and is its exit code in the end.
 * @param onClosed - is called then, once a write has failed
 */
export function ignoreClosedOutput(onClosed: () => void = () => {}): void {
  let isSaid = false;
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (failure: NodeJS.ErrnoException) => {
      if (failure.code !== "EPIPE" && failure.code !== "EIO" && !isSaid) {
        isSaid = true;
        process.exitCode = 1;
        process.stderr.write(`error: what this prints could not be written: ${failure.message}\n`);
      }
      onClosed();
    });
  }
}
