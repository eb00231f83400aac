import { shortLine } from "../../platform/visible-text";
import { ifResourceExists, isResourceNotFound } from "../aws/failure";
import { type Clock, systemClock } from "../command/clock";
import { CommandError, Failure } from "../command/failure";
import { showLiveLine } from "../command/progress";
import { type Obstacle, obstacleText, type Step, type TeardownContext } from "./step";

/** Time between two looks at what is left. */
const pauseMilliseconds = 2_000;

/** Time for which a step may fail without a break: AWS takes a minute or two to see that something is not used any more. */
const retryMilliseconds = 180_000;

/** Thrown when a step's time is up. The next run of teardown goes on with that step. */
export class StepTimeout extends CommandError {
  constructor(
    { title, timeoutMinutes }: Step,
    readonly obstacles: readonly Obstacle[],
  ) {
    const names = obstacles.map(({ name }) => name).join(", ");
    const lines = [`${title}: after ${timeoutMinutes} min there still is ${names}`, ...obstacles.map(obstacleText)];
    super(lines.map(shortLine).join("\n  "), { next: "let go what holds it, and run this again", exitCode: 2 });
  }
}

/**
 * Clears what the step finds, again and again, until it finds nothing.
 * @throws StepTimeout if that does not come in time
 */
export async function runStep(step: Step, context: TeardownContext, clock: Clock = systemClock): Promise<void> {
  const { signal } = context;
  const progress = showLiveLine(step.title);
  const sayOnce = sayingOnce(context.say);
  const say = (line: string) => {
    // Whatever follows, as Terraform's output, has lines of its own.
    progress.hide();
    sayOnce(line);
  };
  const end = clock.now() + step.timeoutMinutes * 60_000;
  const failures = new Map<string, string>();
  let failingSince: number | undefined;
  try {
    for (;;) {
      signal.throwIfAborted();
      try {
        const found = await step.find(context);
        if (found.length === 0) {
          return;
        }
        await clearAll(found, step.verb, say, failures);
        failingSince = undefined;
        progress.phase(`${found.length} left`);
      } catch (thrown) {
        failingSince ??= clock.now();
        if (!mayPass(thrown) || clock.now() - failingSince >= retryMilliseconds) {
          throw thrown;
        }
        say(`  again, since it failed: ${thrown.message}`);
      }
      if (clock.now() >= end) {
        return giveUp(step, await step.find(context), failures);
      }
      await clock.sleep(pauseMilliseconds, signal);
    }
  } finally {
    progress.clear();
  }
}

/** Returns a `say` that leaves out lines that it has said already. */
function sayingOnce(say: (line: string) => void): (line: string) => void {
  const said = new Set<string>();
  return (line) => {
    if (!said.has(line)) {
      said.add(line);
      say(line);
    }
  };
}

/**
 * Tries to clear every obstacle, since one that fails may need another one gone first.
 * @param failures - keeps why the last try failed, by the obstacle's name
 * @throws the first failure, after all were tried
 */
async function clearAll(
  obstacles: readonly Obstacle[],
  verb: string,
  say: (line: string) => void,
  failures: Map<string, string>,
): Promise<void> {
  let first: Error | undefined;
  for (const { clear, ...obstacle } of obstacles) {
    failures.delete(obstacle.name);
    if (!clear) {
      say(`  wait for ${obstacleText(obstacle)}`);
      continue;
    }
    say(`  ${verb} ${obstacle.name}`);
    try {
      await ifResourceExists(clear());
    } catch (thrown) {
      if (!mayPass(thrown)) {
        throw thrown;
      }
      failures.set(obstacle.name, thrown.message);
      first ??= thrown;
    }
  }
  if (first) {
    throw first;
  }
}

/** Throws a StepTimeout if something is left. The reason of a failed try says more than what holds the obstacle. */
function giveUp(step: Step, left: readonly Obstacle[], failures: ReadonlyMap<string, string>): void {
  if (left.length > 0) {
    throw new StepTimeout(
      step,
      left.map((obstacle) => ({ ...obstacle, heldBy: failures.get(obstacle.name) ?? obstacle.heldBy })),
    );
  }
}

/** Returns whether a later try may succeed: a connection broke, AWS's lists are behind, or something is still in use. */
function mayPass(thrown: unknown): thrown is Error {
  return (
    isResourceNotFound(thrown) || (thrown instanceof Failure && ["unexpected", "unreachable"].includes(thrown.kind))
  );
}
