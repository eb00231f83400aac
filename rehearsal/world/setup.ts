import { lstatSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { CommandError } from "../../operations/command/failure";
import { interruptible } from "../../operations/command/interruption";
import { showProgress } from "../../operations/command/progress";
import { runProgram } from "../../operations/command/run-program";
import { chartRenderer, chartsEntry } from "../charts/charts";
import { definitionsEntry } from "../kubernetes/definitions";
import { kubelab } from "../kubernetes/kubelab";
import { stagesEntry } from "../kubernetes/stages";
import { cached, cacheFolder, isCached } from "../setup/cache";
import { goProgram, isProgramReady } from "../setup/go-program";
import { mustHaveRequirements } from "../setup/requirements";

const programs = [chartRenderer, kubelab];
const entries = [chartsEntry, definitionsEntry, stagesEntry];

/** Makes all that a world needs ready, and says where it is. */
export async function setUp(): Promise<void> {
  await interruptible("interrupted; what is ready stays", makeReady);
  const megabytes = Math.round(sizeOf(cacheFolder()) / 1_000_000);
  process.stdout.write(
    `all that a world needs is in ${cacheFolder()} (${megabytes} MB), which may be deleted at any time\n`,
  );
}

/**
 * Makes all that a world needs ready in the cache, so that nothing has to be built or downloaded later.
 * @throws CommandError if this machine lacks something
 */
export async function makeReady(signal: AbortSignal): Promise<void> {
  const ready = [...programs.map(isProgramReady), ...entries.map(isCached)];
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
