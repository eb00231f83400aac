/** A line on the terminal that says how far a stack is. */
export interface Progress {
  /** What is being done now. */
  readonly phase: (name: string) => void;
  /** Leaves the line as it is, with what came of it. */
  readonly end: (outcome: string) => void;
}

/** The progress of one stack, with the time that it takes; nothing at all where nobody watches. */
export function progressOf(stack: string, terminal: NodeJS.WriteStream = process.stderr): Progress {
  if (!terminal.isTTY) {
    return { phase: () => {}, end: () => {} };
  }
  const start = Date.now();
  let current = "";
  const draw = () => {
    const line = `${stack}  ${current}  ${Math.floor((Date.now() - start) / 1000)} s`;
    // A line that wraps could not be written over.
    terminal.write(`\r\u001b[K${line.slice(0, (terminal.columns || 80) - 1)}`);
  };
  const clock = setInterval(draw, 1000);
  return {
    phase: (name) => {
      if (name !== current) {
        current = name;
        draw();
      }
    },
    end: (outcome) => {
      clearInterval(clock);
      current = outcome;
      draw();
      terminal.write("\n");
    },
  };
}
