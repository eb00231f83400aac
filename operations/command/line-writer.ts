import { visibleOutput } from "../../platform/visible-text";

/** Writes what another program prints, as far as it can be seen. */
export interface LineWriter {
  readonly write: (text: string) => void;
  /** Writes the last line, if it has no line end. */
  readonly end: () => void;
}

/** Returns a writer of whole lines: an escape that comes in two pieces stays whole, and a colour stays one. */
export function lineWriter(stream: Pick<NodeJS.WritableStream, "write">): LineWriter {
  let rest = "";
  const write = (text: string) => {
    const end = (rest + text).lastIndexOf("\n") + 1;
    const lines = (rest + text).slice(0, end);
    rest = (rest + text).slice(end);
    if (lines !== "") {
      stream.write(visibleOutput(lines));
    }
  };
  return { write, end: () => rest !== "" && write("\n") };
}
