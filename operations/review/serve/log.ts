import { shortLine } from "../../../platform/visible-text";

/** What a server says, a line each with the time. */
export interface ServerLog {
  readonly say: (line: string) => void;
  /** Says that a request was refused, and why; of many in a short time how many. */
  readonly refused: (why: string) => void;
  readonly end: () => void;
}

/** Milliseconds for which further refusals are only counted: anybody can send what is refused. */
const pause = 10_000;

export function serverLog(write: (line: string) => void): ServerLog {
  const say = (line: string) => write(`${new Date().toISOString()} ${shortLine(line)}`);
  let counted = 0;
  let timer: NodeJS.Timeout | undefined;
  const sayCount = () => {
    clearTimeout(timer);
    timer = undefined;
    if (counted > 0) {
      say(`refused ${counted} more`);
    }
    counted = 0;
  };
  return {
    say,
    refused(why) {
      if (timer !== undefined) {
        counted += 1;
        return;
      }
      say(`refused ${why}`);
      timer = setTimeout(sayCount, pause).unref();
    },
    end: sayCount,
  };
}
