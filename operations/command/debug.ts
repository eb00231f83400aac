import { CommandError } from "./failure";

let enabled = false;

/** Has every call to AWS, Kubernetes, GitHub and Terraform written to stderr, and the stack of what fails. */
export function enableDebug(): void {
  enabled = true;
}

export function isDebug(): boolean {
  return enabled;
}

/**
 * Does something that is asked of another program or service, and with `--debug` says how long it took.
 * @param what - by name alone: arguments may hold secrets
 */
export async function timed<Result>(what: string, work: () => Promise<Result>): Promise<Result> {
  if (!enabled) {
    return work();
  }
  const start = performance.now();
  const tell = (outcome: string) =>
    process.stderr.write(`debug: ${what}: ${outcome}, ${Math.round(performance.now() - start)} ms\n`);
  try {
    const result = await work();
    tell("done");
    return result;
  } catch (thrown) {
    tell(thrown instanceof CommandError ? thrown.message : thrown instanceof Error ? thrown.name : "failed");
    throw thrown;
  }
}
