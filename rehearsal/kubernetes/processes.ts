import { spawn } from "node:child_process";
import { appendFileSync, closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";

/** A process of a control plane, as `pids` in its folder names it. */
export interface ServerProcess {
  readonly name: string;
  readonly pid: number;
  /** When the kernel started it, in ticks since the machine's start: a later process may get the same number. */
  readonly start: string;
}

export interface ProcessProps {
  /** Where it is noted, and what it prints is kept. */
  readonly folder: string;
  readonly name: string;
  readonly program: string;
  readonly words: readonly string[];
  /**
   * The folder that it runs in.
   * @default - `folder`
   */
  readonly cwd?: string;
  /**
   * All its variables.
   * @default - those of this process
   */
  readonly environment?: NodeJS.ProcessEnv;
}

/** Starts a program in a session of its own, so that it outlives this process, and notes it in the folder. */
export function startProcess({
  folder,
  name,
  program,
  words,
  cwd = folder,
  environment = process.env,
}: ProcessProps): ServerProcess {
  mkdirSync(join(folder, "log"), { recursive: true });
  const log = openSync(join(folder, "log", `${name}.log`), "w");
  const child = spawn(program, words, { cwd, env: environment, detached: true, stdio: ["ignore", log, log] });
  closeSync(log);
  // What cannot be started has no number, so that it counts as ended.
  child.on("error", () => {});
  child.unref();
  const pid = child.pid ?? 0;
  const server = { name, pid, start: statusOf(pid)?.start ?? "0" };
  appendFileSync(join(folder, "pids"), `${name} ${pid} ${server.start}\n`);
  return server;
}

/** Returns those that were started in a folder, and not stopped, whether they still run or not. */
export function processesIn(folder: string): ServerProcess[] {
  return textOf(join(folder, "pids"))
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => {
      const [name = "", pid, start = ""] = line.split(" ");
      return { name, pid: Number(pid), start };
    });
}

export function isRunning({ pid, start }: ServerProcess): boolean {
  const status = statusOf(pid);
  return status !== undefined && status.start === start && status.state !== "Z";
}

/** Ends the processes of a folder, one after the other from the last to the first, and nothing else. */
export async function stopProcesses(folder: string): Promise<void> {
  const servers = processesIn(folder);
  for (const server of servers.reverse()) {
    await stopProcess(server);
  }
  if (servers.length > 0) {
    writeFileSync(join(folder, "pids"), "");
  }
}

async function stopProcess(server: ServerProcess): Promise<void> {
  const end = Date.now() + 5_000;
  signal(server, "SIGTERM");
  while (isRunning(server) && Date.now() < end) {
    await setTimeout(50);
  }
  signal(server, "SIGKILL");
}

function signal(server: ServerProcess, name: "SIGTERM" | "SIGKILL"): void {
  try {
    if (isRunning(server)) {
      process.kill(server.pid, name);
    }
  } catch {
    // It has ended by itself since it was looked for.
  }
}

function statusOf(pid: number): { readonly state: string; readonly start: string } | undefined {
  // The command's name, in parentheses, may hold what it likes. The state is the third field, the start the 22nd.
  const text = textOf(`/proc/${pid}/stat`);
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const [state = "", start] = [fields[0], fields[19]];
  return start === undefined ? undefined : { state, start };
}

/** Returns the text of a file, empty if there is none. */
function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
