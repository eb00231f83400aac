import { lstatSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { CommandError } from "../../operations/command/failure";
import { interruptible } from "../../operations/command/interruption";
import { showProgress } from "../../operations/command/progress";
import { runProgram } from "../../operations/command/run-program";
import { newestRelease } from "../../releases/all";
import { chartRenderer, chartsEntry } from "../charts/charts";
import { definitionsEntry } from "../kubernetes/definitions";
import { kubelab, kubelabOf } from "../kubernetes/kubelab";
import { stagesEntry } from "../kubernetes/stages";
import { cached, cacheFolder, isCached } from "../setup/cache";
import { type GoProgram, goProgram, isProgramReady } from "../setup/go-program";
import { mustHaveRequirements } from "../setup/requirements";

// Those of older releases are fetched when a world first needs them.
const entries = [chartsEntry(newestRelease), definitionsEntry(newestRelease), stagesEntry];

export interface SetUpOptions {
  /** A minor of Kubernetes whose control plane is made ready beside the newest: `1.35`. */
  readonly kubernetes: string | undefined;
}

/**
 * Makes all that a world needs ready, and says where it is.
 * @throws CommandError if there is no control plane of that minor of Kubernetes, or this machine lacks something
 */
export async function setUp({ kubernetes }: SetUpOptions): Promise<void> {
  const others = kubernetes === undefined ? [] : [kubelabOf(kubernetes)];
  await interruptible("interrupted; what is ready stays", (signal) => makeReady(signal, others));
  const megabytes = Math.round(sizeOf(cacheFolder()) / 1_000_000);
  process.stdout.write(
    `all that a world needs is in ${cacheFolder()} (${megabytes} MB), which may be deleted at any time\n`,
  );
}

/**
 * Makes all that a world needs ready in the cache, so that nothing has to be built or downloaded later.
 * @param others - programs beside the usual ones
 * @throws CommandError if this machine lacks something
 */
export async function makeReady(signal: AbortSignal, others: readonly GoProgram[] = []): Promise<void> {
  const programs = new Set([chartRenderer, kubelab, ...others]);
  const ready = [...[...programs].map(isProgramReady), ...entries.map(isCached)];
  mustHaveRequirements({ needsGo: ready.includes(false) });
  await pythonPackages(signal);
  for (const entry of entries) {
    await cached(entry, signal);
  }
  for (const program of programs) {
    await goProgram(program, signal);
  }
}

async function pythonPackages(signal: AbortSignal): Promise<void> {
  const progress = showProgress("Python packages");
  progress.phase("pip install, for the AWS");
  const { code, errors } = await runProgram("rehearsal/aws/venv", ["rehearsal/aws/requirements.txt"], { signal });
  progress.clear();
  if (code !== 0) {
    throw new CommandError(`Python's packages cannot be installed\n${errors.trim()}`, {
      next: "see what pip says; it needs PyPI, or the index that it is configured for",
    });
  }
}

/** Returns how many bytes a file or a folder holds. */
function sizeOf(path: string): number {
  const found = lstatSync(path, { throwIfNoEntry: false });
  return found?.isDirectory()
    ? readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0)
    : (found?.size ?? 0);
}
