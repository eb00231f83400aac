/** How far a long operation is. */
export interface Progress {
  /** Says what is being done now: `refresh 3/29`. */
  readonly phase: (name: string) => void;
  /** Says what came of it. */
  readonly end: (outcome: string) => void;
  /** Takes the line of a terminal away until the next phase, so that something else can be printed. */
  readonly hide: () => void;
  /** Ends it without a word: what follows says what came of it. */
  readonly clear: () => void;
}

/** Milliseconds for which nobody wonders what is going on. */
const quiet = 2_000;

/**
 * Shows how far an operation is: in a terminal on one line that is written over and over, in a log by a line with the time whenever
 * something else than a count changes. What is done within two seconds is never shown.
 * @param title - what the operation is about
 */
export function showProgress(title: string, stream: NodeJS.WriteStream = process.stderr): Progress {
  return stream.isTTY ? liveLine(title, stream) : logLines(title, stream);
}

/** Shows the same in a terminal alone, for what prints lines of its own: in a log, those are all. */
export function showLiveLine(title: string, stream: NodeJS.WriteStream = process.stderr): Progress {
  const nothing = () => {};
  return stream.isTTY ? liveLine(title, stream) : { phase: nothing, end: nothing, hide: nothing, clear: nothing };
}

function liveLine(title: string, terminal: NodeJS.WriteStream): Progress {
  const start = Date.now();
  let current = "";
  let shown = false;
  let hidden = false;
  const draw = () => {
    shown = true;
    if (hidden) {
      return;
    }
    const line = `${title}  ${current}  ${Math.floor((Date.now() - start) / 1000)} s`;
    // A line that wraps could not be written over.
    terminal.write(`\r\u001b[K${line.slice(0, (terminal.columns || 80) - 1)}`);
  };
  const delay = setTimeout(draw, quiet);
  const clock = setInterval(() => shown && draw(), 1000);
  const stop = () => {
    clearTimeout(delay);
    clearInterval(clock);
  };
  const hide = () => {
    if (shown && !hidden) {
      terminal.write("\r\u001b[K");
    }
    hidden = true;
  };
  return {
    phase: (name) => {
      if (name !== current || hidden) {
        current = name;
        hidden = false;
        if (shown) {
          draw();
        }
      }
    },
    hide,
    end: (outcome) => {
      stop();
      hidden = false;
      current = outcome;
      if (shown) {
        draw();
        terminal.write("\n");
      }
    },
    clear: () => {
      stop();
      hide();
    },
  };
}

function logLines(title: string, log: NodeJS.WriteStream): Progress {
  let current = "";
  let written = "";
  let shown = false;
  const write = () => {
    const kind = current.replaceAll(/\d+/g, "");
    if (kind !== written) {
      written = kind;
      log.write(`${timeOfDay()} ${title}: ${current}\n`);
    }
  };
  const delay = setTimeout(() => {
    shown = true;
    write();
  }, quiet);
  return {
    phase: (name) => {
      current = name;
      if (shown) {
        write();
      }
    },
    end: (outcome) => {
      clearTimeout(delay);
      current = outcome;
      if (shown) {
        write();
      }
    },
    hide: () => {},
    clear: () => clearTimeout(delay),
  };
}

/** Returns the time as `14:03:02`, in UTC. */
export function timeOfDay(now = new Date()): string {
  return now.toISOString().slice(11, 19);
}
