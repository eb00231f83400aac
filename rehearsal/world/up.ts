import { mkdirSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";

import { CommandError } from "../../operations/command/failure";
import { showProgress } from "../../operations/command/progress";
import { hubbleUiPort } from "../../platform/names";
import { releaseNamed } from "../../releases/all";
import type { Cluster } from "../../schema/settings";
import { freePort } from "../kubernetes/addresses";
import { isRunning, processesIn, startProcess } from "../kubernetes/processes";
import { awsAccess } from "./aws-access";
import { ensureBranch } from "./branch";
import { applyDefinitions } from "./definitions";
import { machineEnvironment } from "./environment";
import { Kubectl } from "./kubectl";
import { worldKubernetes } from "./kubernetes-version";
import { RunningWorld } from "./running-world";
import { type ServersProps, startServers, stopServers } from "./servers";
import { kubeconfigOf, standinJournal, writeVariables, writeWorldFile } from "./world-files";
import { mustHaveZones } from "./zones";

export interface WorldProps extends Pick<ServersProps, "signal"> {
  /** Where the world keeps what it has. */
  readonly folder: string;
  /** Whose account, region, principals and repository the world has. */
  readonly cluster: Cluster;
  /**
   * How the control plane differs from the usual one.
   * @default - in nothing
   */
  readonly controlPlane?: ServersProps["controlPlane"];
  /**
   * Whether something stands in for controllers: for those of EKS and, where a platform is there, Karpenter's and Flux's.
   * @default true
   */
  readonly controllers?: boolean;
}

/** Starts a world: AWS, GitHub, a control plane, and what stands in for controllers. Nothing goes on running if that fails. */
export async function startWorld({ cluster, signal, ...props }: WorldProps): Promise<void> {
  const folder = resolve(props.folder);
  if (isUp(folder)) {
    throw new CommandError(`a world runs in ${props.folder}`, { next: `npm run world -- down ${props.folder}` });
  }
  mkdirSync(folder, { recursive: true });
  const progress = showProgress("world");
  try {
    // Of an earlier world in this folder.
    rmSync(join(folder, standinJournal), { force: true });
    const hubbleUi = await freePort();
    writeWorldFile(folder, { cluster, hubbleUi });
    const { phase } = progress;
    const { version: kubernetesVersion, notice } = worldKubernetes(cluster);
    if (notice !== undefined) {
      process.stderr.write(`${notice}\n`);
    }
    const controlPlane = { podPorts: { [hubbleUiPort]: hubbleUi }, kubernetesVersion, ...props.controlPlane };
    const variables = await startServers({ folder, cluster, signal, phase, controlPlane });
    await mustHaveZones(cluster, awsAccess(variables));
    phase("definitions of Cilium's, Flux's and Karpenter's objects");
    await applyDefinitions(new Kubectl(kubeconfigOf(folder)), releaseNamed(cluster.release), signal);
    if (cluster.repository.mode === "existing") {
      await ensureBranch(cluster.repository, variables);
    }
    writeVariables(folder, { ...variables, STANDIN_JOURNAL: join(folder, standinJournal) });
    if (props.controllers !== false) {
      startControllersProcess(folder);
    }
    signal.throwIfAborted();
    progress.end("runs");
  } catch (thrown) {
    await stopServers(folder);
    throw thrown;
  } finally {
    progress.clear();
  }
}

export interface InWorldProps extends WorldProps {
  /**
   * Whether the world goes on, with what has failed in it too, unless somebody interrupts.
   * @default false
   */
  readonly keep?: boolean;
}

/** Does something in a world, which ends with it, however it ends. */
export async function inWorld(
  { keep = false, ...props }: InWorldProps,
  act: (world: RunningWorld) => Promise<void>,
): Promise<void> {
  await startWorld(props);
  const { folder, signal } = props;
  try {
    await act(new RunningWorld(folder, signal));
  } catch (thrown) {
    if (keep && !signal.aborted) {
      process.stderr.write(`the world in ${folder} goes on; to end it: npm run world -- down ${folder}\n`);
    }
    throw thrown;
  } finally {
    if (!keep || signal.aborted) {
      await stopServers(folder);
    }
  }
}

/** Returns whether a world runs in a folder. */
export function isUp(folder: string): boolean {
  return processesIn(join(folder, "kubernetes")).some(isRunning);
}

function startControllersProcess(folder: string): void {
  const words = ["scripts/run.mjs", "rehearsal/world/controllers/main.ts", folder];
  const environment = machineEnvironment(process.env);
  startProcess({ folder, name: "controllers", program: process.execPath, words, cwd: resolve("."), environment });
}
