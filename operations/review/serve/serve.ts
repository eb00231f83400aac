import { once, setMaxListeners } from "node:events";
import { accessSync, constants, existsSync, mkdirSync } from "node:fs";
import type { AddressInfo, Server } from "node:net";
import { join } from "node:path";

import { CommandError, errorOf } from "../../command/failure";
import { temporaryFolder } from "../../command/temporary-folder";
import { readSilences } from "../read-silences";
import type { ListenAddress, ServeRequest } from "../serve-options";
import type { HcpHost } from "./hcp-calls";
import { keptPages } from "./kept-pages";
import { serverLog } from "./log";
import { type RunTask, readPayload } from "./payload";
import { reviewProgram } from "./plan-review";
import { runTaskServer } from "./server";
import { type Tasks, taskLimits, tasks } from "./tasks";
import { keepTouched } from "./touch-folders";
import { type UnfinishedTasks, unfinishedTasks } from "./unfinished-tasks";
import { workQueue } from "./work-queue";

/** Where the run task is served from. */
export interface ServeEnvironment {
  /** Has the HMAC key, which is taken out of it: programs that are started do not get it. */
  readonly environment: NodeJS.ProcessEnv;
  /** Ends the server. */
  readonly signal: AbortSignal;
  /**
   * Of connections to HCP Terraform.
   * @default - Node's own
   */
  readonly agent?: NonNullable<HcpHost["agent"]>;
}

const keyVariable = "RUN_TASK_HMAC_KEY";

/** Characters. Who guesses the key can have plans of their own called reviewed. */
const shortestKey = 16;

/**
 * Answers as a run task of HCP Terraform until the signal comes, and then until all tasks have their result.
 * @throws CommandError if it cannot start
 */
export async function serveRunTask(
  request: ServeRequest,
  { environment, signal, agent }: ServeEnvironment,
): Promise<void> {
  const hmacKey = hmacKeyIn(environment);
  delete environment[keyVariable];
  const { address, hcpHost, publicUrl, dataFolder, failOn, silences } = request;
  expectUsable(request);
  const folder = temporaryFolder("run-task");
  keepTouched(folder);
  const shutdown = { waiting: new AbortController(), reviewing: new AbortController(), telling: new AbortController() };
  // Every task and every call listens to them.
  setMaxListeners(0, shutdown.waiting.signal, shutdown.reviewing.signal, shutdown.telling.signal);
  const log = serverLog((line) => process.stdout.write(`${line}\n`));
  const pages = publicUrl === undefined ? undefined : keptPages(join(dataFolder ?? folder, "pages"), publicUrl);
  const unfinished = dataFolder === undefined ? undefined : unfinishedTasks(join(dataFolder, "unfinished"), hmacKey);
  const taken = tasks({
    context: {
      hcp: { name: hcpHost, ...(agent === undefined ? {} : { agent }) },
      queue: workQueue(taskLimits.reviewed),
      pages,
      folder,
      review: { failOn, silences },
      shutdown,
    },
    unfinished,
    say: log.say,
  });
  const isEnding = () => shutdown.waiting.signal.aborted;
  const server = runTaskServer({ hmacKey, hcpHost, tasks: taken, pages, isEnding, refused: log.refused });
  await listen(server, address);
  log.say(`listens on ${urlOf(server)} for run tasks of ${hcpHost}`);
  resume(unfinished, taken, hcpHost);
  await aborted(signal);
  log.say("ends: takes no task any more");
  // Meanwhile requests are answered with 503, at which HCP Terraform asks again.
  await taken.end();
  server.close();
  server.closeAllConnections();
  log.end();
}

/** Throws a CommandError if every review would fail, for a reason that can be seen before. */
function expectUsable({ dataFolder, silences }: ServeRequest): void {
  if (!existsSync(reviewProgram.runner)) {
    throw new CommandError(`${reviewProgram.runner} is not here, by which plans are reviewed`, {
      next: "start it in the project's folder, as npm does",
    });
  }
  if (silences !== undefined) {
    readSilences(silences);
  }
  if (dataFolder !== undefined) {
    expectWritable(dataFolder);
  }
}

function expectWritable(dataFolder: string): void {
  try {
    mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
    accessSync(dataFolder, constants.W_OK | constants.X_OK);
  } catch (thrown) {
    throw new CommandError(`nothing can be kept in ${dataFolder}: ${errorOf(thrown).message}`, {
      next: "name a folder that you may write to: --data FOLDER",
      cause: thrown,
    });
  }
}

function hmacKeyIn({ [keyVariable]: key }: NodeJS.ProcessEnv): string {
  const next = `${keyVariable}=$(openssl rand -hex 32), the same as the run task's HMAC key at HCP Terraform`;
  if (!key) {
    throw new CommandError(`there is no HMAC key in ${keyVariable}: without it, anybody could send tasks`, { next });
  }
  if (key.length < shortestKey || key !== key.trim()) {
    const fault =
      key.length < shortestKey
        ? `has fewer than ${shortestKey} characters`
        : "begins or ends with a space or a line end";
    throw new CommandError(`the HMAC key in ${keyVariable} ${fault}`, { next });
  }
  return key;
}

/** Goes on with tasks that were in work when the program was killed. */
function resume(unfinished: UnfinishedTasks | undefined, taken: Tasks, host: string): void {
  for (const body of unfinished?.bodies() ?? []) {
    const task = taskIn(body, host);
    if (task !== undefined) {
      taken.take(task, body);
    }
  }
}

function taskIn(body: string, host: string): RunTask | undefined {
  try {
    return readPayload(body, host);
  } catch {
    // It is of another host, by which the program was started before.
    return undefined;
  }
}

async function listen(server: Server, { host, port }: ListenAddress): Promise<void> {
  try {
    await once(server.listen(port, host), "listening");
  } catch (thrown) {
    const { code, message } = errorOf(thrown) as NodeJS.ErrnoException;
    const faults: Readonly<Record<string, string>> = {
      EADDRINUSE: `port ${port} of ${host} is taken`,
      EACCES: `port ${port} is the system's`,
      EADDRNOTAVAIL: `${host} is no address of this machine`,
    };
    throw new CommandError(faults[code ?? ""] ?? `${host}:${port} cannot be listened on: ${message}`, {
      next: "choose another: --serve 8080, or --serve 0 for any port that is free",
      cause: thrown,
    });
  }
}

function urlOf(server: Server): string {
  const { address, family, port } = server.address() as AddressInfo;
  return `http://${family === "IPv6" ? `[${address}]` : address}:${port}`;
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) {
    await once(signal, "abort");
  }
}
