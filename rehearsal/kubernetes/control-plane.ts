import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

import { CommandError } from "../../operations/command/failure";
import { goProgram } from "../setup/go-program";
import { freePort, isFree, usualServicesRange } from "./addresses";
import { writeCertificates } from "./certificates";
import { writeKubeconfig, writeWebhookConfig } from "./kubeconfig";
import { kubelabOf, newestMinor } from "./kubelab";
import { isRunning, processesIn, type ServerProcess, startProcess, stopProcesses } from "./processes";
import { awaitAnswer, awaitFile } from "./readiness";
import {
  apiServerFlags,
  controllerManagerFlags,
  etcdFlags,
  etcdSocket,
  kubeletFlags,
  kwokFlags,
  schedulerFlags,
  webhookFlags,
} from "./server-flags";
import { kwokConfigText } from "./stages";

export interface ControlPlaneOptions {
  /** Keeps state, port and certificates, which a later start on the same folder takes again. */
  readonly folder: string;

  /**
   * The minor of Kubernetes: `1.35`. Its program is built first, if it is not ready.
   * @default - the newest that there is
   */
  readonly kubernetesVersion?: string;

  /**
   * The address of a webhook that is asked who the bearer of a token is (a TokenReview by POST).
   * @default - only tokens of service accounts are known
   */
  readonly authentication?: string;

  /**
   * Ports of 127.0.0.1 to which ports of every pod lead, by the pods' ports. Then kwok answers as the kubelet of nodes whose Hostname address is `localhost`.
   * @default - no node has a kubelet
   */
  readonly podPorts?: Readonly<Record<number, number>>;

  /**
   * Addresses of Services.
   * @default - 172.20.0.0/16
   */
  readonly servicesRange?: string;

  /**
   * More flags for the API server.
   * @default - none
   */
  readonly apiServerFlags?: readonly string[];

  /**
   * `api` leaves out controllers, scheduler and kwok: objects are taken and kept, and nothing comes of them.
   * @default "everything"
   */
  readonly only?: "api" | "everything";

  /**
   * Ends the start, and what it has started.
   * @default - nothing does
   */
  readonly signal?: AbortSignal;
}

/** A control plane that runs. */
export interface ControlPlane {
  /** `https://127.0.0.1:23456`. */
  readonly address: string;
  /** The file that makes kubectl its administrator. */
  readonly kubeconfig: string;
  /** The file of the authority that signed the server's certificate. */
  readonly certificateAuthority: string;
}

/**
 * Starts a control plane, whose processes outlive this one, and returns when it answers.
 * @throws CommandError if one runs on the folder already, if there is none of that minor of Kubernetes, or a server ends at once
 */
export async function startControlPlane(options: ControlPlaneOptions): Promise<ControlPlane> {
  const signal = options.signal ?? new AbortController().signal;
  const folder = resolve(options.folder);
  const running = processesIn(folder).find(isRunning);
  if (running) {
    throw new CommandError(`${running.name} (${running.pid}) of ${folder} is still running`, { next: "stop it first" });
  }
  const program = await goProgram(kubelabOf(options.kubernetesVersion ?? newestMinor), signal);
  const kwokConfig = options.only === "api" ? "" : await kwokConfigText(options.podPorts, signal);
  makeFolder(folder);
  const start: Start = { folder, program, kwokConfig, options, signal, port: await portOf(folder) };
  await writeFiles(start);
  try {
    await startServers(start);
  } catch (thrown) {
    await stopProcesses(folder);
    throw thrown;
  }
  return {
    address: addressOf(start),
    kubeconfig: join(folder, "kubeconfig"),
    certificateAuthority: join(folder, "pki", "ca.crt"),
  };
}

/** Ends exactly the processes that were started on a folder. Its state stays. */
export async function stopControlPlane(folder: string): Promise<void> {
  await stopProcesses(resolve(folder));
}

/** What a start goes by. */
interface Start {
  readonly folder: string;
  readonly program: string;
  readonly kwokConfig: string;
  readonly options: ControlPlaneOptions;
  readonly signal: AbortSignal;
  readonly port: number;
}

function makeFolder(folder: string): void {
  for (const path of [folder, join(folder, "etcd")]) {
    mkdirSync(path, { recursive: true });
    chmodSync(path, 0o700);
  }
  writeFileSync(join(folder, "pids"), "");
}

/** Returns the port of the last start, so that kubeconfigs stay good. */
async function portOf(folder: string): Promise<number> {
  const file = join(folder, "port");
  if (!existsSync(file)) {
    const port = await freePort();
    writeFileSync(file, `${port}\n`);
    return port;
  }
  const port = Number(readFileSync(file, "utf8"));
  if (!(await isFree(port))) {
    throw new CommandError(`port ${port}, which the control plane of ${folder} had, is in use`, {
      next: `end what listens there, or remove ${file}`,
    });
  }
  return port;
}

function addressOf({ port }: Start): string {
  return `https://127.0.0.1:${port}`;
}

async function writeFiles(start: Start): Promise<void> {
  const { folder, kwokConfig, options } = start;
  const certificates = join(folder, "pki");
  await writeCertificates(certificates, options.servicesRange);
  for (const user of ["kcm", "scheduler", "kwok"]) {
    writeKubeconfig(join(folder, `${user}.kubeconfig`), certificates, user, addressOf(start));
  }
  writeKubeconfig(join(folder, "kubeconfig"), certificates, "admin", addressOf(start));
  if (options.authentication !== undefined) {
    writeWebhookConfig(join(folder, "token-webhook.kubeconfig"), options.authentication);
  }
  writeFileSync(join(folder, "kwok.yaml"), kwokConfig);
}

/** Starts one server after the other, each when those that it needs answer. */
async function startServers({ folder, program, options, signal, port }: Start): Promise<void> {
  const certificates = join(folder, "pki");
  const kubeconfig = (user: string) => join(folder, `${user}.kubeconfig`);
  const servers: ServerProcess[] = [];
  const run = (name: string, ...flags: readonly string[]) =>
    servers.push(startProcess({ folder, name, program, words: [name, ...flags] }));
  const wait = { folder, servers, port, signal };

  run("etcd", ...etcdFlags(folder));
  await awaitFile(etcdSocket, wait);
  const webhook = options.authentication === undefined ? [] : webhookFlags(kubeconfig("token-webhook"));
  const flags = apiServerFlags(certificates, port, options.servicesRange ?? usualServicesRange);
  run("kube-apiserver", ...flags, ...webhook, ...(options.apiServerFlags ?? []));
  await awaitAnswer("/readyz", wait);
  if (options.only === "api") {
    return;
  }
  run("kube-controller-manager", ...controllerManagerFlags(certificates, kubeconfig("kcm")));
  run("kube-scheduler", ...schedulerFlags(kubeconfig("scheduler")));
  const kubelet = options.podPorts === undefined ? [] : kubeletFlags(certificates, await freePort());
  run("kwok", ...kwokFlags(kubeconfig("kwok"), join(folder, "kwok.yaml")), ...kubelet);
  // The controllers make it, and without it no pod is taken.
  await awaitAnswer("/api/v1/namespaces/default/serviceaccounts/default", wait);
}
