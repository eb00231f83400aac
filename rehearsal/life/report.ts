import { showLiveLine } from "../../operations/command/progress";

/** A table of steps, printed while it goes; on a terminal, a line below it says what is going on now. */
export class Report {
  private readonly start = Date.now();

  constructor(private readonly name: string) {
    process.stdout.write(
      `\n${name}\n${row("step", "seconds", "found")}\n${row("-".repeat(stepWidth), "-".repeat(7), "-".repeat(5))}\n`,
    );
  }

  /**
   * Runs a step and prints its line. What it throws ends the rehearsal.
   * @param work - returns what it found, and tells `phase` what it does
   */
  async step(what: string, work: (phase: (name: string) => void) => Promise<string>): Promise<void> {
    const start = Date.now();
    const progress = showLiveLine(what);
    let found = "FAILED";
    try {
      found = await work(progress.phase);
    } finally {
      progress.clear();
      process.stdout.write(`${row(what, seconds(start), found)}\n`);
    }
  }

  end(): void {
    process.stdout.write(`${row(`${this.name}: all as it should be`, seconds(this.start), "")}\n`);
  }
}

const stepWidth = 58;

function row(step: string, time: string, found: string): string {
  return `${step.padEnd(stepWidth)}  ${time.padStart(7)}  ${found}`.trimEnd();
}

function seconds(start: number): string {
  return ((Date.now() - start) / 1000).toFixed(1);
}
