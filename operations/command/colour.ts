import type { WriteStream } from "node:tty";

/** Returns whether a stream shows colours: a terminal, unless NO_COLOR is set (no-color.org). */
export function hasColour(stream: Pick<WriteStream, "isTTY">): boolean {
  return stream.isTTY === true && !process.env["NO_COLOR"];
}
