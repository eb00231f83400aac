import { existsSync, readFileSync } from "node:fs";
import { request } from "node:https";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";

import { CommandError } from "../../operations/command/failure";
import { isRunning, type ServerProcess } from "./processes";

/** What is waited for, and what must go on running meanwhile. */
export interface Waiting {
  readonly folder: string;
  readonly servers: readonly ServerProcess[];
  readonly port: number;
  readonly signal: AbortSignal;
}

/** Waits until a server has made this file of the folder. */
export async function awaitFile(name: string, waiting: Waiting): Promise<void> {
  await awaitThat(async () => existsSync(join(waiting.folder, name)), name, waiting);
}

/** Waits until the API server answers its administrator's request for a path with 200. */
export async function awaitAnswer(path: string, waiting: Waiting): Promise<void> {
  await awaitThat(async () => (await statusOf(path, waiting)) === 200, path, waiting);
}

/** Milliseconds; it takes two or three seconds, and on a busy machine much longer. */
const patience = 60_000;

async function awaitThat(isSo: () => Promise<boolean>, name: string, waiting: Waiting): Promise<void> {
  const { folder, servers, signal } = waiting;
  const end = Date.now() + patience;
  while (!(await isSo())) {
    const ended = servers.find((server) => !isRunning(server));
    if (ended || Date.now() > end) {
      const what = ended ? `${ended.name} has ended` : `nothing answers for ${name} after ${patience / 1_000} s`;
      throw new CommandError(`the control plane does not start: ${what}\n${logsOf(folder, servers)}`, {
        next: `see ${join(folder, "log")}`,
      });
    }
    await setTimeout(50, undefined, { signal });
  }
}

/** Returns the last lines that each server has written. */
function logsOf(folder: string, servers: readonly ServerProcess[]): string {
  return servers
    .map(({ name }) => {
      const lines = readFileSync(join(folder, "log", `${name}.log`), "utf8")
        .trim()
        .split("\n");
      return [`${name}:`, ...lines.slice(-5)].join("\n  ");
    })
    .join("\n");
}

function statusOf(path: string, { folder, port }: Waiting): Promise<number | undefined> {
  const file = (name: string) => readFileSync(join(folder, "pki", name));
  return new Promise((resolve) => {
    request({
      host: "127.0.0.1",
      port,
      path,
      ca: file("ca.crt"),
      cert: file("admin.crt"),
      key: file("admin.key"),
      timeout: 2_000,
    })
      .on("response", (response) => {
        response.resume();
        resolve(response.statusCode);
      })
      .on("timeout", function (this: { destroy: () => void }) {
        this.destroy();
      })
      .on("error", () => resolve(undefined))
      .end();
  });
}
