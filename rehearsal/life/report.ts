/** A table of steps, printed while it goes. */
export class Report {
  private readonly start = Date.now();

  constructor(private readonly name: string) {
    process.stdout.write(
      `\n${name}\n${row("step", "seconds", "found")}\n${row("-".repeat(stepWidth), "-".repeat(7), "-".repeat(5))}\n`,
    );
  }

  /** Runs a step and prints its line; `work` returns what it found. What it throws ends the rehearsal. */
  async step(what: string, work: () => Promise<string>): Promise<void> {
    const start = Date.now();
    try {
      const found = await work();
      process.stdout.write(`${row(what, seconds(start), found)}\n`);
    } catch (failure) {
      process.stdout.write(`${row(what, seconds(start), "FAILED")}\n`);
      throw failure;
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
