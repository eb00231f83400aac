import { visibleOutput } from "../../platform/visible-text";

/** Returns what writes another program's output, as far as it can be seen, line by line: an escape that comes in two pieces stays whole. */
export function lineWriter(stream: Pick<NodeJS.WritableStream, "write">): (text: string) => void {
  let rest = "";
  return (text) => {
    const end = (rest + text).lastIndexOf("\n") + 1;
    const whole = (rest + text).slice(0, end);
    rest = (rest + text).slice(end);
    if (whole !== "") {
      stream.write(visibleOutput(whole));
    }
  };
}
