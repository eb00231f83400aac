import { shortLine } from "../../platform/visible-text";

let enabled = false;

/** Has every call to AWS, Kubernetes, GitHub and Terraform written to stderr, and the stack of what fails. */
export function enableDebug(): void {
  enabled = true;
}

export function isDebug(): boolean {
  return enabled;
}

export function debugLine(text: string): void {
  process.stderr.write(`debug: ${shortLine(text)}\n`);
}

/**
 * Asks another program or service for something, and with `--debug` says how long that took.
 * @param what - the call by its name: its arguments may hold secrets
 * @param outcome - of a call that did not throw, as its status
 */
export async function timed<Result>(
  what: string,
  work: () => Promise<Result>,
  outcome: (result: Result) => string = () => "done",
): Promise<Result> {
  if (!enabled) {
    return work();
  }
  const start = performance.now();
  const tell = (end: string) => debugLine(`${what}: ${end}, ${Math.round(performance.now() - start)} ms`);
  try {
    const result = await work();
    tell(outcome(result));
    return result;
  } catch (thrown) {
    tell(thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown));
    throw thrown;
  }
}
